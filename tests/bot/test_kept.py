"""Whole days again, from the few things that are kept of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.kept import KeptDays, days_before, whole_days, window_before
from bot.model import Day, Kind, Window
from tests.bot.builders import (
    ANNA,
    BO,
    FRIDAY,
    MONDAY,
    ORGANISATION,
    PERSON,
    SATURDAY,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    all_day,
    days_of,
    home,
    on_site,
    register,
    timed,
)

WEEK = Window(MONDAY, SATURDAY + timedelta(days=1))
BO_LUND = replace(PERSON, id=BO, name="Bo Lund")
EIGHT_WEEKS_BEFORE = Window(date(2025, 11, 10), date(2026, 1, 4))


def test_every_date_is_there_and_what_is_not_kept_is_a_plain_day() -> None:
    days = whole_days(PERSON, ORGANISATION, [home(TUESDAY)], WEEK)
    assert list(days) == list(WEEK.days())
    assert (days[TUESDAY], days[WEDNESDAY]) == (home(TUESDAY), on_site(WEDNESDAY))
    assert not days[SATURDAY].scheduled


def test_what_is_kept_outside_the_window_is_left_out() -> None:
    days = whole_days(PERSON, ORGANISATION, [home(MONDAY - timedelta(days=7))], WEEK)
    assert {day.kind for day in days.values()} == {Kind.ON_SITE}


def test_work_days_are_those_of_today_s_register() -> None:
    closed = replace(ORGANISATION, closing_days=frozenset({TUESDAY}))
    days = whole_days(PERSON, closed, [home(TUESDAY)], WEEK)
    assert (days[TUESDAY].kind, days[TUESDAY].at_home) == (Kind.HOME, False)


def test_what_was_read_comes_back_as_it_was_but_for_what_is_never_kept() -> None:
    read = days_of(
        all_day("Hjemme", TUESDAY, series="a"),
        timed("Hjemme", WEDNESDAY, "08:00", "12:00"),
        all_day("Hjemme?", FRIDAY),
        all_day("Sommerferie", date(2026, 2, 9), 5),
        all_day("Kursus i Odense", date(2026, 2, 3)),
        all_day("Hjemmearbejde", SATURDAY),
    )
    kept = [replace(day, scheduled=True) for day in read.values() if day.kind is not Kind.ON_SITE]
    whole = whole_days(PERSON, ORGANISATION, kept, WINDOW)
    assert {day.kind for day in whole.values()} == set(Kind)
    assert whole == read


def test_who_has_nothing_kept_or_is_not_in_the_register_is_left_out() -> None:
    kept = {ANNA: [home(TUESDAY)], BO: [], "eva@proeve.example": [home(TUESDAY)]}
    assert KeptDays(register([PERSON, BO_LUND]), kept, WEEK).keys() == {ANNA}


def test_the_weeks_before_are_the_eight_that_end_where_the_window_begins() -> None:
    assert window_before(WINDOW) == EIGHT_WEEKS_BEFORE


def kept_on(*dates: date) -> list[Day]:
    return [home(day) for day in dates]


def test_the_weeks_before_are_given_of_those_of_whom_anything_is_kept_then() -> None:
    kept = {ANNA: kept_on(date(2025, 11, 12), TUESDAY), BO: kept_on(TUESDAY)}
    days = days_before(register([PERSON, BO_LUND]), kept, WINDOW)
    assert days.keys() == {ANNA}
    assert tuple(days[ANNA]) == EIGHT_WEEKS_BEFORE.days()
    assert days[ANNA][date(2025, 11, 12)].at_home


@pytest.mark.parametrize(("first", "known"), [(date(2025, 11, 16), True), (date(2025, 11, 17), False)])
def test_weeks_that_were_not_read_do_not_look_like_weeks_at_the_workplace(first: date, known: bool) -> None:
    kept = {ANNA: kept_on(first, date(2025, 12, 1)), BO: kept_on(date(2025, 12, 3))}
    days = days_before(register([PERSON, BO_LUND]), kept, WINDOW)
    assert (days.keys() == {ANNA, BO}) == known
    assert bool(days) == known
