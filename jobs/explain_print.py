"""An explanation in the terminal: entries, the day, patterns, each rule with its values, and the messages.

An entry is told by what it counts as, never by what it is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rich.console import Console
from rich.markup import escape

from bot.case import CaseFiles
from bot.days import WHOLE_DAY, monday_of, spread, stretches
from bot.entries import Mark, Vocabulary, judge
from bot.evaluate import Judged, judge_date, judge_team
from bot.known import Known
from bot.model import Day, Event, Register, Scope, Window
from bot.names import Owner
from bot.patterns import Pattern
from jobs.explain_messages import message_lines
from jobs.explain_subject import Seen, Subject, owner_of
from jobs.health import HEALTH_DATA, HEALTH_RULE
from jobs.policies import where

NOTHING = "says nothing of where one works"
NONE = "  none"


def print_explanation(known: Known, subject: Subject, seen: Seen) -> None:
    """Print the chain; ``known`` is what a pass that reads the one calendar alone would know."""
    person, register = subject.person, known.register
    team, days = register.teams[person.team], known.days[person.id]
    files, own = CaseFiles(register, subject.window, subject.today, subject.zone), known.policy.for_team(team)
    case = files.case(person, days)
    team_s = judge_team(files.team_case(team, known.days), own)
    judged = [*judge_date(case, own, subject.day), *(one for one in team_s if _concerns(one, subject))]
    lines = [
        f"[bold]{escape(person.name)}[/bold], {escape(team.name)}, {subject.day:%A %d %B %Y}\n",
        "[bold]Entries[/bold]",
        *(_entry_lines(register, subject, seen) or [NONE]),
        "\n[bold]The day[/bold]",
        *_day_lines(days[subject.day]),
        "\n[bold]Patterns[/bold]",
        *([_pattern_line(pattern) for pattern in case.patterns] or [NONE]),
        "\n[bold]Rules[/bold]",
        *(line for one in judged for line in _rule_lines(one, subject)),
        "\n[bold]Messages[/bold]",
        *([*message_lines(judged, known, team)] or [NONE]),
    ]
    Console(highlight=False).print("\n".join(lines))


def _entry_lines(register: Register, subject: Subject, seen: Seen) -> list[str]:
    owner, vocabulary = owner_of(subject.person, register), Vocabulary.of(register.organisation)
    that_day = Window(subject.day, subject.day)
    remote = [one for one in seen.remote if any(spread(one, that_day))]
    plan = [f"  work plan: home {one.start:%H:%M}-{one.end:%H:%M}" for one in remote]
    touching = [event for event in seen.events if any(spread(event, that_day))]
    in_order = sorted(touching, key=lambda one: one.start)
    return [_entry_line(event, owner, vocabulary) for event in in_order] + plan


def _entry_line(event: Event, owner: Owner, vocabulary: Vocabulary) -> str:
    when = "all day    " if event.all_day else f"{event.start:%H:%M}-{event.end:%H:%M}"
    marks = judge(event, owner, vocabulary)
    says = "; ".join(_mark_text(one, event) for one in marks)
    return f"  {when}  {_nature(event)}, {event.free_busy.value}: {says or NOTHING}"


def _mark_text(mark: Mark, event: Event) -> str:
    """Say what a mark is and rests on, and the part of an all-day entry that its words name."""
    text = f"{mark.kind.value} by {', '.join(sorted(mark.evidence))}"
    if not event.all_day or mark.minutes == WHOLE_DAY:
        return text
    parts = [f"{_clock(start)}-{_clock(end)}" for start, end in stretches(mark.minutes)]
    return f"{text}, {' and '.join(parts)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _pattern_line(pattern: Pattern) -> str:
    rhythm = f"every {pattern.every} weeks" if pattern.every else f"no. {pattern.nth} of the month"
    name = "series" if pattern.weekday is None else f"{pattern.weekday.name.title()}, {rhythm}"
    return f"  {name}: {', '.join(day.isoformat() for day in pattern.dates)}"


def _nature(event: Event) -> str:
    if event.cancelled:
        return "cancelled entry"
    kind = "own entry" if event.own else f"invitation ({event.response.value})"
    return f"private {kind}" if event.private else kind


def _day_lines(day: Day) -> Iterator[str]:
    work = "work day" if day.scheduled else "no work day"
    evidence = f" by {', '.join(sorted(day.evidence))}" if day.evidence else ""
    yield f"  {work}; {day.kind.value}{evidence}, {day.portion:.2f} of the working hours"
    if shown := sorted(day.circumstances - HEALTH_DATA):
        yield f"  also {', '.join(shown)}"


def _concerns(judged: Judged, subject: Subject) -> bool:
    """Whether a verdict on the team, made from this one calendar, speaks of the person or of the date."""
    on_the_date = judged.rule.scope is not Scope.DAY or judged.verdict.key == subject.day.isoformat()
    return judged.person in {None, subject.person.id} and on_the_date


def _deciding_date(judged: Judged, subject: Subject) -> date:
    """Return the date that decides which values hold: the day, the week's last one, or the last of all."""
    if judged.rule.scope is Scope.DAY:
        return subject.day
    week_ends = monday_of(subject.day) + timedelta(days=6)
    return min(week_ends, subject.window.end) if judged.rule.scope is Scope.WEEK else subject.window.end


def _rule_lines(judged: Judged, subject: Subject) -> Iterator[str]:
    if judged.rule_id == HEALTH_RULE:
        yield f"  {judged.rule_id}: not shown, since it rests on health data"
        return
    verdict = judged.verdict
    yield f"  {judged.rule_id}: [bold]{verdict.outcome.value}[/bold]"
    decides = _deciding_date(judged, subject)
    for name in judged.terms.values if judged.terms.in_force(decides) else ():
        value, source = judged.terms.value(name, decides), judged.terms.source_of(name, decides)
        yield f"    {name} = {value}: {escape(where(source))}"
    for name, fact in verdict.facts.items():
        yield f"    found: {name} = {escape(str(fact))}"
    yield f"    {escape(where(verdict.source or judged.terms.source))}"
