"""How fast requests may leave, so that Microsoft's rate limits are kept before anybody has to be refused.

The limits, from Microsoft's "Optimize your bot with rate limiting in Teams" and "Microsoft Graph
service-specific throttling limits": 50 requests a second to the Bot Connector for an app in a tenant; 7 a
second, 8 in two seconds, 60 in thirty and 1,800 an hour in one conversation; 30 installations a second.

A limiter that lets its whole allowance out at once and refills meanwhile lets nearly the double through in
the first second, and a server that counts strictly refuses that. So requests leave evenly, and a little more
slowly than the limit, since what leaves evenly does not arrive quite as evenly.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.errors import OutOfTime
from integrations.deadline import Deadline

CONNECTOR_PER_SECOND = 45.0
INSTALLATIONS_PER_SECOND = 27.0
CONVERSATION_PER_SECOND = 1 / 2.1
CONVERSATION_AT_ONCE = 5
"""Five, and from then on one every 2.1 seconds, keep all four limits of a conversation, the hour's too."""

SLOWER = 1.1
QUICKER = 0.9998
"""A refusal makes it a tenth longer from one request to the next, for the limit may be lower than we know.

Every request makes it a little shorter again: after five hundred all is as before.
"""

UNDER_WAY = 20
"""How many requests may be unanswered at a time: as many as an HTTP client here has connections.

More would wait for one, and leave in a crowd when it comes.
"""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds, from any moment, and how to wait."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


REAL_TIME = Clock()
OUT_OF_TIME = "The pass has no time left to wait for Microsoft."
LOOK = 0.25
"""So often, in seconds, a nap looks whether the deadline was cut short."""


def within(deadline: Deadline, clock: Clock = REAL_TIME) -> Clock:
    """Return a clock by which nobody waits beyond the deadline: to sleep raises ``OutOfTime``."""

    async def sleep(seconds: float) -> None:
        if seconds >= deadline.left:
            raise OutOfTime(OUT_OF_TIME)
        await nap(seconds, deadline, clock)
        if deadline.is_over:
            raise OutOfTime(OUT_OF_TIME)

    return Clock(clock.now, sleep)


async def nap(seconds: float, deadline: Deadline, clock: Clock) -> None:
    """Sleep, at the longest until the deadline, which may be cut short meanwhile."""
    asleep = asyncio.ensure_future(clock.sleep(min(seconds, deadline.left)))
    try:
        while not asleep.done() and not deadline.is_over:
            await asyncio.wait({asleep}, timeout=LOOK)
    finally:
        asleep.cancel()
        await asyncio.gather(asleep, return_exceptions=True)


class Pace:
    """Lets requests leave one by one, first come first served, at the most so many of them unanswered.

    So many may leave at once where nobody has for a while: two, so that one who wakes a moment late slows
    nobody down, are as good as even.
    """

    def __init__(self, per_second: float, *, under_way: int, clock: Clock, at_once: int = 2) -> None:
        self._shortest = self._interval = 1 / per_second
        self._spare_turns = at_once - 1
        self._under_way = asyncio.Semaphore(under_way)
        self._first_in_line = asyncio.Lock()
        self._clock = clock
        self._free_at = float("-inf")
        self._held_until = float("-inf")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the moment to send one request, which is to be answered before the block ends."""
        async with self._under_way:
            async with self._first_in_line:
                while (wait := self._free_at - self._clock.now()) > 0:
                    await self._clock.sleep(wait)
                earliest = self._clock.now() - self._spare_turns * self._interval
                self._free_at = max(self._free_at, earliest) + self._interval
                self._interval = max(self._shortest, self._interval * QUICKER)
            yield

    def hold(self, seconds: float) -> None:
        """Let nobody leave for so long, and everybody a little more slowly for a while after."""
        now = self._clock.now()
        if now >= self._held_until:  # of several refused together, only the first says something new
            self._interval *= SLOWER
        self._held_until = max(self._held_until, now + seconds)
        self._free_at = max(self._free_at, self._held_until)
