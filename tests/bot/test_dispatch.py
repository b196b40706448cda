"""To whom each matter goes: one message for everyone, the leader's digest, the deputy, teams left alone.

Tuesdays are team days. Kirsten leads Borgerservice and is an employee of Stab, which Ole leads; Jens is her
deputy and one of the team. Anna and Bo are in Borgerservice, Vera is in Vej.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.decide import Decision
from bot.dispatch import dispatch
from bot.known import DigestMode
from bot.ladder import Rung
from bot.model import (
    Agreement,
    Day,
    DayException,
    Equipment,
    Event,
    ExceptionKind,
    Kind,
    MessageState,
    Period,
    Person,
    Placement,
    PlannedMessage,
    Response,
    Section,
    Step,
    Team,
    TeamDay,
    Weekday,
)
from bot.recipients import Attendance
from tests.bot.builders import (
    ANNA,
    BO,
    FRIDAY,
    KIRSTEN,
    MONDAY,
    ORGANISATION,
    PERSON,
    TEAM,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    all_day,
    finding,
    policy,
    register,
    timed,
)
from tests.bot.passes import Calendars, Memory, at, known

JENS, OLE, VERA = "jens@proeve.example", "ole@proeve.example", "vera@proeve.example"
WEEK = timedelta(days=7)
NEXT_MONDAY, SUNDAY = MONDAY + WEEK, FRIDAY + timedelta(days=2)
AUTO, FORCE, SKIP = DigestMode.AUTO, DigestMode.FORCE, DigestMode.SKIP

TUESDAYS = (TeamDay(weekday=Weekday.TUESDAY),)
BORGERSERVICE = replace(TEAM, deputy=JENS, team_days=TUESDAYS)
STAB = Team("stab", "Stab", leader=OLE, team_days=TUESDAYS)
VEJ = Team("vej", "Vej", leader=OLE, team_days=TUESDAYS)
PEOPLE = (
    PERSON,
    Person(BO, "Bo Lund", TEAM.id),
    Person(JENS, "Jens Krogh", TEAM.id),
    Person(KIRSTEN, "Kirsten Dahl", STAB.id),
    Person(VERA, "Vera Lind", VEJ.id),
)
REGISTER = register(PEOPLE, teams=(BORGERSERVICE, STAB, VEJ))

# Of the region's policy: a team day is E, an APV that is missing E+L, too few on site L, a habit E for long.
RULES = policy(
    "team-day",
    "apv-missing",
    "understaffed-day",
    "recurring-without-agreement",
    "on-site-meeting",
    profile="region-sjaelland",
)
ON_DAYS = policy("team-day", "understaffed-day", "on-site-meeting", profile="region-sjaelland")
HABITS = policy("recurring-without-agreement", profile="region-sjaelland")
APVS = policy("apv-missing", profile="region-sjaelland")

HOME = all_day("Hjemme", TUESDAY)
HOME_ON_WEDNESDAY = all_day("Hjemme", WEDNESDAY)
AWAY = all_day("Ferie", MONDAY)
HABIT = tuple(all_day("Hjemme", THURSDAY + n * WEEK) for n in range(-4, 2))
NOBODY: dict[str, Sequence[Event]] = {one.id: () for one in PEOPLE}


def calendars(**entries: Sequence[Event]) -> Calendars:
    """Return everybody's calendar, empty but for these."""
    return NOBODY | {f"{name}@proeve.example": events for name, events in entries.items()}


def run(
    memory: Memory,
    read: Calendars,
    day: date = MONDAY,
    clock: str = "08:00",
    digest: DigestMode = SKIP,
    **fields: Any,
) -> Decision:
    usual: dict[str, Any] = {"register": REGISTER, "policy": ON_DAYS, "digest_mode": digest}
    return memory.run(read, day, clock, **usual | fields)


def to(decision: Decision, recipient: str) -> PlannedMessage:
    (message,) = (one for one in decision.messages if one.recipient == recipient)
    return message


def told(decision: Decision, recipient: str) -> list[tuple[Step, str, str | None]]:
    """Return what the one message to somebody tells: at which step, by which rule, of whom."""
    findings = {placed.finding.id: placed.finding for placed in decision.findings}
    return [
        (one.step, findings[one.finding].rule, findings[one.finding].person)
        for one in to(decision, recipient).tells
    ]


