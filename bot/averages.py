"""Home days a week on average, as RULES.md counts them under "window": whole ISO weeks before the current
one, those without a single working day left out. Nobody's figure is scaled by part time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.case import PersonCase
from bot.model import Day

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Average:
    """``per_week`` is in days; ``dates`` are those counted, ``weeks`` how many weeks had a working day."""

    per_week: float
    dates: tuple[date, ...]
    weeks: int

    def exceeds(self, limit: float) -> bool:
        """Whether it is more than so many days a week; exactly as many is not."""
        return self.per_week > limit + TOLERANCE

    def reaches(self, limit: float) -> bool:
        """Whether it is so many days a week or more."""
        return self.per_week >= limit - TOLERANCE

    @property
    def rounded(self) -> float:
        """The average as it is told."""
        return round(self.per_week, 2)


def everything(_day: Day) -> bool:
    """Count every home day."""
    return True


def average_home(
    case: PersonCase,
    weeks: int,
    counts: Callable[[Day], bool] = everything,
    is_left_out: Callable[[date], bool] = lambda _: False,
) -> Average | None:
    """Return the home days a week over the last whole weeks, parts of days added up.

    Days that the leader has taken back are not counted. ``counts`` picks the home days that matter; dates
    left out are neither counted nor working days. None where no week had a working day.
    """
    whole = ([day for day in week if not is_left_out(day.date)] for week in case.weeks_before(weeks))
    worked = [week for week in whole if any(day.working for day in week)]
    if not worked:
        return None
    counted = [
        day
        for week in worked
        for day in week
        if day.at_home and counts(day) and not case.cancellation(day.date)
    ]
    total = sum(day.home for day in counted)
    return Average(total / len(worked), tuple(day.date for day in counted), len(worked))
