"""All rules together on one person: which findings there are, and that they keep their ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.case import CaseFiles, PersonCase
from bot.evaluate import findings_of, judge_date, judge_person
from bot.model import (
    Agreement,
    DayException,
    Event,
    ExceptionKind,
    Outcome,
    Period,
    Placement,
    Register,
    TeamDay,
    Weekday,
    Window,
)
from bot.rules import all_rules
from config.policies import load_policy
from tests.bot.builders import (
    ANNA,
    BO,
    MONDAY,
    PERSON,
    TEAM,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    all_day,
    days_of,
    register,
)

POLICY = load_policy("nyborg")
TUESDAYS_TOGETHER = replace(TEAM, team_days=(TeamDay(weekday=Weekday.TUESDAY),))
AGREEMENT = Agreement(
    ANNA,
    Period(start=WINDOW.start),
    days_per_week=1,
    placement=Placement(frozenset({Weekday.MONDAY})),
    signed_by_employee_on=WINDOW.start,
    signed_by_leader_on=WINDOW.start,
)
CANCELLED = DayException(ANNA, TUESDAY, ExceptionKind.CANCELLED, note="Hastemøde")
REGISTER = register(team=TUESDAYS_TOGETHER, agreements=(AGREEMENT,))


def case(known: Register, *events: Event) -> PersonCase:
    return CaseFiles(known, WINDOW, TODAY).case(PERSON, days_of(*events))


def rules_found(known: Register, *events: Event) -> list[str]:
    return [finding.rule for finding in findings_of(case(known, *events), POLICY)]


def test_one_day_may_be_a_matter_of_several_rules() -> None:
    both = [all_day("Hjemme", MONDAY), all_day("Hjemme", TUESDAY)]
    assert rules_found(REGISTER, *both) == ["team-day", "week-limit-agreed", "weekday-not-agreed"]


def test_a_cancelled_day_gives_day_cancelled_only() -> None:
    both = [all_day("Hjemme", MONDAY), all_day("Hjemme", TUESDAY)]
    assert rules_found(replace(REGISTER, exceptions=(CANCELLED,)), *both) == ["day-cancelled"]


def test_a_calendar_without_marks_gives_nothing() -> None:
    assert rules_found(REGISTER) == []


def test_an_exception_of_somebody_else_changes_nothing() -> None:
    other = replace(CANCELLED, person=BO)
    assert "team-day" in rules_found(replace(REGISTER, exceptions=(other,)), all_day("Hjemme", TUESDAY))


def test_a_finding_keeps_its_id_from_day_to_day() -> None:
    events = [all_day("Hjemme", MONDAY), all_day("Hjemme", TUESDAY)]
    ids = {finding.id for finding in findings_of(case(REGISTER, *events), POLICY)}
    window = Window.around(TODAY + timedelta(days=3))
    later = CaseFiles(REGISTER, window, TODAY + timedelta(days=3))
    again = findings_of(later.case(PERSON, days_of(*events, window=window)), POLICY)
    assert {finding.id for finding in again} == ids
    assert len(ids) == 3


def test_an_excused_finding_has_the_id_it_had_while_open() -> None:
    approved = DayException(ANNA, TUESDAY, ExceptionKind.APPROVED)
    settled = replace(REGISTER, exceptions=(approved,), agreements=())
    (excused,) = findings_of(case(settled, all_day("Hjemme", TUESDAY)), POLICY)
    (opened,) = findings_of(case(replace(REGISTER, agreements=()), all_day("Hjemme", TUESDAY)), POLICY)
    assert excused.id == opened.id
    assert excused.status is not opened.status


def test_ids_tell_people_dates_and_rules_apart() -> None:
    anna = case(REGISTER, all_day("Hjemme", MONDAY, days=5))
    bo = replace(anna, person=replace(PERSON, id=BO))
    ids = [finding.id for one in (anna, bo) for finding in findings_of(one, POLICY)]
    assert len(ids) == len(set(ids)) > 6


def test_an_id_tells_nothing_of_the_person() -> None:
    (finding,) = findings_of(case(replace(REGISTER, agreements=()), all_day("Hjemme", TUESDAY)), POLICY)
    assert "anna" not in finding.id
    assert TUESDAY.isoformat() not in finding.id


def test_a_rule_that_the_profile_leaves_out_says_nothing() -> None:
    terms = {rule: one for rule, one in POLICY.terms.items() if rule != "team-day"}
    known = case(REGISTER, all_day("Hjemme", TUESDAY))
    assert "team-day" not in {f.rule for f in findings_of(known, replace(POLICY, terms=terms))}


def test_every_rule_of_the_profile_says_something_of_everybody() -> None:
    judged = list(judge_person(case(REGISTER), POLICY))
    assert {one.rule_id for one in judged} == set(POLICY.terms) <= set(all_rules())
    assert {one.verdict.outcome for one in judged} <= {Outcome.OK, Outcome.NOT_APPLICABLE}


def test_one_date_is_explained_by_each_rule_once() -> None:
    judged = list(judge_date(case(REGISTER, all_day("Hjemme", WEDNESDAY)), POLICY, WEDNESDAY))
    assert [one.rule_id for one in judged] == sorted(POLICY.terms)
    violated = [one.rule_id for one in judged if one.verdict.outcome is Outcome.VIOLATED]
    assert violated == ["weekday-not-agreed"]
