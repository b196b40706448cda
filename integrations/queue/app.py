"""The queue itself: what stands in it, how much of it is read at once, and what is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Protocol

import msgspec
import psycopg
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from psycopg_pool import AsyncConnectionPool

from bot.errors import ServiceDown
from integrations.store.database import POSTGRESQL_DEFAULTS, connect
from integrations.store.faults import place

QUEUE, TASK = "reading", "read-chunk"
SLOTS = 4
"""How many chunks are read at once, by all workers together: Microsoft's limits are for the tenant."""

AT_ONCE = 3
"""How many of these one worker reads, so that there is something left for the next."""

TRIES = 3
"""How often a chunk may fail. Its priority says how often it has: what failed is tried again before others
are begun, and what was put back because a worker stopped or died has not failed.
"""

PUT_BACK_TRIES = 8
PAUSE_SECONDS = 5
MOST_CONNECTIONS = 4
OPEN_SECONDS = 10.0
_WAITING = {Status.TODO.value, Status.DOING.value}


class ReadChunk(Protocol):
    """Reads a chunk of a pass and keeps what came of it; ``last_try``: a fault now is the chunk's last."""

    async def __call__(self, number: int, chunk: int, *, last_try: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds from one sign of life to the next, without any until one is dead, from look to look."""

    alive: float = 5.0
    dead: float = 20.0
    look: float = 1.0


class ReadingQueue:
    """The chunks to read; ``opened_queue`` gives it. ``ServiceDown`` when the database is gone."""

    def __init__(self, app: App, where: str, timing: Timing) -> None:
        self._app = app
        self._where = where
        self._timing = timing

    async def put(self, number: int, chunks: Iterable[int]) -> None:
        """Put chunks of a pass on the queue."""
        with _while_queueing(self._where):
            for chunk in chunks:
                task = self._app.configure_task(TASK, queue=QUEUE, lock=f"slot-{chunk % SLOTS}")
                await task.defer_async(number=number, chunk=chunk)

    async def on_their_way(self, number: int) -> frozenset[int]:
        """Return which chunks of a pass are waiting or being read."""
        with _while_queueing(self._where):
            jobs = await self._app.job_manager.list_jobs_async(queue=QUEUE, task=TASK)
        asked = [_asked(job) for job in jobs if job.status in _WAITING]
        return frozenset(one.chunk for one in asked if one.number == number)

    async def work(self) -> None:
        """Read chunks as they come, until cancelled: those under way go back to the queue then.

        Returns when the database was lost.
        """
        with _while_queueing(self._where):
            await self._app.run_worker_async(
                queues=[QUEUE],
                concurrency=AT_ONCE,
                delete_jobs="always",
                install_signal_handlers=False,
                shutdown_graceful_timeout=0,
                update_heartbeat_interval=self._timing.alive,
                stalled_worker_timeout=self._timing.dead,
                fetch_job_polling_interval=self._timing.look,
            )

    async def put_back_stalled(self) -> frozenset[int]:
        """Put back the chunks that dead workers were reading, and return which. No library does it for us.

        One that was put back often enough is given up: it may be what its readers died of.
        """
        manager, dead = self._app.job_manager, self._timing.dead
        with _while_queueing(self._where):
            await manager.prune_stalled_workers(dead)
            stalled = list(await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=dead))
            return frozenset([_asked(job).chunk for job in stalled if await self._put_back(job)])

    async def _put_back(self, job: Job) -> bool:
        manager = self._app.job_manager
        try:
            if job.attempts + 1 >= PUT_BACK_TRIES:
                await manager.finish_job(job, Status.FAILED, delete_job=True)
            else:
                await manager.retry_job(job)
        except ConnectorException:  # another worker was quicker
            return False
        return True


@asynccontextmanager
async def opened_queue(
    url: str, read: ReadChunk | None = None, timing: Timing | None = None
) -> AsyncIterator[ReadingQueue]:
    """Open the queue in a database that ``prepare_queue`` has seen. Who gives no ``read`` cannot ``work``."""
    engine = connect(url)
    _, arguments = engine.dialect.create_connect_args(engine.url)
    pool = AsyncConnectionPool(
        kwargs={**POSTGRESQL_DEFAULTS, **arguments},
        min_size=1,
        max_size=MOST_CONNECTIONS,
        timeout=OPEN_SECONDS,
        open=False,
        check=AsyncConnectionPool.check_connection,
    )
    app, where = App(connector=PsycopgConnector()), place(engine.url)
    if read is not None:
        _register(app, read)
    try:
        with _while_queueing(where):
            await pool.open(wait=True, timeout=OPEN_SECONDS)
            await app.open_async(pool)
        yield ReadingQueue(app, where, timing or Timing())
    finally:
        await pool.close()


def _register(app: App, read: ReadChunk) -> None:
    @app.task(name=TASK, queue=QUEUE, pass_context=True, retry=_Again())
    async def read_chunk(context: JobContext, number: int, chunk: int) -> None:
        await read(number, chunk, last_try=_is_last_try(context.job))


class _Again(BaseRetryStrategy):
    """At once where the worker was told to stop; else after a pause, and not for ever."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision()
        if _is_last_try(job):
            return None
        return RetryDecision(retry_in={"seconds": PAUSE_SECONDS}, priority=job.priority + 1)


def _is_last_try(job: Job) -> bool:
    return job.priority + 1 >= TRIES


class _Asked(msgspec.Struct):
    number: int
    chunk: int


def _asked(job: Job) -> _Asked:
    return msgspec.convert(job.task_kwargs, _Asked)


@contextmanager
def _while_queueing(where: str) -> Iterator[None]:
    """Turn errors of the database into a user's error."""
    try:
        yield
    except (ConnectorException, psycopg.OperationalError) as error:
        raise ServiceDown(f"The queue does not answer. {where}. Try again when it is up.") from error
