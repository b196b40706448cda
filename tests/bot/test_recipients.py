"""Who is at work, and to whom a team's matters go. Today is a Monday; Jens is the deputy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.model import Day, Kind, Person, Weekday
from bot.plan import Recipient
from bot.recipients import Attendance
from tests.bot.builders import (
    ANNA,
    BO,
    KIRSTEN,
    MONDAY,
    ORGANISATION,
    PERSON,
    SATURDAY,
    TEAM,
    home,
    on_site,
    register,
)

JENS = "jens@proeve.example"
WITH_DEPUTY = replace(TEAM, deputy=JENS)
AWAY = Day(MONDAY, scheduled=True, kind=Kind.ABSENT, absent=1.0)
HALF_AWAY = Day(MONDAY, scheduled=True, kind=Kind.ABSENT, absent=0.5)
A_LITTLE_AWAY = Day(MONDAY, scheduled=True, kind=Kind.ABSENT, absent=0.4)
DAY_OFF = Day(MONDAY, scheduled=False)
AT_WORK = on_site(MONDAY)
PART_TIMER = replace(PERSON, id=BO, name="Bo Lund", work_days=frozenset({Weekday.TUESDAY, Weekday.SATURDAY}))


def attendance(days: Mapping[str, Day], today: date = MONDAY, *people: Person, **fields) -> Attendance:
    return Attendance(register([PERSON, PART_TIMER, *people], **fields), days, {}, today)


@pytest.mark.parametrize(
    ("day", "works", "on_leave"),
    [
        pytest.param(AT_WORK, True, False, id="at the workplace"),
        pytest.param(home(MONDAY), True, False, id="at home"),
        pytest.param(A_LITTLE_AWAY, True, False, id="away for less than half the day"),
        pytest.param(HALF_AWAY, True, True, id="away for half the day"),
        pytest.param(AWAY, True, True, id="away"),
        pytest.param(DAY_OFF, False, False, id="no work day"),
        pytest.param(replace(DAY_OFF, absent=1.0), False, False, id="on holiday, on no work day"),
    ],
)
def test_a_calendar_says_who_works_today(day: Day, works: bool, on_leave: bool) -> None:
    found = attendance({ANNA: day})
    assert found.of(ANNA) == Recipient(working_today=works, on_leave_today=on_leave)
    assert found.at_work(ANNA) is (works and not on_leave)


@pytest.mark.parametrize(
    ("name", "today", "works"),
    [
        pytest.param(ANNA, MONDAY, True, id="Monday to Friday, on a Monday"),
        pytest.param(ANNA, SATURDAY, False, id="Monday to Friday, on a Saturday"),
        pytest.param(BO, MONDAY, False, id="part-time, on a day off"),
        pytest.param(BO, SATURDAY, True, id="part-time, on a Saturday of hers"),
        pytest.param(KIRSTEN, MONDAY, True, id="not under people, on a Monday"),
        pytest.param(KIRSTEN, SATURDAY, False, id="not under people, on a Saturday"),
        pytest.param(ANNA, date(2026, 4, 6), False, id="Easter Monday"),
        pytest.param(KIRSTEN, date(2026, 4, 6), False, id="not under people, on Easter Monday"),
    ],
)
def test_who_was_not_read_is_taken_to_work_as_usual(name: str, today: date, works: bool) -> None:
    assert attendance({}, today).at_work(name) is works


@pytest.mark.parametrize("name", [ANNA, KIRSTEN])
def test_nobody_works_on_a_closing_day(name: str) -> None:
    closed = replace(ORGANISATION, closing_days=frozenset({MONDAY}))
    assert not attendance({}, organisation=closed).at_work(name)


def test_when_somebody_last_had_notices_alone_is_known() -> None:
    found = Attendance(register(), {ANNA: AT_WORK}, {ANNA: MONDAY}, MONDAY)
    assert (found.of(ANNA).last_notice, found.of(KIRSTEN).last_notice) == (MONDAY, None)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param({}, (KIRSTEN, JENS), id="both unread"),
        pytest.param({KIRSTEN: AT_WORK, JENS: AT_WORK}, (KIRSTEN, JENS), id="both at work"),
        pytest.param({KIRSTEN: AT_WORK, JENS: AWAY}, (KIRSTEN, JENS), id="the deputy away"),
        pytest.param({KIRSTEN: AWAY, JENS: AT_WORK}, (JENS, KIRSTEN), id="the leader on leave"),
        pytest.param({KIRSTEN: AWAY}, (JENS, KIRSTEN), id="the leader on leave, the deputy unread"),
        pytest.param({KIRSTEN: DAY_OFF, JENS: AT_WORK}, (JENS, KIRSTEN), id="the leader's day off"),
        pytest.param({KIRSTEN: A_LITTLE_AWAY, JENS: AT_WORK}, (KIRSTEN, JENS), id="the leader away an hour"),
        pytest.param({KIRSTEN: AWAY, JENS: AWAY}, (KIRSTEN, JENS), id="both on leave: it waits"),
        pytest.param({KIRSTEN: AWAY, JENS: DAY_OFF}, (KIRSTEN, JENS), id="nobody at work: it waits"),
    ],
)
def test_the_deputy_hears_while_the_leader_is_away(
    days: Mapping[str, Day], expected: tuple[str, ...]
) -> None:
    assert attendance(days, team=WITH_DEPUTY).leaders_of(WITH_DEPUTY, ANNA) == expected


@pytest.mark.parametrize("leader", [AT_WORK, AWAY, DAY_OFF])
def test_without_a_deputy_all_goes_to_the_leader(leader: Day) -> None:
    assert attendance({KIRSTEN: leader}).leaders_of(TEAM, ANNA) == (KIRSTEN,)


@pytest.mark.parametrize("days", [{}, {KIRSTEN: AWAY, JENS: AT_WORK}])
def test_a_leader_s_own_matters_go_to_nobody_else(days: Mapping[str, Day]) -> None:
    assert attendance(days, team=WITH_DEPUTY).leaders_of(WITH_DEPUTY, KIRSTEN) == ()


@pytest.mark.parametrize("leader", [AT_WORK, AWAY])
def test_nobody_stands_in_for_the_leader_in_a_matter_of_one_s_own(leader: Day) -> None:
    found = attendance({KIRSTEN: leader, JENS: AT_WORK}, team=WITH_DEPUTY)
    assert found.leaders_of(WITH_DEPUTY, JENS)[0] == KIRSTEN


def test_a_matter_of_the_whole_team_goes_to_the_leader() -> None:
    assert attendance({}, team=WITH_DEPUTY).leaders_of(WITH_DEPUTY, None) == (KIRSTEN, JENS)