def recipients(decision: Decision) -> list[str]:
    return sorted(one.recipient for one in decision.messages)


def headings(message: PlannedMessage) -> list[str]:
    return [section.heading for section in message.message.sections]


def section(message: PlannedMessage, heading: str) -> Section:
    (found,) = (one for one in message.message.sections if heading in one.heading)
    return found


# --- employees ---------------------------------------------------------------------------------------


def test_each_person_is_told_of_everything_in_one_message() -> None:
    decision = run(Memory(), calendars(anna=[HOME, *HABIT], bo=[HOME]), policy=RULES)
    assert told(decision, ANNA) == [
        (Step.REMINDER, "apv-missing", ANNA),
        (Step.REMINDER, "recurring-without-agreement", ANNA),
        (Step.REMINDER, "team-day", ANNA),
    ]
    assert told(decision, BO) == [(Step.REMINDER, "apv-missing", BO), (Step.REMINDER, "team-day", BO)]
    assert recipients(decision) == [ANNA, BO]


def test_no_employee_is_told_of_what_concerns_the_team() -> None:
    thin = register(PEOPLE, teams=(replace(BORGERSERVICE, team_days=(), min_on_site=3), STAB, VEJ))
    decision = run(Memory(), calendars(anna=[HOME], bo=[HOME]), register=thin)
    assert [placed.finding.person for placed in decision.findings] == [None]
    assert decision.messages == ()


def test_nobody_is_told_of_an_employee_s_matter_before_the_employee() -> None:
    decision = run(Memory(), calendars(anna=[HOME, *HABIT]), MONDAY, "12:00", AUTO, policy=RULES)
    assert told(decision, KIRSTEN) == []
    assert len(told(decision, ANNA)) == 3


# --- one message for a leader who is an employee, too ----------------------------------------------------


def test_a_leader_hears_of_everything_in_one_message() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME], bo=[HOME]), policy=RULES)
    noon = run(memory, calendars(anna=[HOME], bo=[HOME], kirsten=[HOME]), MONDAY, "12:00", AUTO, policy=RULES)
    assert told(noon, KIRSTEN) == [
        (Step.REMINDER, "apv-missing", KIRSTEN),
        (Step.REMINDER, "team-day", KIRSTEN),
        (Step.ESCALATION, "team-day", ANNA),
        (Step.ESCALATION, "team-day", BO),
        (Step.DIGEST, "apv-missing", ANNA),
        (Step.DIGEST, "apv-missing", BO),
    ]
    message = to(noon, KIRSTEN)
    assert (message.step, message.week) == (Step.DIGEST, "2026-W10")
    assert len(message.message.items) == 2
    assert "Hvem er hvor" in headings(message)
    assert recipients(noon) == [KIRSTEN, OLE]


def test_without_a_digest_a_leader_s_message_is_an_escalation() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME]))
    noon = run(memory, calendars(anna=[HOME], kirsten=[HOME]), clock="12:00")
    message = to(noon, KIRSTEN)
    assert [step for step, *_ in told(noon, KIRSTEN)] == [Step.REMINDER, Step.ESCALATION]
    assert (message.step, message.week) == (Step.ESCALATION, None)


def test_matters_of_several_people_go_to_their_leader_together() -> None:
    memory, read = Memory(), calendars(anna=[HOME], bo=[HOME], vera=[HOME], kirsten=[HOME])
    run(memory, read)
    noon = run(memory, read, clock="12:00")
    assert [person for _, _, person in told(noon, KIRSTEN)] == [ANNA, BO]
    assert [person for _, _, person in told(noon, OLE)] == [KIRSTEN, VERA]
    assert recipients(noon) == [KIRSTEN, OLE]


# --- the deputy ----------------------------------------------------------------------------------------


def test_the_deputy_hears_while_the_leader_is_on_leave_and_the_leader_not_again() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME], kirsten=[AWAY]))
    noon = run(memory, calendars(anna=[HOME], kirsten=[AWAY]), clock="12:00")
    assert told(noon, JENS) == [(Step.ESCALATION, "team-day", ANNA)]
    assert to(noon, JENS).state is MessageState.PLANNED
    back = run(memory, calendars(anna=[HOME], kirsten=[AWAY]), TUESDAY, "07:00")
    assert back.messages == ()


