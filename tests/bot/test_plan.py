"""Who is told what now: never twice, all in one message, in working hours; each silence has its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.ladder import Rung
from bot.model import Audience, Message, MessageState, PlannedMessage, Scope, Step, Telling
from bot.plan import Due, Recipient, due, gather, group, mute, silenced_teams
from tests.bot.builders import ANNA, BO, FRIDAY, KIRSTEN, MONDAY, THURSDAY, TUESDAY, finding

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
FOUR_WEEKS = timedelta(weeks=4)
NOON = datetime.combine(MONDAY, time(12))
REMINDER, NOTICE, ALONE = Rung(Step.REMINDER), Rung(Step.NOTICE, alone=False), Rung(Step.NOTICE)
AT_WORK = Recipient(working_today=True, on_leave_today=False)
MESSAGE = Message("da", "Titel", "Hej Anna", (), "", "", "")
DAY = finding()
PERIOD = finding(id="f2", rule="recurring-without-agreement", scope=Scope.PERIOD)
A_NOTICE = finding(id="f3", rule="weekday-not-agreed", audience=Audience.NOTICE, dates=(FRIDAY,))


def told(
    step: Step = Step.REMINDER, state: MessageState = MessageState.SENT, days_ago: int = 0, **kw: str
) -> Telling:
    return Telling(kw.get("finding", DAY.id), kw.get("to", ANNA), step, state, NOW - timedelta(days=days_ago))


def message(*waiting: Due) -> PlannedMessage:
    return group(waiting or (Due(DAY, ANNA, Step.REMINDER),), MESSAGE)


def test_what_nobody_was_told_of_is_due() -> None:
    assert due(DAY, REMINDER, [], NOW, None) == Due(DAY, ANNA, Step.REMINDER)


@pytest.mark.parametrize(
    "state",
    [MessageState.SENT, MessageState.UNCLEAR, MessageState.CLAIMED],
)
def test_nothing_on_a_day_is_told_twice(state: MessageState) -> None:
    assert due(DAY, REMINDER, [told(state=state, days_ago=60)], NOW, None) is None


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.SUPPRESSED])
def test_what_did_not_arrive_is_tried_again(state: MessageState) -> None:
    assert due(DAY, REMINDER, [told(state=state)], NOW, None) == Due(DAY, ANNA, Step.REMINDER)


def test_what_somebody_else_was_told_does_not_count() -> None:
    assert due(DAY, REMINDER, [told(to=KIRSTEN, step=Step.REMINDER)], NOW, None) is not None


def test_a_notice_told_within_a_reminder_was_told() -> None:
    assert due(A_NOTICE, ALONE, [told(step=Step.REMINDER, finding=A_NOTICE.id)], NOW, None) is None


def test_a_reminder_follows_a_notice_of_the_same_finding() -> None:
    assert due(DAY, REMINDER, [told(step=Step.NOTICE)], NOW, None) is not None


@pytest.mark.parametrize(("days_ago", "is_due"), [(0, False), (27, False), (28, True), (40, True)])
def test_a_standing_matter_is_told_again_after_28_days(days_ago: int, is_due: bool) -> None:
    tellings = [told(finding=PERIOD.id, days_ago=days_ago), told(finding=PERIOD.id, days_ago=80)]
    found = due(PERIOD, REMINDER, tellings, NOW, FOUR_WEEKS)
    assert found == (Due(PERIOD, ANNA, Step.REMINDER, round=2) if is_due else None)


def test_a_matter_that_is_told_once_is_not_told_again_after_years() -> None:
    assert due(PERIOD, REMINDER, [told(finding=PERIOD.id, days_ago=3000)], NOW, None) is None


@pytest.mark.parametrize("rung", [Rung(None, "the day has gone by"), Rung(Step.DIGEST)])
def test_what_has_no_step_or_goes_to_the_leader_is_not_due(rung: Rung) -> None:
    assert due(DAY, rung, [], NOW, None) is None


def test_a_team_s_finding_is_told_to_no_employee() -> None:
    assert due(replace(DAY, person=None), REMINDER, [], NOW, None) is None


def test_reminders_come_before_notices_and_early_days_before_late_ones() -> None:
    early = Due(finding(id="f4", dates=(TUESDAY,)), ANNA, Step.REMINDER)
    late, notice = Due(DAY, ANNA, Step.REMINDER), Due(A_NOTICE, ANNA, Step.NOTICE, alone=False)
    assert gather([notice, late, early], AT_WORK, MONDAY) == [early, late, notice]


@pytest.mark.parametrize(("alone", "count"), [(True, 1), (False, 0)])
def test_notices_go_by_themselves_only_when_one_of_them_is_near(alone: bool, count: int) -> None:
    assert len(gather([Due(A_NOTICE, ANNA, Step.NOTICE, alone)], AT_WORK, MONDAY)) == count


def test_a_notice_that_waits_does_not_go_with_one_that_is_near() -> None:
    near = Due(A_NOTICE, ANNA, Step.NOTICE)
    waiting = Due(finding(id="f5", dates=(FRIDAY + timedelta(days=7),)), ANNA, Step.NOTICE, alone=False)
    assert gather([waiting, near], AT_WORK, MONDAY) == [near]


@pytest.mark.parametrize(
    ("last_notice", "count"),
    [(None, 1), (date(2026, 2, 27), 1), (date(2026, 3, 1), 1), (MONDAY, 0), (date(2025, 3, 3), 1)],
)
def test_notices_alone_go_once_a_week(last_notice: date | None, count: int) -> None:
    recipient = replace(AT_WORK, last_notice=last_notice)
    assert len(gather([Due(A_NOTICE, ANNA, Step.NOTICE)], recipient, THURSDAY)) == count


def test_a_reminder_goes_whatever_notices_went_this_week() -> None:
    both = [Due(DAY, ANNA, Step.REMINDER), Due(A_NOTICE, ANNA, Step.NOTICE)]
    assert gather(both, replace(AT_WORK, last_notice=MONDAY), TUESDAY) == both


def test_a_message_is_a_reminder_when_anything_in_it_is_one() -> None:
    notice = Due(A_NOTICE, ANNA, Step.NOTICE)
    assert message(notice).step is Step.NOTICE
    assert message(Due(DAY, ANNA, Step.REMINDER), notice).step is Step.REMINDER


def test_a_message_s_id_depends_on_who_what_and_which_round_alone() -> None:
    one, two = Due(DAY, ANNA, Step.REMINDER), Due(PERIOD, ANNA, Step.REMINDER)
    other_text = group([two, one], replace(MESSAGE, title="En anden titel"))
    assert message(one, two).id == other_text.id
    others = [message(one), message(one, replace(two, round=1)), message(replace(one, recipient=BO))]
    assert len({message(one, two).id, *(other.id for other in others)}) == 4


@pytest.mark.parametrize(
    ("hour", "minute", "state", "reason"),
    [
        (6, 59, MessageState.HELD, "quiet-hours"),
        (7, 0, MessageState.PLANNED, None),
        (16, 59, MessageState.PLANNED, None),
        (17, 0, MessageState.HELD, "quiet-hours"),
    ],
)
def test_messages_go_from_seven_to_five(
    hour: int, minute: int, state: MessageState, reason: str | None
) -> None:
    muted = mute(message(), AT_WORK, NOON.replace(hour=hour, minute=minute))
    assert (muted.state, muted.reason) == (state, reason)


@pytest.mark.parametrize(
    ("recipient", "state", "reason"),
    [
        (replace(AT_WORK, on_leave_today=True), MessageState.HELD, "on-leave"),
        (replace(AT_WORK, working_today=False), MessageState.HELD, "not-a-working-day"),
        (replace(AT_WORK, team_silenced=True), MessageState.SUPPRESSED, "team-without-marks"),
        (
            replace(AT_WORK, team_silenced=True, on_leave_today=True),
            MessageState.SUPPRESSED,
            "team-without-marks",
        ),
    ],
)
def test_what_is_held_back_says_why(recipient: Recipient, state: MessageState, reason: str) -> None:
    muted = mute(message(), recipient, NOON)
    assert (muted.state, muted.reason) == (state, reason)


def test_a_held_message_keeps_its_id() -> None:
    assert mute(message(), replace(AT_WORK, on_leave_today=True), NOON).id == message().id


@pytest.mark.parametrize(
    ("before", "now", "silenced"),
    [
        ({"t": 12}, {}, {"t"}),
        ({"t": 12}, {"t": 0}, {"t"}),
        ({"t": 12}, {"t": 1}, set()),
        ({"t": 0}, {}, set()),
        ({}, {}, set()),
        ({"t": 3, "u": 2}, {"u": 2}, {"t"}),
    ],
)
def test_a_team_whose_marks_all_vanished_is_silenced(
    before: dict[str, int], now: dict[str, int], silenced: set[str]
) -> None:
    assert silenced_teams(before, now) == silenced
