"""All rules together on one person: which findings there are, and that they keep their ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.case import CaseFiles, PersonCase
from bot.evaluate import Judged, findings_of, judge_all, judge_date, judge_person
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
    Verdict,
    Weekday,
    Window,
)
from bot.rules import all_rules
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
    ZONE,
    all_day,
    days_of,
    policy,
    register,
)

POLICY = policy()
TUESDAYS_TOGETHER = replace(TEAM, team_days=(TeamDay(weekday=Weekday.TUESDAY),))
AGREEMENT = Agreement(
    ANNA,
    Period(start=WINDOW.start),
    days_per_week=1,
    placement=Placement(frozenset({Weekday.MONDAY})),
    signed_by_employee_on=WINDOW.start,
    signed_by_leader_on=WINDOW.start,
)
OTHER = replace(PERSON, id=BO, name="Bo Friis")
CANCELLED = DayException(ANNA, TUESDAY, ExceptionKind.CANCELLED, note="Hastemøde")
REGISTER = register(team=TUESDAYS_TOGETHER, agreements=(AGREEMENT,))


def case(known: Register, *events: Event) -> PersonCase:
    return CaseFiles(known, WINDOW, TODAY, ZONE).case(PERSON, days_of(*events))


def rules_found(known: Register, *events: Event) -> list[str]:
    return [finding.rule for finding in findings_of(judge_person(case(known, *events), POLICY))]


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
    ids = {finding.id for finding in findings_of(judge_person(case(REGISTER, *events), POLICY))}
    window = Window.around(TODAY + timedelta(days=3))
    later = CaseFiles(REGISTER, window, TODAY + timedelta(days=3), ZONE)
    again = findings_of(judge_person(later.case(PERSON, days_of(*events, window=window)), POLICY))
    assert {finding.id for finding in again} == ids
    assert len(ids) == 3


def test_an_id_is_the_one_that_a_store_may_hold_already() -> None:
    (tuesday,) = findings_of(judge_person(case(REGISTER, all_day("Hjemme", TUESDAY)), policy("team-day")))
    assert tuesday.id == "86525486d94d9ca7"


def test_a_finding_on_a_team_has_the_team_s_id_in_it_and_one_on_a_member_the_member_s() -> None:
    rule_id, rule = "never-together", all_rules()["never-together"]
    terms = policy(rule_id).terms[rule_id]
    judged = [
        Judged(rule_id, rule, terms, Verdict(Outcome.VIOLATED), team, person, key="")
        for team in (TEAM, replace(TEAM, id="jobcenter"))
        for person in (None, ANNA, BO)
    ]
    ids = [finding.id for finding in findings_of(judged)]
    assert len(set(ids)) == 4
    assert ids[1:3] == ids[4:]


def test_an_excused_finding_has_the_id_it_had_while_open() -> None:
    approved = DayException(ANNA, TUESDAY, ExceptionKind.APPROVED)
    settled = replace(REGISTER, exceptions=(approved,), agreements=())
    (excused,) = findings_of(judge_person(case(settled, all_day("Hjemme", TUESDAY)), POLICY))
    (opened,) = findings_of(
        judge_person(case(replace(REGISTER, agreements=()), all_day("Hjemme", TUESDAY)), POLICY)
    )
    assert excused.id == opened.id
    assert excused.status is not opened.status


def test_ids_tell_people_dates_and_rules_apart() -> None:
    anna = case(REGISTER, all_day("Hjemme", MONDAY, days=5))
    bo = replace(anna, person=replace(PERSON, id=BO))
    ids = [finding.id for one in (anna, bo) for finding in findings_of(judge_person(one, POLICY))]
    assert len(ids) == len(set(ids)) > 6


def test_an_id_tells_nothing_of_the_person() -> None:
    (finding,) = findings_of(
        judge_person(case(replace(REGISTER, agreements=()), all_day("Hjemme", TUESDAY)), POLICY)
    )
    assert "anna" not in finding.id
    assert TUESDAY.isoformat() not in finding.id


def test_a_rule_that_the_profile_leaves_out_says_nothing() -> None:
    terms = {rule: one for rule, one in POLICY.terms.items() if rule != "team-day"}
    known = case(REGISTER, all_day("Hjemme", TUESDAY))
    found = findings_of(judge_person(known, replace(POLICY, terms=terms)))
    assert "team-day" not in {finding.rule for finding in found}


def test_a_rule_says_nothing_of_days_before_it_is_in_force() -> None:
    known = case(REGISTER, all_day("Hjemme", TUESDAY - timedelta(weeks=1)), all_day("Hjemme", TUESDAY))
    later = replace(POLICY.terms["team-day"], since=TUESDAY)
    found = findings_of(judge_person(known, replace(POLICY, terms={"team-day": later})))
    assert [finding.dates for finding in found] == [(TUESDAY,)]


def test_a_rule_on_weeks_or_people_is_in_force_when_the_last_day_looked_at_is() -> None:
    known = case(REGISTER, *(all_day("Hjemme", TUESDAY - timedelta(weeks=n)) for n in range(4)))
    for since, rules in ((WINDOW.end, ["recurring-without-agreement"]), (WINDOW.end + timedelta(days=1), [])):
        later = replace(POLICY.terms["recurring-without-agreement"], since=since)
        found = findings_of(judge_person(known, replace(POLICY, terms={later.rule: later})))
        assert [finding.rule for finding in found] == rules


def test_a_member_of_a_team_that_was_not_read_has_no_finding() -> None:
    files = CaseFiles(register(team=TUESDAYS_TOGETHER, people=(PERSON, OTHER)), WINDOW, TODAY, ZONE)
    team = files.team_case(TUESDAYS_TOGETHER, {ANNA: days_of(all_day("Hjemme", TUESDAY))})
    assert team.unread == {BO}
    assert {finding.person for finding in findings_of(judge_all(team, POLICY))} == {ANNA}


def test_every_rule_of_the_profile_says_something_of_everybody() -> None:
    judged = list(judge_person(case(REGISTER), POLICY))
    assert {one.rule_id for one in judged} == set(POLICY.terms) <= set(all_rules())
    assert {one.verdict.outcome for one in judged} <= {Outcome.OK, Outcome.NOT_APPLICABLE}


def test_one_date_is_explained_by_each_rule_once() -> None:
    judged = list(judge_date(case(REGISTER, all_day("Hjemme", WEDNESDAY)), POLICY, WEDNESDAY))
    assert [one.rule_id for one in judged] == sorted(POLICY.terms)
    violated = [one.rule_id for one in judged if one.verdict.outcome is Outcome.VIOLATED]
    assert violated == ["weekday-not-agreed"]
