"""The command ``explain``: the whole chain from the entries of a day to the messages it led to.

Reads the one calendar anew, because nothing of an entry is kept. Says what an entry counts as and on what
that rests; never what it is called.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from bot.case import CaseFiles
from bot.days import spread
from bot.errors import WrongConfiguration
from bot.evaluate import Judged, judge_date
from bot.markings import Vocabulary, judge, read_days
from bot.model import Day, Event, Person, Register, Telling, Unreadable, Window
from bot.parameters import Policy
from config.settings import Settings, load_settings
from integrations.store.store import SqlStore
from jobs.clock import read_clock
from jobs.logs import set_up_logs
from jobs.policies import where
from jobs.wiring import current_register, opened_parts, opened_store, policy_of, timezone_of

HEADING = "Nothing can be explained."
NOTHING = "says nothing of where one works"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose day it is, and when that day is explained."""

    person: Person
    day: date
    window: Window
    today: date


def explain_day(principal_name: str, day_text: str, now_text: str | None) -> None:
    """Print why a day is judged as it is. Raises: WrongConfiguration, ServiceDown."""
    settings = load_settings()
    set_up_logs(settings.log_format, settings.log_level)
    with opened_store(settings) as store:
        register = current_register(settings, store)
        subject = _subject(settings, register, principal_name, day_text, read_clock(now_text))
        events = asyncio.run(_events(settings, register, store, subject))
        tellings = store.tellings()
    _print(register, policy_of(register), subject, events, tellings)


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
    today = now.astimezone(ZoneInfo(timezone_of(settings, register))).date()
    window = Window.around(today)
    if not window.start <= day <= window.end:
        fault = f"{day} is outside what is read today, {window.start} to {window.end}. Give another --now."
        raise WrongConfiguration(HEADING, [fault])
    return Subject(person, day, window, today)


async def _events(
    settings: Settings, register: Register, store: SqlStore, subject: Subject
) -> Sequence[Event]:
    async with opened_parts(settings, register, store) as parts:
        async for answer in parts.calendars.read([subject.person.id], subject.window):
            if isinstance(answer, Unreadable):
                fault = f"The calendar of {answer.person} cannot be read: {answer.reason.value}."
                raise WrongConfiguration(HEADING, [fault])
            return answer.events
    return ()


def _print(
    register: Register,
    policy: Policy,
    subject: Subject,
    events: Sequence[Event],
    tellings: Sequence[Telling],
) -> None:
    person, team = subject.person, register.teams[subject.person.team]
    days = read_days(person, team.leader, register.organisation, events, subject.window)
    case = CaseFiles(register, subject.window, subject.today).case(person, days)
    judged = [*judge_date(case, policy, subject.day)]
    lines = [
        f"[bold]{escape(person.name)}[/bold], {escape(team.name)}, {subject.day:%A %d %B %Y}\n",
        "[bold]Entries[/bold]",
        *_entries(register, team.leader, subject, events),
        "\n[bold]The day[/bold]",
        f"  {_day_line(days[subject.day])}",
        "\n[bold]Rules[/bold]",
        *(line for one in judged for line in _rule_lines(one)),
        "\n[bold]Messages[/bold]",
        *_message_lines(judged, person, tellings),
    ]
    Console(highlight=False).print("\n".join(lines))


def _entries(register: Register, leader: str, subject: Subject, events: Sequence[Event]) -> Iterator[str]:
    vocabulary = Vocabulary.of(register.organisation)
    that_day = Window(subject.day, subject.day)
    touching = [event for event in events if any(spread(event, that_day))]
    for event in sorted(touching, key=lambda one: one.start):
        when = "all day    " if event.all_day else f"{event.start:%H:%M}-{event.end:%H:%M}"
        marks = judge(event, leader, vocabulary)
        says = "; ".join(f"{one.kind.value} by {', '.join(sorted(one.evidence))}" for one in marks)
        yield f"  {when}  {_nature(event)}, {event.free_busy.value}: {says or NOTHING}"
    if not touching:
        yield "  none"


def _nature(event: Event) -> str:
    if event.cancelled:
        return "cancelled entry"
    kind = "own entry" if event.own else f"invitation ({event.response.value})"
    return f"private {kind}" if event.private else kind


def _day_line(day: Day) -> str:
    work = "work day" if day.scheduled else "no work day"
    evidence = f" by {', '.join(sorted(day.evidence))}" if day.evidence else ""
    return f"{work}; {day.kind.value}{evidence}, {day.portion:.2f} of the working hours"


def _rule_lines(judged: Judged) -> Iterator[str]:
    verdict = judged.verdict
    yield f"  {judged.rule_id}: [bold]{verdict.outcome.value}[/bold]"
    for name, value in verdict.facts.items():
        yield f"    {name} = {escape(str(value))}"
    yield f"    {escape(where(verdict.source or judged.terms.source))}"


def _message_lines(judged: Sequence[Judged], person: Person, tellings: Sequence[Telling]) -> Iterator[str]:
    ids = {one.finding: one.rule_id for one in judged}
    mine = [one for one in tellings if one.finding in ids and one.recipient == person.id]
    for one in mine:
        yield f"  {one.at:%Y-%m-%d %H:%M} UTC, {one.step.value} on {ids[one.finding]}: {one.state.value}"
    if not mine:
        yield "  none"
