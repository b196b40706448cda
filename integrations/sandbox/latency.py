"""How long things take: now more, now less, and the same in every run."""

from __future__ import annotations

import asyncio
import random


class Latency:
    """So many ``seconds`` on average; no time differs from it by more than the share ``spread``, 0 to 1."""

    def __init__(self, seconds: float, spread: float = 0.0) -> None:
        self.seconds = seconds
        self._spread = spread
        self._random = random.Random(45)  # noqa: S311 - a repeatable unevenness, no secret

    async def pass_by(self) -> None:
        """Wait for as long as it takes this time."""
        await asyncio.sleep(self.seconds * self._random.uniform(1 - self._spread, 1 + self._spread))
