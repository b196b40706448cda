"""One whole pass: gather, decide, apply. Safe to repeat at any point."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter

from bot.decide import Decision, Known, decide
from bot.errors import HjemmedagError
from bot.markings import read_days
from bot.model import (
    Calendar,
    Day,
    Delivery,
    DirectoryUser,
    Kind,
    MessageState,
    PlannedMessage,
    Register,
    Unreadable,
    Window,
)
from bot.parameters import Policy
from bot.ports import CalendarReader, Directory, Sender, Store
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
    directory: Directory
    sender: Sender
    store: Store
    timezone: str
    language: str
    requests_made: Callable[[], int]


@dataclass(slots=True)
class Gathered:
    """What was read: the days of those in the register, and who could not be read."""

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
        unreadable=gathered.unreadable,
        findings=decision.findings,
        messages=lines,
        stats=stats,
    )


async def gather_days(parts: Parts, window: Window) -> Gathered:
    """Read the calendars of everyone in the register, and reduce each to days as it arrives."""
    log, gathered, register = get_log(), Gathered(), parts.register
    async for answer in parts.calendars.read(_mailboxes(register), window):
        person = register.people.get(answer.person)
        if person is None:
            continue
        if isinstance(answer, Unreadable):
            gathered.unreadable.append(answer)
            log.warning("calendar_unreadable", person=answer.person, reason=answer.reason.value)
        else:
            gathered.events += len(answer.events)
            gathered.days[person.id] = _read(answer, register, window)
    gathered.days = {person: gathered.days[person] for person in register.people if person in gathered.days}
    return gathered


def _read(calendar: Calendar, register: Register, window: Window) -> Mapping[date, Day]:
    person = register.people[calendar.person]
    leader = register.teams[person.team].leader
    return read_days(person, leader, register.organisation, calendar.events, window)


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
    )


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
    held = [message for message in decision.messages if message.state is not MessageState.PLANNED]
    lines += _planned(held)
    return lines + _earlier(store, {line.id for line in lines}, now)


async def _send_all(
    parts: Parts, messages: Sequence[PlannedMessage], users: Users, now: datetime
) -> list[MessageLine]:
    slots = asyncio.Semaphore(SENDS_AT_ONCE)

    async def send(message: PlannedMessage) -> MessageLine | None:
        async with slots:
            return await _send(parts, message, users, now)

    sent = await asyncio.gather(*(send(message) for message in messages))
    return [line for line in sent if line]


async def _send(parts: Parts, message: PlannedMessage, users: Users, now: datetime) -> MessageLine | None:
    """Claim, send, record. None where another pass has the message already."""
    channel = parts.sender.channel
    if not parts.store.claim(message, channel, now):
        return None
    try:
        delivery = await _deliver(parts, message, users)
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


async def _deliver(parts: Parts, message: PlannedMessage, users: Users) -> Delivery:
    if message.recipient not in users:
        return NOT_LOOKED_UP
    user = users[message.recipient]
    return await parts.sender.send(user, message.message) if user else NOBODY


def _earlier(store: Store, mine: set[str], now: datetime) -> list[MessageLine]:
    """List what earlier passes left hanging; a failed message that is no longer wanted is withdrawn."""
    lines = []
    for record in store.unresolved():
        if record.id in mine:
            continue
        if record.state is MessageState.FAILED:
            store.withdraw(record.id, now)
        else:
            lines.append(
                MessageLine(
                    record.id,
                    record.step.value,
                    record.recipient,
                    record.channel,
                    record.state,
                    record.findings,
                    record.reason,
                )
            )
    return lines


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
