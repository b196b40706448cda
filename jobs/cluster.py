"""Workers that read a pass together: the one that makes it has all of them read, itself too.

Any number of workers may take part on one PostgreSQL. Only reading is shared: what they bring is judged and
sent by the one that makes the pass, just as in one process.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import Any

from bot.errors import HjemmedagError, ServiceDown
from config.settings import Settings, load_settings
from integrations.queue.app import ReadingQueue, Timing, opened_queue
from integrations.queue.schema import prepare_queue
from integrations.store.readings import SqlReadings, open_readings
from jobs.clock import read_clock
from jobs.cluster_chunks import SIZE
from jobs.cluster_leader import SharedReading
from jobs.cluster_reader import ChunkReader
from jobs.in_thread import in_thread
from jobs.logs import get_log
from jobs.one_pass import Parts
from jobs.wiring import READING_SHARE, opened_store

PAUSE_SECONDS = 5.0
FOREIGN_LOGS = ("procrastinate", "psycopg.pool")


class Cluster:
    """One worker's part in it. ``read_settings`` is called anew for every chunk, as secrets may change."""

    def __init__(
        self,
        read_settings: Callable[[], Settings] = load_settings,
        *,
        size: int = SIZE,
        timing: Timing | None = None,
    ) -> None:
        self._read_settings = read_settings
        self._size = size
        self._timing = timing or Timing()
        self._url = read_settings().database_url.get_secret_value()

    def wrap(self, parts: Parts) -> Parts:
        """Have the calendars of a pass read by all workers. Its register must stand in the store."""
        deadline = parts.deadline.part(READING_SHARE)
        days = SharedReading(parts.register, parts.timezone, deadline, self._url, self._size)
        return replace(parts, days=days, requests_made=lambda: parts.requests_made() + days.requests)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read chunks of whoever's pass, in a thread, as long as the block lasts.

        What is being read at the end of it goes back to the others. Raises: ``WrongConfiguration`` where the
        database cannot be used for this.
        """
        _say_little()
        try:
            prepare_queue(self._url)
        except ServiceDown as error:
            get_log().warning("database_not_up_yet", error=str(error))
        with _in_a_thread(self._take_part):
            yield

    async def _take_part(self) -> None:
        while True:
            try:
                await self._read_while_it_lasts()
            except HjemmedagError as error:
                get_log().warning("reading_interrupted", error=str(error))
            await asyncio.sleep(PAUSE_SECONDS)

    async def _read_while_it_lasts(self) -> None:
        """Read chunks until the database is gone."""
        await in_thread(prepare_queue, self._url)
        with opened_store(self._read_settings()) as store, closing(open_readings(self._url)) as readings:
            read = ChunkReader(self._read_settings, store, readings)
            async with opened_queue(self._url, read, self._timing) as queue:
                tidying = asyncio.create_task(self._tidy(queue, readings))
                try:
                    await queue.work()
                finally:
                    tidying.cancel()
                    await asyncio.wait([tidying])

    async def _tidy(self, queue: ReadingQueue, readings: SqlReadings) -> None:
        """Put back what dead workers had taken, and delete what a dead leader left and nobody took over."""
        while True:
            await asyncio.sleep(self._timing.alive)
            try:
                put_back = await queue.put_back_stalled()
                left = await in_thread(readings.forget_left, read_clock(None))
            except ServiceDown as error:
                get_log().warning("queue_not_tidied", error=str(error))
                continue
            if put_back or left:
                get_log().warning("queue_tidied", chunks_put_back=len(put_back), passes_forgotten=left)


@contextmanager
def _in_a_thread(work: Callable[[], Coroutine[Any, Any, None]]) -> Iterator[None]:
    """Do this in an event loop of its own, and cancel it when the block ends."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def until_stopped() -> None:
        loop.set_exception_handler(_say_what_broke)
        working, stopped = asyncio.create_task(work()), asyncio.create_task(stop.wait())
        await asyncio.wait([working, stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(until_stopped())

    thread = threading.Thread(target=run, name="hjemmedag-reading", daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def _say_what_broke(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say what nobody waits for, such as that a chunk was put back while it was still being read here."""
    get_log().warning("reading_broke", what=context["message"], error=repr(context.get("exception")))


def _say_little() -> None:
    """Keep other libraries' logs out of ours: what matters of theirs is said by us, as an event."""
    for name in FOREIGN_LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
