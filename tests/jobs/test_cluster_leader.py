"""The reading of a pass as its leader sees it: what comes in, what doesn't, and what is left behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import create_engine, text

from bot.errors import ServiceDown, WrongConfiguration
from bot.model import Day, Organisation, Person, Reading, Register, Team, Unreadable, UnreadableReason, Window
from integrations.deadline import Deadline
from integrations.queue import app as queueing
from integrations.queue.app import Timing, opened_queue
from integrations.queue.schema import prepare_queue
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import Lead, SqlReadings, UnderWay, open_readings
from integrations.store.store import open_store
from jobs.cluster_chunks import chunks_of
from jobs.cluster_leader import SharedReading
from jobs.gather import mailboxes
from jobs.in_thread import in_thread
from tests.contracts.conftest import new_postgresql_database, postgresql

__all__ = ["new_postgresql_database", "postgresql"]

MONDAY = date(2026, 3, 2)
WINDOW = Window(MONDAY, MONDAY)
TEAMS = {f"t{number}": Team(f"t{number}", f"Team {number}", f"l{number}@x.example") for number in range(3)}
PEOPLE = {f"p{n}@x.example": Person(f"p{n}@x.example", f"P{n}", team=f"t{n // 2}") for n in range(6)}
REGISTER = Register(Organisation("Prøvekommunen", "nyborg"), TEAMS, PEOPLE)
SIZE = 3
CHUNKS = chunks_of(REGISTER, SIZE)
QUICK = Timing(alive=60, dead=60, look=0.05)


@pytest.fixture
def url(new_postgresql_database: Callable[[], str]) -> str:
    url = new_postgresql_database()
    open_store(url).close()
    prepare_queue(url)
    return url


@pytest.fixture
def readings(url: str) -> Iterator[SqlReadings]:
    with closing(open_readings(url)) as opened:
        yield opened


def shared_reading(
    url: str,
    register: Register = REGISTER,
    deadline: Deadline | None = None,
    *,
    work_plans: bool = True,
) -> SharedReading:
    async def has_work_plans(_window: Window) -> bool:
        return work_plans

    return SharedReading(
        register, "Europe/Copenhagen", deadline or Deadline(), url, SIZE, has_work_plans=has_work_plans
    )


def whole(chunk: int) -> Chunk:
    days = {MONDAY: Day(MONDAY, scheduled=True)}
    return Chunk(tuple(Reading(name, days, entries=4) for name in CHUNKS[chunk]), requests=2)


@asynccontextmanager
async def workers(url: str, contents: Callable[[int], Chunk | Fault | None]) -> AsyncIterator[list[int]]:
    """Bring what is given for each chunk, None leaving it unread. Yield the chunks asked for, as they are."""
    asked: list[int] = []
    with closing(open_readings(url)) as readings:

        async def read(number: int, chunk: int, *, last_try: bool) -> None:
            asked.append(chunk)
            content = contents(chunk)
            if content is not None:
                await in_thread(readings.save, number, chunk, content)

        async with opened_queue(url, read, QUICK) as queue:
            working = asyncio.create_task(queue.work())
            try:
                yield asked
            finally:
                working.cancel()
                with suppress(asyncio.CancelledError):
                    await working


async def everything(reading: SharedReading) -> list[Reading | Unreadable]:
    async with asyncio.timeout(30):
        return [answer async for answer in reading.read(WINDOW)]


def reasons(answers: list[Reading | Unreadable]) -> dict[str, UnreadableReason]:
    return {answer.person: answer.reason for answer in answers if isinstance(answer, Unreadable)}


async def test_everybody_comes_once_and_nothing_is_left_behind(url: str) -> None:
    reading = shared_reading(url)
    async with workers(url, whole) as asked:
        answers = await everything(reading)
        await in_thread(wait_until_empty, url)
    assert sorted(asked) == [0, 1, 2]
    assert sorted(answer.person for answer in answers) == sorted(mailboxes(REGISTER))
    assert all(isinstance(answer, Reading) for answer in answers)
    assert reading.work_plans
    assert reading.requests == 6
    assert left_behind(url) == (0, 0)


async def test_whether_work_plans_are_on_is_found_out_once_and_told_to_all(
    url: str, readings: SqlReadings
) -> None:
    told: list[UnderWay | None] = []

    def contents(chunk: int) -> Chunk:
        told.append(readings.find(1))
        return whole(chunk)

    reading = shared_reading(url, work_plans=False)
    async with workers(url, contents):
        await everything(reading)
    assert not reading.work_plans
    assert [one and one.shared.work_plans for one in told] == [False] * len(CHUNKS)


async def test_what_has_not_come_in_by_the_deadline_is_out_of_time(url: str) -> None:
    answers = await everything(shared_reading(url, deadline=Deadline(0.2)))
    assert reasons(answers) == dict.fromkeys(mailboxes(REGISTER), UnreadableReason.OUT_OF_TIME)
    assert left_behind(url)[0] == 0


async def test_a_leader_that_is_told_to_stop_leaves_what_was_read_to_the_next(
    url: str, readings: SqlReadings
) -> None:
    deadline = Deadline()
    stopped = shared_reading(url, deadline=deadline)
    async with workers(url, lambda chunk: whole(chunk) if chunk < 2 else await_for_ever(deadline)):
        await everything(stopped)
    following = shared_reading(url)
    async with workers(url, whole) as asked:
        answers = await everything(following)
        await in_thread(wait_until_empty, url)
    assert asked == [2]
    assert reasons(answers) == {}
    assert left_behind(url) == (0, 0)


def await_for_ever(deadline: Deadline) -> None:
    deadline.cut()


async def test_after_a_change_of_the_register_everything_is_read_anew(url: str) -> None:
    deadline = Deadline()
    async with workers(url, lambda chunk: whole(chunk) if chunk else await_for_ever(deadline)):
        await everything(shared_reading(url, deadline=deadline))
    changed = replace(REGISTER, people=PEOPLE | {"p0@x.example": Person("p0@x.example", "New", team="t0")})
    async with workers(url, whole) as asked:
        await everything(shared_reading(url, changed))
    assert {0, 1, 2} <= set(asked)


async def test_a_chunk_that_nobody_brings_does_not_hold_up_the_rest(url: str) -> None:
    async with workers(url, lambda chunk: None if chunk == 2 else whole(chunk)):
        answers = await everything(shared_reading(url))
    assert reasons(answers) == dict.fromkeys(CHUNKS[2], UnreadableReason.UNAVAILABLE)
    assert len(answers) == len(mailboxes(REGISTER))


async def test_a_chunk_that_could_not_be_read_after_others_were_is_unavailable(url: str) -> None:
    def contents(chunk: int) -> Chunk | Fault:
        return Fault("Graph answers 503.") if chunk == 2 else whole(chunk)

    reading = shared_reading(url)
    async with workers(url, contents):
        answers = await everything(reading)
    assert reasons(answers) == dict.fromkeys(CHUNKS[2], UnreadableReason.UNAVAILABLE)


async def test_a_service_that_is_down_for_the_first_chunks_ends_the_pass(url: str) -> None:
    async with workers(url, lambda _: Fault("Graph answers 503.")):
        with pytest.raises(ServiceDown, match=r"Graph answers 503\."):
            await everything(shared_reading(url))
    assert left_behind(url)[0] == 0


async def test_workers_that_bring_nothing_end_the_pass(url: str) -> None:
    async with workers(url, lambda _: None):
        with pytest.raises(ServiceDown, match="logs"):
            await everything(shared_reading(url))


async def test_credentials_that_are_refused_for_the_first_chunks_end_the_pass_with_what_to_mend(
    url: str,
) -> None:
    async with workers(url, lambda _: Fault("Refused.", ("Renew the secret.",))):
        with pytest.raises(WrongConfiguration, match="Renew the secret"):
            await everything(shared_reading(url))


async def test_credentials_that_are_refused_after_others_have_read_cost_only_that_chunk(url: str) -> None:
    def contents(chunk: int) -> Chunk | Fault:
        return Fault("Refused.", ("Renew the secret.",)) if chunk == 2 else whole(chunk)

    async with workers(url, contents):
        answers = await everything(shared_reading(url))
    assert reasons(answers) == dict.fromkeys(CHUNKS[2], UnreadableReason.UNAVAILABLE)


async def test_a_leader_whose_pass_another_has_taken_over_ends_it_and_leaves_that_alone(
    url: str, readings: SqlReadings
) -> None:
    taken_over: list[Lead] = []

    def contents(chunk: int) -> Chunk:
        under_way = readings.find(1)
        assert under_way is not None
        taken_over[:] = taken_over or [readings.begin(under_way.shared)]
        return whole(chunk)

    async with workers(url, contents):
        with pytest.raises(ServiceDown, match="Another worker leads"):
            await everything(shared_reading(url))
        await in_thread(wait_until_empty, url)
    assert readings.done(taken_over[0].number) == {0, 1, 2}


async def test_chunks_of_a_pass_that_is_over_are_dropped_from_the_queue(
    url: str, readings: SqlReadings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "PAUSE_SECONDS", 0)
    await everything(shared_reading(url, deadline=Deadline(0.2)))
    assert left_behind(url) == (0, 3)
    async with workers(url, whole):
        await in_thread(wait_until_empty, url)
    assert left_behind(url) == (0, 0)


def wait_until_empty(url: str) -> None:
    engine = create_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one():
            time.sleep(0.02)
    engine.dispose()


def left_behind(url: str) -> tuple[int, int]:
    """Return how many passes are in the scratch table, and how many chunks on the queue."""
    engine = create_engine(url)
    with engine.connect() as connection:
        passes = connection.execute(text("SELECT count(*) FROM reading_passes")).scalar_one()
        chunks = connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one()
    engine.dispose()
    return passes, chunks
