"""Workers that read a pass together: the one that makes it has all of them read, itself too.

Any number of workers may take part on one PostgreSQL. Only reading is shared: what they bring is judged and
sent by the one that makes the pass, just as in one process.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import cast

from bot.errors import HjemmedagError, ServiceDown, WrongConfiguration
from config.settings import Settings, load_settings
from integrations.queue.app import ReadingQueue, Timing, opened_queue
from integrations.queue.schema import prepare_queue
from integrations.store.readings import SqlReadings, open_readings
from jobs.cluster_chunks import SIZE
from jobs.cluster_leader import SharedReading
from jobs.cluster_reader import ChunkReader
from jobs.cluster_thread import in_a_thread, say_what_broke, until_one_ends
from jobs.gather import CalendarDays
from jobs.in_thread import in_thread
from jobs.logs import get_log
from jobs.one_pass import Parts
from jobs.wiring import READING_SHARE, opened_store

PAUSE_SECONDS = 5.0
SIT_OUT_SECONDS = 30.0
"""How long a worker takes no chunks after it has turned out to be configured wrongly."""

FOREIGN_LOGS = ("procrastinate", "psycopg.pool")


class Cluster:
    """One worker's part in it. ``read_settings`` is called anew for all it does, as secrets may change."""

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

    def wrap(self, parts: Parts) -> Parts:
        """Have the calendars of a pass read by all workers. Its register must stand in the store."""
        alone = cast("CalendarDays", parts.days)  # the wiring makes no other
        days = SharedReading(
            parts.register,
            parts.timezone,
            parts.deadline.part(READING_SHARE),
            self._url(),
            self._size,
            has_work_plans=alone.has_work_plans,
        )
        return replace(parts, days=days, requests_made=lambda: parts.requests_made() + days.requests)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read chunks of whoever's pass, in a thread, as long as the block lasts.

        What is being read at the end of it goes back to the others. Raises: ``WrongConfiguration`` where the
        database cannot be used for this.
        """
        _say_little()
        try:
            prepare_queue(self._url())
        except ServiceDown as error:
            get_log().warning("database_not_up_yet", error=str(error))
        with in_a_thread(self._take_part):
            yield

    def _url(self) -> str:
        return self._read_settings().database_url.get_secret_value()

    async def _take_part(self) -> None:
        while True:
            await asyncio.sleep(await self._read_until_it_ends())

    async def _read_until_it_ends(self) -> float:
        """Read chunks for as long as it goes well; return the seconds to wait until it is begun anew."""
        try:
            await self._read_while_it_lasts()
        except WrongConfiguration as error:
            get_log().warning("reading_interrupted", error=str(error))
            return SIT_OUT_SECONDS
        except HjemmedagError as error:
            get_log().warning("reading_interrupted", error=str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others' passes need this worker again
            say_what_broke("the reading has ended", error)
        return PAUSE_SECONDS

    async def _read_while_it_lasts(self) -> None:
        """Read chunks until the database is gone, or the settings turn out to be wrong."""
        settings = self._read_settings()
        url = settings.database_url.get_secret_value()
        await in_thread(prepare_queue, url)
        with opened_store(settings) as store, closing(open_readings(url)) as readings:
            read = ChunkReader(self._read_settings, store, readings)
            async with opened_queue(url, read, self._timing) as queue:
                await until_one_ends(queue.work(), self._tidy(queue, readings), read.until_wrong())

    async def _tidy(self, queue: ReadingQueue, readings: SqlReadings) -> None:
        """Put back what dead workers had taken, and delete what a dead leader left and nobody took over.

        Whatever ends this ends the reading too, which is then begun anew, with the settings of that moment.
        """
        while True:
            await asyncio.sleep(self._timing.alive)
            try:
                put_back = await queue.put_back_stalled()
                left = await in_thread(readings.forget_left)
            except ServiceDown as error:
                get_log().warning("queue_not_tidied", error=str(error))
                continue
            if put_back or left:
                get_log().warning("queue_tidied", chunks_put_back=len(put_back), passes_forgotten=left)


def _say_little() -> None:
    """Keep other libraries' logs out of ours: what matters of theirs is said by us, as an event."""
    for name in FOREIGN_LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
