"""Chunks on the queue: each is read once, some at a time, and none is lost with its reader."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.errors import ServiceDown
from integrations.queue import app as queueing
from integrations.queue.app import AT_ONCE, PUT_BACK_TRIES, SLOTS, TRIES, ReadingQueue, Timing, opened_queue

QUICK = Timing(alive=0.2, dead=60, look=0.05)
PASS = 7


@dataclass
class Reader:
    """Reads by noting what it was asked for; waits for ``go`` before it is done."""

    read: list[tuple[int, int]] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    last_tries: list[bool] = field(default_factory=list)
    now: int = 0
    most: int = 0
    go: asyncio.Event = field(default_factory=asyncio.Event)
    fault: Exception | None = None

    async def __call__(self, number: int, chunk: int, *, last_try: bool) -> None:
        self.begun.append(chunk)
        self.last_tries.append(last_try)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.go.wait()
            if self.fault:
                raise self.fault
            self.read.append((number, chunk))
        finally:
            self.now -= 1


@asynccontextmanager
async def working(url: str, reader: Reader) -> AsyncIterator[ReadingQueue]:
    """Run a worker for as long as the block lasts."""
    async with opened_queue(url, reader, QUICK) as queue:
        task = asyncio.create_task(queue.work())
        try:
            yield queue
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until(happened: Callable[[], bool]) -> None:
    """Wait until it has happened."""
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.01)


async def until_empty(queue: ReadingQueue) -> None:
    async with asyncio.timeout(20):
        while await queue.on_their_way(PASS):
            await asyncio.sleep(0.01)


async def test_every_chunk_is_read_once_by_whichever_worker(url: str) -> None:
    one, another = Reader(), Reader()
    one.go.set()
    another.go.set()
    async with working(url, one) as queue, working(url, another):
        await queue.put(PASS, range(20))
        await until_empty(queue)
    assert sorted(one.read + another.read) == [(PASS, chunk) for chunk in range(20)]
    assert jobs(url) == []


async def test_all_workers_together_read_no_more_than_there_are_slots(url: str) -> None:
    reader = Reader()
    async with working(url, reader) as queue, working(url, reader), working(url, reader):
        await queue.put(PASS, range(3 * SLOTS))
        await until(lambda: reader.now == SLOTS)
        reader.go.set()
        await until_empty(queue)
    assert reader.most == SLOTS
    assert len(reader.read) == 3 * SLOTS


async def test_one_worker_leaves_slots_to_the_others(url: str) -> None:
    reader = Reader()
    async with working(url, reader) as queue:
        await queue.put(PASS, range(SLOTS))
        await until(lambda: reader.now == AT_ONCE)
        reader.go.set()
        await until_empty(queue)
    assert reader.most == AT_ONCE


async def test_the_queue_knows_which_chunks_of_a_pass_are_on_their_way(url: str) -> None:
    async with opened_queue(url) as queue:
        await queue.put(PASS, [0, 2])
        await queue.put(PASS + 1, [5])
        assert await queue.on_their_way(PASS) == {0, 2}


async def test_a_worker_that_is_told_to_stop_gives_its_chunks_back_at_once(url: str) -> None:
    stopping, going_on = Reader(), Reader()
    going_on.go.set()
    async with working(url, stopping) as queue:
        await queue.put(PASS, range(AT_ONCE))
        await until(lambda: stopping.now == AT_ONCE)
    assert jobs(url) == ["todo"] * AT_ONCE
    async with working(url, going_on) as queue:
        await until_empty(queue)
    assert [chunk for _, chunk in sorted(going_on.read)] == list(range(AT_ONCE))
    assert stopping.read == []


async def test_what_fails_is_tried_again_and_the_last_try_is_told_so(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "PAUSE_SECONDS", 0)
    reader = Reader(fault=ServiceDown("Graph answers 503."))
    reader.go.set()
    async with working(url, reader) as queue:
        await queue.put(PASS, [4])
        await until_empty(queue)
    assert reader.begun == [4] * TRIES
    assert reader.last_tries == [False] * (TRIES - 1) + [True]
    assert jobs(url) == []


async def test_what_failed_is_tried_again_before_others_are_begun(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "PAUSE_SECONDS", 0)
    reader = Reader(fault=ServiceDown("Graph answers 503."))
    reader.go.set()
    async with working(url, reader) as queue:
        await queue.put(PASS, [0, SLOTS])
        await until_empty(queue)
    assert reader.begun == [0] * TRIES + [SLOTS] * TRIES


async def test_a_chunk_that_was_put_back_has_all_its_tries_left(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "PAUSE_SECONDS", 0)
    async with opened_queue(url, timing=QUICK) as queue:
        await queue.put(PASS, [0])
        died_with_its_chunks(url)
        await queue.put_back_stalled()
    stopping, failing = Reader(), Reader(fault=ServiceDown("Graph answers 503."))
    async with working(url, stopping):
        await until(lambda: stopping.now == 1)
    failing.go.set()
    async with working(url, failing) as queue:
        await until_empty(queue)
    assert failing.last_tries == [False] * (TRIES - 1) + [True]


async def test_what_a_dead_worker_was_reading_is_put_back_and_what_a_living_one_reads_is_not(
    url: str,
) -> None:
    reader = Reader()
    async with working(url, reader) as queue:
        await queue.put(PASS, range(AT_ONCE))
        await until(lambda: reader.now == AT_ONCE)
        assert await queue.put_back_stalled() == frozenset()
    died_with_its_chunks(url)
    async with opened_queue(url, timing=QUICK) as queue:
        assert await queue.put_back_stalled() == set(range(AT_ONCE))
        assert await queue.put_back_stalled() == frozenset()
    assert jobs(url) == ["todo"] * AT_ONCE
    assert workers(url) == 0


async def test_a_chunk_that_its_readers_die_of_is_given_up(url: str) -> None:
    async with opened_queue(url, timing=QUICK) as queue:
        await queue.put(PASS, [0])
        for _ in range(PUT_BACK_TRIES - 1):
            died_with_its_chunks(url)
            assert await queue.put_back_stalled() == {0}
        died_with_its_chunks(url)
        await queue.put_back_stalled()
        assert await queue.on_their_way(PASS) == frozenset()


async def test_a_database_that_is_gone_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "OPEN_SECONDS", 0.1)
    nowhere = f"postgresql+psycopg://postgres@/none?host={tmp_path}"
    with pytest.raises(ServiceDown, match="queue"):
        async with opened_queue(nowhere, timing=QUICK):
            pass


def jobs(url: str) -> list[str]:
    return query(url, "SELECT status::text FROM procrastinate_jobs ORDER BY id")


def workers(url: str) -> int:
    return len(query(url, "SELECT id::text FROM procrastinate_workers"))


def query(url: str, statement: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.execute(text(statement)).scalars())
    engine.dispose()
    return found


def died_with_its_chunks(url: str) -> None:
    """Leave every chunk as it is when the worker reading it was killed a minute or two ago."""
    engine = create_engine(url)
    with engine.begin() as connection:
        worker = connection.execute(
            text("INSERT INTO procrastinate_workers VALUES (DEFAULT, now() - interval '2 min') RETURNING id")
        ).scalar_one()
        connection.execute(text(f"UPDATE procrastinate_jobs SET status = 'doing', worker_id = {worker}"))
    engine.dispose()
