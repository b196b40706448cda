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

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.model import Window
from integrations.store.database import connect
from integrations.store.faults import while_using
from integrations.store.packing import Chunk, Fault, packed, unpacked
from integrations.store.schema import reading_chunks, reading_passes

LEFT_FOR_GOOD = timedelta(minutes=15)
"""How long readings may wait for a leader, from when the last one was seen."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A pass whose reading is shared: what its chunks are made from. ``register`` is its digest."""

    window: Window
    timezone: str
    register: str
    size: int


class SqlReadings:
    """What has been read for the pass that is under way. ``ServiceDown`` when the database is gone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def begin(self, shared: Shared, at: datetime) -> int:
        """Return the number of the pass to read for: one just like it that was left a short while ago, or a
        new one. Everything else is deleted.
        """
        with self._transaction() as connection:
            left = connection.execute(select(reading_passes)).all()
            same = [row.id for row in left if _shared(row) == shared and row.led_at >= at - LEFT_FOR_GOOD]
            number = max(same, default=None) or _new(connection, shared, at)
            connection.execute(delete(reading_passes).where(reading_passes.c.id != number))
            return number

    def lead(self, number: int, at: datetime) -> None:
        """Note that somebody still leads the pass."""
        led = update(reading_passes).where(reading_passes.c.id == number).values(led_at=at)
        with self._transaction() as connection:
            connection.execute(led)

    def find(self, number: int) -> Shared | None:
        """Return what the pass is made from; None where it is over."""
        with self._transaction() as connection:
            row = connection.execute(select(reading_passes).where(reading_passes.c.id == number)).first()
        return None if row is None else _shared(row)

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
        """Return what came of a chunk."""
        query = select(reading_chunks.c.content).where(
            reading_chunks.c.reading_pass == number, reading_chunks.c.chunk == chunk
        )
        with self._transaction() as connection:
            return unpacked(connection.execute(query).scalar_one())

    def end(self, number: int) -> None:
        """Delete the pass and all that was read for it."""
        with self._transaction() as connection:
            connection.execute(delete(reading_passes).where(reading_passes.c.id == number))

    def forget_left(self, at: datetime) -> int:
        """Delete what was read for passes that nobody leads any more; return how many there were."""
        left = delete(reading_passes).where(reading_passes.c.led_at < at - LEFT_FOR_GOOD)
        with self._transaction() as connection:
            return connection.execute(left).rowcount

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with while_using(self._engine.url), self._engine.begin() as connection:
            yield connection


def open_readings(url: str) -> SqlReadings:
    """Return the readings in a database that ``open_store`` has brought up to date."""
    return SqlReadings(connect(url))


def _new(connection: Connection, shared: Shared, at: datetime) -> int:
    row = {
        "window_start": shared.window.start,
        "window_end": shared.window.end,
        "timezone": shared.timezone,
        "register": shared.register,
        "size": shared.size,
        "led_at": at,
    }
    number: int = connection.execute(
        insert(reading_passes).values(row).returning(reading_passes.c.id)
    ).scalar_one()
    return number


def _shared(row: Row[*tuple[Any, ...]]) -> Shared:
    return Shared(Window(row.window_start, row.window_end), row.timezone, row.register, row.size)
