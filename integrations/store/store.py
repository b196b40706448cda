"""The store of ``bot.ports`` on SQLAlchemy: each call is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from bot.model import (
    Day,
    Delivery,
    Finding,
    MessageRecord,
    PlannedMessage,
    Register,
    SentCard,
    Step,
    Telling,
    Window,
)
from integrations.store import cards, locks, messages, migrate, recipients, registers, runs, told
from integrations.store import days as kept_days
from integrations.store import findings as kept_findings
from integrations.store.chunks import in_chunks
from integrations.store.database import connect
from integrations.store.faults import while_opening, while_using

PEOPLE_AT_ONCE = 300
"""How many people's days go into one transaction, and into one statement with a variable for each."""


def open_store(url: str) -> SqlStore:
    """Open the database and bring its schema up to date.

    ``url``: ``sqlite:///FILE`` (the folder is made) or ``postgresql+psycopg://…``.
    Raises: ``WrongConfiguration`` when it cannot be used, ``ServiceDown`` when the server does not answer.
    """
    engine = connect(url)
    try:
        with while_opening(engine.url):
            migrate.upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine)


class SqlStore:
    """Keeps the register, days, findings, messages and runs. ``ServiceDown`` when the database is gone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._holder: Connection | None = None

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the one lock on passes; it dies with its holder. Raises ``Busy`` when another holds it."""
        with locks.exclusive(self._engine) as self._holder:
            try:
                yield
            finally:
                self._holder = None

    def load_register(self) -> Register | None:
        """Return the register, or None where none was ever saved."""
        with self._transaction() as connection:
            return registers.load(connection)

    def save_register(self, register: Register) -> None:
        """Replace the register, whole or not at all."""
        with self._transaction() as connection:
            registers.replace(connection, register)

    def start_run(self, now: datetime, window: Window) -> int:
        """Record that a pass began; return its number."""
        with self._transaction() as connection:
            return runs.start_run(connection, now, window)

    def finish_run(self, run: int, at: datetime, exit_code: int) -> None:
        """Record how the pass ended; as completed only while the lock on passes is held, as ``claim``."""
        went_through = exit_code in runs.WENT_THROUGH
        with self._as_holder() if went_through else self._transaction() as connection:
            runs.finish_run(connection, run, at, exit_code)

    def completed_since(self, moment: datetime, now: datetime) -> bool:
        """Whether a pass that began from the moment until now went through: it ended with 0 or 1."""
        with self._transaction() as connection:
            return runs.completed_since(connection, moment, now)

    def failures_since(self, moment: datetime, now: datetime) -> tuple[int, datetime | None]:
        """Return how many passes that began from the moment until now ended with 3 or never ended, and when
        the latest of them began. One that is under way is among them.
        """
        with self._transaction() as connection:
            return runs.failures_since(connection, moment, now)

    def save_days(self, window: Window, days: Iterable[tuple[str, Sequence[Day]]]) -> None:
        """Replace what is kept of these people's days in the window: kind, portion, certainty, evidence,
        series. Takes the people as they come, some hundreds to a transaction. Raises as ``claim`` does.
        """
        for people in in_chunks(days, PEOPLE_AT_ONCE):
            with self._as_holder() as connection:
                kept_days.replace_days(connection, window, people)

    def marked_days(self, window: Window) -> Mapping[str, int]:
        """Return how many home or tentative days are kept for each person; who has none is left out."""
        with self._transaction() as connection:
            return kept_days.marked_days(connection, window)

    def kept_days(self, window: Window) -> Mapping[str, Sequence[Day]]:
        """Return what is kept of everybody's days in the window, in order; who has none is left out.

        Each comes as ``scheduled``, with the one portion that belongs to its kind. Days that are alike are
        one and the same object.
        """
        with self._transaction() as connection:
            return kept_days.kept_days(connection, window)

    def kept_span(self) -> Window | None:
        """Return the first and the last date of which anything is kept of anybody."""
        with self._transaction() as connection:
            return kept_days.kept_span(connection)

    def findings(self) -> Sequence[Finding]:
        """Return the findings that were open or excused after the last pass; facts as JSON has them."""
        with self._transaction() as connection:
            return kept_findings.standing_findings(connection)

    def open_since(self) -> Mapping[str, datetime]:
        """Return since when each open finding has been open without a break, where that is known."""
        with self._transaction() as connection:
            return kept_findings.open_since(connection)

    def findings_by_id(self, ids: Iterable[str]) -> Mapping[str, Finding]:
        """Return those of the findings that are kept, whatever their status."""
        with self._transaction() as connection:
            return kept_findings.findings_by_id(connection, ids)

    def save_findings(self, findings: Iterable[Finding], at: datetime) -> None:
        """Insert or update each by id; ``first_seen`` stays, ``last_seen`` becomes ``at``.

        Raises as ``claim`` does.
        """
        with self._as_holder() as connection:
            kept_findings.save_findings(connection, findings, at)

    def tellings(self) -> Sequence[Telling]:
        """Return who has been told of what, one for each message, finding and step, oldest first."""
        with self._transaction() as connection:
            return told.all_tellings(connection)

    def tellings_of(self, findings: Iterable[str]) -> Sequence[Telling]:
        """Return who has been told of these findings; each finding's oldest first."""
        with self._transaction() as connection:
            return told.tellings_of(connection, findings)

    def claim(self, message: PlannedMessage, channel: str, at: datetime) -> bool:
        """Take the message for sending. False when another has it, or a try may have got through.

        Raises ``ServiceDown`` when this store held the lock on passes and lost it.
        """
        with self._as_holder() as connection:
            return messages.claim(connection, message, channel, at)

    def record(self, message: str, delivery: Delivery, at: datetime, channel: str | None = None) -> None:
        """Write what became of a claimed message, and through which channel where not the one claimed for.

        Raises ``LookupError`` when it is not claimed.
        """
        with self._transaction() as connection:
            messages.record(connection, message, delivery, at, channel)

    def withdraw(self, message: str, at: datetime) -> None:
        """Close a message whose matter is over; what may have arrived goes on counting as told.

        Raises ``LookupError`` when it is not unresolved.
        """
        with self._transaction() as connection:
            messages.withdraw(connection, message, at)

    def unresolved(self) -> Sequence[MessageRecord]:
        """Return messages FAILED, UNDELIVERABLE or UNCLEAR; one left CLAIMED by a crash comes as UNCLEAR."""
        with self._transaction() as connection:
            return messages.unresolved(connection)

    def last_notices(self) -> Mapping[str, date]:
        """Return the UTC date of the latest message of notices alone that reached each person, or may
        have.
        """
        with self._transaction() as connection:
            return told.last_notices(connection)

    def told_in_week(self, step: Step, week: str) -> frozenset[str]:
        """Return who has had the digest, or the operators' summary, of an ISO week, or may have had it."""
        with self._transaction() as connection:
            return told.told_in_week(connection, step, week)

    def sent_cards(self, since: datetime) -> Sequence[SentCard]:
        """Return the notices, reminders and escalations that arrived in Teams since then, oldest first."""
        with self._transaction() as connection:
            return cards.sent_cards(connection, since)

    def show_settled(self, message: str, settled: frozenset[str]) -> None:
        """Keep which findings a card shows as settled now. Raises ``LookupError`` when it was not sent."""
        with self._transaction() as connection:
            cards.show_settled(connection, message, settled)

    def refused_since(self, recipient: str) -> datetime | None:
        """Return since when Teams has refused every message to this person; None: it doesn't."""
        with self._transaction() as connection:
            return recipients.refused_since(connection, recipient)

    def note_refusal(self, recipient: str, at: datetime) -> None:
        """Keep that Teams refused a message to this person now; after a long pause it counts as the first."""
        with self._transaction() as connection:
            recipients.note_refusal(connection, recipient, at)

    def forget_refusal(self, recipient: str) -> None:
        """A message to this person has arrived in Teams: no refusal stands any more."""
        with self._transaction() as connection:
            recipients.forget_refusal(connection, recipient)

    def conversation(self, recipient: str) -> str | None:
        """Return the id of the Teams conversation with this person, if one is known."""
        with self._transaction() as connection:
            return recipients.conversation(connection, recipient)

    def remember_conversation(self, recipient: str, conversation: str) -> None:
        """Keep the id of the Teams conversation with this person."""
        with self._transaction() as connection:
            recipients.remember_conversation(connection, recipient, conversation)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with while_using(self._engine.url), self._engine.begin() as connection:
            yield connection

    def _as_holder(self) -> AbstractContextManager[Connection]:
        """Make a transaction that succeeds only as long as the lock on passes, once taken, is held."""
        return self._transaction() if self._holder is None else locks.as_holder(self._holder)
