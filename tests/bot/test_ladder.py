"""When a finding is told to whom, and why not yet. Thursday is three working days after Monday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import pytest

from bot.ladder import Moment, Rung, climb
from bot.model import Audience, Finding, Scope, Status, Step, Weekday, Window
from tests.bot.builders import (
    FRIDAY,
    MONDAY,
    PERSON,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    ZONE,
    all_day,
    days_of,
    finding,
    weekdays,
)

GONE_BY = "the day has gone by"
FAR_AHEAD = "more than 5 working days ahead"
NOT_TOLD = "the employee has not been written to"
JUST_TOLD = "the employee was written to less than two hours ago"
BEFORE_NOON = "before noon of the working day before"
BEFORE_THE_DAY = "before the day itself"
NOT_YET_STANDING = "the employee has had less than 5 working days"

NEXT_MONDAY = MONDAY + timedelta(days=7)
SUNDAY = MONDAY + timedelta(days=6)
A_WEEK = timedelta(days=7)
EASTER = Window(date(2026, 3, 23), date(2026, 4, 19))
MONDAYS_AND_THURSDAYS = replace(PERSON, work_days=frozenset({Weekday.MONDAY, Weekday.THURSDAY}))

Working = Callable[[date], bool]
BY_CALENDAR: Working = weekdays


def at(day: date, clock: str = "08:00") -> datetime:
    """Return a time of the day in the organisation's zone."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def read(*away: date, person=PERSON, window: Window | None = None) -> Working:
    """Return which days a person works, read from a calendar with leave on these dates."""
    entries = [all_day("Ferie", day) for day in away]
    days = days_of(*entries, person=person, window=window or Window.around(MONDAY))
    return lambda day: days[day].working


def look(
    one: Finding, now: datetime, told: datetime | None = None, working: Working = BY_CALENDAR, **rule: bool
) -> Rung:
    return climb(one, Moment(now, working, told), **rule)


# --- working days --------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "ahead"), [(MONDAY, 0), (TUESDAY, 1), (FRIDAY, 4), (NEXT_MONDAY, 5)])
def test_the_weekend_is_not_counted(day: date, ahead: int) -> None:
    assert Moment(at(MONDAY), weekdays).working_days(MONDAY, day) == ahead


def test_a_past_day_is_not_ahead() -> None:
    assert Moment(at(TUESDAY), weekdays).working_days(TUESDAY, MONDAY) == 0


def test_the_working_day_before_may_be_weeks_before() -> None:
    moment = Moment(at(MONDAY), lambda day: day == MONDAY)
    assert moment.working_day_before(MONDAY + timedelta(days=14)) == MONDAY


def test_who_has_not_worked_for_a_fortnight_is_asked_the_day_before() -> None:
    moment = Moment(at(MONDAY), lambda day: day == MONDAY)
    assert moment.working_day_before(MONDAY + timedelta(days=15)) == MONDAY + timedelta(days=14)


# --- the employee's reminder of a day --------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (THURSDAY - timedelta(days=8), Rung(reason=FAR_AHEAD)),
        (THURSDAY - timedelta(days=7), Rung(Step.REMINDER, leader_waits=BEFORE_NOON)),
        (MONDAY, Rung(Step.REMINDER, leader_waits=BEFORE_NOON)),
        (WEDNESDAY, Rung(Step.REMINDER, leader_waits=BEFORE_NOON)),
        (THURSDAY, Rung(Step.REMINDER, leader_waits=NOT_TOLD)),
        (FRIDAY, Rung(reason=GONE_BY)),
    ],
)
def test_a_day_s_reminder_goes_five_working_days_ahead_and_never_after_it(
    today: date, expected: Rung
) -> None:
    assert look(finding(), at(today)) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-03-29", FAR_AHEAD), ("2026-03-30", FAR_AHEAD), ("2026-03-31", None), ("2026-04-01", None)],
)
def test_the_days_of_easter_are_not_counted(today: str, expected: str | None) -> None:
    friday_after = finding(dates=(date(2026, 4, 10),))
    assert look(friday_after, at(date.fromisoformat(today)), working=read(window=EASTER)).reason == expected


