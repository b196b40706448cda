"""The command ``explain``: the whole chain from the entries of a day to the messages it led to.

Reads the one calendar anew, because nothing of an entry is kept. Says what an entry counts as and on what
that rests; never what it is called.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from bot.case import CaseFiles
from bot.days import WHOLE_DAY, monday_of, spread, stretches
from bot.entries import Mark, Vocabulary, judge
from bot.errors import WrongConfiguration
from bot.evaluate import Judged, judge_date, judge_team
from bot.markings import read_days
from bot.model import (
    Circumstance,
    Day,
    Event,
    Person,
    Register,
    RemoteWork,
    Scope,
    Telling,
    Unreadable,
    Window,
)
from bot.names import Owner, names_by_team
from bot.parameters import Policy
from bot.patterns import Pattern
from config.settings import Settings, load_settings
from integrations.store.store import SqlStore
from jobs.clock import read_clock
from jobs.logs import set_up_logs
from jobs.policies import where
from jobs.wiring import current_register, opened_parts, opened_store, policy_of, timezone_of

HEADING = "Nothing can be explained."
HEALTH_DATA = frozenset({Circumstance.DURING_ILLNESS, Circumstance.DURING_CHILD_ILLNESS})
HEALTH_RULE = "home-day-on-absence"
NOTHING = "says nothing of where one works"
NONE = "  none"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose day it is, and when that day is explained."""

    person: Person
    day: date
    window: Window
    today: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of one person: the calendar's entries and the work plan's remote stretches."""

    events: Sequence[Event]
    remote: Sequence[RemoteWork]


def explain_day(principal_name: str, day_text: str, now_text: str | None) -> None:
    """Print why a day is judged as it is. Raises: WrongConfiguration, ServiceDown."""
    settings = load_settings()
    set_up_logs(settings.log_format, settings.log_level)
    with opened_store(settings) as store:
        register = current_register(settings, store)
        subject = _subject(settings, register, principal_name, day_text, read_clock(now_text))
        seen = asyncio.run(_seen(settings, register, store, subject))
        tellings = store.tellings()
    _print(register, policy_of(register), subject, seen, tellings)


def _subject(
    settings: Settings, register: Register, principal_name: str, day_text: str, now: datetime
) -> Subject:
    person = register.people.get(principal_name.lower())
    if person is None:
        fault = f'There is nobody called "{principal_name}" in the register.'
        raise WrongConfiguration(HEADING, [fault])
    try:
        day = date.fromisoformat(day_text)
    except ValueError:
        fault = f'"{day_text}" is not a date. Write it like 2026-03-05.'
        raise WrongConfiguration(HEADING, [fault]) from None
    zone = ZoneInfo(timezone_of(settings, register))
    today = now.astimezone(zone).date()
    window = Window.around(today)
    if not window.start <= day <= window.end:
        fault = f"{day} is outside what is read today, {window.start} to {window.end}. Give another --now."
        raise WrongConfiguration(HEADING, [fault])
    return Subject(person, day, window, today, zone)


async def _seen(settings: Settings, register: Register, store: SqlStore, subject: Subject) -> Seen:
    mailbox = [subject.person.id]
    async with opened_parts(settings, register, store) as parts:
        plans = await parts.work_plans.read(mailbox, subject.window) or {}
        async for answer in parts.calendars.read(mailbox, subject.window):
            if isinstance(answer, Unreadable):
                fault = f"The calendar of {answer.person} cannot be read: {answer.reason.value}."
                raise WrongConfiguration(HEADING, [fault])
            return Seen(answer.events, plans.get(subject.person.id, ()))
    return Seen((), ())


def _print(
    register: Register, policy: Policy, subject: Subject, seen: Seen, tellings: Sequence[Telling]
) -> None:
    person, team = subject.person, register.teams[subject.person.team]
    owner = Owner.of(person, team.leader, names_by_team(register)[team.id])
    days = read_days(owner, register.organisation, seen.events, subject.window, seen.remote)
    files, own = CaseFiles(register, subject.window, subject.today, subject.zone), policy.for_team(team)
    case = files.case(person, days)
    team_s = judge_team(files.team_case(team, {person.id: days}), own)
    judged = [*judge_date(case, own, subject.day), *(one for one in team_s if _concerns(one, subject))]
    lines = [
        f"[bold]{escape(person.name)}[/bold], {escape(team.name)}, {subject.day:%A %d %B %Y}\n",
        "[bold]Entries[/bold]",
        *(_entry_lines(register, owner, subject, seen) or [NONE]),
        "\n[bold]The day[/bold]",
        *_day_lines(days[subject.day]),
        "\n[bold]Patterns[/bold]",
        *([_pattern_line(pattern) for pattern in case.patterns] or [NONE]),
        "\n[bold]Rules[/bold]",
        *(line for one in judged for line in _rule_lines(one, subject)),
        "\n[bold]Messages[/bold]",
        *(_message_lines(judged, person, tellings) or [NONE]),
    ]
    Console(highlight=False).print("\n".join(lines))


def _entry_lines(register: Register, owner: Owner, subject: Subject, seen: Seen) -> list[str]:
    that_day = Window(subject.day, subject.day)
    remote = [one for one in seen.remote if any(spread(one, that_day))]
    plan = [f"  work plan: home {one.start:%H:%M}-{one.end:%H:%M}" for one in remote]
    touching = [event for event in seen.events if any(spread(event, that_day))]
    in_order = sorted(touching, key=lambda one: one.start)
    return [_entry_line(event, owner, Vocabulary.of(register.organisation)) for event in in_order] + plan


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


def _message_lines(judged: Sequence[Judged], person: Person, tellings: Sequence[Telling]) -> list[str]:
    ids = {one.finding: one.rule_id for one in judged if one.rule_id != HEALTH_RULE}
    return [
        f"  {one.at:%Y-%m-%d %H:%M} UTC, {one.step.value} on {ids[one.finding]}: {one.state.value}"
        for one in tellings
        if one.finding in ids and one.recipient == person.id
    ]
