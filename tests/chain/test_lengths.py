"""Entries of any length: ends are exclusive, midnight parts the days, only working hours count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.model import Window
from tests.chain.chain import all_day, days, home, kinds, timed, working

MON, TUE, WED, THU, FRI = (f"2026-03-0{n}" for n in range(2, 7))
SAT, SUN, NEXT_MONDAY = "2026-03-07", "2026-03-08", "2026-03-09"

TIMED = [
    pytest.param(f"{TUE}T08:00", f"{TUE}T16:00", {TUE: 1}, id="the working hours"),
    pytest.param(f"{TUE}T08:00", f"{TUE}T12:00", {TUE: 0.5}, id="a morning"),
    pytest.param(f"{TUE}T06:00", f"{TUE}T10:00", {TUE: 0.25}, id="from before work"),
    pytest.param(f"{TUE}T14:00", f"{TUE}T23:00", {TUE: 0.25}, id="until after work"),
    pytest.param(f"{TUE}T15:59", f"{TUE}T18:00", {TUE: 0.002}, id="the last minute"),
    pytest.param(f"{TUE}T18:00", f"{TUE}T22:00", {}, id="an evening"),
    pytest.param(f"{TUE}T16:00", f"{WED}T08:00", {}, id="a night between two working days"),
    pytest.param(f"{TUE}T12:00", f"{WED}T12:00", {TUE: 0.5, WED: 0.5}, id="noon to noon"),
    pytest.param(f"{TUE}T00:00", f"{WED}T00:00", {TUE: 1}, id="midnight to midnight, not all-day"),
    pytest.param(f"{MON}T08:00", f"{WED}T16:00", {MON: 1, TUE: 1, WED: 1}, id="three days"),
    pytest.param(f"{FRI}T12:00", f"{NEXT_MONDAY}T10:00", {FRI: 0.5, NEXT_MONDAY: 0.25}, id="a weekend"),
    pytest.param(f"{TUE}T08:00", f"{TUE}T08:00", {}, id="no length"),
    pytest.param(f"{TUE}T12:00", f"{TUE}T08:00", {}, id="the end before the start"),
]

ALL_DAY = [
    pytest.param(TUE, WED, {TUE: 1}, id="one day"),
    pytest.param(TUE, TUE, {TUE: 1}, id="one day, its end its start"),
    pytest.param(MON, THU, {MON: 1, TUE: 1, WED: 1}, id="three days"),
    pytest.param(FRI, NEXT_MONDAY, {FRI: 1}, id="until the weekend is over"),
    pytest.param(SAT, NEXT_MONDAY, {}, id="a weekend alone"),
]


@pytest.mark.parametrize(("start", "end", "expected"), TIMED)
def test_a_timed_entry_takes_the_working_hours_it_covers(start, end, expected):
    assert home(timed("Hjemme", start, end)) == expected


@pytest.mark.parametrize(("first", "after", "expected"), ALL_DAY)
def test_an_all_day_entry_ends_before_its_end(first, after, expected):
    assert home(all_day("Hjemme", first, after)) == expected


def test_an_all_day_entry_that_ends_before_it_starts_is_left_out():
    assert kinds(all_day("Hjemme", WED, MON)) == {}


def test_seconds_are_counted_as_whole_minutes():
    entry = timed("Hjemme", f"{TUE}T08:00", f"{TUE}T12:00")
    entry["end"]["dateTime"] = f"{TUE}T11:59:59.9999999"
    assert home(entry) == {TUE: 0.498}


def test_an_evening_until_midnight_leaves_the_next_day_alone():
    evening = timed("Hjemme", f"{TUE}T20:00", f"{WED}T00:00")
    assert home(evening, person=working(16, 23)) == {TUE: 0.429}
    assert list(kinds(evening, person=working(0, 8))) == []


@pytest.mark.parametrize("whole", [True, False])
def test_an_entry_of_three_years_makes_every_working_day_of_the_window_a_home_day(whole):
    window = Window(date(2026, 2, 2), date(2026, 3, 8))
    read = days(all_day("Hjemme", "2024-06-01", "2027-06-01", isAllDay=whole), window=window)
    assert list(read) == list(window.days())
    assert [day for day, one in read.items() if one.at_home] == [
        day for day in window.days() if day.weekday() < 5
    ]


def test_an_absence_of_a_year_takes_every_home_day_with_it():
    home_days = [
        all_day("Hjemme", day, str(date.fromisoformat(day) + timedelta(days=1))) for day in (TUE, THU)
    ]
    assert home(*home_days, all_day("Barsel", "2025-09-01", "2026-09-01", showAs="oof")) == {}


@pytest.mark.parametrize(
    ("start", "end"),
    [("0001-01-01", "2026-03-04"), ("0001-01-01", "0001-01-02"), ("9999-12-31", "9999-12-31")],
)
@pytest.mark.parametrize("whole", [True, False])
def test_the_ends_of_time_say_nothing(start, end, whole):
    assert kinds(all_day("Hjemme", start, end, "UTC", isAllDay=whole)) == {}


@pytest.mark.parametrize("zone", ["UTC", "Romance Standard Time", "Pacific Standard Time"])
def test_an_entry_without_a_foreseeable_end_reaches_to_the_end_of_the_window(zone):
    window = Window(date(2026, 3, 2), date(2026, 3, 6))
    read = home(all_day("Hjemme", "1601-01-01", "9999-12-31", zone), window=window)
    assert read == dict.fromkeys([MON, TUE, WED, THU, FRI], 1)
