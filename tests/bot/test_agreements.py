"""Which dates an agreement's placement and a team's fixed days fall on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.agreements import allows, in_force, in_weeks, is_team_day
from bot.model import Agreement, Period, Placement, TeamDay, Weekday, Weeks
from tests.bot.builders import ANNA, MONDAY, TEAM, THURSDAY, TUESDAY

THURSDAYS = Placement(frozenset({Weekday.THURSDAY}))
ODD, EVEN = replace(THURSDAYS, weeks=Weeks.ODD), replace(THURSDAYS, weeks=Weeks.EVEN)
EVERY_THIRD = replace(THURSDAYS, every_weeks=3, first_date=THURSDAY)
SECOND = replace(THURSDAYS, nth=2)


@pytest.mark.parametrize(
    ("placement", "day", "allowed"),
    [
        (Placement(), MONDAY, True),
        (THURSDAYS, THURSDAY, True),
        (THURSDAYS, MONDAY, False),
        (EVEN, date(2026, 3, 5), True),
        (EVEN, date(2026, 3, 12), False),
        (ODD, date(2026, 3, 12), True),
        (ODD, date(2026, 12, 31), True),
        (ODD, date(2027, 1, 7), True),
        (EVERY_THIRD, date(2026, 3, 5), True),
        (EVERY_THIRD, date(2026, 3, 12), False),
        (EVERY_THIRD, date(2026, 3, 26), True),
        (EVERY_THIRD, date(2026, 2, 12), True),
        (SECOND, date(2026, 3, 12), True),
        (SECOND, date(2026, 3, 5), False),
        (SECOND, date(2026, 4, 9), True),
    ],
)
def test_a_placement_allows_its_own_days(placement: Placement, day: date, allowed: bool) -> None:
    assert allows(placement, day) is allowed


def test_every_second_week_may_count_from_any_weekday_of_its_first_week() -> None:
    both = Placement(frozenset({Weekday.MONDAY, Weekday.THURSDAY}), every_weeks=2, first_date=THURSDAY)
    assert allows(both, MONDAY)
    assert not allows(both, date(2026, 3, 9))


@pytest.mark.parametrize("day", [date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 4), date(2027, 1, 10)])
def test_the_weeks_on_both_sides_of_new_year_2027_are_odd(day: date) -> None:
    assert in_weeks(Weeks.ODD, day)
    assert not in_weeks(Weeks.EVEN, day)


@pytest.mark.parametrize(("day", "holds"), [(1, False), (2, True), (5, True), (6, False)])
def test_an_agreement_is_in_force_from_its_first_day_to_its_last(day: int, holds: bool) -> None:
    agreement = Agreement(ANNA, Period(MONDAY, THURSDAY))
    assert in_force(agreement, date(2026, 3, day)) is holds


@pytest.mark.parametrize(
    ("team_day", "expected"),
    [
        (TeamDay(weekday=Weekday.TUESDAY), True),
        (TeamDay(weekday=Weekday.MONDAY), False),
        (TeamDay(weekday=Weekday.TUESDAY, weeks=Weeks.EVEN), True),
        (TeamDay(weekday=Weekday.TUESDAY, weeks=Weeks.ODD), False),
        (TeamDay(on=TUESDAY), True),
        (TeamDay(on=THURSDAY), False),
        (TeamDay(weekday=Weekday.TUESDAY, period=Period(TUESDAY, TUESDAY)), True),
        (TeamDay(weekday=Weekday.TUESDAY, period=Period(start=THURSDAY)), False),
    ],
)
def test_a_team_s_fixed_days(team_day: TeamDay, expected: bool) -> None:
    assert is_team_day(replace(TEAM, team_days=(team_day,)), TUESDAY) is expected


def test_a_team_without_fixed_days_has_none() -> None:
    assert not is_team_day(TEAM, TUESDAY)
