"""Rate limits as Teams and Graph publish them, counted strictly: no stretch of time holds more than it may.

Source: Microsoft's "Optimize your bot with rate limiting in Teams" and "Microsoft Graph service-specific
throttling limits".
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from integrations.sandbox.exchange import Call
from integrations.sandbox.journal import Journal, TurnedAway


@dataclass(frozen=True, slots=True)
class Window:
    """So many requests in any stretch of so many seconds."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What the Bot Connector takes from the app, and in one conversation; how often an app is installed.

    ``clock`` gives the seconds since any moment.
    """

    app: tuple[Window, ...] = (Window(50, 1),)
    conversation: tuple[Window, ...] = (Window(7, 1), Window(8, 2), Window(60, 30), Window(1800, 3600))
    installations: tuple[Window, ...] = (Window(30, 1),)
    clock: Callable[[], float] = time.monotonic


class Throttle:
    """Counts what is taken, and turns away what is too much; without limits, nothing."""

    def __init__(self, limits: Limits | None, journal: Journal) -> None:
        self._limits = limits
        self._journal = journal
        self._taken: defaultdict[str, deque[float]] = defaultdict(deque)

    def connector(self, call: Call, person: str | None, conversation: str) -> str | None:
        """Take a request to the Bot Connector, or return the Retry-After for it.

        ``conversation`` also names what is being opened, by the person that it is with.
        """
        if self._limits is None:
            return None
        windows = {"app": self._limits.app, f"conversation {conversation}": self._limits.conversation}
        return self._admit(call, person, windows, self._limits.clock())

    def installation(self, call: Call, person: str | None) -> str | None:
        """Take an installation of the app, or return the Retry-After for it."""
        if self._limits is None:
            return None
        return self._admit(call, person, {"installations": self._limits.installations}, self._limits.clock())

    def _admit(
        self, call: Call, person: str | None, limited: Mapping[str, tuple[Window, ...]], now: float
    ) -> str | None:
        wait = max(self._wait(name, windows, now) for name, windows in limited.items())
        if wait > 0:
            self._journal.turned_away.append(TurnedAway(call.method, call.path, person))
            return _header(wait, whole=len(self._journal.turned_away) % 2 == 0)
        for name in limited:
            self._taken[name].append(now)
        return None

    def _wait(self, name: str, windows: tuple[Window, ...], now: float) -> float:
        taken = self._taken[name]
        while taken and taken[0] <= now - max(window.seconds for window in windows):
            taken.popleft()
        full = (window for window in windows if len(taken) >= window.most)
        return max((taken[-window.most] + window.seconds - now for window in full), default=0.0)


def _header(wait: float, *, whole: bool) -> str:
    """Round up, to whole seconds or to thousandths: Microsoft sends both."""
    return str(math.ceil(wait)) if whole else str(math.ceil(wait * 1000) / 1000)
