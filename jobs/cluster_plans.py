"""Work plans when a pass is shared: whether that source is on is found out once, for all chunks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model import RemoteWork, Window
from bot.ports import WorkPlans
from integrations.graph.batch import SIZE


class SettledPlans:
    """Implements ``bot.ports.WorkPlans`` for some of those for whom the source is known to be ``on`` or off.

    That the first of these are refused says nothing of the others then.
    """

    def __init__(self, plans: WorkPlans, *, on: bool) -> None:
        self._plans = plans
        self._on = on

    async def read(self, people: Sequence[str], window: Window) -> Mapping[str, Sequence[RemoteWork]] | None:
        """Return the plans of those who are answered for; None where the source is off."""
        if not self._on:
            return None
        for refused in range(0, len(people), SIZE):
            plans = await self._plans.read(people[refused:], window)
            if plans is not None:
                return plans
        return {}
