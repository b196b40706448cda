"""Passes played by hand: what was read and is remembered → the decision, and what is remembered after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from bot.corrections import CHANGEABLE_FOR
from bot.days import iso_week
from bot.decide import Decision, decide, marks
from bot.known import DigestMode, Known
from bot.model import (
    Event,
    Finding,
    MessageState,
    PlannedMessage,
    Receipt,
    SentCard,
    Status,
    Step,
    Telling,
    Window,
)
from bot.plan import TOLD
from tests.bot.builders import MONDAY, ZONE, days_of, policy, register

STANDING = frozenset({Status.OPEN, Status.EXCUSED})
CHANGEABLE = frozenset({Step.NOTICE, Step.REMINDER, Step.ESCALATION})

Calendars = Mapping[str, Iterable[Event]]
Outcomes = Callable[[PlannedMessage], MessageState]


def at(day: date, clock: str = "08:00") -> datetime:
    """Return a time of the day in the organisation's zone."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def known(calendars: Calendars, now: datetime, **fields: Any) -> Known:
    """Return what a pass knows that could read these calendars and no others; no digest is due unless asked
    for.
    """
    registered = fields.pop("register", None) or register()
    window = Window.around(now.date())
    days = {
        name: days_of(*events, person=registered.people[name], window=window)
        for name, events in calendars.items()
    }
    nothing: dict[str, Any] = {
        "policy": policy(),
        "previous": (),
        "tellings": (),
        "last_notices": {},
        "marked_before": {},
        "timezone": ZONE.key,
        "language": "da",
        "digest_mode": DigestMode.SKIP,
    }
    return Known(register=registered, days=days, window=window, now=now, **nothing | fields)


def arrives(_: PlannedMessage) -> MessageState:
    """Say what becomes of a message on a good day."""
    return MessageState.SENT


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as the store keeps it."""

    message: PlannedMessage
    state: MessageState
    at: datetime
    settled: frozenset[str] = frozenset()


@dataclass(slots=True)
class Memory:
    """What the store holds between two passes. ``attempts`` are all that was ever tried, in order."""

    findings: dict[str, Finding] = field(default_factory=dict)
    messages: dict[str, Kept] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    attempts: list[Kept] = field(default_factory=list)
    open_since: dict[str, datetime] = field(default_factory=dict)

    def run(
        self,
        calendars: Calendars,
        day: date = MONDAY,
        clock: str = "08:00",
        outcomes: Outcomes = arrives,
        **fields: Any,
    ) -> Decision:
        """Make a pass and remember it."""
        return self.make(calendars, at(day, clock), outcomes, **fields)[1]

    def make(
        self, calendars: Calendars, now: datetime, outcomes: Outcomes, **fields: Any
    ) -> tuple[Known, Decision]:
        """Make a pass and remember it; return what it knew, too."""
        read = replace(known(calendars, now, **fields), **self._recalled(now))
        decision = decide(read)
        self._remember(decision, read, outcomes)
        return read, decision

    def _recalled(self, now: datetime) -> dict[str, Any]:
        week, cards = iso_week(now.date()), tuple(self._cards(now))
        notices = [one for one in self._reached() if one.message.step is Step.NOTICE]
        return {
            "previous": [one for one in self.findings.values() if one.status in STANDING],
            "tellings": tuple(self._tellings()),
            "last_notices": {one.message.recipient: one.at.date() for one in notices},
            "marked_before": self.marks,
            "digests": frozenset(
                one.message.recipient for one in self._reached() if one.message.week == week
            ),
            "cards": cards,
            "open_since": self.open_since,
            "told_of": {one.finding: self.findings[one.finding] for card in cards for one in card.tells},
        }

    def _remember(self, decision: Decision, read: Known, outcomes: Outcomes) -> None:
        found = (*(placed.finding for placed in decision.findings), *decision.lapsed)
        were_open = {one.id for one in self.findings.values() if one.status is Status.OPEN}
        self.open_since |= {
            one.id: read.now for one in found if one.status is Status.OPEN and one.id not in were_open
        }
        self.findings |= {one.id: one for one in found}
        self.marks |= marks(read.days)
        for message in decision.messages:
            earlier = self.messages.get(message.id)
            if message.state is MessageState.PLANNED and not (earlier and earlier.state in TOLD):
                self.messages[message.id] = Kept(message, outcomes(message), read.now)
                self.attempts.append(self.messages[message.id])
        for update in decision.updates:
            card = self.messages[update.card.message]
            self.messages[update.card.message] = replace(card, settled=update.settled)

    def _reached(self) -> Iterator[Kept]:
        return (one for one in self.messages.values() if one.state in TOLD)

    def _tellings(self) -> Iterator[Telling]:
        for kept in self.messages.values():
            for told in kept.message.tells:
                yield Telling(told.finding, kept.message.recipient, told.step, kept.state, kept.at)

    def _cards(self, now: datetime) -> Iterator[SentCard]:
        for name, kept in self.messages.items():
            changeable = kept.state is MessageState.SENT and kept.message.step in CHANGEABLE
            if changeable and kept.at >= now - CHANGEABLE_FOR:
                yield SentCard(
                    name, kept.message.recipient, Receipt("a:1", name), kept.message.tells, kept.settled
                )
