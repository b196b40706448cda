"""Cards that were sent and no longer show how things stand.

Tuesdays and Thursdays are team days; Bo has marks of his own, so that Anna's are not the team's last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.corrections import CardUpdate, corrections
from bot.decide import Decision
from bot.known import DigestMode
from bot.model import (
    Agreement,
    Audience,
    DayException,
    Event,
    ExceptionKind,
    ExtraordinaryPeriod,
    MessageState,
    Period,
    Person,
    Placement,
    Receipt,
    Scope,
    SentCard,
    Status,
    Step,
    TeamDay,
    Told,
    Weekday,
)
from tests.bot.builders import (
    ANNA,
    BO,
    FRIDAY,
    KIRSTEN,
    MONDAY,
    PERSON,
    TEAM,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    all_day,
    finding,
    policy,
    register,
)
from tests.bot.passes import Memory, at, known

WEEK = timedelta(days=7)
TEAM_DAYS = replace(
    TEAM, team_days=tuple(TeamDay(weekday=one) for one in (Weekday.TUESDAY, Weekday.THURSDAY))
)
PEOPLE = (PERSON, Person(BO, "Bo Lund", TEAM.id))
REGISTER = register(PEOPLE, team=TEAM_DAYS)
HOME, HOME_ON_THURSDAY = all_day("Hjemme", TUESDAY), all_day("Hjemme", THURSDAY)
BOS = [all_day("Hjemme", FRIDAY + n * WEEK) for n in range(7)]


def run(memory: Memory, *annas: Event, day: date = MONDAY, clock: str = "08:00", **fields: Any) -> Decision:
    """Make a pass that could read Anna's calendar, and Bo's."""
    usual: dict[str, Any] = {"register": REGISTER, "policy": policy("team-day")}
    return memory.run({ANNA: annas, BO: BOS}, day, clock, **usual | fields)


def reminded(*annas: Event) -> Memory:
    """Return the memory of a pass that has reminded Anna."""
    memory = Memory()
    run(memory, *annas)
    assert [kept.message.recipient for kept in memory.messages.values()] == [ANNA]
    return memory


def settled(updates: Sequence[CardUpdate]) -> list[tuple[str, list[bool]]]:
    """Return whose cards change, and which of their matters are settled then."""
    return [(one.card.recipient, [item.settled for item in one.message.items]) for one in updates]


def approved(day: date) -> DayException:
    return DayException(ANNA, day, ExceptionKind.APPROVED, by=KIRSTEN)


def test_a_card_says_that_a_matter_is_in_place_when_the_mark_is_gone_and_says_so_once() -> None:
    memory = reminded(HOME)
    (update,) = run(memory, clock="09:00").updates
    assert settled([update]) == [(ANNA, [True])]
    assert (update.message.language, update.message.greeting) == ("da", "Hej Anna")
    assert update.settled == {update.card.tells[0].finding}
    assert run(memory, clock="10:00").updates == ()


def test_a_card_that_could_not_be_changed_is_tried_again() -> None:
    memory = reminded(HOME)
    before = dict(memory.messages)
    assert settled(run(memory, clock="09:00").updates) == [(ANNA, [True])]
    memory.messages = before
    assert settled(run(memory, clock="10:00").updates) == [(ANNA, [True])]


def test_what_the_leader_has_allowed_is_in_place() -> None:
    memory = reminded(HOME)
    allowed = replace(REGISTER, exceptions=(approved(TUESDAY),))
    decision = run(memory, HOME, clock="09:00", register=allowed)
    assert [placed.finding.status for placed in decision.findings] == [Status.EXCUSED]
    assert settled(decision.updates) == [(ANNA, [True])]


def test_what_the_leader_has_allowed_afterwards_is_in_place_too() -> None:
    memory = reminded(HOME)
    allowed = replace(REGISTER, exceptions=(approved(TUESDAY),))
    assert settled(run(memory, HOME, day=THURSDAY, register=allowed).updates) == [(ANNA, [True])]


def test_what_comes_back_is_open_again_on_the_card_and_not_told_anew() -> None:
    memory = reminded(HOME)
    run(memory, clock="09:00")
    back = run(memory, HOME, clock="10:00")
    assert settled(back.updates) == [(ANNA, [False])]
    assert back.messages == ()
    assert run(memory, HOME, clock="11:00").updates == ()
    assert settled(run(memory, clock="11:30").updates) == [(ANNA, [True])]


def test_what_is_in_place_stands_first_and_what_is_open_after_it() -> None:
    memory = reminded(HOME, HOME_ON_THURSDAY)
    (update,) = run(memory, HOME, clock="09:00").updates
    first, second = update.message.items
    assert (first.settled, second.settled) == (True, False)
    assert not first.advice
    assert "5. marts" in first.heading
    assert "3. marts" in second.heading


def test_nothing_changes_on_a_card_whose_matter_is_as_it_was() -> None:
    memory = reminded(HOME)
    for day in range(36):
        assert run(memory, HOME, day=MONDAY + timedelta(days=day)).updates == ()


@pytest.mark.parametrize("days", [1, 6, 7, 8, 9, 30])
def test_a_mark_taken_away_after_the_day_puts_nothing_right(days: int) -> None:
    memory = reminded(HOME)
    assert run(memory, day=TUESDAY + timedelta(days=days)).updates == ()


def test_a_mark_taken_away_on_the_day_itself_puts_it_right() -> None:
    memory = reminded(HOME)
    assert settled(run(memory, day=TUESDAY).updates) == [(ANNA, [True])]


def test_what_was_put_right_stays_so_when_its_day_has_gone_by() -> None:
    memory = reminded(HOME)
    assert run(memory, clock="09:00").updates
    for day in range(1, 36):
        assert run(memory, day=MONDAY + timedelta(days=day)).updates == ()


def test_nothing_changes_while_the_calendar_cannot_be_read() -> None:
    memory = reminded(HOME)
    fields: dict[str, Any] = {"register": REGISTER, "policy": policy("team-day")}
    assert memory.run({BO: BOS}, clock="09:00", **fields).updates == ()
    assert settled(run(memory, clock="10:00").updates) == [(ANNA, [True])]
    assert memory.run({BO: BOS}, clock="11:00", **fields).updates == ()
    assert memory.run({BO: BOS}, TUESDAY + 2 * WEEK, **fields).updates == ()


def test_nothing_changes_in_a_team_whose_marks_have_all_vanished() -> None:
    memory = reminded(HOME)
    fields: dict[str, Any] = {"register": REGISTER, "policy": policy("team-day")}
    silent = memory.run({ANNA: [], BO: []}, clock="09:00", **fields)
    assert silent.silenced == {TEAM.id}
    assert silent.updates == ()
    assert settled(run(memory, clock="10:00").updates) == [(ANNA, [True])]


def test_the_leader_s_card_is_changed_as_well() -> None:
    memory = reminded(HOME)
    assert run(memory, HOME, clock="12:00").messages
    updates = run(memory, clock="13:00").updates
    assert settled(updates) == [(ANNA, [True]), (KIRSTEN, [True])]
    assert "Anna" in updates[1].message.items[0].heading


def test_digests_are_not_changed() -> None:
    memory = reminded(HOME)
    gone_by = run(memory, HOME, day=WEDNESDAY, digest_mode=DigestMode.AUTO)
    assert [(one.recipient, len(one.tells)) for one in gone_by.messages] == [(KIRSTEN, 1)]
    assert [one.card.recipient for one in run(memory, day=WEDNESDAY, clock="09:00").updates] == []


@pytest.mark.parametrize("state", [MessageState.UNCLEAR, MessageState.FAILED])
def test_a_card_that_perhaps_never_arrived_is_left_alone(state: MessageState) -> None:
    memory = Memory()
    run(memory, HOME, outcomes=lambda _: state)
    assert run(memory, clock="09:00").updates == ()


HABIT = [all_day("Hjemme", date(2026, 3, 5) + n * WEEK) for n in range(-4, 2)]
OF_HABITS: dict[str, Any] = {"policy": policy("recurring-without-agreement")}
AGREED = Agreement(
    ANNA,
    Period(date(2026, 1, 1)),
    placement=Placement(frozenset({Weekday.THURSDAY})),
    signed_by_employee_on=date(2026, 1, 1),
    signed_by_leader_on=date(2026, 1, 1),
)


def of_a_habit() -> Memory:
    """Return the memory of a pass that has told Anna of a habit without an agreement."""
    memory = Memory()
    assert [one.recipient for one in run(memory, *HABIT, **OF_HABITS).messages] == [ANNA]
    return memory


def test_a_habit_is_in_place_when_there_is_an_agreement() -> None:
    memory = of_a_habit()
    agreed = replace(REGISTER, agreements=(AGREED,))
    decision = run(memory, *HABIT, clock="09:00", register=agreed, **OF_HABITS)
    assert settled(decision.updates) == [(ANNA, [True])]


def test_what_the_rule_only_has_no_more_to_say_of_is_not_called_in_place() -> None:
    memory = of_a_habit()
    assert run(memory, clock="09:00", **OF_HABITS).updates == ()


def test_nothing_is_called_in_place_because_an_exceptional_period_begins() -> None:
    memory = reminded(HOME)
    lockdown = replace(
        REGISTER.organisation, extraordinary_periods=(ExtraordinaryPeriod(Period(MONDAY, FRIDAY)),)
    )
    assert run(memory, clock="09:00", register=replace(REGISTER, organisation=lockdown)).updates == ()


def test_nothing_is_called_in_place_because_the_profile_has_the_rule_no_more() -> None:
    memory = reminded(HOME)
    assert (
        run(memory, HOME, clock="09:00", policy=policy("average-limit", profile="kriminalforsorgen")).updates
        == ()
    )


def test_nothing_is_called_in_place_because_the_leader_has_called_the_day_off() -> None:
    memory = reminded(HOME)
    called_off = DayException(ANNA, TUESDAY, ExceptionKind.CANCELLED, by=KIRSTEN)
    decision = run(memory, HOME, clock="09:00", register=replace(REGISTER, exceptions=(called_off,)))
    assert decision.updates == ()


def test_cards_on_people_who_have_left_or_changed_team_are_left_alone() -> None:
    memory = reminded(HOME)
    assert run(memory, HOME, clock="12:00").messages
    elsewhere = replace(TEAM, id="vej", name="Vej")
    moved = replace(
        REGISTER,
        teams={TEAM.id: TEAM_DAYS, "vej": elsewhere},
        people={**REGISTER.people, ANNA: replace(PERSON, team="vej")},
    )
    assert run(memory, clock="13:00", register=moved).updates == ()
    gone = replace(REGISTER, people={BO: REGISTER.people[BO]})
    fields: dict[str, Any] = {"register": gone, "policy": policy("team-day")}
    assert memory.run({BO: BOS}, clock="14:00", **fields).updates == ()


def test_a_rewritten_card_gives_no_advice_on_a_day_gone_by_and_says_no_more_who_hears() -> None:
    memory = reminded(HOME, HOME_ON_THURSDAY)
    (update,) = run(memory, HOME, day=WEDNESDAY).updates
    done, past = update.message.items
    assert (done.settled, past.settled, past.advice) == (True, False, "")
    assert "leder hører" not in update.message.closing


def test_what_has_become_the_leader_s_is_no_longer_on_the_employee_s_list() -> None:
    memory = reminded(HOME)
    (kept,) = memory.messages.values()
    card = SentCard("m1", ANNA, Receipt("a:1", "1"), kept.message.tells)
    theirs = replace(memory.findings[card.tells[0].finding], audience=Audience.LEADER)
    read = known({ANNA: [HOME]}, at(MONDAY), cards=(card,), register=REGISTER)
    (update,) = corrections(read, {theirs.id: theirs}, ())
    assert update.settled == {theirs.id}


def test_a_card_of_which_something_is_purged_or_of_an_earlier_version_is_left_alone() -> None:
    memory = reminded(HOME)
    (kept,) = memory.messages.values()
    (told,) = kept.message.tells
    for more, told_of in (
        ("purged", {}),
        ("old", {"old": finding(id="old", rule="of-an-earlier-version", scope=Scope.PERIOD)}),
    ):
        card = SentCard("m1", ANNA, Receipt("a:1", "1"), (told, Told(more, Step.REMINDER)))
        read = known({ANNA: []}, at(MONDAY), cards=(card,), told_of=told_of, register=REGISTER)
        resolved = replace(memory.findings[told.finding], status=Status.RESOLVED)
        assert list(corrections(read, {told.finding: resolved}, ())) == []


def test_own_matters_and_those_of_others_keep_their_places() -> None:
    kirsten = Person(KIRSTEN, "Kirsten Dahl", TEAM.id)
    tells = Told("f1", Step.ESCALATION), Told("f2", Step.REMINDER)
    card = SentCard("m1", KIRSTEN, Receipt("a:1", "1"), tells, frozenset({"f2"}))
    found = {
        "f1": finding(status=Status.RESOLVED),
        "f2": finding(id="f2", person=KIRSTEN),
    }
    read = known({}, at(MONDAY), cards=(card,), register=register([PERSON, kirsten]))
    (update,) = corrections(read, found, ())
    assert [item.settled for item in update.message.items] == [False]
    assert [item.settled for section in update.message.sections for item in section.items] == [False]
