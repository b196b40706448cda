"""A replay as HR reads it in the terminal: week by week, then the totals, then what one must know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.days import iso_week, monday_of
from bot.kept import WEEK, WEEKS_BEFORE
from bot.model import Register, Step, Window
from bot.parameters import Policy
from bot.replay import HOURS, Basis, Pass, Totals, not_replayable, replay
from jobs.replay_lines import Speech

COUNTED = {
    "reminders": Step.REMINDER,
    "notices": Step.NOTICE,
    "escalations": Step.ESCALATION,
    "digests": Step.DIGEST,
}


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A register with its profile; ``file`` is the register's, where it is not today's."""

    register: Register
    policy: Policy
    is_todays: bool = False
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """What was asked, the part of it that is kept, and the rules: those to show first, then today's."""

    asked: Window
    period: Window
    span: Window
    rulesets: Sequence[Ruleset]
    bases: Sequence[Basis]


def print_replay(one: Replay) -> None:
    """Make the passes and print them as they come; under today's rules too they are counted alone."""
    basis, *others = one.bases
    speech, console = Speech(basis.register, basis.language), Console(highlight=False)
    first, *further = totals = [Totals() for _ in one.bases]
    console.print(_title(one, speech))
    for _, passes in groupby(replay(basis, one.period), key=lambda each: iso_week(each.at.date())):
        _print_week([*passes], first, speech, console)
    for other, total in zip(others, further, strict=True):
        for each in replay(other, one.period):
            total.add(each)
    _print_totals(one.rulesets, totals, speech, console)
    console.print(f"[bold]{speech.words['notes']}[/bold]")
    for note in _notes(one, speech):
        console.print(f"- {escape(note)}")


def _title(one: Replay, speech: Speech) -> str:
    start, end = speech.long_date(one.period.start), speech.long_date(one.period.end)
    hours = speech.all_of(map(speech.hour, HOURS))
    lead = speech.words["lead"].format(rules=_name(one.rulesets[0], speech), hours=hours)
    return f"[bold]{speech.words['title'].format(start=start, end=end)}[/bold]\n{escape(lead)}\n"


def _print_week(passes: Sequence[Pass], totals: Totals, speech: Speech, console: Console) -> None:
    """Print what was new in a week, unless nothing was, and count it."""
    table = _table([speech.words[name] for name in ("day", "matter", "about", "heard")])
    for one in passes:
        totals.add(one)
        for number, line in enumerate(speech.lines(one)):
            table.add_row("" if number else speech.moment(one.at), *map(escape, line))
    if table.row_count:
        week = passes[0].at.isocalendar().week
        console.print(f"[bold]{speech.words['week'].format(week=week)}[/bold]", table, "", sep="\n")


def _print_totals(
    rulesets: Sequence[Ruleset], totals: Sequence[Totals], speech: Speech, console: Console
) -> None:
    """Print the figures, those of today's rules beside them."""
    words = speech.words
    if not any(one.findings for one in totals):
        console.print(words["nothing"] + "\n")
        return
    names = [_name(ruleset, speech) for ruleset in rulesets]
    messages = _table([words["messages"]], names)
    for word, step in COUNTED.items():
        messages.add_row(words[word], *(str(one.messages[step]) for one in totals))
    messages.add_row(words["topics"], *(str(len(one.topics)) for one in totals))
    by_rule = _table([words["by_rule"]], names)
    for rule in sorted({rule for one in totals for rule in one.by_rule()}, key=speech.topic):
        by_rule.add_row(escape(speech.topic(rule)), *_counts(rule, rulesets, totals))
    console.print(f"[bold]{words['total']}[/bold]", messages, "", by_rule, "", sep="\n")


def _counts(rule: str, rulesets: Sequence[Ruleset], totals: Sequence[Totals]) -> Iterator[str]:
    """Yield how often a rule spoke under each set of rules; a dash where it is not among them."""
    for ruleset, total in zip(rulesets, totals, strict=True):
        yield str(total.by_rule().get(rule, 0)) if rule in ruleset.policy.terms else "–"


def _notes(one: Replay, speech: Speech) -> Iterator[str]:
    words, first_whole = speech.words, monday_of(one.span.start) + WEEKS_BEFORE * WEEK
    people, kept = one.bases[0].register.people, one.bases[0].kept
    yield from (
        words[name] for name in ("last_state", "from_nothing", "one_portion", "leaders_at_work", "names")
    )
    if unknown := sum(not kept.get(person) for person in people):
        yield words["unknown"].format(number=unknown, all=len(people))
    if left_out := not_replayable(one.rulesets[0].policy):
        yield words["left_out"].format(rules="; ".join(map(speech.topic, left_out)))
    if one.asked.start < one.period.start:
        yield words["before"].format(date=speech.long_date(one.period.start))
    if one.asked.end > one.period.end:
        yield words["after"].format(date=speech.long_date(one.period.end))
    if one.period.start < first_whole:
        yield words["short"].format(date=speech.long_date(first_whole))


def _name(ruleset: Ruleset, speech: Speech) -> str:
    word = "rules_today" if ruleset.is_todays else "rules"
    name = speech.words[word].format(policy=ruleset.policy.name)
    return name + (speech.words["file"].format(file=ruleset.file) if ruleset.file else "")


def _table(headings: Iterable[str], of_numbers: Iterable[str] = ()) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for heading in headings:
        table.add_column(escape(heading), overflow="fold")
    for heading in of_numbers:
        table.add_column(escape(heading), overflow="fold", justify="right")
    return table
