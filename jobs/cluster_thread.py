"""An event loop in a thread of its own, for what a worker does beside its passes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jobs.logs import get_log


@contextmanager
def in_a_thread(work: Callable[[], Coroutine[Any, Any, None]]) -> Iterator[None]:
    """Do this in an event loop of its own, and cancel it when the block ends."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def until_stopped() -> None:
        loop.set_exception_handler(_say_what_nobody_waits_for)
        with suppress(asyncio.CancelledError):
            await until_one_ends(work(), stop.wait())

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(until_stopped())

    thread = threading.Thread(target=run, name="hjemmedag-reading", daemon=True)
    thread.start()
    try:
        yield
    finally:
        with suppress(RuntimeError):  # the loop is closed: the work has ended before
            loop.call_soon_threadsafe(stop.set)
        thread.join()


async def until_one_ends(*works: Coroutine[Any, Any, object]) -> None:
    """Do them together until one ends, then cancel the others and see them end.

    Raises: what that one raised.
    """
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        task.result()


def say_what_broke(what: str, error: BaseException | None) -> None:
    """Log the kind of an error that nobody expected, and its place: its text may quote a row."""
    frames = extract_tb(error.__traceback__) if error else []
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else None
    get_log().error("reading_broke", what=what, error=type(error).__name__ if error else None, place=place)


def _say_what_nobody_waits_for(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say such things as that a chunk was put back while it was still being read here."""
    say_what_broke(context["message"], context.get("exception"))
