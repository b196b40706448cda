"""Where the leader of a pass hands out chunks and takes in what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, closing

from integrations.deadline import Deadline
from integrations.queue.app import ReadingQueue, opened_queue
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import Lead, Shared, SqlReadings, open_readings
from jobs.in_thread import in_thread
from jobs.logs import get_log

LOOK_SECONDS = 0.5


class Desk:
    """The chunks of one pass; ``missing`` are those not taken in yet."""

    def __init__(self, queue: ReadingQueue, readings: SqlReadings, lead: Lead, chunks: int) -> None:
        self._queue = queue
        self._readings = readings
        self._lead = lead
        self._number = lead.number
        self.missing = set(range(chunks))

    async def hand_out(self) -> None:
        """Put on the queue what neither stands there nor is done: all of it, or what a dead leader left."""
        waiting = await self._queue.on_their_way(self._number)
        done = await in_thread(self._readings.done, self._number)
        await self._queue.put(self._number, sorted(self.missing - waiting - done))
        get_log().info("reading_shared", chunks=len(self.missing), waiting=len(waiting), done=len(done))

    async def look(self, seconds: float) -> tuple[Sequence[int], Sequence[int]]:
        """Return which chunks have come in, and which never will; wait a moment where there is neither.

        Raises: ``ServiceDown`` where another worker leads the pass by now.
        """
        # A chunk leaves the queue after it was kept: in this order none can seem to be in neither.
        waiting = await self._queue.on_their_way(self._number)
        done = await in_thread(self._readings.done, self._number)
        # Whoever leads next may have taken them; so what was seen counts where the lead is still ours.
        await in_thread(self._readings.lead, self._lead)
        arrived, lost = sorted(self.missing & done), sorted(self.missing - done - waiting)
        if not arrived and not lost:
            await asyncio.sleep(min(seconds, LOOK_SECONDS))
        return arrived, lost

    async def take(self, chunk: int) -> Chunk | Fault:
        """Take in a chunk that has come in."""
        self.missing.discard(chunk)
        return await in_thread(self._readings.load, self._number, chunk)


@asynccontextmanager
async def opened_desk(url: str, shared: Shared, chunks: int, deadline: Deadline) -> AsyncGenerator[Desk]:
    """Hand out the chunks of a pass. Afterwards everything is deleted that was read for it.

    Where the worker is told to stop it is left instead, for the one that leads the pass next.
    """
    with closing(open_readings(url)) as readings:
        lead = await in_thread(readings.begin, shared, deadline.left)
        async with opened_queue(url) as queue:
            desk = Desk(queue, readings, lead, chunks)
            try:
                await desk.hand_out()
                yield desk
            finally:
                if not deadline.is_cut:
                    await in_thread(readings.end, lead)
