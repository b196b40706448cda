"""One whole pass: gather, decide, apply. Safe to repeat at any point."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter

from bot.case import judged_dates
from bot.decide import Decision, Known, decide
from bot.errors import HjemmedagError
from bot.kept import days_before, window_before
from bot.markings import read_days
from bot.model import (
    Day,
    Delivery,
    DirectoryUser,
    Kind,
    MessageRecord,
    MessageState,
    PlannedMessage,
    Register,
    Status,
    Unreadable,
    Window,
)
from bot.names import Owner, names_by_team
from bot.parameters import Policy
from bot.ports import CalendarReader, Directory, Sender, Store, WorkPlans
from bot.rules import look_back
from bot.team_view import views_by_team
from jobs.logs import get_log
from jobs.report import MessageLine, Report, Stats

SENDS_AT_ONCE = 8
NOBODY = Delivery(MessageState.UNDELIVERABLE, "not-in-directory")
NOT_LOOKED_UP = Delivery(MessageState.FAILED, "directory-unavailable")
NO_TOKEN = Delivery(MessageState.FAILED, "no-token")

Users = Mapping[str, DirectoryUser | None]


@dataclass(frozen=True, slots=True)
class Parts:
    """The adapters and facts a pass works with; wiring makes them."""

    register: Register
    policy: Policy
    calendars: CalendarReader
    work_plans: WorkPlans
    directory: Directory
    sender: Sender
    store: Store
    timezone: str
    language: str
    requests_made: Callable[[], int]


@dataclass(slots=True)
class Gathered:
    """What was read: whether there are work plans, the days, who could not be read."""

    work_plans: bool = False
    days: dict[str, Mapping[date, Day]] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    events: int = 0


async def run_pass(parts: Parts, now: datetime, window: Window, *, dry_run: bool) -> Report:
    """Read, judge and tell; return the report. A dry run sends and records nothing.

    Raises: ``ServiceDown`` where nothing could be read, ``WrongConfiguration`` where credentials are refused.
    """
    log, stats = get_log(), Stats()
    started = perf_counter()
    gathered = await gather_days(parts, window)
    stats.events, read_at = gathered.events, perf_counter()
    known = _known(parts, gathered, now, window)
    decision = decide(known)
    for team in sorted(decision.silenced):
        log.warning("team_without_marks", team=team, hint="its marks all vanished: check what was read")
    checked_at = perf_counter()
    lines = _planned(decision.messages) if dry_run else await _apply(parts, gathered, decision, window, now)
    lines += _earlier(parts.store, {line.id for line in lines})
    stats.seconds = {
        "read": read_at - started,
        "check": checked_at - read_at,
        "send": perf_counter() - checked_at,
    }
    stats.http_requests = parts.requests_made()
    return Report(
        now=now,
        today=known.today,
        window=window,
        people=list(parts.register.people),
        days=gathered.days,
        teams=views_by_team(parts.register, gathered.days, judged_dates(window, known.today)),
        unreadable=gathered.unreadable,
        work_plans=gathered.work_plans,
        findings=decision.findings,
        messages=lines,
        silenced_teams=sorted(decision.silenced),
        stats=stats,
    )


async def gather_days(parts: Parts, window: Window) -> Gathered:
    """Read the calendars of everyone in the register, and reduce each to days as it arrives."""
    log, gathered, register = get_log(), Gathered(), parts.register
    plans = await parts.work_plans.read(list(register.people), window)
    gathered.work_plans = plans is not None
    if plans is None:
        log.info("source_off", source="work-plan", hint="needs Calendars.Read.All; see docs/operations.md")
    names = names_by_team(register)
    async for answer in parts.calendars.read(_mailboxes(register), window):
        person = register.people.get(answer.person)
        if person is None:
            continue
        if isinstance(answer, Unreadable):
            gathered.unreadable.append(answer)
            log.warning("calendar_unreadable", person=answer.person, reason=answer.reason.value)
        else:
            gathered.events += len(answer.events)
            if answer.left_out:
                log.warning("entries_left_out", person=answer.person, entries=answer.left_out)
            owner = Owner.of(person, register.teams[person.team].leader, names[person.team])
            remote = (plans or {}).get(person.id, ())
            gathered.days[person.id] = read_days(owner, register.organisation, answer.events, window, remote)
    gathered.days = {person: gathered.days[person] for person in register.people if person in gathered.days}
    return gathered


def _mailboxes(register: Register) -> list[str]:
    """Return the people, then leaders and deputies, who are read for their own leave alone."""
    leaders = (name for team in register.teams.values() for name in (team.leader, team.deputy) if name)
    return list(dict.fromkeys([*register.people, *leaders]))


def _known(parts: Parts, gathered: Gathered, now: datetime, window: Window) -> Known:
    store = parts.store
    notices = {person: store.last_notice(person) for person in gathered.days}
    return Known(
        register=parts.register,
        policy=parts.policy,
        days=gathered.days,
        previous=store.findings(),
        tellings=store.tellings(),
        last_notices={person: day for person, day in notices.items() if day},
        marked_before=store.marked_days(window),
        window=window,
        now=now,
        timezone=parts.timezone,
        language=parts.language,
        earlier=_days_before(parts, window),
    )


def _days_before(parts: Parts, window: Window) -> Mapping[str, Mapping[date, Day]]:
    """Return what is kept of the weeks before the window, where a rule of the profile looks that far back."""
    if not look_back(parts.policy.terms):
        return {}
    return days_before(parts.register, parts.store.kept_days(window_before(window)), window)


async def _apply(
    parts: Parts, gathered: Gathered, decision: Decision, window: Window, now: datetime
) -> list[MessageLine]:
    """Write down what was seen and decided, and send. Nothing is written where nobody can be looked up."""
    store = parts.store
    to_send = [message for message in decision.messages if message.state is MessageState.PLANNED]
    users = await parts.directory.find(sorted({message.recipient for message in to_send}))
    for person, days in gathered.days.items():
        store.save_days(person, window, [day for day in days.values() if day.kind is not Kind.ON_SITE])
    store.save_findings([*(placed.finding for placed in decision.findings), *decision.lapsed], now)
    lines = await _send_all(parts, to_send, users, now)
    for record in _closed(store, gathered, decision):
        store.withdraw(record.id, now)
    held = [message for message in decision.messages if message.state is not MessageState.PLANNED]
    return lines + _planned(held)


async def _send_all(
    parts: Parts, messages: Sequence[PlannedMessage], users: Users, now: datetime
) -> list[MessageLine]:
    """Send side by side. When one cannot be sent at all, none that is not under way yet is begun."""
    slots, halt = asyncio.Semaphore(SENDS_AT_ONCE), asyncio.Event()

    async def send(message: PlannedMessage) -> MessageLine | None:
        async with slots:
            if halt.is_set():
                return None
            try:
                return await _send(parts, message, users, now)
            except HjemmedagError:
                halt.set()
                raise

    outcomes = await asyncio.gather(*(send(message) for message in messages), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return [line for line in outcomes if isinstance(line, MessageLine)]


async def _send(parts: Parts, message: PlannedMessage, users: Users, now: datetime) -> MessageLine | None:
    """Make ready, claim, send, record. None where another pass has the message already."""
    channel = parts.sender.channel
    obstacle = await _obstacle(parts, message, users)
    if not parts.store.claim(message, channel, now):
        return None
    try:
        user = users.get(message.recipient)
        delivery = obstacle or (await parts.sender.send(user, message.message) if user else NOBODY)
    except HjemmedagError:
        parts.store.record(message.id, NO_TOKEN, now)
        raise
    parts.store.record(message.id, delivery, now)
    get_log().info(
        f"{message.step.value}_{delivery.state.value}",
        message=message.id,
        to=message.recipient,
        findings=len(message.findings),
        reason=delivery.reason,
    )
    return _line(message, channel, delivery)


async def _obstacle(parts: Parts, message: PlannedMessage, users: Users) -> Delivery | None:
    """Return why the recipient cannot be written to, after everything short of writing has been tried."""
    if message.recipient not in users:
        return NOT_LOOKED_UP
    user = users[message.recipient]
    return await parts.sender.prepare(user) if user else NOBODY


def _closed(store: Store, gathered: Gathered, decision: Decision) -> Iterator[MessageRecord]:
    """Yield what earlier passes left hanging and nobody waits for any more.

    That is, when the recipient's calendar was read and each finding is settled, or is told by another
    message.
    """
    planned = {message.id for message in decision.messages}
    told = {finding for message in decision.messages for finding in message.findings}
    still_open = {one.finding.id for one in decision.findings if one.finding.status is Status.OPEN}
    for record in store.unresolved():
        waited_for = set(record.findings) & still_open - told
        if record.id not in planned and record.recipient in gathered.days and not waited_for:
            yield record


def _earlier(store: Store, mine: set[str]) -> list[MessageLine]:
    """List what earlier passes left hanging, and is hanging still."""
    return [
        MessageLine(one.id, one.step.value, one.recipient, one.channel, one.state, one.findings, one.reason)
        for one in store.unresolved()
        if one.id not in mine
    ]


def _planned(messages: Iterable[PlannedMessage]) -> list[MessageLine]:
    return [_line(message, "teams", Delivery(message.state, message.reason)) for message in messages]


def _line(message: PlannedMessage, channel: str, delivery: Delivery) -> MessageLine:
    return MessageLine(
        message.id,
        message.step.value,
        message.recipient,
        channel,
        delivery.state,
        message.findings,
        delivery.reason,
    )