def test_days_of_leave_are_not_counted() -> None:
    next_tuesday = finding(dates=(TUESDAY + A_WEEK,))
    assert look(next_tuesday, at(MONDAY), working=read()).reason == FAR_AHEAD
    assert look(next_tuesday, at(MONDAY), working=read(WEDNESDAY)).employee is Step.REMINDER


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 3, 19), Step.REMINDER), (date(2026, 3, 23), None)], ids=str
)
def test_a_part_timer_s_own_days_are_counted(day: date, expected: Step | None) -> None:
    working = read(person=MONDAYS_AND_THURSDAYS, window=Window(MONDAY, date(2026, 3, 31)))
    assert look(finding(dates=(day,)), at(MONDAY), working=working).employee is expected


@pytest.mark.parametrize(
    ("today", "step"),
    [(THURSDAY - timedelta(days=14), Step.REMINDER), (THURSDAY, Step.REMINDER), (FRIDAY, None)],
)
def test_a_cancelled_day_is_told_at_once(today: date, step: Step | None) -> None:
    assert look(finding(), at(today), at_once=True).step is step


# --- the leader hears of a day ---------------------------------------------------------------------

TOLD = at(MONDAY - timedelta(days=3))


@pytest.mark.parametrize(
    ("day", "now", "waits"),
    [
        pytest.param(THURSDAY, at(MONDAY, "16:00"), BEFORE_NOON, id="days before"),
        pytest.param(THURSDAY, at(WEDNESDAY, "11:59"), BEFORE_NOON, id="a minute to noon"),
        pytest.param(THURSDAY, at(WEDNESDAY, "12:00"), None, id="noon"),
        pytest.param(THURSDAY, at(THURSDAY, "07:00"), None, id="the day's morning"),
        pytest.param(THURSDAY, at(THURSDAY, "23:59"), None, id="the day's last minute"),
        pytest.param(NEXT_MONDAY, at(FRIDAY, "11:59"), BEFORE_NOON, id="Friday morning for Monday"),
        pytest.param(NEXT_MONDAY, at(FRIDAY, "12:00"), None, id="Friday noon for Monday"),
        pytest.param(NEXT_MONDAY, at(SATURDAY, "08:00"), None, id="Saturday for Monday"),
        pytest.param(NEXT_MONDAY, at(SUNDAY, "08:00"), None, id="Sunday for Monday"),
    ],
)
def test_the_leader_hears_from_noon_of_the_working_day_before(
    day: date, now: datetime, waits: str | None
) -> None:
    assert look(finding(dates=(day,)), now, TOLD) == Rung(
        Step.REMINDER, None if waits else Step.ESCALATION, leader_waits=waits
    )


@pytest.mark.parametrize(
    ("now", "leader"),
    [
        ("2026-03-31T12:00", None),
        ("2026-04-01T11:59", None),
        ("2026-04-01T12:00", Step.ESCALATION),
        ("2026-04-06T08:00", Step.ESCALATION),
        ("2026-04-07T07:00", Step.ESCALATION),
    ],
)
def test_the_working_day_before_the_tuesday_after_easter_is_wednesday(now: str, leader: Step | None) -> None:
    tuesday = finding(dates=(date(2026, 4, 7),))
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    assert look(tuesday, moment, at(date(2026, 3, 31)), read(window=EASTER)).leader is leader


@pytest.mark.parametrize(
    ("now", "leader"),
    [
        (at(TUESDAY, "11:59"), None),
        (at(TUESDAY, "12:00"), Step.ESCALATION),
        (at(WEDNESDAY, "08:00"), Step.ESCALATION),
    ],
)
def test_a_day_of_leave_is_no_working_day_before(now: datetime, leader: Step | None) -> None:
    assert look(finding(), now, TOLD, read(WEDNESDAY)).leader is leader


@pytest.mark.parametrize(
    ("now", "leader"),
    [
        (at(MONDAY, "11:59"), None),
        (at(MONDAY, "12:00"), Step.ESCALATION),
        (at(WEDNESDAY, "08:00"), Step.ESCALATION),
    ],
)
def test_a_part_timer_s_working_day_before_is_her_own(now: datetime, leader: Step | None) -> None:
    assert look(finding(), now, TOLD, read(person=MONDAYS_AND_THURSDAYS)).leader is leader


