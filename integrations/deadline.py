"""How long something may take in all, known to everybody who takes part in it."""

from __future__ import annotations

import time
from collections.abc import Callable

NEVER = float("inf")


class Deadline:
    """So many seconds from now; may be cut short from any thread, as a signal does.

    ``clock`` gives the seconds since any moment.
    """

    def __init__(self, seconds: float = NEVER, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._at = self._began + seconds
        self._is_cut = False

    @property
    def left(self) -> float:
        """Seconds that are left, never less than none."""
        return 0.0 if self._is_cut else max(0.0, self._at - self._clock())

    @property
    def elapsed(self) -> float:
        """Seconds since it was made."""
        return self._clock() - self._began

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be begun."""
        return self.left <= 0

    @property
    def is_cut(self) -> bool:
        """Whether it is over because somebody asked for that, and not because it took too long."""
        return self._is_cut

    def cut(self) -> None:
        """Make it over now."""
        self._is_cut = True

    def part(self, share: float) -> Part:
        """Return the deadline of the first part of what is left; it is cut together with the whole."""
        return Part(self, self.left * share)


class Part(Deadline):
    """The deadline of a first part."""

    def __init__(self, whole: Deadline, seconds: float) -> None:
        super().__init__(seconds, whole._clock)  # noqa: SLF001 - its own kind
        self._whole = whole

    @property
    def left(self) -> float:
        """Seconds that are left, never less than none."""
        return min(super().left, self._whole.left)

    @property
    def is_cut(self) -> bool:
        """Whether it is over because somebody asked for that."""
        return super().is_cut or self._whole.is_cut
