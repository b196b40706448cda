"""Who is asked next: new reads, further pages, and reads to be tried again when their time has come.

No I/O and no clock: times are arguments, seconds since any moment.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, islice

from integrations.graph.batch import SIZE, Read

CROWD = 8 * SIZE
"""So many further pages in line are enough: nobody new is taken before some of these are done."""

LINGER = 2.0
"""So many seconds a read may wait for others that come due, to go in the same post with them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A read in line: from when on it may be asked, how often it was before, and the seconds it waited."""

    read: Read
    at: float = 0.0
    tries: int = 0
    waited: float = 0.0

    def later(self, now: float, pause: float) -> Turn:
        """Return the next turn of the same read, so many seconds from now."""
        return Turn(self.read, now + pause, self.tries + 1, self.waited + pause)


class Line:
    """Reads in line. Those who come again take half of a post while there is anybody new.

    Of ``source`` no more is taken than goes into the next post.
    """

    def __init__(self, source: Iterable[Read]) -> None:
        self._source = iter(source)
        self._new: deque[Turn] = deque()
        self._again: deque[Turn] = deque()
        self._later: list[tuple[float, int, Turn]] = []
        self._numbers = count()

    def put(self, turn: Turn) -> None:
        """Put in somebody who comes again, at the time of the turn."""
        heappush(self._later, (turn.at, next(self._numbers), turn))

    def next_at(self, now: float) -> float:
        """Return from when on a post is worth while: maybe in the past, infinite where nobody is in line.

        A post that would not be full waits a little when others come due soon.
        """
        self._come_due(now)
        if self._new or len(self._again) >= SIZE:
            return now
        soon = self._later[0][0] if self._later else float("inf")
        if not self._again:
            return soon
        return soon if soon <= self._again[0].at + LINGER else now

    def is_empty(self, now: float) -> bool:
        """Whether nobody is left."""
        self._come_due(now)
        return not (self._new or self._again or self._later)

    def is_full(self, now: float) -> bool:
        """Whether those in line fill a post."""
        self._come_due(now)
        return len(self._new) + len(self._again) >= SIZE

    def take(self, now: float) -> list[Turn]:
        """Take out those for one post: as many as are in line, at most ``SIZE``."""
        self._come_due(now)
        crowded = len(self._again) >= CROWD
        turns = list(_taken(self._again, SIZE if crowded else SIZE // 2))
        turns += _taken(self._new, SIZE - len(turns))
        turns += _taken(self._again, SIZE - len(turns))
        return turns

    def rest(self) -> Iterator[Read]:
        """Take out everybody who is left."""
        for turn in (*self._again, *self._new, *(turn for _, _, turn in self._later)):
            yield turn.read
        yield from self._source

    def _come_due(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            self._again.append(heappop(self._later)[2])
        self._new.extend(map(Turn, islice(self._source, SIZE - len(self._new))))


def _taken(turns: deque[Turn], most: int) -> Iterator[Turn]:
    while turns and most > 0:
        most -= 1
        yield turns.popleft()