@pytest.mark.parametrize(
    ("now", "told", "waits"),
    [
        (at(WEDNESDAY, "12:00"), None, NOT_TOLD),
        (at(WEDNESDAY, "12:00"), at(WEDNESDAY, "10:00"), None),
        (at(WEDNESDAY, "12:00"), at(WEDNESDAY, "10:01"), JUST_TOLD),
        (at(WEDNESDAY, "11:59"), at(WEDNESDAY, "11:30"), BEFORE_NOON),
        (at(THURSDAY, "16:00"), None, NOT_TOLD),
        (at(THURSDAY, "09:30"), at(THURSDAY, "07:31"), JUST_TOLD),
        (at(THURSDAY, "09:31"), at(THURSDAY, "07:31"), None),
    ],
)
def test_the_leader_hears_no_sooner_than_two_hours_after_the_employee(
    now: datetime, told: datetime | None, waits: str | None
) -> None:
    found = look(finding(), now, told)
    assert (found.employee, found.leader_waits) == (Step.REMINDER, waits)
    assert (found.leader is None) == (waits is not None)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CLOCK_CHANGES = [
    pytest.param("2026-03-29T00:30", "2026-03-29T02:29", JUST_TOLD, id="spring: 2:59 by the clock"),
    pytest.param("2026-03-29T00:30", "2026-03-29T02:30", None, id="spring: 3:00 by the clock"),
    pytest.param("2026-03-29T01:30", "2026-03-29T03:29", JUST_TOLD, id="told after the change"),
    pytest.param("2026-03-29T01:30", "2026-03-29T03:30", None, id="two hours after the change"),
    pytest.param("2026-10-25T00:30", "2026-10-25T02:29", JUST_TOLD, id="autumn: 0:59 by the clock"),
    pytest.param("2026-10-25T00:30", "2026-10-25T02:30", None, id="autumn: 1:00 by the clock"),
]


@pytest.mark.parametrize("zone_of_store", [UTC, ZONE], ids=["stored in UTC", "stored in the zone"])
@pytest.mark.parametrize(("told", "now", "waits"), CLOCK_CHANGES)
def test_two_hours_are_two_hours_when_the_clocks_change(
    told: str, now: str, waits: str | None, zone_of_store: tzinfo
) -> None:
    local = utc(now).astimezone(ZONE)
    that_day = finding(dates=(local.date(),))
    assert look(that_day, local, utc(told).astimezone(zone_of_store)).leader_waits == waits


def test_noon_is_noon_on_the_clock_of_the_place_after_the_clocks_change() -> None:
    tuesday, working = finding(dates=(date(2026, 3, 31),)), read(window=EASTER)
    told = at(date(2026, 3, 26))
    before, noon = (utc(f"2026-03-30T{clock}").astimezone(ZONE) for clock in ("09:59", "10:00"))
    assert look(tuesday, before, told, working).leader_waits == BEFORE_NOON
    assert look(tuesday, noon, told, working).leader is Step.ESCALATION


@pytest.mark.parametrize(
    ("now", "told", "waits"),
    [
        (at(WEDNESDAY, "12:00"), TOLD, BEFORE_THE_DAY),
        (at(WEDNESDAY, "23:59"), TOLD, BEFORE_THE_DAY),
        (at(WEDNESDAY, "12:00"), None, BEFORE_THE_DAY),
        (at(THURSDAY, "00:00"), TOLD, None),
        (at(THURSDAY, "07:00"), TOLD, None),
        (at(THURSDAY, "07:00"), None, NOT_TOLD),
        (at(THURSDAY, "08:59"), at(THURSDAY, "07:00"), JUST_TOLD),
        (at(THURSDAY, "09:00"), at(THURSDAY, "07:00"), None),
    ],
)
def test_the_leader_hears_of_a_day_to_be_agreed_on_the_day_itself(
    now: datetime, told: datetime | None, waits: str | None
) -> None:
    expected = Rung(Step.REMINDER, None if waits else Step.ESCALATION, leader_waits=waits)
    assert look(finding(), now, told, on_the_day=True) == expected


def test_the_leader_hears_nothing_of_a_day_far_ahead_even_when_its_person_knows() -> None:
    found = look(finding(dates=(date(2026, 3, 16),)), at(MONDAY), TOLD)
    assert found == Rung(reason=FAR_AHEAD)


def test_a_day_that_concerns_both_is_told_to_the_leader_the_day_before_as_any_other() -> None:
    both = finding(audience=Audience.EMPLOYEE_AND_LEADER)
    assert look(both, at(WEDNESDAY, "11:59"), TOLD).leader is None
    assert look(both, at(WEDNESDAY, "12:00"), TOLD).leader is Step.ESCALATION


# --- what stands -------------------------------------------------------------------------------------

STANDING = [Scope.WEEK, Scope.PERIOD, Scope.REGISTER]


