"""What a worker does with a chunk of somebody's pass: reads its calendars and keeps their days."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.errors import ServiceDown, WrongConfiguration
from bot.model import Register
from config.settings import Settings
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import Shared, SqlReadings
from integrations.store.store import SqlStore
from jobs.cluster_chunks import chunks_of, digest_of
from jobs.gather import CalendarDays
from jobs.in_thread import in_thread
from jobs.logs import get_log
from jobs.wiring import connected, readers_on

POSTS_AT_ONCE = 2
"""To Graph, for one chunk. By as many chunks as the queue lets be read at once, eight in all."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A pass as a worker knows it: the register, and who belongs to which chunk."""

    shared: Shared
    register: Register
    chunks: Sequence[Sequence[str]]


class ChunkReader:
    """Implements ``integrations.queue.app.ReadChunk``."""

    def __init__(self, read_settings: Callable[[], Settings], store: SqlStore, readings: SqlReadings) -> None:
        self._read_settings = read_settings
        self._store = store
        self._readings = readings
        self._latest: _Known | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, number: int, chunk: int, *, last_try: bool) -> None:
        """Read the chunk and keep its days. Nothing happens where that is done, or the pass is over.

        Raises: ``ServiceDown``, so that it is tried again; at the last try that is kept instead.
        """
        known = await self._know(number)
        if known is None or chunk in await in_thread(self._readings.done, number):
            return
        names = known.chunks[chunk]
        get_log().debug("chunk_taken", reading=number, chunk=chunk, mailboxes=len(names))
        content: Chunk | Fault
        try:
            content = await self._read(known, names)
        except WrongConfiguration as fault:
            content = Fault(fault.heading, fault.faults)
        except ServiceDown as fault:
            if not last_try:
                raise
            content = Fault(str(fault))
        await in_thread(self._readings.save, number, chunk, content)
        get_log().debug("chunk_kept", reading=number, chunk=chunk)

    async def _know(self, number: int) -> _Known | None:
        """Return what the pass is about; None where it is over, or about a register that is not kept."""
        async with self._one_at_a_time:
            shared = await in_thread(self._readings.find, number)
            if shared is None:
                self._latest = None
            elif self._latest is None or self._latest.shared != shared:
                self._latest = await in_thread(self._load, shared)
            return self._latest

    def _load(self, shared: Shared) -> _Known | None:
        register = self._store.load_register()
        if register is None or digest_of(register) != shared.register:
            get_log().warning("chunk_passed_over", hint="the register has changed since the pass began")
            return None
        return _Known(shared, register, chunks_of(register, shared.size))

    async def _read(self, known: _Known, names: Sequence[str]) -> Chunk:
        async with connected(self._read_settings()) as connections:
            readers = readers_on(connections, known.shared.timezone, most=POSTS_AT_ONCE)
            days = CalendarDays(known.register, readers.calendars, readers.work_plans, names)
            answers = tuple([answer async for answer in days.read(known.shared.window)])
            return Chunk(answers, days.work_plans, connections.count.total)
