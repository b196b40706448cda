"""The middle of a pass: what one run after another comes to for the same people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.decide import Decision, decide, marks
from bot.ladder import NOT_TOLD, NOT_YET_STANDING
from bot.model import (
    Agreement,
    Approval,
    DayException,
    ExceptionKind,
    MessageState,
    Period,
    Placement,
    Status,
    Step,
    TeamDay,
    Telling,
    Weekday,
)
from tests.bot.builders import (
    ANNA,
    BO,
    FRIDAY,
    KIRSTEN,
    MONDAY,
    PERSON,
    SATURDAY,
    TEAM,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    all_day,
    days_of,
    finding,
    policy,
    register,
)
from tests.bot.passes import Calendars, Memory, at, known

BO_LUND = replace(PERSON, id=BO, name="Bo Lund")
TUESDAYS_TOGETHER = replace(TEAM, team_days=(TeamDay(weekday=Weekday.TUESDAY),))
REGISTER = register([PERSON, BO_LUND], team=TUESDAYS_TOGETHER)
HOME, ON_FRIDAY = all_day("Hjemmearbejde", TUESDAY), all_day("Hjemmearbejde", FRIDAY)


def run(calendars: Calendars, today: date = MONDAY, clock: str = "08:00", **fields: Any) -> Decision:
    """Decide on a pass of that day that could read these calendars and no others."""
    return decide(known(calendars, at(today, clock), **{"register": REGISTER} | fields))


def statuses(decision: Decision) -> list[tuple[Status, Step | None]]:
    return [(placed.finding.status, placed.step) for placed in decision.findings]


def test_a_finding_is_told_once_and_resolved_when_the_mark_is_gone() -> None:
    memory = Memory()
    monday = memory.run({ANNA: [HOME], BO: [ON_FRIDAY]}, register=REGISTER)
    assert statuses(monday) == [(Status.OPEN, Step.REMINDER)]
    assert [(one.recipient, one.state) for one in monday.messages] == [(ANNA, MessageState.PLANNED)]

    later = memory.run({ANNA: [HOME], BO: [ON_FRIDAY]}, clock="11:59", register=REGISTER)
    assert statuses(later) == [(Status.OPEN, Step.REMINDER)]
    assert later.messages == ()

    mended = memory.run({ANNA: [], BO: [ON_FRIDAY]}, clock="16:00", register=REGISTER)
    assert statuses(mended) == [(Status.RESOLVED, None)]
    assert mended.findings[0].finding.id == monday.findings[0].finding.id
    assert mended.messages == ()


def test_the_leader_hears_of_it_once_from_noon_if_it_is_still_there() -> None:
    memory = Memory()
    memory.run({ANNA: [HOME]}, register=REGISTER)
    noon = memory.run({ANNA: [HOME]}, clock="12:00", register=REGISTER)
    assert statuses(noon) == [(Status.OPEN, Step.ESCALATION)]
    assert [(one.recipient, one.step) for one in noon.messages] == [(KIRSTEN, Step.ESCALATION)]
    for day, clock in ((MONDAY, "14:00"), (TUESDAY, "08:00"), (TUESDAY, "13:00")):
        assert memory.run({ANNA: [HOME]}, day, clock, register=REGISTER).messages == ()


@pytest.mark.parametrize(
    ("told", "clock", "waits"),
    [
        ((), "08:00", "before noon of the working day before"),
        ((), "12:00", "the employee has not been written to"),
        (("11:00",), "12:59", "the employee was written to less than two hours ago"),
        (("08:00",), "12:00", None),
    ],
)
def test_it_says_why_the_leader_has_not_been_told(
    told: tuple[str, ...], clock: str, waits: str | None
) -> None:
    memory = Memory()
    for earlier in told:
        memory.run({ANNA: [HOME]}, clock=earlier, register=REGISTER)
    (placed,) = memory.run({ANNA: [HOME]}, clock=clock, register=REGISTER).findings
    assert placed.leader_waits == waits


def test_it_says_that_a_leader_s_own_matter_goes_no_further() -> None:
    her_own = register([PERSON, BO_LUND], team=replace(TUESDAYS_TOGETHER, leader=ANNA))
    memory = Memory()
    memory.run({ANNA: [HOME]}, register=her_own)
    noon = memory.run({ANNA: [HOME]}, clock="12:00", register=her_own)
    (placed,) = noon.findings
    assert (placed.step, placed.leader_waits) == (Step.REMINDER, "the person leads the team")
    assert noon.messages == ()


@pytest.mark.parametrize(
    "state", [MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.HELD, MessageState.SUPPRESSED]
)
def test_who_was_not_reached_has_not_been_told(state: MessageState) -> None:
    memory = Memory()
    memory.run({ANNA: [HOME]}, register=REGISTER, outcomes=lambda _: state)
    noon = memory.run({ANNA: [HOME]}, clock="12:00", register=REGISTER)
    assert [one.recipient for one in noon.messages] == [ANNA]


def test_the_leader_hears_of_a_day_nobody_said_yes_to_on_the_day_itself() -> None:
    """Until the day begins there is time to ask for a yes."""
    on_record = register([PERSON, BO_LUND], team=replace(TEAM, approval=Approval.LEADER))
    fields: dict[str, Any] = {
        "register": on_record,
        "policy": policy("not-agreed-beforehand", profile="region-sjaelland"),
    }
    memory = Memory()
    assert [one.recipient for one in memory.run({ANNA: [HOME]}, **fields).messages] == [ANNA]
    noon = memory.run({ANNA: [HOME]}, clock="12:00", **fields)
    assert (noon.messages, noon.findings[0].leader_waits) == ((), "before the day itself")
    morning = memory.run({ANNA: [HOME]}, TUESDAY, "07:00", **fields)
    assert [(one.recipient, one.step) for one in morning.messages] == [(KIRSTEN, Step.ESCALATION)]


def test_a_day_that_is_taken_back_is_told_at_once_however_far_ahead() -> None:
    day = MONDAY + timedelta(days=14)
    taken_back = DayException(ANNA, day, ExceptionKind.CANCELLED, by=KIRSTEN)
    decision = run(
        {ANNA: [all_day("Hjemmearbejde", day)]}, register=replace(REGISTER, exceptions=(taken_back,))
    )
    assert [(one.recipient, one.step) for one in decision.messages] == [(ANNA, Step.REMINDER)]


def test_a_repeated_reminder_does_not_make_the_leader_wait_again() -> None:
    habit = [all_day("Hjemmearbejde", THURSDAY + timedelta(weeks=n)) for n in range(-4, 2)]
    fields: dict[str, Any] = {"policy": policy("recurring-without-agreement")}
    (placed,) = run({ANNA: habit}, **fields).findings
    told = [
        Telling(placed.finding.id, ANNA, Step.REMINDER, MessageState.SENT, when)
        for when in (at(MONDAY - timedelta(days=28)), at(MONDAY))
    ]
    standing: dict[str, Any] = {"previous": [placed.finding], "tellings": told}
    (again,) = run({ANNA: habit}, clock="08:30", **standing, **fields).findings
    assert (again.step, again.leader_waits) == (Step.ESCALATION, None)


def test_of_a_matter_that_comes_back_after_months_the_employee_hears_first_again() -> None:
    habit = [all_day("Hjemmearbejde", THURSDAY + timedelta(weeks=n)) for n in range(-4, 2)]
    fields: dict[str, Any] = {"policy": policy("recurring-without-agreement")}
    (placed,) = run({ANNA: habit}, **fields).findings
    long_ago = at(MONDAY - timedelta(days=180))
    told = [Telling(placed.finding.id, ANNA, Step.REMINDER, MessageState.SENT, long_ago)]
    back = run({ANNA: habit}, tellings=told, **fields)
    assert [(one.step, one.leader_waits) for one in back.findings] == [(Step.REMINDER, NOT_TOLD)]
    assert [(one.recipient, one.step) for one in back.messages] == [(ANNA, Step.REMINDER)]
    anew = [*told, replace(told[0], at=at(MONDAY))]
    standing: dict[str, Any] = {
        "previous": [placed.finding],
        "open_since": {placed.finding.id: at(MONDAY)},
        "tellings": anew,
    }
    (next_day,) = run({ANNA: habit}, TUESDAY, **standing, **fields).findings
    assert (next_day.step, next_day.leader_waits) == (Step.REMINDER, NOT_YET_STANDING)


def test_who_was_only_given_notice_is_reminded_before_the_leader_hears() -> None:
    """The team begins to record what the leader allows, so what was a notice becomes the leader's matter."""
    agreed = Agreement(ANNA, Period(date(2026, 1, 5)), placement=Placement(frozenset({Weekday.FRIDAY})))
    by_word = register([PERSON, BO_LUND], team=TEAM, agreements=(agreed,))
    on_record = register(
        [PERSON, BO_LUND], team=replace(TEAM, approval=Approval.LEADER), agreements=(agreed,)
    )
    fields: dict[str, Any] = {"policy": policy("weekday-not-agreed")}
    memory = Memory()
    memory.run({ANNA: [HOME]}, register=by_word, **fields)
    assert [kept.message.step for kept in memory.attempts] == [Step.NOTICE]
    noon = memory.run({ANNA: [HOME]}, clock="12:00", register=on_record, **fields)
    assert [(one.recipient, one.step) for one in noon.messages] == [(ANNA, Step.REMINDER)]