def test_what_did_not_reach_the_deputy_goes_to_the_leader_who_is_back() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME], kirsten=[AWAY]))
    failed = run(
        memory,
        calendars(anna=[HOME], kirsten=[AWAY]),
        clock="12:00",
        outcomes=lambda _: MessageState.FAILED,
    )
    assert recipients(failed) == [JENS]
    back = run(memory, calendars(anna=[HOME], kirsten=[AWAY]), TUESDAY, "07:00")
    assert recipients(back) == [KIRSTEN]


def test_it_waits_while_leader_and_deputy_are_both_on_leave() -> None:
    memory = Memory()
    read = calendars(anna=[HOME], kirsten=[AWAY], jens=[AWAY])
    run(memory, read)
    noon = run(memory, read, clock="12:00")
    assert [(one.recipient, one.state, one.reason) for one in noon.messages] == [
        (KIRSTEN, MessageState.HELD, "on-leave")
    ]
    assert recipients(run(memory, read, TUESDAY, "07:00")) == [KIRSTEN]


def test_a_leader_who_is_not_under_people_has_leave_too() -> None:
    memory, read = Memory(), calendars(vera=[HOME])
    without = register(PEOPLE, teams=(BORGERSERVICE, STAB, replace(VEJ, deputy=BO)))
    ole_is_away = {OLE: Day(MONDAY, scheduled=True, kind=Kind.ABSENT, absent=1.0)}
    run(memory, read, register=without)
    noon = run(memory, read, clock="12:00", register=without, leaders=ole_is_away)
    assert recipients(noon) == [BO]


def test_a_leader_s_own_matters_go_to_nobody() -> None:
    own_team = register(PEOPLE, teams=(BORGERSERVICE, replace(STAB, leader=KIRSTEN, deputy=BO), VEJ))
    memory, read = Memory(), calendars(kirsten=[HOME, *HABIT])
    for day in (MONDAY, TUESDAY, WEDNESDAY, NEXT_MONDAY, NEXT_MONDAY + WEEK):
        decision = run(memory, read, day, "12:00", AUTO, register=own_team, policy=RULES)
        for message in decision.messages:
            if message.recipient != KIRSTEN:
                assert not message.tells
    steps = {one.step for kept in memory.messages.values() for one in kept.message.tells}
    assert steps == {Step.REMINDER}


def test_what_a_leader_is_to_put_right_about_the_own_agreement_is_in_the_digest() -> None:
    hers = Agreement(
        KIRSTEN,
        Period(date(2026, 1, 5)),
        signed_by_employee_on=date(2026, 1, 5),
        signed_by_leader_on=date(2026, 1, 5),
    )
    own_team = register(PEOPLE, teams=(BORGERSERVICE, replace(STAB, leader=KIRSTEN), VEJ), agreements=(hers,))
    not_filed = policy("agreement-not-filed")
    digest = run(Memory(), calendars(), digest=AUTO, register=own_team, policy=not_filed)
    assert told(digest, KIRSTEN) == [(Step.DIGEST, "agreement-not-filed", KIRSTEN)]


def test_a_deputy_s_own_matter_waits_for_the_leader() -> None:
    memory, read = Memory(), calendars(jens=[HOME], kirsten=[AWAY])
    assert recipients(run(memory, read)) == [JENS]
    noon = run(memory, read, clock="12:00")
    assert [(one.recipient, one.state) for one in noon.messages] == [(KIRSTEN, MessageState.HELD)]
    assert recipients(run(memory, read, TUESDAY)) == [KIRSTEN]


def test_a_digest_is_the_leader_s_alone() -> None:
    decision = run(Memory(), calendars(kirsten=[AWAY]), digest=AUTO)
    assert recipients(decision) == [KIRSTEN, OLE]
    assert to(decision, KIRSTEN).state is MessageState.HELD


# --- the digest ----------------------------------------------------------------------------------------


def test_a_leader_of_several_teams_gets_one_digest_with_a_part_for_each() -> None:
    message = to(run(Memory(), calendars(), digest=AUTO), OLE)
    assert [heading for heading in headings(message) if ":" not in heading] == ["Stab", "Vej"]


