"""What a worker does with a chunk of somebody's pass: reads its calendars and keeps their days."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from bot.errors import ServiceDown, WrongConfiguration
from bot.model import Register
from bot.names import Names, names_by_team
from config.settings import Settings
from integrations.deadline import Deadline
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import Shared, SqlReadings
from integrations.store.store import SqlStore
from jobs.cluster_chunks import chunks_of, digest_of
from jobs.cluster_plans import SettledPlans
from jobs.gather import CalendarDays
from jobs.in_thread import in_thread
from jobs.logs import get_log
from jobs.wiring import connected, readers_on

POSTS_AT_ONCE = 2
"""To Graph, for one chunk. By as many chunks as the queue lets be read at once, eight in all."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A pass as a worker knows it: the register, who belongs to which chunk, and what people are called."""

    shared: Shared
    register: Register
    chunks: Sequence[Sequence[str]]
    colleagues: Mapping[str, Names]


class ChunkReader:
    """Implements ``integrations.queue.app.ReadChunk``."""

    def __init__(self, read_settings: Callable[[], Settings], store: SqlStore, readings: SqlReadings) -> None:
        self._read_settings = read_settings
        self._store = store
        self._readings = readings
        self._latest: _Known | None = None
        self._one_at_a_time = asyncio.Lock()
        self._wrong: asyncio.Queue[WrongConfiguration] = asyncio.Queue()

    async def until_wrong(self) -> NoReturn:
        """Wait until it turns out that this worker is configured wrongly, and raise that."""
        raise await self._wrong.get()

    async def __call__(self, number: int, chunk: int, *, last_try: bool) -> None:
        """Read the chunk and keep its days. Nothing happens where that is done, or the pass is over.

        Raises: ``ServiceDown`` and ``WrongConfiguration``, so that it is tried again, perhaps by another
        worker; at the last try that is kept instead.
        """
        try:
            await self._bring(number, chunk)
        except ServiceDown as fault:
            if not last_try:
                raise
            await self._keep(number, chunk, Fault(str(fault)))
        except WrongConfiguration as fault:
            self._wrong.put_nowait(fault)
            if not last_try:
                raise
            await self._keep(number, chunk, Fault(fault.heading, fault.faults))

    async def _bring(self, number: int, chunk: int) -> None:
        """Read the chunk, and anew where time ran out but the pass was given more, by its next leader."""
        while chunk not in await in_thread(self._readings.done, number):
            known, deadline = await self._know(number)
            if known is None or deadline.is_over:
                return
            names = known.chunks[chunk]
            get_log().debug("chunk_taken", reading=number, chunk=chunk, mailboxes=len(names))
            content = await self._read(known, names, deadline)
            if not deadline.is_over:
                await self._keep(number, chunk, content)

    async def _keep(self, number: int, chunk: int, content: Chunk | Fault) -> None:
        await in_thread(self._readings.save, number, chunk, content)
        get_log().debug("chunk_kept", reading=number, chunk=chunk)

    async def _know(self, number: int) -> tuple[_Known | None, Deadline]:
        """Return what the pass is about, and until when it is read; None where it is over, or about a
        register that is not kept.
        """
        async with self._one_at_a_time:
            under_way = await in_thread(self._readings.find, number)
            if under_way is None:
                self._latest = None
                return None, Deadline(0)
            deadline = Deadline(under_way.seconds)
            if self._latest is None or self._latest.shared != under_way.shared:
                self._latest = await in_thread(self._load, under_way.shared)
            return self._latest, deadline

    def _load(self, shared: Shared) -> _Known | None:
        register = self._store.load_register()
        if register is None or digest_of(register) != shared.register:
            get_log().warning("chunk_passed_over", hint="the register has changed since the pass began")
            return None
        return _Known(shared, register, chunks_of(register, shared.size), names_by_team(register))

    async def _read(self, known: _Known, names: Sequence[str], deadline: Deadline) -> Chunk:
        async with connected(self._read_settings()) as connections:
            readers = readers_on(connections, known.shared.timezone, deadline, most=POSTS_AT_ONCE)
            plans = SettledPlans(readers.work_plans, on=known.shared.work_plans)
            days = CalendarDays(known.register, readers.calendars, plans, names, known.colleagues)
            answers = tuple([answer async for answer in days.read(known.shared.window)])
            return Chunk(answers, connections.count.total)
