"""When a finding is told, and why not yet. Thursday is three working days after Monday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.ladder import Rung, climb, working_days_ahead
from bot.model import Audience, Finding, Scope, Status, Step
from tests.bot.builders import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, finding, weekdays

GONE_BY = "the day has gone by"


def rung(one: Finding, today: date, at_once: bool = False) -> Rung:
    return climb(one, today, weekdays, at_once=at_once)


@pytest.mark.parametrize(
    ("day", "ahead"), [(MONDAY, 0), (TUESDAY, 1), (FRIDAY, 4), (MONDAY + timedelta(days=7), 5)]
)
def test_the_weekend_is_not_counted(day: date, ahead: int) -> None:
    assert working_days_ahead(MONDAY, day, weekdays) == ahead


def test_a_past_day_is_not_ahead() -> None:
    assert working_days_ahead(TUESDAY, MONDAY, weekdays) == 0


@pytest.mark.parametrize(
    ("today", "step", "reason"),
    [
        (THURSDAY - timedelta(days=8), None, "more than 5 working days ahead"),
        (THURSDAY - timedelta(days=7), Step.REMINDER, None),
        (MONDAY, Step.REMINDER, None),
        (WEDNESDAY, Step.REMINDER, None),
        (THURSDAY, Step.REMINDER, None),
        (FRIDAY, None, GONE_BY),
    ],
)
def test_a_day_s_reminder_goes_five_working_days_ahead_and_never_after_it(
    today: date, step: Step | None, reason: str | None
) -> None:
    assert rung(finding(), today) == Rung(step, reason)


@pytest.mark.parametrize(
    ("today", "step"),
    [(THURSDAY - timedelta(days=14), Step.REMINDER), (THURSDAY, Step.REMINDER), (FRIDAY, None)],
)
def test_a_cancelled_day_is_told_at_once(today: date, step: Step | None) -> None:
    assert rung(finding(), today, at_once=True).step is step


@pytest.mark.parametrize(
    ("today", "alone"), [(MONDAY, False), (TUESDAY, True), (WEDNESDAY, True), (THURSDAY, True)]
)
def test_a_notice_goes_by_itself_from_two_working_days_before(today: date, alone: bool) -> None:
    found = rung(finding(audience=Audience.NOTICE), today)
    assert (found.step, found.alone) == (Step.NOTICE, alone)


def test_a_notice_of_a_day_gone_by_is_not_given() -> None:
    assert rung(finding(audience=Audience.NOTICE), FRIDAY) == Rung(None, GONE_BY)


def test_a_notice_on_a_week_looks_at_its_next_day() -> None:
    week = finding(audience=Audience.NOTICE, scope=Scope.WEEK, dates=(MONDAY, FRIDAY))
    assert not rung(week, TUESDAY).alone
    assert rung(week, WEDNESDAY).alone


def test_a_week_wholly_gone_by_is_for_the_digest() -> None:
    week = finding(scope=Scope.WEEK, dates=(MONDAY, WEDNESDAY))
    assert rung(week, WEDNESDAY) == Rung(Step.REMINDER)
    assert rung(week, THURSDAY) == Rung(None, GONE_BY)


@pytest.mark.parametrize("scope", [Scope.PERIOD, Scope.REGISTER])
def test_what_is_on_no_single_day_is_told_when_found(scope: Scope) -> None:
    assert rung(finding(scope=scope), FRIDAY) == Rung(Step.REMINDER)


@pytest.mark.parametrize("scope", list(Scope))
def test_the_leader_s_matters_are_for_the_digest_alone(scope: Scope) -> None:
    assert rung(finding(scope=scope, audience=Audience.LEADER), MONDAY) == Rung(Step.DIGEST)


@pytest.mark.parametrize("status", [Status.EXCUSED, Status.RESOLVED])
@pytest.mark.parametrize("audience", list(Audience))
def test_what_is_settled_is_told_to_nobody(status: Status, audience: Audience) -> None:
    assert rung(finding(status=status, audience=audience), MONDAY) == Rung(None, status.value)
