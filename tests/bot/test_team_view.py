"""Who of a team is where on a date, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.case import CaseFiles, judged_dates
from bot.model import Day, Event, Kind, Person, Place, Team, Weekday
from bot.team_view import TeamView, is_on_site, team_view, views_by_team
from tests.bot.builders import (
    ANNA,
    BO,
    MONDAY,
    PERSON,
    SATURDAY,
    TEAM,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    ZONE,
    all_day,
    days_of,
    home,
    on_site,
    register,
    timed,
)

BO_FRIIS = replace(PERSON, id=BO, name="Bo Friis")
PORTIONS = st.tuples(*[st.integers(0, 8)] * 4).filter(lambda hours: sum(hours) <= 8)


def view(read: Mapping[str, Mapping[date, Day]], *dates: date, people: tuple[Person, ...]) -> TeamView:
    case = CaseFiles(register(people), WINDOW, TODAY, ZONE).team_case(TEAM, read)
    return team_view(case, dates)


def place_of_anna(*events: Event, on: date = TUESDAY, person: Person = PERSON) -> Place:
    return view({ANNA: days_of(*events, person=person)}, on, people=(person,)).places[on][ANNA]


@pytest.mark.parametrize(
    ("subject", "place"),
    [
        ("Hjemmearbejde", Place.HOME),
        ("Hjemme?", Place.TENTATIVE),
        ("Kursus i Odense", Place.ELSEWHERE),
        ("Ferie", Place.AWAY),
        ("Syg", Place.AWAY),
        ("Barn syg", Place.AWAY),
        ("Barsel", Place.AWAY),
        ("Fødselsdag", Place.ON_SITE),
    ],
)
def test_a_whole_day_s_mark_says_where_somebody_is(subject: str, place: Place) -> None:
    assert place_of_anna(all_day(subject, TUESDAY)) is place


def test_who_marks_nothing_is_on_site() -> None:
    assert place_of_anna() is Place.ON_SITE


def test_half_a_day_at_home_leaves_the_other_half_for_the_workplace() -> None:
    assert place_of_anna(timed("Hjemmearbejde", TUESDAY, "08:00", "12:00")) is Place.ON_SITE


def test_more_than_half_a_day_at_home_is_at_home() -> None:
    assert place_of_anna(timed("Hjemmearbejde", TUESDAY, "08:00", "12:30")) is Place.HOME


def test_perhaps_half_a_day_at_home_is_on_site_either_way() -> None:
    assert place_of_anna(timed("Hjemme?", TUESDAY, "08:00", "12:00")) is Place.ON_SITE


def test_a_doubt_that_would_take_more_than_half_of_the_day_is_told() -> None:
    surely = timed("Hjemmearbejde", TUESDAY, "08:00", "11:00")
    perhaps = timed("Hjemme?", TUESDAY, "11:00", "16:00")
    assert place_of_anna(surely, perhaps) is Place.TENTATIVE


def test_the_largest_share_names_a_mixed_day() -> None:
    morning = timed("Hjemmearbejde", TUESDAY, "08:00", "10:00")
    course = timed("Kursus i Odense", TUESDAY, "10:00", "13:30")
    assert place_of_anna(morning, course) is Place.ELSEWHERE


def test_half_a_day_of_leave_is_away() -> None:
    assert place_of_anna(timed("Ferie", TUESDAY, "08:00", "12:00")) is Place.AWAY


@pytest.mark.parametrize("subject", ["Hjemmearbejde", "Ferie"])
def test_a_weekend_is_off_whatever_is_marked(subject: str) -> None:
    assert place_of_anna(all_day(subject, SATURDAY), on=SATURDAY) is Place.OFF


def test_a_part_timer_is_off_on_the_other_weekdays() -> None:
    mondays = replace(PERSON, work_days=frozenset({Weekday.MONDAY}))
    assert place_of_anna(on=TUESDAY, person=mondays) is Place.OFF
    assert place_of_anna(on=MONDAY, person=mondays) is Place.ON_SITE


def test_of_a_calendar_that_was_not_read_only_the_work_days_are_known() -> None:
    assert view({}, TUESDAY, SATURDAY, people=(PERSON,)).places == {
        TUESDAY: {ANNA: Place.UNKNOWN},
        SATURDAY: {ANNA: Place.OFF},
    }


def test_the_counts_of_a_date_name_every_place_and_add_up_to_the_team() -> None:
    read = {ANNA: days_of(all_day("Hjemmearbejde", TUESDAY))}
    seen = view(read, TUESDAY, WEDNESDAY, people=(PERSON, BO_FRIIS))
    nowhere = dict.fromkeys(Place, 0)
    assert seen.counts(TUESDAY) == nowhere | {Place.HOME: 1, Place.UNKNOWN: 1}
    assert seen.counts(WEDNESDAY) == nowhere | {Place.ON_SITE: 1, Place.UNKNOWN: 1}


def test_each_team_has_a_view_of_its_own_members() -> None:
    other = Team(id="byg", name="Byg", leader=TEAM.leader)
    known = register((PERSON, replace(BO_FRIIS, team="byg")))
    known = replace(known, teams={TEAM.id: TEAM, "byg": other, "tom": replace(other, id="tom")})
    views = dict(views_by_team(known, {ANNA: days_of()}, [THURSDAY]))
    assert {team: dict(one.places[THURSDAY]) for team, one in views.items()} == {
        TEAM.id: {ANNA: Place.ON_SITE},
        "byg": {BO: Place.UNKNOWN},
        "tom": {},
    }


def test_the_judged_dates_run_from_a_week_back_to_a_fortnight_ahead() -> None:
    dates = judged_dates(WINDOW, TODAY)
    assert (dates[0], dates[-1], len(dates)) == (date(2026, 2, 23), date(2026, 3, 16), 22)


def test_a_home_day_is_not_on_site_and_a_plain_day_is() -> None:
    assert not is_on_site(home(TUESDAY))
    assert is_on_site(on_site(TUESDAY))
    assert not is_on_site(replace(on_site(SATURDAY), scheduled=False))


@given(PORTIONS)
def test_somebody_is_on_site_exactly_when_half_the_day_or_more_is_left(hours: tuple[int, ...]) -> None:
    at_home, elsewhere, absent, perhaps = hours
    day = Day(
        TUESDAY,
        scheduled=True,
        kind=Kind.HOME,
        home=at_home / 8,
        elsewhere=elsewhere / 8,
        absent=absent / 8,
        tentative=perhaps / 8,
    )
    gone = at_home + elsewhere + absent
    assert is_on_site(day) == (gone <= 4 and absent < 4)
    case = CaseFiles(register(), WINDOW, TODAY, ZONE).team_case(TEAM, {ANNA: {TUESDAY: day}})
    place = team_view(case, [TUESDAY]).places[TUESDAY][ANNA]
    assert (place in {Place.ON_SITE, Place.TENTATIVE}) == is_on_site(day)
