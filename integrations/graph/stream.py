"""Any number of reads as one bounded stream of posts; what is throttled or fails is asked again in its time.

Reads are taken one post ahead of what is asked, no more posts are under way than Graph bears, and none is
begun while nobody takes the results. A read that has to wait holds up no other.
(docs/decisions/0032-reading-as-a-stream.md)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from bot.errors import ServiceDown
from integrations.deadline import NEVER, Deadline
from integrations.graph.batch import OUT_OF_TIME, SIZE, UNREADABLE, Answer, Read
from integrations.graph.client import GraphClient
from integrations.graph.concurrency import Concurrency
from integrations.graph.line import Line, Turn
from integrations.graph.outage import ATTEMPTS, Outage
from integrations.graph.post import THROTTLED, Post, send
from integrations.pace import LOOK, REAL_TIME, Clock, nap
from integrations.retry import PASSING_STATUS, backoff, retry_after

THROTTLED_ATTEMPTS = 10
LONGEST_WAIT = 120.0

_PASSING = PASSING_STATUS | {UNREADABLE}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stream:
    """How one Graph is asked.

    ``longest_wait`` bounds the seconds that one read waits between its tries, and those that all wait while
    no post gets through. Who is not answered when ``deadline`` is over has the status ``OUT_OF_TIME``.
    """

    client: GraphClient
    concurrency: Concurrency = field(default_factory=Concurrency)
    deadline: Deadline = field(default_factory=Deadline)
    longest_wait: float = LONGEST_WAIT
    clock: Clock = REAL_TIME

    async def fetch(self, reads: Iterable[Read], take: Callable[[Answer], T | Read]) -> AsyncGenerator[T]:
        """Hand ``take`` one answer for each read, as they come, and yield what it makes of them.

        The ids of the reads are all different. A read that ``take`` returns, as for a further page, is asked
        in its turn.

        Raises: ``ServiceDown`` when no post gets through, after some tries; ``WrongConfiguration`` when the
        token is refused.
        """
        flow = _Flow(self, reads)
        try:
            while flow.goes_on():
                flow.begin_posts()
                for answer in await flow.arrived():
                    result = take(answer)
                    if isinstance(result, Read):
                        flow.ask(result)
                    else:
                        yield result
            for answer in await flow.left():
                result = take(answer)
                if not isinstance(result, Read):
                    yield result
        finally:
            await flow.drop()


class _Flow:
    """One stream on its way: who is in line, and what is under way."""

    def __init__(self, stream: Stream, reads: Iterable[Read]) -> None:
        self._stream = stream
        self._clock = stream.clock
        self._line = Line(reads)
        self._under_way: dict[asyncio.Task[Post], list[Turn]] = {}
        self._outage = Outage(stream.longest_wait)
        self._over: int | None = None
        """The status of everybody who is left, once nothing more is asked."""

    def goes_on(self) -> bool:
        """Whether there is anything to wait for. What has arrived in time is still taken."""
        if self._stream.deadline.is_over:
            self._over = OUT_OF_TIME
            return any(task.done() for task in self._under_way)
        waits = self._over is None and not self._line.is_empty(self._clock.now())
        return waits or bool(self._under_way)

    def begin_posts(self) -> None:
        """Begin as many posts as may be under way and are worth while now."""
        now = self._clock.now()
        while self._next_at(now) <= now:
            turns = self._line.take(now)
            task = asyncio.create_task(send(self._stream.client, turns, self._clock))
            self._under_way[task] = turns

    async def arrived(self) -> list[Answer]:
        """Wait for a post, or for the moment to begin one; return the answers that stand."""
        now = self._clock.now()
        pause = max(0.0, self._next_at(now) - now)
        if not self._under_way:
            await nap(pause, self._stream.deadline, self._clock)
            return []
        look = min(LOOK, pause, self._stream.deadline.left)
        done, _ = await asyncio.wait(self._under_way, timeout=look, return_when=asyncio.FIRST_COMPLETED)
        answers: list[Answer] = []
        for task in done:
            answers += self._settled(task.result())
            del self._under_way[task]
        return answers

    def ask(self, read: Read) -> None:
        """Put a further read in line."""
        self._line.put(Turn(read, self._clock.now()))

    async def left(self) -> Iterator[Answer]:
        """Drop what is under way, and return an answer for everybody who is left."""
        dropped = [turn.read for turns in self._under_way.values() for turn in turns]
        await self.drop()
        status = OUT_OF_TIME if self._over is None else self._over
        return (Answer(read.id, status) for read in chain(dropped, self._line.rest()))

    async def drop(self) -> None:
        """Cancel what is under way, and see it end."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        self._under_way.clear()

    def _next_at(self, now: float) -> float:
        """When to begin the next post; never, while one of those under way has to be answered first.

        Of posts that are not full only one at a time is under way, so that they don't stay so small.
        """
        if self._over is not None or len(self._under_way) >= self._stream.concurrency.limit:
            return NEVER
        if not self._line.is_full(now) and any(len(turns) < SIZE for turns in self._under_way.values()):
            return NEVER
        return max(self._line.next_at(now), now + self._stream.concurrency.wait(now))

    def _settled(self, post: Post) -> Iterator[Answer]:
        """Yield the answers that stand; put the other reads back in line."""
        answers = post.answers()
        pause = None
        if post.down is None:
            self._note_success(post, answers)
        else:
            pause = self._note_failure(post, post.down)
        for turn, answer in zip(post.turns, answers, strict=True):
            again = self._next_turn(turn, answer, pause, post.ended)
            if again is None:
                yield answer
            else:
                self._line.put(again)

    def _next_turn(self, turn: Turn, answer: Answer, pause: float | None, now: float) -> Turn | None:
        """Return when the read is tried again, after ``pause`` where given; None: the answer stands."""
        most = THROTTLED_ATTEMPTS if answer.status == THROTTLED else ATTEMPTS
        if answer.status not in _PASSING or turn.tries + 1 >= most:
            return None
        again = turn.later(now, pause or retry_after(answer.headers) or backoff(turn.tries + 1))
        too_long = again.waited > self._stream.longest_wait or again.at - now > self._stream.deadline.left
        return None if too_long else again

    def _note_success(self, post: Post, answers: Sequence[Answer]) -> None:
        self._outage.note_success()
        if post.is_batch:
            first_tries = [
                answer.status for turn, answer in zip(post.turns, answers, strict=True) if not turn.tries
            ]
            self._stream.concurrency.answered(
                post.began, post.ended, reads=len(first_tries), throttled=first_tries.count(THROTTLED)
            )

    def _note_failure(self, post: Post, down: ServiceDown) -> float:
        """Return the seconds to wait; where all have to, let them, or give up if that is too long."""
        self._stream.concurrency.refused(post.began, post.ended)
        pause = self._outage.note_failure(post, down)
        until = post.ended + pause
        if not self._outage.is_for_all(post):
            return pause
        if self._outage.is_too_long(until) or pause > self._stream.deadline.left:
            self._over = post.status
        else:
            self._stream.concurrency.hold(until)
        return pause