def test_two_hours_count_from_when_the_person_may_have_been_written_to() -> None:
    memory = Memory()
    memory.run({ANNA: [HOME]}, register=REGISTER, outcomes=lambda _: MessageState.UNCLEAR)
    noon = memory.run({ANNA: [HOME]}, clock="12:00", register=REGISTER)
    assert [one.recipient for one in noon.messages] == [KIRSTEN]


def test_nothing_changes_for_a_person_whose_calendar_was_not_read() -> None:
    previous = [one.finding for one in run({ANNA: [HOME]}).findings]
    unread = run({BO: []}, previous=previous)
    assert (unread.findings, unread.messages, unread.lapsed) == ((), (), ())


def test_a_person_who_left_the_register_leaves_no_finding_open() -> None:
    gone = finding(person="eva@proeve.example")
    assert statuses(run({ANNA: []}, previous=[gone])) == [(Status.RESOLVED, None)]


@pytest.mark.parametrize(("day", "lapsed"), [(date(2026, 2, 22), 1), (date(2026, 2, 23), 0)])
def test_what_is_more_than_a_week_gone_is_closed_without_a_word(day: date, lapsed: int) -> None:
    decision = run({ANNA: []}, previous=[finding(dates=(day,))])
    assert len(decision.lapsed) == lapsed
    assert len(decision.findings) == 1 - lapsed


