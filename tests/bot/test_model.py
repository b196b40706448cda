"""Periods include both ends, and the window is the one of the contract."""

from __future__ import annotations

from datetime import date

import pytest

from bot.model import Day, Kind, Period, Window

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 6)


@pytest.mark.parametrize(
    ("period", "day", "holds"),
    [
        (Period(FIRST, LAST), date(2026, 3, 1), False),
        (Period(FIRST, LAST), FIRST, True),
        (Period(FIRST, LAST), LAST, True),
        (Period(FIRST, LAST), date(2026, 3, 7), False),
        (Period(start=FIRST), date(2099, 1, 1), True),
        (Period(end=LAST), date(1999, 1, 1), True),
        (Period(), FIRST, True),
    ],
)
def test_a_period_holds_from_its_first_day_to_its_last(period: Period, day: date, holds: bool) -> None:
    assert period.holds_on(day) is holds


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (Period(LAST, None), True),
        (Period(None, FIRST), True),
        (Period(date(2026, 3, 7), None), False),
        (Period(None, date(2026, 3, 1)), False),
        (Period(date(2026, 3, 4), date(2026, 3, 4)), True),
        (Period(), True),
    ],
)
def test_periods_meet_when_they_have_a_date_in_common(other: Period, meets: bool) -> None:
    assert Period(FIRST, LAST).meets(other) is meets
    assert other.meets(Period(FIRST, LAST)) is meets


@pytest.mark.parametrize("today", [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 8)])
def test_the_window_runs_from_the_monday_eight_weeks_before_this_week(today: date) -> None:
    window = Window.around(today)
    assert window.start == date(2026, 1, 5)
    assert (window.end - today).days == 14
    assert (window.days()[0], window.days()[-1]) == (window.start, window.end)


def test_a_saturday_marked_home_is_no_home_day() -> None:
    assert not Day(date(2026, 3, 7), scheduled=False, kind=Kind.HOME, home=1.0).at_home
