"""How many posts may be under way at once: found out from how Graph answers, for nobody publishes it.

Two old ideas of TCP, which Netflix's concurrency-limits brought to services:

- One more for every round of answers that go well, and half at once when we hear that it is too much
  (additive increase, multiplicative decrease). What was sent before the halving halves nothing again.
- The posts that merely stand in line somewhere are the limit x (1 - best latency / latency now), as TCP Vegas
  reckons: by Little's law the rest of them would give the same throughput. With few in line there is room
  for more, with many it was too much.

No clock in here: times are arguments, seconds since any moment.
"""

from __future__ import annotations

MOST = 8
"""Microsoft names no number for a tenant; 4 to 8 posts of 20 are cautious."""

IN_LINE_FEW, IN_LINE_MANY = 2.0, 4.0
LARGE_SHARE = 0.3
"""From this share of throttled reads on the tenant is asked too much; a twentieth are single mailboxes."""
ENOUGH = 10
"""A post of fewer reads says too little, and is answered sooner than a full one."""

_SMOOTHING = 0.1
_FADING = 1.002
"""By so much the best latency is doubted with every answer, for it may be gone for good."""
_SHORTEST = 0.001


class Concurrency:
    """The limit for one Graph; also holds all posts back when Graph asks for that."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._limit = 1.0
        self._halved_at = self._held_until = float("-inf")
        self._latency, self._best = 0.0, float("inf")

    @property
    def limit(self) -> int:
        """How many posts may be under way: one, until the first has been answered."""
        return int(self._limit)

    def wait(self, now: float) -> float:
        """Return the seconds for which no post may leave."""
        return max(0.0, self._held_until - now)

    def hold(self, until: float) -> None:
        """Let no post leave before then."""
        self._held_until = max(self._held_until, until)

    def refused(self, began: float, now: float) -> None:
        """Take note of a post that was refused or lost as a whole."""
        if began >= self._halved_at:
            self._limit = max(1.0, self._limit / 2)
            self._halved_at = now

    def answered(self, began: float, now: float, *, reads: int, throttled: int) -> None:
        """Take note of an answered post of so many reads, so many of them throttled at their first try."""
        if reads < ENOUGH or began < self._halved_at:
            return
        if throttled >= LARGE_SHARE * reads:
            self.refused(began, now)
            return
        in_line = self._limit * (1 - self._best_share(now - began))
        if in_line < IN_LINE_FEW:
            self._limit = min(self._most, self._limit + 1 / self._limit)
        elif in_line > IN_LINE_MANY:
            self._limit = max(1.0, self._limit - 1 / self._limit)

    def _best_share(self, latency: float) -> float:
        """Return the best latency as a share of the latency now, 1 or less, of smoothed values."""
        latency = max(latency, _SHORTEST)
        self._latency += _SMOOTHING * (latency - self._latency) if self._latency else latency
        self._best = min(self._best * _FADING, self._latency)
        return self._best / self._latency