def test_teams_without_people_have_no_part_and_their_leaders_no_digest() -> None:
    empty = Team("havn", "Havn", leader=OLE), Team("kyst", "Kyst", leader="bente@proeve.example")
    decision = run(
        Memory(),
        calendars(),
        digest=AUTO,
        register=register(PEOPLE, teams=(*REGISTER.teams.values(), *empty)),
    )
    assert recipients(decision) == [KIRSTEN, OLE]
    assert not [heading for heading in headings(to(decision, OLE)) if "Havn" in heading]


def test_a_digest_goes_also_when_there_is_nothing_to_report() -> None:
    message = to(run(Memory(), calendars(), digest=AUTO), KIRSTEN)
    assert (message.state, message.tells, message.message.items) == (MessageState.PLANNED, (), ())


def digests(memory: Memory, *passes: tuple[date, str, DigestMode]) -> list[list[str]]:
    """Return who got a digest in each pass."""
    return [
        [one.recipient for one in run(memory, calendars(), day, clock, mode).messages]
        for day, clock, mode in passes
    ]


def test_a_digest_goes_once_a_week() -> None:
    passes = [
        (MONDAY, "08:00", AUTO),
        (MONDAY, "09:00", AUTO),
        (FRIDAY, "08:00", AUTO),
        (NEXT_MONDAY, "08:00", AUTO),
    ]
    assert digests(Memory(), *passes) == [[KIRSTEN, OLE], [], [], [KIRSTEN, OLE]]


def test_a_digest_that_was_skipped_goes_with_a_later_pass_of_the_week() -> None:
    passes = [(MONDAY, "08:00", SKIP), (FRIDAY, "16:59", AUTO)]
    assert digests(Memory(), *passes) == [[], [KIRSTEN, OLE]]


def test_a_week_wholly_gone_by_has_no_digest_any_more() -> None:
    memory = Memory()
    assert digests(memory, (MONDAY, "08:00", SKIP), (NEXT_MONDAY, "08:00", AUTO)) == [[], [KIRSTEN, OLE]]
    assert {kept.message.week for kept in memory.messages.values()} == {"2026-W11"}


def test_a_digest_asked_for_by_hand_goes_each_time() -> None:
    memory = Memory()
    passes = [(MONDAY, "08:00", AUTO), (MONDAY, "09:00", FORCE), (MONDAY, "10:00", FORCE)]
    assert digests(memory, *passes, (MONDAY, "11:00", AUTO)) == [[KIRSTEN, OLE]] * 3 + [[]]
    assert len(memory.attempts) == len(memory.messages) == 6


def test_one_asked_for_by_hand_is_the_week_s_when_there_was_none() -> None:
    by_hand, by_itself = (to(run(Memory(), calendars(), digest=mode), KIRSTEN) for mode in (FORCE, AUTO))
    assert by_hand.id == by_itself.id
    assert digests(Memory(), (MONDAY, "08:00", FORCE), (TUESDAY, "08:00", AUTO)) == [[KIRSTEN, OLE], []]


@pytest.mark.parametrize(
    ("state", "again"),
    [
        (MessageState.SENT, False),
        (MessageState.UNCLEAR, False),
        (MessageState.FAILED, True),
        (MessageState.UNDELIVERABLE, True),
    ],
)
def test_a_digest_that_did_not_arrive_goes_again(state: MessageState, again: bool) -> None:
    memory = Memory()
    first = run(memory, calendars(), digest=AUTO, outcomes=lambda _: state)
    later = run(memory, calendars(), clock="09:00", digest=AUTO)
    assert [one.id for one in later.messages] == ([one.id for one in first.messages] if again else [])


def test_a_digest_held_on_leave_goes_when_the_leader_is_back() -> None:
    memory, read = Memory(), calendars(kirsten=[AWAY])
    assert run(memory, read, MONDAY, "06:59", AUTO).messages == ()
    morning = run(memory, read, MONDAY, "07:00", AUTO)
    assert {one.recipient: (one.state, one.reason) for one in morning.messages} == {
        KIRSTEN: (MessageState.HELD, "on-leave"),
        OLE: (MessageState.PLANNED, None),
    }
    back = run(memory, read, TUESDAY, "07:00", AUTO)
    assert [(one.recipient, one.state) for one in back.messages] == [(KIRSTEN, MessageState.PLANNED)]


