"""Doing many things at a time, a bounded number of them, without beginning more than can be ended well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from bot.errors import HjemmedagError

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")


async def side_by_side(
    things: Iterable[Thing], act: Callable[[Thing], Awaitable[Outcome]], at_once: int
) -> list[Outcome]:
    """Act on each, so many at once; return what came of them, in their order.

    When an act cannot be done at all, none that is not under way yet is begun.
    Raises: what the first such act raised, after all have ended.
    """
    outcomes: dict[int, Outcome] = {}
    numbered, halt = enumerate(things), asyncio.Event()

    async def take_turns() -> None:
        for number, thing in numbered:
            if halt.is_set():
                return
            try:
                outcomes[number] = await act(thing)
            except HjemmedagError:
                halt.set()
                raise

    ended = await asyncio.gather(*(take_turns() for _ in range(at_once)), return_exceptions=True)
    for one in ended:
        if one is not None:
            raise one
    return [outcomes[number] for number in sorted(outcomes)]
