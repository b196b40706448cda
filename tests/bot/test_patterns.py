"""Habits are found, and nothing that is none. The documents' own examples stand in the rule's case file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.model import Day, Kind, Weekday
from bot.patterns import Pattern, PatternKind, find_patterns, nth_of_month
from tests.bot.builders import TUESDAY, home, on_site

WEEK = timedelta(weeks=1)


def tuesdays(row: str) -> dict[date, Day]:
    """Return a Tuesday for each letter: h at home, o at the workplace, a absent, f a public holiday."""
    days = {}
    for n, letter in enumerate(row):
        day = TUESDAY + n * WEEK
        days[day] = {
            "h": home(day),
            "o": on_site(day),
            "a": Day(day, scheduled=True, kind=Kind.ABSENT, absent=1.0),
            "f": replace(home(day), scheduled=False),
        }[letter]
    return days


def rhythms(row: str) -> list[int | None]:
    return [pattern.every for pattern in find_patterns(tuesdays(row))]


@pytest.mark.parametrize("row", ["hhh", "hohh", "hhohhhh", "ooohhhooo", "haahh", "hfafhh", "hoahh"])
def test_every_week_with_at_most_one_miss(row: str) -> None:
    assert rhythms(row) == [1]


@pytest.mark.parametrize(
    "row", ["", "h", "hh", "hhoo", "hoohh", "hohoah", "hah", "hfh", "ooo", "hoooohooooh"]
)
def test_too_few_hits_or_two_misses_are_no_pattern(row: str) -> None:
    assert rhythms(row) == []


@pytest.mark.parametrize(("row", "every"), [("hohoh", 2), ("hoohooh", 3), ("hooohoooh", 4)])
def test_every_so_many_weeks(row: str, every: int) -> None:
    assert rhythms(row) == [every]


@pytest.mark.parametrize(("row", "every"), [("hohoooh", 2), ("hoohooooohooh", 3), ("hooohooooooohoooh", 4)])
def test_every_so_many_weeks_with_one_miss(row: str, every: int) -> None:
    assert rhythms(row) == [every]


def test_every_second_week_with_two_misses_is_no_pattern() -> None:
    assert rhythms("hohoooooh") == []


def test_every_second_week_goes_on_through_a_week_53() -> None:
    days = {day: home(day) for day in (date(2026, 12, 15), date(2026, 12, 29), date(2027, 1, 12))}
    between = {day: on_site(day) for day in (date(2026, 12, 22), date(2027, 1, 5))}
    (pattern,) = find_patterns(days | between)
    assert (pattern.every, pattern.dates) == (2, tuple(days))


def test_the_third_tuesday_of_the_month() -> None:
    hits = {date(2026, 3, 17), date(2026, 4, 21), date(2026, 5, 19)}
    slots = [TUESDAY + n * WEEK for n in range(13)]
    (pattern,) = find_patterns({day: home(day) if day in hits else on_site(day) for day in slots})
    assert (pattern.kind, pattern.nth, pattern.dates) == (PatternKind.MONTHLY, 3, tuple(sorted(hits)))


def test_an_exceptional_period_is_neither_hit_nor_miss() -> None:
    days = tuesdays("hhoohh")
    flood = set(list(days)[2:4])
    assert find_patterns(days) == ()
    assert [pattern.every for pattern in find_patterns(days, flood.__contains__)] == [1]


def test_home_days_in_an_exceptional_period_make_no_habit() -> None:
    assert find_patterns(tuesdays("hhh"), lambda _: True) == ()


def test_each_weekday_has_a_pattern_of_its_own() -> None:
    both = [TUESDAY + n * WEEK + timedelta(days=d) for n in range(3) for d in (0, 2)]
    assert [p.weekday for p in find_patterns({day: home(day) for day in sorted(both)})] == [
        Weekday.TUESDAY,
        Weekday.THURSDAY,
    ]


def test_the_order_in_which_the_days_come_does_not_matter() -> None:
    days = tuesdays("hohohohh") | {
        day + timedelta(days=2): home(day + timedelta(days=2)) for day in tuesdays("hhhh")
    }
    assert find_patterns(dict(reversed(days.items()))) == find_patterns(days) != ()


def test_three_home_days_of_a_weekday_on_different_rhythms_are_no_pattern() -> None:
    assert rhythms("hooooohohoooo") == []


def series(days: Sequence[Day]) -> list[Pattern]:
    found = find_patterns({day.date: day for day in days})
    return [pattern for pattern in found if pattern.kind is PatternKind.SERIES]


def test_two_occurrences_of_a_series_are_a_pattern_at_once() -> None:
    two = [home(TUESDAY, series=frozenset({"s"})), home(TUESDAY + WEEK, series=frozenset({"s"}))]
    assert [pattern.dates for pattern in series(two)] == [(TUESDAY, TUESDAY + WEEK)]


def test_one_occurrence_of_each_of_two_series_is_none() -> None:
    two = [home(TUESDAY, series=frozenset({"s"})), home(TUESDAY + WEEK, series=frozenset({"t"}))]
    assert series(two) == []


def test_a_series_is_one_though_all_but_one_of_its_days_fell_on_a_holiday() -> None:
    off = replace(home(TUESDAY, series=frozenset({"s"})), scheduled=False)
    assert [p.dates for p in series([off, home(TUESDAY + WEEK, series=frozenset({"s"}))])] == [
        (TUESDAY + WEEK,)
    ]


@pytest.mark.parametrize(("day", "nth"), [(1, 1), (7, 1), (8, 2), (28, 4), (29, 5), (31, 5)])
def test_which_one_of_its_weekday_a_date_is_in_its_month(day: int, nth: int) -> None:
    assert nth_of_month(date(2026, 3, day)) == nth