def test_a_digest_not_sent_by_five_waits_for_the_morning() -> None:
    memory = Memory()
    evening = run(memory, calendars(), MONDAY, "17:00", AUTO)
    assert {one.reason for one in evening.messages} == {"quiet-hours"}
    assert recipients(run(memory, calendars(), TUESDAY, "07:00", AUTO)) == [KIRSTEN, OLE]


def test_a_leader_on_leave_all_week_gets_no_digest_of_that_week() -> None:
    memory, read = Memory(), calendars(kirsten=[all_day("Ferie", MONDAY, days=5)])
    for day in (MONDAY, WEDNESDAY, FRIDAY):
        assert to(run(memory, read, day, digest=AUTO), KIRSTEN).state is MessageState.HELD
    back = to(run(memory, read, NEXT_MONDAY, digest=AUTO), KIRSTEN)
    assert (back.state, back.week) == (MessageState.PLANNED, "2026-W11")


@pytest.mark.parametrize(
    ("closing_days", "first"),
    [((), "2026-04-07"), ((date(2026, 4, 7), date(2026, 4, 8)), "2026-04-09")],
    ids=["Easter Monday", "and two closing days"],
)
def test_the_digest_goes_from_seven_on_the_week_s_first_working_day(
    closing_days: tuple[date, ...], first: str
) -> None:
    closed = replace(REGISTER, organisation=replace(ORGANISATION, closing_days=frozenset(closing_days)))
    memory, day = Memory(), date(2026, 4, 6)
    while day < date.fromisoformat(first):
        assert run(memory, calendars(), day, "12:00", AUTO, register=closed).messages == ()
        day += timedelta(days=1)
    assert run(memory, calendars(), day, "06:59", AUTO, register=closed).messages == ()
    morning = run(memory, calendars(), day, "07:00", AUTO, register=closed)
    assert {one.state for one in morning.messages} == {MessageState.PLANNED}


def test_a_week_of_closing_days_has_no_digest() -> None:
    week = frozenset(MONDAY + timedelta(days=n) for n in range(5))
    closed = replace(REGISTER, organisation=replace(ORGANISATION, closing_days=week))
    for day in (MONDAY, WEDNESDAY, FRIDAY, SUNDAY):
        assert run(Memory(), calendars(), day, digest=AUTO, register=closed).messages == ()


def test_a_digest_keeps_its_id_while_what_it_tells_changes() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME], bo=[HOME]), FRIDAY - WEEK, policy=APVS)
    failing: dict[str, Any] = {"digest": AUTO, "policy": APVS, "outcomes": lambda _: MessageState.FAILED}
    first = run(memory, calendars(anna=[HOME]), **failing)
    second = run(memory, calendars(anna=[HOME], bo=[HOME]), clock="09:00", **failing)
    last = run(memory, calendars(bo=[HOME_ON_WEDNESDAY]), TUESDAY, digest=AUTO, policy=APVS)
    assert to(first, KIRSTEN).id == to(second, KIRSTEN).id == to(last, KIRSTEN).id
    assert [[person for _, _, person in told(one, KIRSTEN)] for one in (first, second, last)] == [
        [ANNA],
        [ANNA, BO],
        [BO],
    ]


STANDING = "Stadig åbent"


def test_a_topic_is_told_once_then_stands_and_comes_back_after_28_days() -> None:
    memory = Memory()
    read = calendars(anna=[all_day("Hjemme", MONDAY, days=60)], bo=[all_day("Hjemme", TUESDAY, days=60)])
    run(memory, read, FRIDAY - WEEK, policy=APVS)
    days = [*(MONDAY + n * WEEK for n in range(5)), date(2026, 4, 7)]
    weeks = [run(memory, read, day, digest=AUTO, policy=APVS) for day in days]
    assert [len(told(one, KIRSTEN)) for one in weeks] == [2, 0, 0, 0, 2, 0]
    said = [[name for name in headings(to(one, KIRSTEN)) if STANDING in name] for one in weeks]
    assert [bool(one) for one in said] == [False, True, True, True, False, True]


