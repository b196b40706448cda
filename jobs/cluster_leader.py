"""The reading of a pass, shared: the worker that leads it asks all of them and takes what they bring."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing

from bot.errors import HjemmedagError, ServiceDown, WrongConfiguration
from bot.model import Reading, Register, Unreadable, UnreadableReason, Window
from integrations.deadline import Deadline
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import Shared
from jobs.cluster_chunks import SIZE, chunks_of, digest_of
from jobs.cluster_desk import Desk, opened_desk

NOBODY_READ = "No worker could read any calendars; their logs say why."


class SharedReading:
    """Implements ``bot.ports.DayReader`` by any number of workers, each with a ``ChunkReader``.

    The register must be the one in the store. What has not come in by the deadline is OUT_OF_TIME.
    ``has_work_plans`` finds out whether that source is on.
    """

    def __init__(
        self,
        register: Register,
        timezone: str,
        deadline: Deadline,
        url: str,
        size: int = SIZE,
        *,
        has_work_plans: Callable[[Window], Awaitable[bool]],
    ) -> None:
        self._register = register
        self._timezone = timezone
        self._deadline = deadline
        self._url = url
        self._size = size
        self._has_work_plans = has_work_plans
        self._work_plans = False
        self.requests = 0

    @property
    def work_plans(self) -> bool:
        """Whether work plans could be read too; known when all is read."""
        return self._work_plans

    async def read(self, window: Window) -> AsyncGenerator[Reading | Unreadable]:
        """Yield one answer for everybody, as the workers bring them.

        Raises: ``WrongConfiguration`` where credentials are refused, the leader's or those of whoever tried
        the first chunks, ``ServiceDown`` where these could not be read at all, the database is gone, or
        another worker leads the pass by now.
        """
        self._work_plans = await self._has_work_plans(window)
        chunks = chunks_of(self._register, self._size)
        shared = Shared(window, self._timezone, digest_of(self._register), self._size, self._work_plans)
        async with (
            opened_desk(self._url, shared, len(chunks), self._deadline) as desk,
            aclosing(self._brought(desk)) as brought,
        ):
            async for chunk, outcome in brought:
                for answer in self._answers(outcome, chunks[chunk]):
                    yield answer

    async def _brought(self, desk: Desk) -> AsyncGenerator[tuple[int, Chunk | UnreadableReason]]:
        """Yield what came of each chunk, or why nothing did."""
        read_any = False
        while desk.missing and not self._deadline.is_over:
            arrived, lost = await desk.look(self._deadline.left)
            for chunk in arrived:
                content = await desk.take(chunk)
                if isinstance(content, Fault) and not read_any:
                    raise _error_of(content)
                read_any = read_any or isinstance(content, Chunk)
                yield chunk, content if isinstance(content, Chunk) else UnreadableReason.UNAVAILABLE
            if lost and not read_any:
                raise ServiceDown(NOBODY_READ)
            for chunk in lost:
                desk.missing.discard(chunk)
                yield chunk, UnreadableReason.UNAVAILABLE
        for chunk in sorted(desk.missing):
            yield chunk, UnreadableReason.OUT_OF_TIME

    def _answers(
        self, outcome: Chunk | UnreadableReason, names: Sequence[str]
    ) -> Iterable[Reading | Unreadable]:
        if isinstance(outcome, UnreadableReason):
            return [Unreadable(name, outcome) for name in names]
        self.requests += outcome.requests
        return outcome.answers


def _error_of(fault: Fault) -> HjemmedagError:
    """Return what the pass would have ended with in one process that met with this."""
    return WrongConfiguration(fault.heading, fault.mend) if fault.mend else ServiceDown(fault.heading)
