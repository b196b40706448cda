"""The nights of 29 March and 25 October 2026: a day is what its calendar page shows, not hours gone by.

The person works every day, here from midnight to 8, there from 8 to 16.
"""

from __future__ import annotations

import pytest

from tests.chain.chain import ROMANCE, UTC, all_day, events, home, timed, working

SPRING, AUTUMN = "2026-03-29", "2026-10-25"
NIGHT, DAY = working(0, 8), working(8, 16)
LONDON, PACIFIC, GREENLAND = "GMT Standard Time", "Pacific Standard Time", "Greenland Standard Time"

NIGHTS = [
    # start, end, zone, expected
    ("2026-03-29T01:30", "2026-03-29T03:30", ROMANCE, {SPRING: 0.25}),
    ("2026-03-29T00:30", "2026-03-29T01:30", UTC, {SPRING: 0.25}),
    ("2026-03-29T00:30", "2026-03-29T02:30", LONDON, {SPRING: 0.25}),
    ("2026-03-28T17:30", "2026-03-28T18:30", PACIFIC, {SPRING: 0.25}),
    ("2026-03-28T22:30", "2026-03-29T00:30", GREENLAND, {SPRING: 0.25}),
    ("2026-03-29T02:00", "2026-03-29T03:00", ROMANCE, {SPRING: 0.125}),
    ("2026-03-28T22:00", "2026-03-29T06:00", ROMANCE, {SPRING: 0.75}),
    ("2026-03-28T21:00", "2026-03-29T04:00", UTC, {SPRING: 0.75}),
    ("2026-03-29T22:00", "2026-03-30T06:00", ROMANCE, {"2026-03-30": 0.75}),
    ("2026-03-29T20:00", "2026-03-30T04:00", UTC, {"2026-03-30": 0.75}),
    ("2026-10-25T01:30", "2026-10-25T03:30", ROMANCE, {AUTUMN: 0.25}),
    ("2026-10-24T23:30", "2026-10-25T02:30", UTC, {AUTUMN: 0.25}),
    ("2026-10-25T00:30", "2026-10-25T02:30", LONDON, {AUTUMN: 0.25}),
    ("2026-10-24T16:30", "2026-10-24T19:30", PACIFIC, {AUTUMN: 0.25}),
    ("2026-10-25T02:00", "2026-10-25T03:00", ROMANCE, {AUTUMN: 0.125}),
    ("2026-10-24T22:00", "2026-10-25T06:00", ROMANCE, {AUTUMN: 0.75}),
    ("2026-10-24T20:00", "2026-10-25T05:00", UTC, {AUTUMN: 0.75}),
    ("2026-10-25T21:00", "2026-10-26T05:00", UTC, {"2026-10-26": 0.75}),
]

DAYS = [
    ("2026-03-29T08:00", "2026-03-29T16:00", ROMANCE, {SPRING: 1}),
    ("2026-03-29T06:00", "2026-03-29T14:00", UTC, {SPRING: 1}),
    ("2026-03-28T07:00", "2026-03-28T15:00", UTC, {"2026-03-28": 1}),
    ("2026-03-28T12:00", "2026-03-30T12:00", ROMANCE, {"2026-03-28": 0.5, SPRING: 1, "2026-03-30": 0.5}),
    ("2026-03-28T11:00", "2026-03-30T10:00", UTC, {"2026-03-28": 0.5, SPRING: 1, "2026-03-30": 0.5}),
    ("2026-10-25T08:00", "2026-10-25T16:00", ROMANCE, {AUTUMN: 1}),
    ("2026-10-25T07:00", "2026-10-25T15:00", UTC, {AUTUMN: 1}),
    ("2026-10-24T06:00", "2026-10-24T14:00", UTC, {"2026-10-24": 1}),
    ("2026-10-24T10:00", "2026-10-26T11:00", UTC, {"2026-10-24": 0.5, AUTUMN: 1, "2026-10-26": 0.5}),
]

ALL_DAY = [
    (SPRING, "2026-03-30", {SPRING: 1}),
    ("2026-03-28", "2026-03-31", {"2026-03-28": 1, SPRING: 1, "2026-03-30": 1}),
    (AUTUMN, "2026-10-26", {AUTUMN: 1}),
    ("2026-10-24", "2026-10-27", {"2026-10-24": 1, AUTUMN: 1, "2026-10-26": 1}),
]


@pytest.mark.parametrize(("start", "end", "zone", "expected"), NIGHTS)
def test_hours_of_the_night_are_counted_by_the_clock_on_the_wall(start, end, zone, expected):
    assert home(timed("Hjemme", start, end, zone), person=NIGHT) == expected


@pytest.mark.parametrize(("start", "end", "zone", "expected"), DAYS)
def test_a_working_day_has_its_usual_hours(start, end, zone, expected):
    assert home(timed("Hjemme", start, end, zone), person=DAY) == expected


@pytest.mark.parametrize("zone", [ROMANCE, UTC, LONDON, PACIFIC])
@pytest.mark.parametrize(("first", "after", "expected"), ALL_DAY)
def test_whole_days_are_whole_days(first, after, expected, zone):
    assert home(all_day("Hjemme", first, after, zone), person=DAY) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2026-10-25T00:00", "2026-10-25T01:00", id="from 2 until 2"),
        pytest.param("2026-10-25T00:45", "2026-10-25T01:15", id="from a quarter to 3 until a quarter past 2"),
    ],
)
def test_an_entry_within_the_hour_that_comes_twice_takes_nothing(start, end):
    assert home(timed("Hjemme", start, end, UTC), person=NIGHT) == {}


def test_an_hour_that_does_not_exist_is_kept_as_it_is_written():
    (event,) = events(timed("", "2026-03-29T02:15", "2026-03-29T02:45"))
    assert (event.start.hour, event.end.hour) == (2, 2)