def test_what_the_leader_heard_as_an_escalation_stands_in_the_digest() -> None:
    memory, read = Memory(), calendars(anna=HABIT)
    run(memory, read, policy=HABITS)
    later = run(memory, read, NEXT_MONDAY, policy=HABITS)
    assert told(later, KIRSTEN) == [(Step.ESCALATION, "recurring-without-agreement", ANNA)]
    digest = run(memory, read, NEXT_MONDAY, "09:00", AUTO, policy=HABITS)
    assert told(digest, KIRSTEN) == []
    assert "Anna" in section(to(digest, KIRSTEN), STANDING).lines[0]


def test_what_only_the_employee_has_heard_does_not_stand_in_the_digest() -> None:
    memory, read = Memory(), calendars(anna=HABIT)
    run(memory, read, policy=HABITS)
    digest = to(run(memory, read, TUESDAY, digest=AUTO, policy=HABITS), KIRSTEN)
    assert not [name for name in headings(digest) if STANDING in name]


@pytest.mark.parametrize("allowed", [False, True])
def test_what_the_leader_has_allowed_since_does_not_stand(allowed: bool) -> None:
    memory, read = Memory(), calendars(anna=[HOME])
    run(memory, read)
    assert recipients(run(memory, read, clock="12:00")) == [KIRSTEN]
    approved = DayException(ANNA, TUESDAY, ExceptionKind.APPROVED, by=KIRSTEN)
    fields: dict[str, Any] = {"register": replace(REGISTER, exceptions=(approved,) if allowed else ())}
    digest = to(run(memory, read, TUESDAY, digest=AUTO, **fields), KIRSTEN)
    assert any(STANDING in name for name in headings(digest)) is not allowed


def test_what_is_told_now_does_not_stand_as_well() -> None:
    memory, read = Memory(), calendars(anna=HABIT)
    run(memory, read, policy=HABITS)
    both = run(memory, read, NEXT_MONDAY, digest=AUTO, policy=HABITS)
    assert told(both, KIRSTEN) == [(Step.ESCALATION, "recurring-without-agreement", ANNA)]
    assert not [name for name in headings(to(both, KIRSTEN)) if STANDING in name]


def test_what_was_put_right_stands_no_longer() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME], bo=[HOME]), FRIDAY - WEEK, policy=APVS)
    run(memory, calendars(anna=[HOME], bo=[HOME]), digest=AUTO, policy=APVS)
    later = run(memory, calendars(bo=[HOME]), NEXT_MONDAY, digest=AUTO, policy=APVS)
    assert "Anna" not in section(to(later, KIRSTEN), STANDING).lines[0]
    assert "Bo" in section(to(later, KIRSTEN), STANDING).lines[0]


def test_a_day_gone_by_is_a_fact_of_the_digest_if_its_person_knew_and_told_once() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME]))
    read = calendars(anna=[HOME], bo=[HOME])
    fact = run(memory, read, WEDNESDAY, digest=AUTO)
    assert told(fact, KIRSTEN) == [(Step.DIGEST, "team-day", ANNA)]
    again = run(memory, read, NEXT_MONDAY, digest=AUTO)
    assert told(again, KIRSTEN) == []
    assert not [name for name in headings(to(again, KIRSTEN)) if STANDING in name]


def test_a_skipped_digest_tells_nothing() -> None:
    memory = Memory()
    run(memory, calendars(anna=[HOME]), FRIDAY - WEEK, policy=APVS)
    assert run(memory, calendars(anna=[HOME]), policy=APVS).messages == ()
    assert told(run(memory, calendars(anna=[HOME]), digest=AUTO, policy=APVS), KIRSTEN)


def test_one_asked_for_by_hand_tells_no_topic_twice() -> None:
    memory, read = Memory(), calendars(anna=[HOME])
    run(memory, read, FRIDAY - WEEK, policy=APVS)
    run(memory, read, digest=AUTO, policy=APVS)
    by_hand = run(memory, read, clock="09:00", digest=FORCE, policy=APVS)
    assert told(by_hand, KIRSTEN) == []
    assert section(to(by_hand, KIRSTEN), STANDING)


# --- repeated, and inhibited ------------------------------------------------------------------------------


