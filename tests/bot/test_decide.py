"""The middle of a pass: what one run after another comes to for the same people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.decide import Decision, Known, decide, marks
from bot.model import Event, MessageState, Status, Step, TeamDay, Telling, Weekday, Window
from tests.bot.builders import (
    ANNA,
    BO,
    FRIDAY,
    MONDAY,
    PERSON,
    SATURDAY,
    TEAM,
    TUESDAY,
    WEDNESDAY,
    all_day,
    days_of,
    finding,
    policy,
    register,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
BO_LUND = replace(PERSON, id=BO, name="Bo Lund")
TUESDAYS_TOGETHER = replace(TEAM, team_days=(TeamDay(weekday=Weekday.TUESDAY),))
HOME = all_day("Hjemmearbejde", TUESDAY)
Calendars = Mapping[str, Iterable[Event]]


def run(calendars: Calendars, today: date = MONDAY, at: time = time(8), **fields: Any) -> Decision:
    """Decide on a pass of that day that could read these calendars and no others."""
    window = Window.around(today)
    known: dict[str, Any] = {
        "register": register([PERSON, BO_LUND], team=TUESDAYS_TOGETHER),
        "policy": policy(),
        "days": {person: days_of(*events, window=window) for person, events in calendars.items()},
        "previous": (),
        "tellings": (),
        "last_notices": {},
        "marked_before": {},
        "window": window,
        "now": datetime.combine(today, at, COPENHAGEN),
        "timezone": "Europe/Copenhagen",
        "language": "da",
    }
    return decide(Known(**known | fields))


def told_of(decision: Decision) -> tuple[Telling, ...]:
    """Return what the store would hold once the messages were sent."""
    return tuple(
        Telling(
            one,
            message.recipient,
            message.step,
            MessageState.SENT,
            datetime(2026, 3, 2, 8, tzinfo=COPENHAGEN),
        )
        for message in decision.messages
        for one in message.findings
    )


def statuses(decision: Decision) -> list[tuple[Status, Step | None]]:
    return [(placed.finding.status, placed.step) for placed in decision.findings]


def test_a_finding_is_told_once_and_resolved_when_the_mark_is_gone() -> None:
    monday = run({ANNA: [HOME]})
    assert statuses(monday) == [(Status.OPEN, Step.REMINDER)]
    assert [(one.recipient, one.state) for one in monday.messages] == [(ANNA, MessageState.PLANNED)]

    remembered = {"previous": [one.finding for one in monday.findings], "tellings": told_of(monday)}
    later = run({ANNA: [HOME]}, at=time(14), **remembered)
    assert statuses(later) == [(Status.OPEN, Step.REMINDER)]
    assert later.messages == ()

    mended = run({ANNA: []}, at=time(16), **remembered)
    assert statuses(mended) == [(Status.RESOLVED, None)]
    assert mended.findings[0].finding.id == monday.findings[0].finding.id
    assert mended.messages == ()


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


@pytest.mark.parametrize(("at", "state"), [(time(6, 59), MessageState.HELD), (time(7), MessageState.PLANNED)])
def test_quiet_hours_are_those_of_the_place(at: time, state: MessageState) -> None:
    (message,) = run({ANNA: [HOME]}, at=at).messages
    assert message.state is state


def test_nobody_is_written_to_on_leave() -> None:
    (message,) = run({ANNA: [HOME, all_day("Ferie", MONDAY)]}).messages
    assert (message.state, message.reason) == (MessageState.HELD, "on-leave")


def test_nobody_is_written_to_on_a_saturday() -> None:
    coming = all_day("Hjemmearbejde", date(2026, 3, 10))
    (message,) = run({ANNA: [coming]}, today=SATURDAY).messages
    assert (message.state, message.reason) == (MessageState.HELD, "not-a-working-day")


def test_a_held_message_is_planned_anew_with_the_same_id() -> None:
    (held,) = run({ANNA: [HOME]}, at=time(6)).messages
    (sent,) = run({ANNA: [HOME]}, at=time(8)).messages
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
