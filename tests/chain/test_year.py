"""New Year, ISO week 53, leap day, public holidays and part-time weeks, from the calendar to the finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.case import CaseFiles
from bot.evaluate import findings_of, judge_person
from bot.model import (
    Agreement,
    ExtraordinaryPeriod,
    Organisation,
    Period,
    Placement,
    TeamDay,
    Weekday,
    Weeks,
    Window,
)
from tests.bot.builders import ANNA, ORGANISATION, PERSON, TEAM, ZONE, policy, register
from tests.chain.chain import Json, all_day, days, home, timed, working

POLICY = policy()
NEW_YEAR = date(2027, 1, 4)
MON_W53, WED_W53, THU_W53 = "2026-12-28", "2026-12-30", "2026-12-31"
MON_W01, WED_W01, THU_W01, WED_W02 = "2027-01-04", "2027-01-06", "2027-01-07", "2027-01-13"


def day_at_home(day: str) -> Json:
    return all_day("Hjemme", day, str(date.fromisoformat(day) + timedelta(days=1)))


def agreed(days_per_week: float | None = None, **placement) -> Agreement:
    signed = date(2026, 1, 5)
    return Agreement(
        ANNA,
        Period(signed),
        days_per_week=days_per_week,
        placement=Placement(**placement),
        signed_by_employee_on=signed,
        signed_by_leader_on=signed,
    )


def found(rule: str, *entries: Json, today: date = NEW_YEAR, **known) -> list[list[str]]:
    """Return the dates of each finding of the rule."""
    window = Window.around(today)
    registered = register(**known)
    read = days(*entries, window=window, organisation=registered.organisation)
    case = CaseFiles(registered, window, today, ZONE).case(PERSON, read)
    return [
        [str(day) for day in one.dates] for one in findings_of(judge_person(case, POLICY)) if one.rule == rule
    ]


WEDNESDAYS = frozenset({Weekday.WEDNESDAY})


@pytest.mark.parametrize(
    ("placement", "not_agreed"),
    [
        pytest.param({"weeks": Weeks.ODD}, [[WED_W02]], id="odd weeks: 53 and 1 follow each other"),
        pytest.param({"weeks": Weeks.EVEN}, [[WED_W53], [WED_W01]], id="even weeks: a fortnight without"),
        pytest.param(
            {"every_weeks": 2, "first_date": date(2026, 12, 16)},
            [[WED_W01]],
            id="every second week goes on through New Year",
        ),
        pytest.param({"every_weeks": 3, "first_date": date(2026, 12, 9)}, [[WED_W01], [WED_W02]], id="third"),
        pytest.param({"nth": 1}, [[WED_W53], [WED_W02]], id="the first Wednesday of the month"),
        pytest.param({"nth": 5}, [[WED_W01], [WED_W02]], id="the fifth Wednesday of the month"),
    ],
)
def test_agreed_weeks_at_new_year(placement, not_agreed):
    marks = [day_at_home(day) for day in (WED_W53, WED_W01, WED_W02)]
    agreement = agreed(weekdays=WEDNESDAYS, **placement)
    assert found("weekday-not-agreed", *marks, agreements=(agreement,)) == not_agreed


@pytest.mark.parametrize(
    ("weeks", "expected"), [(Weeks.ODD, [[THU_W53], [THU_W01]]), (Weeks.EVEN, [["2027-01-14"]])]
)
def test_team_days_at_new_year(weeks, expected):
    marks = [day_at_home(day) for day in (THU_W53, THU_W01, "2027-01-14")]
    team = replace(TEAM, team_days=(TeamDay(weekday=Weekday.THURSDAY, weeks=weeks),))
    assert found("team-day", *marks, team=team) == expected


def test_a_week_across_new_year_has_one_limit_and_its_holiday_does_not_count():
    week = all_day("Hjemme", MON_W53, MON_W01)
    agreement = agreed(days_per_week=3)
    assert found("week-limit-agreed", week, agreements=(agreement,)) == [
        [MON_W53, "2026-12-29", WED_W53, THU_W53]
    ]


def test_days_of_the_next_year_s_first_week_are_counted_by_themselves():
    marks = [day_at_home(day) for day in (WED_W53, THU_W53, MON_W01, WED_W01)]
    assert found("week-limit-agreed", *marks, agreements=(agreed(days_per_week=2),)) == []


def test_an_entry_across_new_year_takes_the_working_days_of_both_years():
    assert list(home(all_day("Hjemme", "2026-12-29", "2027-01-06"))) == [
        "2026-12-29",
        WED_W53,
        THU_W53,
        MON_W01,
        "2027-01-05",
    ]


def test_a_night_into_the_new_year_is_parted_at_midnight():
    night = timed("Hjemme", "2026-12-31T20:00", "2027-01-01T04:00")
    assert home(night, person=working(20, 23)) == {THU_W53: 1}


@pytest.mark.parametrize(
    ("first", "after", "expected"),
    [
        ("2028-02-29", "2028-03-01", ["2028-02-29"]),
        ("2028-02-28", "2028-03-02", ["2028-02-28", "2028-02-29", "2028-03-01"]),
        ("2027-02-26", "2027-03-02", ["2027-02-26", "2027-03-01"]),
    ],
)
def test_the_leap_day_is_there_in_its_years(first, after, expected):
    window = Window(date(2027, 2, 1), date(2028, 3, 31))
    assert list(home(all_day("Hjemme", first, after), window=window)) == expected


def test_the_leap_day_is_the_fifth_tuesday_of_its_month():
    agreement = agreed(weekdays=frozenset({Weekday.TUESDAY}), nth=5)
    marks = [day_at_home(day) for day in ("2028-02-22", "2028-02-29")]
    today = date(2028, 2, 28)
    assert found("weekday-not-agreed", *marks, agreements=(agreement,), today=today) == [["2028-02-22"]]


HOLIDAYS = [
    ("2023-05-05", False, "Great Prayer Day, the last one"),
    ("2024-04-26", True, "a Friday like others since"),
    ("2025-05-16", True, "and the year after"),
    ("2026-01-01", False, "New Year's Day"),
    ("2026-04-01", True, "the Wednesday before Easter"),
    ("2026-04-02", False, "Maundy Thursday"),
    ("2026-04-03", False, "Good Friday"),
    ("2026-04-06", False, "Easter Monday"),
    ("2026-04-07", True, "the Tuesday after Easter"),
    ("2026-05-01", True, "1 May"),
    ("2026-05-14", False, "Ascension Day"),
    ("2026-05-15", True, "the Friday after it"),
    ("2026-05-25", False, "Whit Monday"),
    ("2026-06-05", True, "Constitution Day"),
    ("2026-12-24", True, "Christmas Eve"),
    ("2026-12-25", False, "Christmas Day"),
    ("2026-12-31", True, "New Year's Eve"),
    ("2027-12-27", True, "a Monday after Christmas"),
]


@pytest.mark.parametrize(
    ("day", "expected"), [pytest.param(day, yes, id=name) for day, yes, name in HOLIDAYS]
)
def test_a_public_holiday_is_no_home_day(day, expected):
    window = Window(date.fromisoformat(day), date.fromisoformat(day))
    assert list(home(day_at_home(day), window=window)) == ([day] if expected else [])


@pytest.mark.parametrize("day", ["2026-05-01", "2026-06-05", "2026-12-24", "2026-12-31", "2026-05-15"])
def test_a_closing_day_is_no_home_day(day):
    closed = Organisation("Prøvekommunen", "nyborg", closing_days=frozenset({date.fromisoformat(day)}))
    assert home(day_at_home(day), organisation=closed) == {}


def test_a_holiday_is_neither_hit_nor_miss_of_a_habit():
    thursdays = [day_at_home(day) for day in ("2026-03-19", "2026-03-26", "2026-04-09", "2026-04-16")]
    assert found("recurring-without-agreement", *thursdays, today=date(2026, 4, 13)) == [
        ["2026-03-19", "2026-03-26", "2026-04-09", "2026-04-16"]
    ]


def test_days_of_a_lockdown_make_no_habit():
    weeks = ["2026-03-04", "2026-03-11", "2026-03-18", "2026-03-25"]
    lockdown = ExtraordinaryPeriod(Period(date(2026, 3, 9), date(2026, 3, 20)), "Nedlukning")
    known = {"organisation": replace(ORGANISATION, extraordinary_periods=(lockdown,))}
    marks = [day_at_home(day) for day in weeks]
    assert found("recurring-without-agreement", *marks, today=date(2026, 3, 30), **known) == []
    assert found("recurring-without-agreement", *marks, today=date(2026, 3, 30)) == [weeks]


@pytest.mark.parametrize(
    ("work_days", "expected"),
    [
        ({0, 1, 2, 3}, ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]),
        ({2}, ["2026-03-04"]),
        ({5, 6}, ["2026-03-07", "2026-03-08"]),
    ],
)
def test_a_whole_week_at_home_is_a_part_timer_s_own_days(work_days, expected):
    part_timer = replace(PERSON, work_days=frozenset(map(Weekday, work_days)))
    week = all_day("Hjemme", "2026-03-02", "2026-03-09")
    assert home(week, person=part_timer) == dict.fromkeys(expected, 1)


@pytest.mark.parametrize(
    ("hours", "start", "end", "portion"),
    [
        ((9, 14), "09:00", "14:00", 1),
        ((9, 14), "08:00", "12:00", 0.6),
        ((9, 13), "11:00", "16:00", 0.5),
        ((8, 16), "09:00", "14:00", 0.625),
    ],
)
def test_a_portion_is_a_share_of_one_s_own_hours(hours, start, end, portion):
    person = working(*hours, person=PERSON)
    entry = timed("Hjemme", f"2026-03-03T{start}", f"2026-03-03T{end}")
    assert home(entry, person=person) == {"2026-03-03": portion}