def test_a_standing_matter_is_told_again_after_28_days_and_a_day_s_never() -> None:
    memory, read = Memory(), calendars(anna=[all_day("Hjemme", MONDAY, days=60)], bo=[HOME])
    run(memory, read, policy=APVS)
    told_on = [
        day
        for day in (MONDAY + timedelta(days=n) for n in range(1, 60))
        if run(memory, read, day, policy=APVS).messages
    ]
    assert told_on == [MONDAY + 4 * WEEK, MONDAY + 8 * WEEK]


def test_the_reminder_is_not_repeated_in_the_pass_that_tells_the_leader() -> None:
    """The leader was away for as long as it took the reminder to fall due again."""
    no_deputy = register(PEOPLE, teams=(replace(BORGERSERVICE, deputy=None), STAB, VEJ))
    habit = [all_day("Hjemme", THURSDAY + n * WEEK) for n in range(-4, 8)]
    memory, read = Memory(), calendars(anna=habit, kirsten=[all_day("Ferie", MONDAY, days=28)])
    fields: dict[str, Any] = {"register": no_deputy, "policy": HABITS}
    assert recipients(run(memory, read, **fields)) == [ANNA]
    waiting = run(memory, read, MONDAY + 3 * WEEK, **fields)
    assert [(one.recipient, one.state) for one in waiting.messages] == [(KIRSTEN, MessageState.HELD)]
    back = run(memory, read, MONDAY + 4 * WEEK, **fields)
    assert recipients(back) == [KIRSTEN]


# --- notices ----------------------------------------------------------------------------------------------


def meeting(day: date) -> Event:
    """Return an accepted meeting at the town hall, on a day at home: a notice, and nothing more."""
    accepted = {"own": False, "response": Response.ACCEPTED, "organizer": OLE, "attendees": (ANNA,)}
    return timed("Møde", day, "13:00", "14:00", locations=("Rådhuset",), **accepted)


def test_notices_never_reach_a_leader() -> None:
    memory = Memory()
    read = calendars(anna=[all_day("Hjemme", WEDNESDAY), meeting(WEDNESDAY)])
    for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, NEXT_MONDAY):
        for clock in ("08:00", "12:00"):
            run(memory, read, day, clock, AUTO)
    kept = [one.message for one in memory.messages.values()]
    assert {(message.recipient, one.step) for message in kept for one in message.tells} == {
        (ANNA, Step.NOTICE)
    }


def test_a_notice_goes_within_a_leader_s_own_reminder_and_not_because_of_a_digest() -> None:
    wednesday_after = WEDNESDAY + WEEK
    far = [all_day("Hjemme", wednesday_after), meeting(wednesday_after)]
    alone = run(Memory(), calendars(kirsten=far), digest=AUTO)
    assert told(alone, KIRSTEN) == []
    (waiting,) = alone.findings
    assert waiting.reason == "a notice: waits for another message, or for the day"
    together = run(Memory(), calendars(kirsten=[HOME, *far]), digest=AUTO)
    assert [step for step, *_ in told(together, KIRSTEN)] == [Step.REMINDER, Step.NOTICE]


# --- teams whose marks have all vanished ------------------------------------------------------------------


LEAVING = replace(PERSON, employment_ends_on=date(2026, 3, 13))
FRIDAYS_AT_HOME = Agreement(
    ANNA,
    Period(date(2026, 1, 5)),
    placement=Placement(frozenset({Weekday.FRIDAY})),
    equipment=(Equipment("en skærm"),),
    signed_by_employee_on=date(2026, 1, 5),
    signed_by_leader_on=date(2026, 1, 5),
)
ASKS_FOR_MARKS = replace(BORGERSERVICE, values={"agreed-day-not-marked.on": True})
OF_AGREEMENTS = register(
    (LEAVING, *PEOPLE[1:]), teams=(ASKS_FOR_MARKS, STAB, VEJ), agreements=(FRIDAYS_AT_HOME,)
)
# Of Nyborg's policy, all of it on what is in the register or missing in the calendar: E+L, L and N.
NO_MARK_NEEDED = ("equipment-return-due", "agreement-not-filed", "agreed-day-not-marked")


