"""What was said to whom: claimed before it is sent, so that nothing is ever sent twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from bot.model import Delivery, MessageRecord, MessageState, PlannedMessage, Step, Telling
from integrations.store import dialect
from integrations.store.schema import conversations, messages, tellings

NO_OUTCOME = "the program stopped before the answer was recorded"
"""The reason given for a message that was claimed and never heard of again."""

_CLAIMABLE_AGAIN = (MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.SUPPRESSED)
_UNRESOLVED = (
    MessageState.CLAIMED,
    MessageState.FAILED,
    MessageState.UNDELIVERABLE,
    MessageState.UNCLEAR,
)


def claim(connection: Connection, message: PlannedMessage, channel: str, at: datetime) -> bool:
    """Take the message; False when it is another's, or an earlier attempt may have got through.

    One statement decides, on the primary key, so two processes can never both be told True.
    """
    claimed = {"channel": channel, "state": MessageState.CLAIMED, "reason": None, "at": at}
    statement = (
        dialect.insert(connection, messages)
        .values(id=message.id, step=message.step, recipient=message.recipient, **claimed)
        .on_conflict_do_update(
            index_elements=[messages.c.id], set_=claimed, where=messages.c.state.in_(_CLAIMABLE_AGAIN)
        )
        .returning(messages.c.id)
    )
    if connection.execute(statement).first() is None:
        return False
    _tell(connection, message)
    return True


def record(connection: Connection, message: str, delivery: Delivery, at: datetime) -> None:
    """Write what became of a claimed message. Raises LookupError when it is not claimed."""
    outcome = {"state": delivery.state, "reason": delivery.reason, "at": at}
    _move(connection, message, (MessageState.CLAIMED,), outcome)


def withdraw(connection: Connection, message: str, at: datetime) -> None:
    """Close a message whose matter is over. Raises LookupError when there is nothing unresolved about it."""
    closed = {"state": MessageState.SUPPRESSED, "reason": "matter-closed", "at": at}
    _move(connection, message, _UNRESOLVED, closed)


def all_tellings(connection: Connection) -> list[Telling]:
    """Return one for each message and finding, oldest first."""
    query = (
        select(tellings, messages.c.state, messages.c.at)
        .join(messages)
        .order_by(messages.c.at, messages.c.id, tellings.c.finding)
    )
    return [
        Telling(finding=row.finding, recipient=row.recipient, step=row.step, state=row.state, at=row.at)
        for row in connection.execute(query)
    ]


def unresolved(connection: Connection) -> list[MessageRecord]:
    """Return what failed, cannot be delivered or is unclear, oldest first."""
    pending = messages.c.state.in_(_UNRESOLVED)
    query = select(messages).where(pending).order_by(messages.c.at, messages.c.id)
    told = _findings_of_unresolved(connection)
    return [_message_record(row, tuple(told.get(row.id, ()))) for row in connection.execute(query)]


def last_notice(connection: Connection, recipient: str) -> date | None:
    """Return the UTC date of the latest message of notices alone that reached this person, or may have."""
    query = select(func.max(messages.c.at)).where(
        messages.c.recipient == recipient,
        messages.c.step == Step.NOTICE,
        messages.c.state.in_((MessageState.SENT, MessageState.UNCLEAR, MessageState.CLAIMED)),
    )
    latest = connection.execute(query).scalar_one()
    return None if latest is None else latest.astimezone(UTC).date()


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


def _move(
    connection: Connection, message: str, from_states: Sequence[MessageState], values: dict[str, Any]
) -> None:
    expected = (messages.c.id == message, messages.c.state.in_(from_states))
    if connection.execute(update(messages).where(*expected).values(values)).rowcount != 1:
        raise LookupError(f"message {message} is not {' or '.join(from_states)}")


def _tell(connection: Connection, message: PlannedMessage) -> None:
    common = {"message": message.id, "recipient": message.recipient, "step": message.step}
    rows = [{**common, "finding": finding} for finding in message.findings]
    if rows:
        connection.execute(dialect.insert(connection, tellings).on_conflict_do_nothing(), rows)


def _findings_of_unresolved(connection: Connection) -> dict[str, list[str]]:
    query = (
        select(tellings.c.message, tellings.c.finding)
        .join(messages)
        .where(messages.c.state.in_(_UNRESOLVED))
        .order_by(tellings.c.finding)
    )
    told: dict[str, list[str]] = {}
    for message, finding in connection.execute(query):
        told.setdefault(message, []).append(finding)
    return told


def _message_record(row: Row[*tuple[Any, ...]], told: tuple[str, ...]) -> MessageRecord:
    lost = row.state is MessageState.CLAIMED
    return MessageRecord(
        id=row.id,
        step=row.step,
        recipient=row.recipient,
        channel=row.channel,
        state=MessageState.UNCLEAR if lost else row.state,
        findings=told,
        reason=NO_OUTCOME if lost else row.reason,
        at=row.at,
    )
