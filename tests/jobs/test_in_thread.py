"""Work in a thread is brought to its end, whoever waits for it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from jobs.in_thread import in_thread


async def test_it_gives_what_the_work_gives() -> None:
    assert await in_thread(int, "12", base=8) == 10


async def test_it_raises_what_the_work_raises() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await in_thread(int, "twelve")


async def test_who_is_cancelled_waits_for_the_work_to_end() -> None:
    begun, go, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert go.wait(20)
        ended.set()

    waiting = asyncio.create_task(in_thread(work))
    await asyncio.to_thread(begun.wait, 20)
    waiting.cancel()
    asyncio.get_running_loop().call_later(0.05, go.set)
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()
