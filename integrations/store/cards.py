"""Cards that stand in Teams and can still be changed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.model import MessageState, Receipt, SentCard, Step, Told
from integrations.store.documents import from_document
from integrations.store.messages import change
from integrations.store.schema import messages
from integrations.store.told import tells_by_message

_CHANGEABLE = (Step.NOTICE, Step.REMINDER, Step.ESCALATION)


def sent_cards(connection: Connection, since: datetime) -> list[SentCard]:
    """Return the notices, reminders and escalations that arrived in Teams since then, oldest first."""
    standing = (
        messages.c.state == MessageState.SENT,
        messages.c.at >= since,
        messages.c.channel == "teams",
        messages.c.step.in_(_CHANGEABLE),
        messages.c.activity.is_not(None),
    )
    query = select(messages).where(*standing).order_by(messages.c.at, messages.c.id)
    tells = tells_by_message(connection, *standing)
    return [_card(row, tells) for row in connection.execute(query)]


def show_settled(connection: Connection, message: str, settled: frozenset[str]) -> None:
    """Keep which findings a card shows as settled. Raises LookupError when it was not sent."""
    change(connection, message, (MessageState.SENT,), {"settled": settled})


def _card(row: Row[*tuple[Any, ...]], tells: Mapping[str, Sequence[Told]]) -> SentCard:
    return SentCard(
        message=row.id,
        recipient=row.recipient,
        receipt=Receipt(row.conversation, row.activity),
        tells=tuple(tells.get(row.id, ())),
        settled=from_document(row.settled, frozenset[str]),
    )
