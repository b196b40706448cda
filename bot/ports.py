"""What the jobs need from the outside, as Protocols; integrations/ implements, jobs/wiring.py chooses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.model import (
    Calendar,
    Day,
    Delivery,
    DirectoryUser,
    Finding,
    Message,
    MessageRecord,
    PlannedMessage,
    Reading,
    Receipt,
    Register,
    RemoteWork,
    SentCard,
    Step,
    Telling,
    Unreadable,
    Window,
)


class CalendarReader(Protocol):
    """Reads the entries of many mailboxes."""

    def read(self, mailboxes: Sequence[str], window: Window) -> AsyncIterator[Calendar | Unreadable]:
        """Yield exactly one answer for each mailbox, in any order.

        Raises: ``ServiceDown`` when nothing can be read at all, ``WrongConfiguration`` when the
        credentials are refused.
        """
        ...


class DayReader(Protocol):
    """Reads everybody's days: calendars and work plans, reduced as they arrive."""

    @property
    def work_plans(self) -> bool:
        """Whether work plans could be read too; known when all is read."""
        ...

    def read(self, window: Window) -> AsyncIterator[Reading | Unreadable]:
        """Yield exactly one answer for everybody in the register and for every leader and deputy, in any
        order.

        Raises: as ``CalendarReader`` does.
        """
        ...


class WorkPlans(Protocol):
    """Reads the work plans that people keep in Outlook and Teams. An optional source."""

    async def read(self, people: Sequence[str], window: Window) -> Mapping[str, Sequence[RemoteWork]] | None:
        """Return the remote stretches that touch the window, by person; None where the source is off.

        It is off when the first people asked about are all refused (403) or unknown (404): the permission is
        missing or the tenant does not have the feature. Who is not answered for is left out.
        """
        ...


class Directory(Protocol):
    """Looks people up."""

    async def find(self, principal_names: Sequence[str]) -> Mapping[str, DirectoryUser | None]:
        """Return the person, or None where there is nobody of that name, by principal name in lower case.

        A name whose lookup was not answered is left out.

        Raises: ``ServiceDown`` when no lookup was answered, ``WrongConfiguration`` when none is allowed.
        """
        ...


class Sender(Protocol):
    """Delivers one message to one person over one channel."""

    channel: str

    async def prepare(self, recipient: DirectoryUser) -> Delivery | None:
        """Make sure that the person can be written to; None when so, else why not. Sends nothing.

        Raises: ``WrongConfiguration`` when the credentials are refused, ``ServiceDown`` when there is no
        token.
        """
        ...

    async def send(self, recipient: DirectoryUser, message: Message) -> Delivery:
        """Try once, within the channel's own retries. Raises as ``prepare`` does, and nothing was sent
        then.
        """
        ...


class Change(StrEnum):
    """What became of a card that was to be changed: done; gone, now and later; not now, nor any other."""

    DONE = "done"
    GONE = "gone"
    NOT_NOW = "not-now"


class Cards(Protocol):
    """Changes a message where it stands."""

    async def update(self, receipt: Receipt, message: Message) -> Change:
        """Put the message in the place of an earlier one. Return what became of it.

        Safe to repeat. Raises as ``Sender.send`` does.
        """
        ...