def marks_vanish(digest: DigestMode = SKIP, *rules: str) -> Decision:
    """Return a pass that finds no mark in Borgerservice, where there were some before."""
    memory = Memory(marks={ANNA: 3, BO: 1})
    found = policy(*rules or NO_MARK_NEEDED)
    return run(memory, calendars(), digest=digest, register=OF_AGREEMENTS, policy=found)


def test_what_is_for_a_silenced_team_is_kept_back_and_says_so() -> None:
    silent = marks_vanish()
    assert silent.silenced == {TEAM.id}
    assert [(one.recipient, one.state, one.reason) for one in silent.messages] == [
        (ANNA, MessageState.SUPPRESSED, "team-without-marks")
    ]
    assert told(silent, ANNA) == [
        (Step.REMINDER, "equipment-return-due", ANNA),
        *[(Step.NOTICE, "agreed-day-not-marked", ANNA)] * 2,
    ]


def test_notices_of_a_silenced_team_that_would_have_waited_are_not_kept_back_but_wait() -> None:
    silent = marks_vanish(SKIP, "agreed-day-not-marked")
    assert silent.messages == ()
    assert {placed.reason for placed in silent.findings} == {
        "a notice: waits for another message, or for the day"
    }


def test_the_digest_says_that_a_team_is_left_alone_and_has_no_topics_of_it() -> None:
    silent = marks_vanish(AUTO)
    message = to(silent, KIRSTEN)
    assert (message.state, message.tells) == (MessageState.PLANNED, ())
    assert "IT" in " ".join(line for part in message.message.sections for line in part.lines)
    assert not [item for part in message.message.sections for item in part.items]


def test_what_was_told_before_of_a_silenced_team_does_not_stand_in_the_digest() -> None:
    memory = Memory()
    fields: dict[str, Any] = {"register": OF_AGREEMENTS, "policy": policy(*NO_MARK_NEEDED), "digest": AUTO}
    assert told(run(memory, calendars(anna=[HOME]), **fields), KIRSTEN)
    silent = to(run(memory, calendars(), NEXT_MONDAY, **fields), KIRSTEN)
    assert not [name for name in headings(silent) if STANDING in name]
    back = to(
        run(memory, calendars(anna=[all_day("Hjemme", NEXT_MONDAY)]), NEXT_MONDAY + WEEK, **fields), KIRSTEN
    )
    assert [name for name in headings(back) if STANDING in name]


def test_who_is_of_a_silenced_team_and_leads_another_gets_that_one_s_digest() -> None:
    jens = Person(JENS, "Jens Krogh", TEAM.id, employment_ends_on=date(2026, 3, 13))
    leads_vej = register(
        (jens, *PEOPLE[4:]),
        teams=(BORGERSERVICE, replace(VEJ, leader=JENS)),
        agreements=(replace(FRIDAYS_AT_HOME, person=JENS),),
    )
    silent = run(
        Memory(marks={JENS: 1}),
        {JENS: [], VERA: [HOME]},
        digest=AUTO,
        register=leads_vej,
        policy=policy("team-day", "equipment-return-due"),
    )
    assert [(one.step, one.state) for one in silent.messages if one.recipient == JENS] == [
        (Step.DIGEST, MessageState.PLANNED),
        (Step.REMINDER, MessageState.SUPPRESSED),
    ]
    assert to(silent, VERA).state is MessageState.PLANNED


def test_what_a_leader_would_hear_of_a_silenced_team_is_kept_back_and_of_others_not() -> None:
    of_borgerservice, of_stab = finding(id="f1"), finding(id="f2", person=KIRSTEN, team=STAB.id)
    both = Rung(Step.REMINDER, Step.ESCALATION)
    read = known(calendars(), at(MONDAY, "12:00"), register=REGISTER)
    attendance = Attendance(REGISTER, {}, {}, MONDAY)
    messages = dispatch(
        read, [(of_borgerservice, both), (of_stab, both)], {}, attendance, frozenset({TEAM.id})
    )
    assert {(one.recipient, one.findings, one.state) for one in messages} == {
        (KIRSTEN, ("f2",), MessageState.PLANNED),
        (OLE, ("f2",), MessageState.PLANNED),
        (ANNA, ("f1",), MessageState.SUPPRESSED),
        (KIRSTEN, ("f1",), MessageState.SUPPRESSED),
    }