@pytest.mark.parametrize("scope", STANDING)
def test_what_is_on_no_single_day_is_told_when_found(scope: Scope) -> None:
    assert look(finding(scope=scope), at(MONDAY)) == Rung(Step.REMINDER, leader_waits=NOT_TOLD)


@pytest.mark.parametrize("scope", STANDING)
@pytest.mark.parametrize(
    ("told", "waits"),
    [
        (None, NOT_TOLD),
        (at(MONDAY, "07:00"), JUST_TOLD),
        (at(MONDAY, "06:30"), None),
        (at(FRIDAY - A_WEEK, "16:59"), None),
    ],
)
def test_what_concerns_both_is_in_the_digest_two_hours_after_the_employee_heard(
    scope: Scope, told: datetime | None, waits: str | None
) -> None:
    both = finding(scope=scope, audience=Audience.EMPLOYEE_AND_LEADER)
    expected = Rung(Step.REMINDER, None if waits else Step.DIGEST, leader_waits=waits)
    assert look(both, at(MONDAY, "08:30"), told) == expected


FIVE_WORKING_DAYS = [
    pytest.param(at(MONDAY), at(MONDAY, "16:00"), NOT_YET_STANDING, id="the same day"),
    pytest.param(at(MONDAY), at(FRIDAY, "16:00"), NOT_YET_STANDING, id="four working days"),
    pytest.param(at(MONDAY), at(SUNDAY, "23:59"), NOT_YET_STANDING, id="the weekend after"),
    pytest.param(at(MONDAY), at(NEXT_MONDAY, "07:00"), None, id="the fifth working day"),
    pytest.param(at(FRIDAY, "16:59"), at(FRIDAY + A_WEEK, "07:00"), None, id="from Friday to Friday"),
    pytest.param(at(FRIDAY), at(THURSDAY + A_WEEK, "23:59"), NOT_YET_STANDING, id="from Friday to Thursday"),
    pytest.param(
        utc("2026-03-01T23:30"), at(FRIDAY), NOT_YET_STANDING, id="told on Monday where the person is"
    ),
    pytest.param(utc("2026-03-01T22:30"), at(FRIDAY), None, id="told on Sunday where the person is"),
    pytest.param(None, at(NEXT_MONDAY), NOT_TOLD, id="never told"),
]


@pytest.mark.parametrize("scope", [Scope.PERIOD, Scope.REGISTER])
@pytest.mark.parametrize(("told", "now", "waits"), FIVE_WORKING_DAYS)
def test_the_leader_hears_of_what_stands_after_five_working_days(
    scope: Scope, told: datetime | None, now: datetime, waits: str | None
) -> None:
    expected = Rung(Step.REMINDER, None if waits else Step.ESCALATION, leader_waits=waits)
    assert look(finding(scope=scope), now, told) == expected


def test_five_working_days_of_a_week_that_is_not_over() -> None:
    week = finding(scope=Scope.WEEK, dates=(NEXT_MONDAY, TUESDAY + A_WEEK))
    assert look(week, at(FRIDAY), at(MONDAY)).leader_waits == NOT_YET_STANDING
    assert look(week, at(NEXT_MONDAY), at(MONDAY)).leader is Step.ESCALATION


@pytest.mark.parametrize(
    ("today", "leader"), [("2026-04-08", None), ("2026-04-09", Step.ESCALATION)], ids=["eighth", "ninth"]
)
def test_the_days_of_easter_are_none_of_the_five(today: str, leader: Step | None) -> None:
    found = look(
        finding(scope=Scope.PERIOD),
        at(date.fromisoformat(today)),
        at(date(2026, 3, 30)),
        read(window=EASTER),
    )
    assert found.leader is leader


def test_a_day_of_leave_is_none_of_the_five() -> None:
    period = finding(scope=Scope.PERIOD)
    assert look(period, at(NEXT_MONDAY), at(MONDAY), read(THURSDAY)).leader is None
    assert look(period, at(TUESDAY + A_WEEK), at(MONDAY), read(THURSDAY)).leader is Step.ESCALATION


@pytest.mark.parametrize(("today", "leader"), [("2026-03-18", None), ("2026-03-19", Step.ESCALATION)])
def test_five_working_days_of_a_part_timer_are_her_own(today: str, leader: Step | None) -> None:
    working = read(person=MONDAYS_AND_THURSDAYS, window=Window(MONDAY, date(2026, 3, 31)))
    found = look(finding(scope=Scope.PERIOD), at(date.fromisoformat(today)), at(MONDAY), working)
    assert found.leader is leader