class Store(Protocol):
    """Keeps the register, days, findings, messages and runs. Holds no subject of any appointment."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the one lock on passes; it dies with its holder. Raises ``Busy`` when another holds it."""
        ...

    def load_register(self) -> Register | None:
        """Return the register, or None where none was ever saved."""
        ...

    def save_register(self, register: Register) -> None:
        """Replace the register in one transaction."""
        ...

    def start_run(self, now: datetime, window: Window) -> int:
        """Record that a pass began; return its number."""
        ...

    def finish_run(self, run: int, at: datetime, exit_code: int) -> None:
        """Record how the pass ended."""
        ...

    def completed_since(self, moment: datetime, now: datetime) -> bool:
        """Whether a pass that began from the moment until now went through: it ended with 0 or 1.

        One dated later, by a clock that was wrong or by hand, does not count.
        """
        ...

    def failures_since(self, moment: datetime, now: datetime) -> tuple[int, datetime | None]:
        """Return how many passes that began from the moment until now ended with 3 or never ended, and when
        the latest of them began. One that is under way is among them.
        """
        ...

    def save_days(self, window: Window, days: Iterable[tuple[str, Sequence[Day]]]) -> None:
        """Replace what is kept of these people's days in the window: kind, portion, certainty, evidence,
        series. Takes the people as they come, some hundreds to a transaction.
        """
        ...

    def marked_days(self, window: Window) -> Mapping[str, int]:
        """Return how many home or tentative days are kept for each person in the window."""
        ...

    def kept_days(self, window: Window) -> Mapping[str, Sequence[Day]]:
        """Return what is kept of everybody's days in the window, in order; who has none is left out.

        Each comes as ``scheduled``, with the one portion that belongs to its kind. Days that are alike are
        one and the same object.
        """
        ...

    def kept_span(self) -> Window | None:
        """Return the first and the last date of which anything is kept of anybody; None: nothing is."""
        ...

    def findings(self) -> Sequence[Finding]:
        """Return the findings that were open or excused after the last pass."""
        ...

    def save_findings(self, findings: Iterable[Finding], at: datetime) -> None:
        """Insert or update each by id; ``first_seen`` stays, ``last_seen`` becomes ``at``."""
        ...

    def tellings(self) -> Sequence[Telling]:
        """Return who has been told of what, at which step, and when: one for each message, finding and
        step.
        """
        ...

    def tellings_of(self, findings: Iterable[str]) -> Sequence[Telling]:
        """Return who has been told of these findings, as ``tellings`` does; each finding's oldest first."""
        ...

    def claim(self, message: PlannedMessage, channel: str, at: datetime) -> bool:
        """Take the message for sending. False when another has it or it was sent already.

        A message that FAILED, was UNDELIVERABLE or was withdrawn may be claimed again; one CLAIMED, SENT or
        UNCLEAR may not.
        """
        ...

    def withdraw(self, message: str, at: datetime) -> None:
        """Close an unresolved message whose matter is over.

        What FAILED or was UNDELIVERABLE is SUPPRESSED from now on; what is UNCLEAR stays so, and goes on
        counting as told.
        """
        ...

    def record(self, message: str, delivery: Delivery, at: datetime, channel: str | None = None) -> None:
        """Write what became of a claimed message, and through which channel where not the one claimed for."""
        ...

    def unresolved(self) -> Sequence[MessageRecord]:
        """Return messages FAILED, UNDELIVERABLE or UNCLEAR, without the closed ones; one left CLAIMED by a
        crash comes as UNCLEAR.
        """
        ...

    def last_notices(self) -> Mapping[str, date]:
        """Return the UTC date of the latest message of notices alone that reached each person, or may
        have.
        """
        ...

    def told_in_week(self, step: Step, week: str) -> frozenset[str]:
        """Return who has had the digest, or the operators' summary, of an ISO week, or may have had it."""
        ...

    def open_since(self) -> Mapping[str, datetime]:
        """Return since when each open finding has been open without a break, where that is known."""
        ...

    def findings_by_id(self, ids: Iterable[str]) -> Mapping[str, Finding]:
        """Return those of the findings that are kept, whatever their status."""
        ...

    def sent_cards(self, since: datetime) -> Sequence[SentCard]:
        """Return the notices, reminders and escalations that arrived in Teams since then, oldest first."""
        ...

    def show_settled(self, message: str, settled: frozenset[str]) -> None:
        """Keep which findings a card shows as settled now."""
        ...

    def refused_since(self, recipient: str) -> datetime | None:
        """Return since when Teams has refused every message to this person; None: it doesn't."""
        ...

    def note_refusal(self, recipient: str, at: datetime) -> None:
        """Keep that Teams refused a message to this person now.

        The first refusal stands for those after it; one more than three days after the last counts as the
        first again.
        """
        ...

    def forget_refusal(self, recipient: str) -> None:
        """A message to this person has arrived in Teams: no refusal stands any more."""
        ...

    def conversation(self, recipient: str) -> str | None:
        """Return the id of the Teams conversation with this person, if one is known."""
        ...

    def remember_conversation(self, recipient: str, conversation: str) -> None:
        """Keep the id of the Teams conversation with this person."""
        ...
