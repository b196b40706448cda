"""The tables, the same for SQLite and PostgreSQL. ``migrations`` builds them, a contract test compares.

Each entity of the register is one JSON document beside the columns that tell rows apart. Nothing here can
hold the subject of an appointment: of a day only its kind, portion, certainty, the names of evidence and the
hashes that tell one series of marks from another.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    false,
    text,
)

from bot.model import Audience, Certainty, Kind, MessageState, Scope, Status, Step


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC and given back aware. SQLite keeps no time zone, so it is added again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _choice(kind: type[StrEnum]) -> Enum:
    """One of the values of ``kind`` as plain text, so that a new value needs no migration."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda names: [n.value for n in names])


metadata = MetaData()

# --- the register; ``position`` keeps the order that the user wrote -----------------------------------

organisation = Table(
    "organisation",
    metadata,
    Column("name", String, primary_key=True),
    Column("document", JSON, nullable=False),
)

teams = Table(
    "teams",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("document", JSON, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("team", ForeignKey("teams.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("document", JSON, nullable=False),
)

agreements = Table(
    "agreements",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("document", JSON, nullable=False),
)

exceptions = Table(
    "exceptions",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("document", JSON, nullable=False),
)

# --- what a pass saw and found -------------------------------------------------------------------------

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("window_start", Date, nullable=False),
    Column("window_end", Date, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("exit_code", Integer),
)

days = Table(
    "days",
    metadata,
    Column("person", String, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("kind", _choice(Kind), nullable=False),
    Column("portion", Float, nullable=False),
    Column("certainty", _choice(Certainty), nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("series", JSON, nullable=False, server_default=text("'[]'")),
    Index("ix_days_date", "date"),
)

findings = Table(
    "findings",
    metadata,
    Column("id", String, primary_key=True),
    Column("rule", String, nullable=False),
    Column("person", String),
    Column("team", String, nullable=False),
    Column("dates", JSON, nullable=False),
    Column("status", _choice(Status), nullable=False, index=True),
    Column("facts", JSON, nullable=False),
    Column("source", JSON, nullable=False),
    Column("scope", _choice(Scope), nullable=False),
    Column("audience", _choice(Audience), nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("open_since", UtcDateTime),
    Column("last_seen", UtcDateTime, nullable=False),
)

# --- what was said; it outlives the findings it speaks of, so no key binds the two ---------------------

messages = Table(
    "messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("step", _choice(Step), nullable=False),
    Column("recipient", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("state", _choice(MessageState), nullable=False),
    Column("reason", String),
    Column("at", UtcDateTime, nullable=False),
    Column("week", String),
    Column("conversation", String),
    Column("activity", String),
    Column("settled", JSON, nullable=False, server_default=text("'[]'")),
    Column("closed", Boolean, nullable=False, server_default=false()),
    Index("ix_messages_step_week", "step", "week"),
    Index("ix_messages_state_at", "state", "at"),
)

tellings = Table(
    "tellings",
    metadata,
    Column("message", ForeignKey("messages.id"), primary_key=True),
    Column("finding", String, primary_key=True),
    Column("recipient", String, nullable=False),
    Column("step", _choice(Step), primary_key=True),
    Column("position", Integer, nullable=False, server_default=text("0")),
    Index("ix_tellings_finding", "finding"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("recipient", String, primary_key=True),
    Column("conversation", String, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    Column("recipient", String, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("latest", UtcDateTime, nullable=False),
)

# --- what workers read for a pass together: there while it is read, and whole days, so never logged -----

reading_passes = Table(
    "reading_passes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("window_start", Date, nullable=False),
    Column("window_end", Date, nullable=False),
    Column("timezone", String, nullable=False),
    Column("register", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("work_plans", Boolean, nullable=False),
    Column("token", String, nullable=False),
    Column("led_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime),
)

reading_chunks = Table(
    "reading_chunks",
    metadata,
    Column("reading_pass", ForeignKey("reading_passes.id", ondelete="CASCADE"), primary_key=True),
    Column("chunk", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
