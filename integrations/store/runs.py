"""The passes themselves: when each began, and how it ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, exists, func, insert, or_, select, update

from bot.model import Window
from integrations.store.schema import runs

WENT_THROUGH = frozenset({0, 1})
"""How a pass ends that is not due again."""

_DID_NOT = 3


def start_run(connection: Connection, now: datetime, window: Window) -> int:
    """Record that a pass began; return its number."""
    row = {"started_at": now, "window_start": window.start, "window_end": window.end}
    number: int = connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one()
    return number


def finish_run(connection: Connection, run: int, at: datetime, exit_code: int) -> None:
    """Record how the pass ended."""
    ended = update(runs).where(runs.c.id == run).values(finished_at=at, exit_code=exit_code)
    connection.execute(ended)


def completed_since(connection: Connection, moment: datetime, now: datetime) -> bool:
    """Whether a pass that began from the moment until now went through: it ended with 0 or 1."""
    began = runs.c.started_at.between(moment, now)
    completed = exists().where(began, runs.c.exit_code.in_(WENT_THROUGH))
    return bool(connection.execute(select(completed)).scalar_one())


def failures_since(connection: Connection, moment: datetime, now: datetime) -> tuple[int, datetime | None]:
    """Return how many passes that began from the moment until now ended with 3 or never ended, and when the
    latest of them began. One that is under way is among them.
    """
    began = runs.c.started_at.between(moment, now)
    failed = or_(runs.c.exit_code == _DID_NOT, runs.c.exit_code.is_(None))
    query = select(func.count(), func.max(runs.c.started_at)).where(began, failed)
    number, latest = connection.execute(query).one()
    return number, latest