def test_one_message_tells_a_person_of_everything() -> None:
    both = [HOME, all_day("Hjemmearbejde", date(2026, 2, 24)), all_day("Hjemmearbejde", date(2026, 2, 17))]
    decision = run({ANNA: both})
    (message,) = decision.messages
    assert len(message.findings) == len(message.message.items) == 2
    assert message.message.title == "Et par ting om dine hjemmedage"


def test_each_person_gets_her_own_message() -> None:
    decision = run({ANNA: [HOME], BO: [HOME]})
    assert [(one.recipient, one.message.greeting) for one in decision.messages] == [
        (ANNA, "Hej Anna"),
        (BO, "Hej Bo"),
    ]


def test_a_day_gone_by_is_a_finding_that_nobody_is_written_to_about() -> None:
    decision = run({ANNA: [HOME]}, today=FRIDAY)
    assert statuses(decision) == [(Status.OPEN, None)]
    assert decision.findings[0].reason == "the day has gone by"
    assert decision.messages == ()


@pytest.mark.parametrize(("clock", "state"), [("06:59", MessageState.HELD), ("07:00", MessageState.PLANNED)])
def test_quiet_hours_are_those_of_the_place(clock: str, state: MessageState) -> None:
    (message,) = run({ANNA: [HOME]}, clock=clock).messages
    assert message.state is state


def test_nobody_is_written_to_on_leave() -> None:
    (message,) = run({ANNA: [HOME, all_day("Ferie", MONDAY)]}).messages
    assert (message.state, message.reason) == (MessageState.HELD, "on-leave")


def test_nobody_is_written_to_on_a_saturday() -> None:
    coming = all_day("Hjemmearbejde", date(2026, 3, 10))
    (message,) = run({ANNA: [coming]}, today=SATURDAY).messages
    assert (message.state, message.reason) == (MessageState.HELD, "not-a-working-day")


def test_a_held_message_is_planned_anew_with_the_same_id() -> None:
    (held,) = run({ANNA: [HOME]}, clock="06:00").messages
    (sent,) = run({ANNA: [HOME]}, clock="08:00").messages
    assert held.id == sent.id


def test_a_team_whose_marks_all_vanished_hears_nothing() -> None:
    cancelled_series = run({ANNA: [], BO: []}, marked_before={ANNA: 9, BO: 4})
    assert cancelled_series.silenced == {TEAM.id}
    one_mark_left = run({ANNA: [HOME], BO: []}, marked_before={ANNA: 9, BO: 4})
    assert one_mark_left.silenced == frozenset()
    assert len(one_mark_left.messages) == 1


def test_the_findings_of_a_team_whose_marks_vanished_stay_as_they_were() -> None:
    vanished = run({ANNA: []}, marked_before={ANNA: 9}, previous=[finding()])
    assert (vanished.findings, vanished.lapsed) == ((), ())
    mended = run({ANNA: []}, previous=[finding()])
    assert statuses(mended) == [(Status.RESOLVED, None)]


def test_days_of_holiday_do_not_count_as_working_days_ahead() -> None:
    coming = all_day("Hjemmearbejde", date(2026, 3, 10))
    assert statuses(run({ANNA: [coming]})) == [(Status.OPEN, None)]
    day_off = all_day("Ferie", WEDNESDAY)
    assert statuses(run({ANNA: [coming, day_off]})) == [(Status.OPEN, Step.REMINDER)]


def test_the_language_is_the_organisation_s() -> None:
    (message,) = run({ANNA: [HOME]}, language="en").messages
    assert message.message.greeting == "Hi Anna"


def test_doubtful_days_count_as_marks_and_absent_ones_do_not() -> None:
    days = days_of(HOME, all_day("Hjemme?", WEDNESDAY), all_day("Ferie", FRIDAY))
    assert marks({ANNA: days, BO: days_of()}) == {ANNA: 2, BO: 0}
