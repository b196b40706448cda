"""What was said to whom: claimed before it is sent, so that nothing is ever sent twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, select, update

from bot.model import Delivery, MessageRecord, MessageState, PlannedMessage, Told
from integrations.store import dialect
from integrations.store.schema import messages
from integrations.store.told import replace_tells, tells_by_message

NO_OUTCOME = "the program stopped before the answer was recorded"
"""The reason given for a message that was claimed and never heard of again."""

_NOT_ARRIVED = (MessageState.FAILED, MessageState.UNDELIVERABLE)
_PERHAPS_ARRIVED = (MessageState.CLAIMED, MessageState.UNCLEAR)
_CLAIMABLE_AGAIN = (*_NOT_ARRIVED, MessageState.SUPPRESSED)


def claim(connection: Connection, message: PlannedMessage, channel: str, at: datetime) -> bool:
    """Take the message; False when it is another's, or an earlier attempt may have got through.

    One statement decides, on the primary key, so two processes can never both be told True.
    """
    claimed = {
        "step": message.step,
        "recipient": message.recipient,
        "week": message.week,
        "channel": channel,
        "state": MessageState.CLAIMED,
        "reason": None,
        "at": at,
    }
    statement = (
        dialect.insert(connection, messages)
        .values(id=message.id, **claimed)
        .on_conflict_do_update(
            index_elements=[messages.c.id], set_=claimed, where=messages.c.state.in_(_CLAIMABLE_AGAIN)
        )
        .returning(messages.c.id)
    )
    if connection.execute(statement).first() is None:
        return False
    replace_tells(connection, message)
    return True


def record(
    connection: Connection, message: str, delivery: Delivery, at: datetime, channel: str | None = None
) -> None:
    """Write what became of a claimed message, and through which channel where not the one claimed for.

    Raises LookupError when it is not claimed.
    """
    receipt = delivery.receipt
    outcome = {
        "state": delivery.state,
        "reason": delivery.reason,
        "at": at,
        "conversation": receipt.conversation if receipt else None,
        "activity": receipt.activity if receipt else None,
    }
    if channel is not None:
        outcome["channel"] = channel
    change(connection, message, (MessageState.CLAIMED,), outcome)


def withdraw(connection: Connection, message: str, at: datetime) -> None:
    """Close a message whose matter is over. One that may have arrived keeps its state, so that it goes on
    counting as told. Raises LookupError when there is nothing unresolved about it.
    """
    suppressed = {"state": MessageState.SUPPRESSED, "reason": "matter-closed", "at": at}
    if not _changed(connection, message, _NOT_ARRIVED, suppressed):
        change(connection, message, _PERHAPS_ARRIVED, {"closed": True})


def unresolved(connection: Connection) -> list[MessageRecord]:
    """Return what failed, cannot be delivered or is unclear, and has not been closed, oldest first."""
    pending = and_(messages.c.state.in_(_NOT_ARRIVED + _PERHAPS_ARRIVED), messages.c.closed.is_(False))
    query = select(messages).where(pending).order_by(messages.c.at, messages.c.id)
    tells = tells_by_message(connection, pending)
    return [_message_record(row, tells.get(row.id, ())) for row in connection.execute(query)]


def change(
    connection: Connection, message: str, from_states: Sequence[MessageState], values: Mapping[str, Any]
) -> None:
    """Change a message that is in one of these states. Raises LookupError when it is in none of them."""
    if not _changed(connection, message, from_states, values):
        raise LookupError(f"message {message} is not {' or '.join(from_states)}")


def _changed(
    connection: Connection, message: str, from_states: Sequence[MessageState], values: Mapping[str, Any]
) -> bool:
    expected = (messages.c.id == message, messages.c.state.in_(from_states))
    return connection.execute(update(messages).where(*expected).values(values)).rowcount == 1


def _message_record(row: Row[*tuple[Any, ...]], tells: Sequence[Told]) -> MessageRecord:
    lost = row.state is MessageState.CLAIMED
    return MessageRecord(
        id=row.id,
        step=row.step,
        recipient=row.recipient,
        channel=row.channel,
        state=MessageState.UNCLEAR if lost else row.state,
        findings=tuple(dict.fromkeys(one.finding for one in tells)),
        reason=NO_OUTCOME if lost else row.reason,
        at=row.at,
        week=row.week,
    )
