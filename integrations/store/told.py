"""Who has been told of what, and at which step: what keeps anything from being told twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select

from bot.model import MessageState, PlannedMessage, Step, Telling, Told
from integrations.store.chunks import IN_PIECES, in_chunks
from integrations.store.schema import messages, tellings

FINDINGS_AT_ONCE = 500
"""How many findings are asked about in one statement; older SQLite takes at most 999 variables in one."""

_MAY_HAVE_ARRIVED = messages.c.state.in_((MessageState.SENT, MessageState.UNCLEAR, MessageState.CLAIMED))


def all_tellings(connection: Connection) -> list[Telling]:
    """Return one for each message, finding and step, oldest first; equal texts and instants are one."""
    shared: dict[Any, Any] = {}
    one = shared.setdefault
    return [
        Telling(one(finding, finding), one(recipient, recipient), step, state, one(at, at))
        for finding, recipient, step, state, at in connection.execute(_told(), execution_options=IN_PIECES)
    ]


def tellings_of(connection: Connection, findings: Iterable[str]) -> list[Telling]:
    """Return those of ``all_tellings`` that are of these findings; each finding's oldest first."""
    found: list[Telling] = []
    for some in in_chunks(sorted(set(findings)), FINDINGS_AT_ONCE):
        query = _told().where(tellings.c.finding.in_(some))
        found += [Telling(*row) for row in connection.execute(query)]
    return found


def last_notices(connection: Connection) -> dict[str, date]:
    """Return the UTC date of the latest message of notices alone that reached each person, or may have."""
    query = (
        select(messages.c.recipient, func.max(messages.c.at).label("latest"))
        .where(messages.c.step == Step.NOTICE, _MAY_HAVE_ARRIVED)
        .group_by(messages.c.recipient)
    )
    return {row.recipient: row.latest.date() for row in connection.execute(query)}


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


def _told() -> Select[*tuple[Any, ...]]:
    """The columns of a ``Telling``, one row for each message, finding and step, oldest first."""
    told = (tellings.c.finding, tellings.c.recipient, tellings.c.step, messages.c.state, messages.c.at)
    order = (messages.c.at, messages.c.id, tellings.c.position, tellings.c.finding)
    return select(*told).join_from(tellings, messages).order_by(*order)
