"""The two weeks that a digest shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.days import monday_of
from bot.model import Weekday

A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Fortnight:
    """The ISO week that has gone by and the one to come, each with its seven dates."""

    past: tuple[date, ...]
    coming: tuple[date, ...]

    @classmethod
    def around(cls, today: date) -> Fortnight:
        """From Monday to Friday the week to come is the current one; at the weekend it is the next."""
        monday = monday_of(today) + (A_WEEK if today.weekday() >= Weekday.SATURDAY else timedelta())
        return cls(_week(monday - A_WEEK), _week(monday))

    @property
    def dates(self) -> tuple[date, ...]:
        """All fourteen dates, in order."""
        return self.past + self.coming


def _week(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=n) for n in range(7))
