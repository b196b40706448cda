"""The days that workers read for a pass together, until the one that leads it has taken them.

A scratch table: here a day stands whole, with more than the store keeps, and only for as long as the pass is
being read. PostgreSQL leaves such tables out of its log, so nothing of them reaches a backup or a replica.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import ServiceDown
from bot.model import Window
from integrations.deadline import NEVER
from integrations.store.database import connect
from integrations.store.faults import while_using
from integrations.store.packing import Chunk, Fault, packed, unpacked
from integrations.store.schema import UtcDateTime, reading_chunks, reading_passes

LEFT_FOR_GOOD = timedelta(minutes=15)
"""How long readings may wait for a leader, from when the last one was seen."""

TAKEN_OVER = "Another worker leads this pass now, so it ends here."


@dataclass(frozen=True, slots=True)
class Shared:
    """A pass whose reading is shared: what its chunks are made from. ``register`` is its digest;
    ``work_plans``: whether that source is on.
    """

    window: Window
    timezone: str
    register: str
    size: int
    work_plans: bool = True


@dataclass(frozen=True, slots=True)
class Lead:
    """A pass in the hands of one leader; who leads it next has another ``token``."""

    number: int
    token: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A pass that is being read, and for how many seconds more."""

    shared: Shared
    seconds: float


class SqlReadings:
    """What has been read for the pass that is under way. ``ServiceDown`` when the database is gone.

    All moments are the database's: the clocks of those who share it may differ.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def begin(self, shared: Shared, seconds: float = NEVER) -> Lead:
        """Take the lead of the pass to read for, for so long: one just like it that was left a short while
        ago, or a new one. Everything else is deleted.
        """
        with self._transaction() as connection:
            now = _now(connection)
            left = connection.execute(select(reading_passes).with_for_update()).all()
            same = [row.id for row in left if _shared(row) == shared and row.led_at >= now - LEFT_FOR_GOOD]
            token, ends_at = uuid4().hex, None if seconds == NEVER else now + timedelta(seconds=seconds)
            number = max(same, default=None) or _new(connection, shared, token, now)
            led = reading_passes.c.id == number
            connection.execute(
                update(reading_passes).where(led).values(token=token, led_at=now, ends_at=ends_at)
            )
            connection.execute(delete(reading_passes).where(~led))
            return Lead(number, token)

    def lead(self, held: Lead) -> None:
        """Note that somebody still leads the pass. Raises: ``ServiceDown`` when it is somebody else."""
        with self._transaction() as connection:
            led = update(reading_passes).where(*_is(held)).values(led_at=_now(connection))
            if not connection.execute(led).rowcount:
                raise ServiceDown(TAKEN_OVER)

    def find(self, number: int) -> UnderWay | None:
        """Return what the pass is made from, and how long it is read; None where it is over."""
        with self._transaction() as connection:
            row = connection.execute(select(reading_passes).where(reading_passes.c.id == number)).first()
            if row is None:
                return None
            left = NEVER if row.ends_at is None else (row.ends_at - _now(connection)).total_seconds()
        return UnderWay(_shared(row), max(0.0, left))

    def done(self, number: int) -> frozenset[int]:
        """Return which chunks of the pass have come in."""
        query = select(reading_chunks.c.chunk).where(reading_chunks.c.reading_pass == number)
        with self._transaction() as connection:
            return frozenset(connection.execute(query).scalars())

    def save(self, number: int, chunk: int, content: Chunk | Fault) -> None:
        """Keep what came of a chunk. Where it is there already, or the pass is over, nothing happens."""
        row = {"reading_pass": number, "chunk": chunk, "content": packed(content)}
        try:
            with self._transaction() as connection:
                connection.execute(insert(reading_chunks), row)
        except IntegrityError:
            return

    def load(self, number: int, chunk: int) -> Chunk | Fault:
        """Return what came of a chunk. Raises: ``ServiceDown`` where it is gone with its pass."""
        query = select(reading_chunks.c.content).where(
            reading_chunks.c.reading_pass == number, reading_chunks.c.chunk == chunk
        )
        with self._transaction() as connection:
            document = connection.execute(query).scalar_one_or_none()
        if document is None:
            raise ServiceDown(TAKEN_OVER)
        return unpacked(document)

    def end(self, held: Lead) -> None:
        """Delete the pass and all that was read for it; nothing where somebody else leads it now."""
        with self._transaction() as connection:
            connection.execute(delete(reading_passes).where(*_is(held)))

    def forget_left(self) -> int:
        """Delete what was read for passes that nobody leads any more; return how many there were."""
        with self._transaction() as connection:
            left = reading_passes.c.led_at < _now(connection) - LEFT_FOR_GOOD
            return connection.execute(delete(reading_passes).where(left)).rowcount

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with while_using(self._engine.url), self._engine.begin() as connection:
            yield connection


def open_readings(url: str) -> SqlReadings:
    """Return the readings in a database that ``open_store`` has brought up to date."""
    return SqlReadings(connect(url))


def _now(connection: Connection) -> datetime:
    now: datetime = connection.execute(select(func.now(type_=UtcDateTime()))).scalar_one()
    return now


def _is(held: Lead) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return reading_passes.c.id == held.number, reading_passes.c.token == held.token


def _new(connection: Connection, shared: Shared, token: str, at: datetime) -> int:
    row = {
        "window_start": shared.window.start,
        "window_end": shared.window.end,
        "timezone": shared.timezone,
        "register": shared.register,
        "size": shared.size,
        "work_plans": shared.work_plans,
        "token": token,
        "led_at": at,
    }
    number: int = connection.execute(
        insert(reading_passes).values(row).returning(reading_passes.c.id)
    ).scalar_one()
    return number


def _shared(row: Row[*tuple[Any, ...]]) -> Shared:
    window = Window(row.window_start, row.window_end)
    return Shared(window, row.timezone, row.register, row.size, row.work_plans)
