"""Entries are laid out on civil days as people see them, whatever their length and the clock's doings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import pairwise
from operator import or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import (
    WHOLE_DAY,
    hours_on,
    is_scheduled,
    iso_week,
    minutes,
    monday_of,
    public_holidays,
    share,
    spread,
    stretches,
    working_minutes,
)
from bot.model import Event, Organisation, Person, Weekday, Window, WorkHours
from tests.bot.builders import MONDAY, ORGANISATION, PERSON, SATURDAY, TUESDAY, all_day

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
CLOCK_CHANGES = [pytest.param(date(2026, 3, 29), id="spring"), pytest.param(date(2026, 10, 25), id="autumn")]


def hours(event: Event, window: Window = YEAR) -> dict[date, float]:
    """Return the hours that the entry takes of each date."""
    return {day: taken.bit_count() / 60 for day, taken in spread(event, window)}


def between(start: str, end: str) -> Event:
    return Event("", datetime.fromisoformat(start), datetime.fromisoformat(end))


def test_an_all_day_entry_takes_its_day_and_not_the_next() -> None:
    assert dict(spread(all_day("", TUESDAY), YEAR)) == {TUESDAY: WHOLE_DAY}


def test_an_all_day_entry_of_three_days_takes_three_days() -> None:
    assert list(hours(all_day("", MONDAY, days=3))) == [MONDAY + timedelta(days=n) for n in range(3)]


def test_an_entry_across_midnight_takes_of_both_days() -> None:
    assert hours(between("2026-03-02T22:00", "2026-03-03T06:00")) == {MONDAY: 2, TUESDAY: 6}


def test_an_entry_until_midnight_leaves_the_next_day_alone() -> None:
    assert hours(between("2026-03-02T16:00", "2026-03-03T00:00")) == {MONDAY: 8}


def test_an_entry_takes_the_minutes_from_its_start_to_before_its_end() -> None:
    assert dict(spread(between("2026-03-02T08:00", "2026-03-02T12:00"), YEAR)) == {MONDAY: minutes(480, 720)}


@pytest.mark.parametrize("end", ["2026-03-02T08:00", "2026-03-02T07:00"])
def test_an_entry_without_length_takes_nothing(end: str) -> None:
    assert hours(between("2026-03-02T08:00", end)) == {}


def test_an_entry_of_three_years_takes_the_window_and_no_more() -> None:
    week = Window(MONDAY, MONDAY + timedelta(days=6))
    assert hours(all_day("", date(2025, 1, 1), days=3 * 365), week) == dict.fromkeys(week.days(), 24)


@pytest.mark.parametrize("event", [all_day("", date(2025, 12, 31)), all_day("", date(2027, 1, 1))])
def test_an_entry_outside_the_window_takes_nothing(event: Event) -> None:
    assert hours(event) == {}


@pytest.mark.parametrize("sunday", CLOCK_CHANGES)
def test_an_all_day_entry_over_a_clock_change_takes_its_dates(sunday: date) -> None:
    around = [sunday - timedelta(days=1), sunday, sunday + timedelta(days=1)]
    assert list(hours(all_day("", around[0], days=3))) == around


@pytest.mark.parametrize("sunday", CLOCK_CHANGES)
def test_working_hours_on_the_day_of_a_clock_change_are_eight(sunday: date) -> None:
    day = datetime.combine(sunday, time(8))
    assert hours(Event("", day, day + timedelta(hours=8))) == {sunday: 8}


@pytest.mark.parametrize("sunday", CLOCK_CHANGES)
def test_an_entry_into_the_monday_after_a_clock_change_ends_when_it_says(sunday: date) -> None:
    evening = datetime.combine(sunday, time(20))
    assert hours(Event("", evening, evening + timedelta(hours=12))) == {
        sunday: 4,
        sunday + timedelta(days=1): 8,
    }


def test_the_leap_day_is_a_day_like_others() -> None:
    window = Window(date(2028, 2, 28), date(2028, 3, 1))
    assert len(window.days()) == 3
    assert hours(all_day("", date(2028, 2, 29)), window) == {date(2028, 2, 29): 24}


@pytest.mark.parametrize(
    ("day", "week", "monday"),
    [
        (date(2026, 12, 31), "2026-W53", date(2026, 12, 28)),
        (date(2027, 1, 3), "2026-W53", date(2026, 12, 28)),
        (date(2027, 1, 4), "2027-W01", date(2027, 1, 4)),
        (date(2026, 1, 1), "2026-W01", date(2025, 12, 29)),
    ],
)
def test_iso_weeks_at_new_year(day: date, week: str, monday: date) -> None:
    assert iso_week(day) == week
    assert monday_of(day) == monday


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        pytest.param(date(2026, 4, 6), True, id="Easter Monday"),
        pytest.param(date(2026, 12, 25), True, id="Christmas Day"),
        pytest.param(date(2023, 5, 5), True, id="Great Prayer Day, the last"),
        pytest.param(date(2024, 4, 26), False, id="Great Prayer Day, abolished"),
        pytest.param(date(2026, 5, 1), False, id="1 May, by custom only"),
        pytest.param(date(2026, 6, 5), False, id="Constitution Day, by custom only"),
        pytest.param(date(2026, 12, 24), False, id="Christmas Eve, by custom only"),
    ],
)
def test_public_holidays_are_those_of_the_law(day: date, is_holiday: bool) -> None:
    assert (day in public_holidays(day.year)) is is_holiday
    assert is_scheduled(PERSON, ORGANISATION, day) is not is_holiday


def test_a_closing_day_is_no_working_day() -> None:
    closed = Organisation("Prøvekommunen", "nyborg", closing_days=frozenset({MONDAY}))
    assert not is_scheduled(PERSON, closed, MONDAY)
    assert is_scheduled(PERSON, closed, TUESDAY)


def test_a_person_works_on_her_own_work_days_only() -> None:
    weekend = Person("x", "X", "t", work_days=frozenset({Weekday.SATURDAY}))
    assert is_scheduled(weekend, ORGANISATION, SATURDAY)
    assert not is_scheduled(weekend, ORGANISATION, MONDAY)


def test_a_share_is_what_lies_within_the_working_hours() -> None:
    work = working_minutes(WorkHours(time(8, 30), time(16, 30)))
    assert share(minutes(0, 12 * 60 + 30), work) == 0.5
    assert share(minutes(0, 8 * 60), work) == 0
    assert share(WHOLE_DAY, work) == 1


def test_nothing_is_a_share_of_no_hours_at_all() -> None:
    assert share(WHOLE_DAY, 0) == 0


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 300)), max_size=6))
def test_the_stretches_of_some_minutes_are_those_minutes_again(starts: list[tuple[int, int]]) -> None:
    part = reduce(or_, (minutes(start, start + length) for start, length in starts), 0)
    found = list(stretches(part))
    assert reduce(or_, (minutes(*stretch) for stretch in found), 0) == part
    assert all(end < start for (_, end), (start, _) in pairwise(found))


def test_hours_on_a_day_off_are_none() -> None:
    assert hours_on(PERSON, ORGANISATION, TUESDAY) == working_minutes(PERSON.work_hours)
    assert hours_on(PERSON, ORGANISATION, SATURDAY) == 0
