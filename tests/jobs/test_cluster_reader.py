"""A chunk as a worker reads it: for as long as the pass is read, and tried elsewhere where it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from bot.errors import WrongConfiguration
from bot.model import Register, Window
from config.settings import load_settings
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import Shared, SqlReadings, open_readings
from jobs.cluster_chunks import chunks_of, digest_of
from jobs.cluster_reader import ChunkReader
from jobs.wiring import current_register, opened_store
from tests.jobs.conftest import Office

WEEK = Window(date(2026, 3, 2), date(2026, 3, 6))
SIZE = 300
BATCHES = "POST /v1.0/$batch"


@pytest.fixture
def register(village: Office) -> Register:
    """The register, which stands in the store too."""
    settings = load_settings(village.environ, env_file=None, secrets_dir=None)
    with opened_store(settings) as store:
        register = current_register(settings, store)
        store.save_register(register)
    return register


@pytest.fixture
def readings(village: Office, register: Register) -> Iterator[SqlReadings]:
    with closing(open_readings(f"sqlite:///{village.database}")) as opened:
        yield opened


@pytest.fixture
def reader(village: Office, readings: SqlReadings) -> Iterator[ChunkReader]:
    def settings():
        return load_settings(village.environ, env_file=None, secrets_dir=None)

    with opened_store(settings()) as store:
        yield ChunkReader(settings, store, readings)


def begin(readings: SqlReadings, register: Register, seconds: float) -> int:
    return readings.begin(Shared(WEEK, "Europe/Copenhagen", digest_of(register), SIZE), seconds).number


def posts(village: Office) -> int:
    return sum(request.path == "/v1.0/$batch" for request in village.sandbox.requests)


async def test_a_chunk_is_read_and_kept(
    reader: ChunkReader, readings: SqlReadings, register: Register
) -> None:
    number = begin(readings, register, 60)
    await reader(number, 0, last_try=False)
    kept = readings.load(number, 0)
    assert isinstance(kept, Chunk)
    assert {answer.person for answer in kept.answers} == set(chunks_of(register, SIZE)[0])


async def test_nobody_is_read_for_a_pass_whose_time_is_over(
    reader: ChunkReader, readings: SqlReadings, register: Register, village: Office
) -> None:
    number = begin(readings, register, 0)
    async with asyncio.timeout(10):
        await reader(number, 0, last_try=False)
    assert posts(village) == 0
    assert readings.done(number) == frozenset()


async def test_what_is_under_way_when_the_time_is_over_is_left_and_not_kept(
    reader: ChunkReader, readings: SqlReadings, register: Register, village: Office
) -> None:
    village.fault(match=BATCHES, delay=20)
    number = begin(readings, register, 2)
    async with asyncio.timeout(10):
        await reader(number, 0, last_try=False)
    assert readings.done(number) == frozenset()


async def test_a_pass_that_another_leads_on_is_read_in_its_time(
    reader: ChunkReader, readings: SqlReadings, register: Register, village: Office
) -> None:
    village.fault(match=BATCHES, delay=4, times=1)
    number = begin(readings, register, 2)
    reading = asyncio.create_task(reader(number, 0, last_try=False))
    while reader._latest is None:
        await asyncio.sleep(0.01)
    assert begin(readings, register, 60) == number
    async with asyncio.timeout(20):
        await reading
    assert isinstance(readings.load(number, 0), Chunk)


async def test_a_worker_whose_credentials_are_refused_leaves_the_chunk_to_others_and_says_so(
    reader: ChunkReader, readings: SqlReadings, register: Register, village: Office
) -> None:
    village.environ["HJEMMEDAG_CLIENT_SECRET"] = "stale"
    number = begin(readings, register, 60)
    with pytest.raises(WrongConfiguration, match="CLIENT_SECRET"):
        await reader(number, 0, last_try=False)
    assert readings.done(number) == frozenset()
    with pytest.raises(WrongConfiguration, match="CLIENT_SECRET"):
        await reader.until_wrong()


async def test_at_the_last_try_what_is_wrong_is_kept(
    reader: ChunkReader, readings: SqlReadings, register: Register, village: Office
) -> None:
    village.environ["HJEMMEDAG_CLIENT_SECRET"] = "stale"
    number = begin(readings, register, 60)
    await reader(number, 0, last_try=True)
    kept = readings.load(number, 0)
    assert isinstance(kept, Fault)
    assert any("CLIENT_SECRET" in what for what in kept.mend)
