"""How many of a team are at the workplace, in the week to come and on the team days gone by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.agreements import is_team_day
from bot.model import Day, Place, Team
from bot.team_view import TeamView, is_on_site

FEWEST_TO_COUNT = 2  # of one person alone nothing is counted


@dataclass(frozen=True, slots=True)
class Presence:
    """``on_site`` of the ``of`` people who have a working day are at the workplace on each of the dates.

    ``all_alike``: that is so on every date that was compared.
    """

    dates: tuple[date, ...]
    on_site: int
    of: int
    all_alike: bool = False


def fewest(view: TeamView, dates: Iterable[date]) -> Presence | None:
    """Return the dates when the fewest are at the workplace, absence counted; None where there is nothing to
    compare.
    """
    counted = [one for day in dates if (one := _presence(view, day)).of >= FEWEST_TO_COUNT]
    if len(counted) < 2:
        return None
    least = min(counted, key=lambda one: (one.on_site, -one.of))
    same = [one for one in counted if (one.on_site, one.of) == (least.on_site, least.of)]
    dates = tuple(day for one in same for day in one.dates)
    return Presence(dates, least.on_site, least.of, all_alike=len(same) == len(counted))


def team_days_kept(
    team: Team, days: Mapping[str, Mapping[date, Day]], dates: Iterable[date]
) -> Iterator[Presence]:
    """Yield each team day with how many of those who worked that day were at the workplace."""
    for date_ in dates:
        worked = [theirs[date_] for theirs in days.values() if date_ in theirs and theirs[date_].working]
        if worked and is_team_day(team, date_):
            yield Presence((date_,), sum(map(is_on_site, worked)), len(worked))


def _presence(view: TeamView, day: date) -> Presence:
    """Count those who perhaps work at home among those at the workplace; unread calendars not at all."""
    counts = view.counts(day)
    on_site = counts[Place.ON_SITE] + counts[Place.TENTATIVE]
    of = sum(counts.values()) - counts[Place.OFF] - counts[Place.UNKNOWN]
    return Presence((day,), on_site, of)
