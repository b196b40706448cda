"""Days → recurring patterns, as RULES.md defines them under ``recurring-without-agreement``.

A pattern is an Outlook series with at least two occurrences in what was read, or home days on the same
weekday every first, second, third or fourth week, or on the n-th such weekday of each month, with at
least three hits and no more than one miss between the first and the last. A date that is no working day,
or lies in an exceptional period, is neither hit nor miss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.days import monday_of
from bot.model import Day, Weekday

FEWEST_OCCURRENCES = 2
FEWEST_HITS = 3
MOST_MISSES = 1
LONGEST_INTERVAL = 4
NTH_WEEKDAYS = range(1, 6)


class PatternKind(StrEnum):
    """What makes it a pattern."""

    SERIES = "series"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Home days that recur. ``every`` is in weeks, for WEEKLY; ``nth`` of the month, for MONTHLY."""

    kind: PatternKind
    dates: tuple[date, ...]
    weekday: Weekday | None = None
    every: int | None = None
    nth: int | None = None


def find_patterns(
    days: Mapping[date, Day], is_exceptional: Callable[[date], bool] = lambda _: False
) -> tuple[Pattern, ...]:
    """Return the patterns in the days: rhythms, the most frequent first, and series.

    A rhythm that shares a date with a more frequent one on its weekday is left out, for the days of one habit
    make others by chance; and so is a series whose dates the rhythms tell already.
    """
    usable = {day: one.at_home for day, one in days.items() if one.working and not is_exceptional(day)}
    found: list[Pattern] = []
    for weekday, slots in _by_weekday(days):
        of_weekday: list[Pattern] = []
        for rhythm in _rhythms(weekday, slots, usable):
            if all(set(rhythm.dates).isdisjoint(one.dates) for one in of_weekday):
                of_weekday.append(rhythm)
        found += of_weekday
    told = {day for rhythm in found for day in rhythm.dates}
    return (*found, *(one for one in _series(days.values(), usable) if not told.issuperset(one.dates)))


def _by_weekday(days: Iterable[date]) -> Iterator[tuple[Weekday, Sequence[date]]]:
    slots: dict[Weekday, list[date]] = {weekday: [] for weekday in Weekday}
    for day in sorted(days):
        slots[Weekday(day.weekday())].append(day)
    yield from slots.items()


def _series(days: Iterable[Day], usable: Mapping[date, bool]) -> Iterator[Pattern]:
    occurrences: dict[str, list[date]] = {}
    for day in days:
        for series in day.series:
            occurrences.setdefault(series, []).append(day.date)
    for dates in occurrences.values():
        hits = tuple(day for day in sorted(dates) if usable.get(day))
        if len(dates) >= FEWEST_OCCURRENCES and hits:
            yield Pattern(PatternKind.SERIES, hits)


def _rhythms(weekday: Weekday, dates: Sequence[date], usable: Mapping[date, bool]) -> Iterator[Pattern]:
    """Yield the weekday's rhythms, the most frequent first. ``usable`` tells of each date that may be hit or
    missed whether it is a home day.
    """
    if sum(usable.get(day, False) for day in dates) < FEWEST_HITS:
        return
    numbered = [(_week_number(day), day) for day in dates]
    for every in range(1, LONGEST_INTERVAL + 1):
        for phase in range(every):
            hits = _hits([day for number, day in numbered if number % every == phase], usable)
            if hits:
                yield Pattern(PatternKind.WEEKLY, hits, weekday, every=every)
    for nth in NTH_WEEKDAYS:
        hits = _hits([day for day in dates if nth_of_month(day) == nth], usable)
        if hits:
            yield Pattern(PatternKind.MONTHLY, hits, weekday, nth=nth)


def _hits(slots: Sequence[date], usable: Mapping[date, bool]) -> tuple[date, ...]:
    """Return the home days among the slots if they make a pattern, else nothing."""
    hits = [day for day in slots if usable.get(day)]
    if len(hits) < FEWEST_HITS:
        return ()
    misses = sum(not usable.get(day, True) for day in slots if hits[0] < day < hits[-1])
    return tuple(hits) if misses <= MOST_MISSES else ()


def nth_of_month(day: date) -> int:
    """Return which one of its weekday the date is in its month, from 1."""
    return (day.day - 1) // 7 + 1


def _week_number(day: date) -> int:
    """Number weeks without a break at New Year."""
    return (monday_of(day) - date(1970, 1, 5)) // timedelta(weeks=1)
