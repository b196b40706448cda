"""How each person can be reached in Teams: in which conversation, and since when not at all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, case, delete, select

from bot.reach import REFUSALS_APART
from integrations.store import dialect
from integrations.store.schema import conversations, refusals


def conversation(connection: Connection, recipient: str) -> str | None:
    """Return the id of the Teams conversation with this person, if one is known."""
    query = select(conversations.c.conversation).where(conversations.c.recipient == recipient)
    return connection.execute(query).scalar_one_or_none()


def remember_conversation(connection: Connection, recipient: str, known_as: str) -> None:
    """Keep the id of the Teams conversation with this person."""
    statement = dialect.insert(connection, conversations).values(recipient=recipient, conversation=known_as)
    renewed = {"conversation": known_as}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[conversations.c.recipient], set_=renewed)
    )


def refused_since(connection: Connection, recipient: str) -> datetime | None:
    """Return since when Teams has refused every message to this person; None: it doesn't."""
    query = select(refusals.c.since).where(refusals.c.recipient == recipient)
    return connection.execute(query).scalar_one_or_none()


def note_refusal(connection: Connection, recipient: str, at: datetime) -> None:
    """Keep that Teams refused a message to this person now. The first refusal stands for those after it,
    unless one comes so late that nothing is known of the time between.
    """
    statement = dialect.insert(connection, refusals).values(recipient=recipient, since=at, latest=at)
    anew = refusals.c.latest < at - REFUSALS_APART
    renewed = {"since": case((anew, statement.excluded.since), else_=refusals.c.since), "latest": at}
    connection.execute(statement.on_conflict_do_update(index_elements=[refusals.c.recipient], set_=renewed))


def forget_refusal(connection: Connection, recipient: str) -> None:
    """Drop the refusal that stands, if one does."""
    connection.execute(delete(refusals).where(refusals.c.recipient == recipient))
