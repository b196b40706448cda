"""Who is told what now: never twice, all in one message, in working hours; each silence has its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.model import Audience, Message, MessageState, PlannedMessage, Scope, Step, Telling, Told
from bot.plan import Due, Recipient, due, gather, group, inhibit, mute, silenced_teams, suppress, weekly
from tests.bot.builders import ANNA, BO, FRIDAY, KIRSTEN, MONDAY, THURSDAY, TUESDAY, ZONE, finding

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
FOUR_WEEKS = timedelta(weeks=4)
NOON = datetime.combine(MONDAY, time(12))
TO_ANNA, LEADERS = (ANNA,), (KIRSTEN, BO)
AT_WORK = Recipient(working_today=True, on_leave_today=False)
MESSAGE = Message("da", "Titel", "Hej Anna", (), "", "", "")
DAY = finding()
PERIOD = finding(id="f2", rule="recurring-without-agreement", scope=Scope.PERIOD)
A_NOTICE = finding(id="f3", rule="weekday-not-agreed", audience=Audience.NOTICE, dates=(FRIDAY,))


def told(
    step: Step = Step.REMINDER, state: MessageState = MessageState.SENT, days_ago: float = 0, **kw: str
) -> Telling:
    return Telling(kw.get("finding", DAY.id), kw.get("to", ANNA), step, state, NOW - timedelta(days=days_ago))


def escalated(to: str, days_ago: float = 0, state: MessageState = MessageState.SENT) -> Telling:
    return told(Step.ESCALATION, state, days_ago, to=to)


def message(*waiting: Due) -> PlannedMessage:
    return group(ANNA, waiting or (Due(DAY, ANNA, Step.REMINDER),), MESSAGE)


def test_what_nobody_was_told_of_is_due() -> None:
    assert due(DAY, Step.REMINDER, TO_ANNA, [], NOW, None) == Due(DAY, ANNA, Step.REMINDER)


@pytest.mark.parametrize(
    "state",
    [MessageState.SENT, MessageState.UNCLEAR, MessageState.CLAIMED],
)
def test_nothing_on_a_day_is_told_twice(state: MessageState) -> None:
    assert due(DAY, Step.REMINDER, TO_ANNA, [told(state=state, days_ago=60)], NOW, None) is None


@pytest.mark.parametrize(
    ("state", "round_"),
    [(MessageState.FAILED, 0), (MessageState.UNDELIVERABLE, 0), (MessageState.SUPPRESSED, 1)],
)
def test_what_did_not_arrive_is_tried_again(state: MessageState, round_: int) -> None:
    found = due(DAY, Step.REMINDER, TO_ANNA, [told(state=state)], NOW, None)
    assert found == Due(DAY, ANNA, Step.REMINDER, round=round_)


def test_what_somebody_else_was_told_does_not_count() -> None:
    assert due(DAY, Step.REMINDER, TO_ANNA, [told(to=KIRSTEN, step=Step.REMINDER)], NOW, None) is not None


def test_a_notice_told_within_a_reminder_was_told() -> None:
    assert (
        due(A_NOTICE, Step.NOTICE, TO_ANNA, [told(step=Step.REMINDER, finding=A_NOTICE.id)], NOW, None)
        is None
    )


def test_a_reminder_follows_a_notice_of_the_same_finding() -> None:
    assert due(DAY, Step.REMINDER, TO_ANNA, [told(step=Step.NOTICE)], NOW, None) is not None


@pytest.mark.parametrize("step", [Step.NOTICE, Step.REMINDER, Step.DIGEST])
def test_what_was_told_at_another_step_may_be_escalated(step: Step) -> None:
    assert due(DAY, Step.ESCALATION, LEADERS, [told(step=step, to=KIRSTEN)], NOW, None) is not None


@pytest.mark.parametrize("recipients", [LEADERS, LEADERS[::-1]])
@pytest.mark.parametrize("told_to", LEADERS)
def test_what_leader_or_deputy_was_told_was_told_to_both(recipients: tuple[str, ...], told_to: str) -> None:
    assert due(DAY, Step.ESCALATION, recipients, [escalated(told_to)], NOW, None) is None
    failed = escalated(told_to, state=MessageState.FAILED)
    assert due(DAY, Step.ESCALATION, recipients, [failed], NOW, None) == Due(
        DAY, recipients[0], Step.ESCALATION
    )


def test_who_is_no_longer_leader_does_not_count() -> None:
    assert due(DAY, Step.ESCALATION, (KIRSTEN,), [escalated(BO)], NOW, None) is not None


@pytest.mark.parametrize(
    ("days_ago", "is_due"), [(0, False), (27, False), (27.3, False), (27.4, True), (28, True), (40, True)]
)
def test_a_standing_matter_is_told_again_after_28_days(days_ago: int, is_due: bool) -> None:
    """Days by the calendar: of two passes a day, the early one is as good as the late one was."""
    tellings = [told(finding=PERIOD.id, days_ago=days_ago), told(finding=PERIOD.id, days_ago=80)]
    found = due(PERIOD, Step.REMINDER, TO_ANNA, tellings, NOW, FOUR_WEEKS)
    assert found == (Due(PERIOD, ANNA, Step.REMINDER, round=2) if is_due else None)


def test_a_matter_that_is_told_once_is_not_told_again_after_years() -> None:
    assert due(PERIOD, Step.REMINDER, TO_ANNA, [told(finding=PERIOD.id, days_ago=3000)], NOW, None) is None


def test_28_days_are_counted_where_the_organisation_is() -> None:
    told_at = Telling(
        PERIOD.id, ANNA, Step.REMINDER, MessageState.SENT, datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    )
    sunday, monday = (datetime(2026, 4, day, 7, tzinfo=ZONE) for day in (5, 6))
    assert due(PERIOD, Step.REMINDER, TO_ANNA, [told_at], sunday, FOUR_WEEKS) is None
    assert due(PERIOD, Step.REMINDER, TO_ANNA, [told_at], monday, FOUR_WEEKS) is not None


def test_each_telling_and_each_that_was_withdrawn_uses_up_a_round() -> None:
    """A message that was withdrawn may have arrived all the same, so what comes next has an id of its own."""
    withdrawn = told(state=MessageState.SUPPRESSED, finding=PERIOD.id, days_ago=90)
    failed = told(state=MessageState.FAILED, finding=PERIOD.id)
    found = due(PERIOD, Step.REMINDER, TO_ANNA, [withdrawn, failed], NOW, FOUR_WEEKS)
    assert found == Due(PERIOD, ANNA, Step.REMINDER, round=1)
    sent = told(finding=PERIOD.id, days_ago=50)
    found = due(PERIOD, Step.REMINDER, TO_ANNA, [withdrawn, sent, failed], NOW, FOUR_WEEKS)
    assert found == Due(PERIOD, ANNA, Step.REMINDER, round=2)


REMINDED, AGAIN = Due(DAY, ANNA, Step.REMINDER), Due(DAY, ANNA, Step.REMINDER, round=1)
ESCALATED = Due(DAY, KIRSTEN, Step.ESCALATION)


@pytest.mark.parametrize(
    ("all_due", "left"),
    [
        pytest.param([AGAIN, ESCALATED], [ESCALATED], id="a repeated reminder"),
        pytest.param([ESCALATED, AGAIN], [ESCALATED], id="in any order"),
        pytest.param([REMINDED, ESCALATED], [REMINDED, ESCALATED], id="the first reminder"),
        pytest.param([AGAIN], [AGAIN], id="nobody else is told"),
        pytest.param(
            [AGAIN, replace(ESCALATED, finding=PERIOD)],
            [AGAIN, replace(ESCALATED, finding=PERIOD)],
            id="another matter",
        ),
        pytest.param(
            [AGAIN, replace(ESCALATED, step=Step.DIGEST)],
            [AGAIN, replace(ESCALATED, step=Step.DIGEST)],
            id="in the digest",
        ),
    ],
)
def test_a_reminder_is_not_repeated_while_the_leader_is_told(all_due: list[Due], left: list[Due]) -> None:
    assert inhibit(all_due) == left


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


@pytest.mark.parametrize("order", [1, -1])
def test_a_message_is_called_by_the_highest_step_in_it(order: int) -> None:
    steps = [Step.NOTICE, Step.REMINDER, Step.ESCALATION, Step.DIGEST]
    for highest in range(1, 5):
        waiting = [Due(DAY, ANNA, step) for step in steps[:highest]][::order]
        assert message(*waiting).step is steps[highest - 1]


def test_a_message_tells_each_finding_at_its_own_step() -> None:
    mixed = message(Due(A_NOTICE, ANNA, Step.NOTICE), Due(DAY, ANNA, Step.ESCALATION))
    assert mixed.tells == (Told(A_NOTICE.id, Step.NOTICE), Told(DAY.id, Step.ESCALATION))
    assert mixed.findings == (A_NOTICE.id, DAY.id)


def test_a_message_s_id_depends_on_who_what_and_which_round_alone() -> None:
    one, two = Due(DAY, ANNA, Step.REMINDER), Due(PERIOD, ANNA, Step.REMINDER)
    other_text = group(ANNA, [two, one], replace(MESSAGE, title="En anden titel"))
    assert message(one, two).id == other_text.id
    others = [
        message(one),
        message(one, replace(two, round=1)),
        message(one, replace(two, step=Step.NOTICE)),
        group(BO, [one, two], MESSAGE),
        weekly(ANNA, "2026-W10", [one, two], MESSAGE),
    ]
    assert len({message(one, two).id, *(other.id for other in others)}) == 6


def test_a_digest_s_id_depends_on_who_and_which_week_alone() -> None:
    topic = Due(PERIOD, KIRSTEN, Step.DIGEST)
    first = weekly(KIRSTEN, "2026-W10", [], MESSAGE)
    later = weekly(KIRSTEN, "2026-W10", [topic], replace(MESSAGE, title="En anden titel"))
    assert (first.id, first.week, first.step, first.tells) == (later.id, "2026-W10", Step.DIGEST, ())
    assert later.tells == (Told(PERIOD.id, Step.DIGEST),)
    others = [
        weekly(KIRSTEN, "2026-W11", [], MESSAGE),
        weekly(KIRSTEN, "2025-W10", [], MESSAGE),
        weekly(BO, "2026-W10", [], MESSAGE),
        weekly(KIRSTEN, "2026-W10", [], MESSAGE, repeat="2026-03-02T09:00:00+01:00"),
    ]
    assert len({first.id, *(other.id for other in others)}) == 5


def test_an_id_tells_nothing_of_whom_or_what() -> None:
    for one in (message(), weekly(KIRSTEN, "2026-W10", [], MESSAGE)):
        assert len(one.id) == 16
        assert set(one.id) <= set("0123456789abcdef")


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
        (Recipient(working_today=False, on_leave_today=True), MessageState.HELD, "on-leave"),
    ],
)
def test_what_is_held_back_says_why(recipient: Recipient, state: MessageState, reason: str) -> None:
    muted = mute(message(), recipient, NOON)
    assert (muted.state, muted.reason) == (state, reason)


def test_what_is_suppressed_says_why() -> None:
    found = suppress(message())
    assert (found.state, found.reason) == (MessageState.SUPPRESSED, "team-without-marks")
    assert found.id == message().id


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
