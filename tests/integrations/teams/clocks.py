"""Time without waiting: a clock that goes on by the waits themselves, and an event loop that skips them."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from integrations.pace import Clock

T = TypeVar("T")


@dataclass
class ManualClock:
    """For one thing at a time: every wait is noted down, and over at once."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    def as_clock(self) -> Clock:
        return Clock(self.now, self.sleep)


class _Skipping(selectors.DefaultSelector):
    """Where the loop would wait until its next timer, moves its time there instead."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everybody waits for something that no time will bring"
        self.skipped += timeout
        return super().select(0)


class _VirtualLoop(asyncio.SelectorEventLoop):
    """For many things at once that wait for timers alone: no sockets, no threads."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.skipped


def in_virtual_time(work: Coroutine[Any, Any, T]) -> T:
    """Run the work in an event loop whose time passes only when everybody waits."""
    with asyncio.Runner(loop_factory=_VirtualLoop) as runner:
        return runner.run(work)


def loop_clock() -> Clock:
    """Return the time of the running event loop."""
    return Clock(asyncio.get_running_loop().time)
