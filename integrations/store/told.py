"""Who has been told of what, and at which step: what keeps anything from being told twice."""

from __future__ import annotations

from datetime import UTC, date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from bot.model import MessageState, PlannedMessage, Step, Telling, Told
from integrations.store.schema import messages, tellings

_MAY_HAVE_ARRIVED = messages.c.state.in_((MessageState.SENT, MessageState.UNCLEAR, MessageState.CLAIMED))


def all_tellings(connection: Connection) -> list[Telling]:
    """Return one for each message, finding and step, oldest first."""
    query = (
        select(tellings, messages.c.state, messages.c.at)
        .join(messages)
        .order_by(messages.c.at, messages.c.id, tellings.c.position, tellings.c.finding)
    )
    return [
        Telling(finding=row.finding, recipient=row.recipient, step=row.step, state=row.state, at=row.at)
        for row in connection.execute(query)
    ]


def last_notice(connection: Connection, recipient: str) -> date | None:
    """Return the UTC date of the latest message of notices alone that reached this person, or may have."""
    query = select(func.max(messages.c.at)).where(
        messages.c.recipient == recipient, messages.c.step == Step.NOTICE, _MAY_HAVE_ARRIVED
    )
    latest = connection.execute(query).scalar_one()
    return None if latest is None else latest.astimezone(UTC).date()


def told_in_week(connection: Connection, step: Step, week: str) -> frozenset[str]:
    """Return whom a message of this step and ISO week reached, or may have reached."""
    of_week = (messages.c.step == step, messages.c.week == week)
    return frozenset(
        connection.execute(select(messages.c.recipient).where(*of_week, _MAY_HAVE_ARRIVED)).scalars()
    )


def tells_by_message(connection: Connection, *of_messages: ColumnElement[bool]) -> dict[str, list[Told]]:
    """Return what the messages of these conditions tell, in the order in which each tells it."""
    query = (
        select(tellings.c.message, tellings.c.finding, tellings.c.step)
        .join(messages)
        .where(*of_messages)
        .order_by(tellings.c.message, tellings.c.position, tellings.c.finding)
    )
    tells: dict[str, list[Told]] = {}
    for message, finding, step in connection.execute(query):
        tells.setdefault(message, []).append(Told(finding, step))
    return tells


def replace_tells(connection: Connection, message: PlannedMessage) -> None:
    """Put what the message tells now in the place of what it was to tell before."""
    connection.execute(delete(tellings).where(tellings.c.message == message.id))
    common = {"message": message.id, "recipient": message.recipient}
    rows = [
        {**common, "position": position, "finding": told.finding, "step": told.step}
        for position, told in enumerate(dict.fromkeys(message.tells))
    ]
    if rows:
        connection.execute(insert(tellings), rows)
