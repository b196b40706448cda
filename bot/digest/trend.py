"""How much of a team's working time is worked at home, week by week. Of the team alone, never of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.days import monday_of
from bot.model import Day

WEEKS = 8
FEWEST_IN_A_SHARE = 3  # people; the share of one or two would be a person's
FEWEST_WEEKS = 4  # fewer make no trend


@dataclass(frozen=True, slots=True)
class WeekShare:
    """The share of a week's worked time, from 0 to 1; ``worked`` is that time in days."""

    monday: date
    share: float
    worked: float


def home_shares(days: Mapping[str, Mapping[date, Day]], today: date) -> Sequence[WeekShare]:
    """Return the last whole ISO weeks, oldest first; those in which too few worked for the share to be the
    team's are left out.

    Empty where too few weeks are left, or nobody worked at home in any of them.
    """
    mondays = (monday_of(today) - timedelta(weeks=n) for n in range(WEEKS, 0, -1))
    shares = [one for monday in mondays if (one := _share(monday, [*_worked(days, monday)]))]
    return shares if len(shares) >= FEWEST_WEEKS and any(one.share for one in shares) else ()


def change(shares: Sequence[WeekShare]) -> float:
    """Return by how much the later half of the weeks lies above the earlier."""
    half = len(shares) // 2
    return _mean(shares[-half:]) - _mean(shares[:half])


def _worked(days: Mapping[str, Mapping[date, Day]], monday: date) -> Iterator[Sequence[Day]]:
    """Yield the days worked in a week, for each person who has any."""
    week = [monday + timedelta(days=n) for n in range(7)]
    for theirs in days.values():
        if worked := [theirs[day] for day in week if day in theirs and theirs[day].working]:
            yield worked


def _share(monday: date, of_each: Sequence[Sequence[Day]]) -> WeekShare | None:
    if len(of_each) < FEWEST_IN_A_SHARE:
        return None
    worked = [day for theirs in of_each for day in theirs]
    time = sum(1 - day.absent for day in worked)
    return WeekShare(monday, sum(day.home for day in worked) / time, time)


def _mean(shares: Sequence[WeekShare]) -> float:
    return sum(one.share * one.worked for one in shares) / sum(one.worked for one in shares)