# --- what has gone by ----------------------------------------------------------------------------


@pytest.mark.parametrize("audience", [Audience.EMPLOYEE, Audience.EMPLOYEE_AND_LEADER])
@pytest.mark.parametrize("scope", [Scope.DAY, Scope.WEEK])
def test_what_has_gone_by_is_a_fact_for_the_digest_if_its_person_knew(
    scope: Scope, audience: Audience
) -> None:
    gone = finding(scope=scope, audience=audience, dates=(THURSDAY,))
    assert look(gone, at(FRIDAY, "07:00"), at(MONDAY)) == Rung(leader=Step.DIGEST)
    assert look(gone, at(FRIDAY, "07:00")) == Rung(reason=GONE_BY)


def test_a_week_is_gone_by_after_its_last_day() -> None:
    week = finding(scope=Scope.WEEK, dates=(MONDAY, WEDNESDAY))
    assert look(week, at(WEDNESDAY)) == Rung(Step.REMINDER, leader_waits=NOT_TOLD)
    assert look(week, at(THURSDAY)) == Rung(reason=GONE_BY)
    assert look(week, at(THURSDAY), at(MONDAY)) == Rung(leader=Step.DIGEST)


@pytest.mark.parametrize("scope", [Scope.PERIOD, Scope.REGISTER])
def test_what_stands_does_not_go_by_with_its_dates(scope: Scope) -> None:
    assert look(finding(scope=scope), at(FRIDAY)).employee is Step.REMINDER


# --- notices, the leader's matters, what is settled ---------------------------------------------------


@pytest.mark.parametrize(
    ("today", "alone"), [(MONDAY, False), (TUESDAY, True), (WEDNESDAY, True), (THURSDAY, True)]
)
def test_a_notice_goes_by_itself_from_two_working_days_before(today: date, alone: bool) -> None:
    assert look(finding(audience=Audience.NOTICE), at(today)) == Rung(Step.NOTICE, alone=alone)


def test_a_notice_of_a_day_gone_by_is_not_given() -> None:
    assert look(finding(audience=Audience.NOTICE), at(FRIDAY)) == Rung(reason=GONE_BY)


def test_a_notice_on_a_week_looks_at_its_next_day() -> None:
    week = finding(audience=Audience.NOTICE, scope=Scope.WEEK, dates=(MONDAY, FRIDAY))
    assert not look(week, at(TUESDAY)).alone
    assert look(week, at(WEDNESDAY)).alone


@pytest.mark.parametrize("scope", [Scope.PERIOD, Scope.REGISTER])
def test_a_notice_on_no_single_day_is_given_when_found(scope: Scope) -> None:
    assert look(finding(audience=Audience.NOTICE, scope=scope), at(FRIDAY)) == Rung(Step.NOTICE)


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("now", [at(MONDAY), at(WEDNESDAY, "12:00"), at(THURSDAY), at(FRIDAY + A_WEEK)])
def test_a_notice_never_brings_a_leader_in(scope: Scope, now: datetime) -> None:
    for told in (None, TOLD):
        found = look(finding(audience=Audience.NOTICE, scope=scope), now, told, on_the_day=True)
        assert found.leader is None


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("now", [at(MONDAY), at(FRIDAY)])
def test_the_leader_s_matters_are_for_the_digest_alone(scope: Scope, now: datetime) -> None:
    assert look(finding(scope=scope, audience=Audience.LEADER), now) == Rung(leader=Step.DIGEST)


@pytest.mark.parametrize("status", [Status.EXCUSED, Status.RESOLVED])
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("told", [None, TOLD])
def test_what_is_settled_is_told_to_nobody(status: Status, audience: Audience, told: datetime | None) -> None:
    found = look(finding(status=status, audience=audience), at(THURSDAY), told)
    assert found == Rung(reason=status.value)


@pytest.mark.parametrize(
    ("rung", "step"),
    [
        (Rung(), None),
        (Rung(Step.REMINDER), Step.REMINDER),
        (Rung(Step.REMINDER, Step.ESCALATION), Step.ESCALATION),
        (Rung(leader=Step.DIGEST), Step.DIGEST),
    ],
)
def test_a_rung_s_step_is_the_highest_reached(rung: Rung, step: Step | None) -> None:
    assert rung.step is step
