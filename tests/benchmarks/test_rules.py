"""The employer that the rules are measured on: the same one every time, and much like a real one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from benchmarks.organisation import TODAY, WINDOW, made_up
from benchmarks.people_days import read
from benchmarks.rules import judge_rule_by_rule, judge_together, teams_of
from bot.case import CaseFiles
from bot.model import Finding
from config.policies import load_policy, policy_ids, settable_values

PEOPLE = 120


def test_the_employer_and_its_days_are_the_same_every_time() -> None:
    first, second = made_up(PEOPLE, "nyborg"), made_up(PEOPLE, "nyborg")
    assert first == second
    assert len(first.people) == PEOPLE
    days, again = (read(one.people.values(), one.organisation, {}) for one in (first, second))
    assert days == again


def test_a_larger_employer_holds_the_people_of_a_smaller_one() -> None:
    small, large = made_up(PEOPLE, "nyborg"), made_up(2 * PEOPLE, "nyborg")
    assert small.people.items() <= large.people.items()
    assert set(small.agreements) <= set(large.agreements)


def test_people_work_at_home_a_day_and_a_half_a_week_or_so() -> None:
    register = made_up(PEOPLE, "nyborg")
    agreed = {one.person: one for one in register.agreements}
    days = read(register.people.values(), register.organisation, agreed)
    home = sum(day.at_home for mine in days.values() for day in mine.values())
    weeks = len(days) * len(WINDOW.days()) / 7
    assert 1.2 < home / weeks < 1.8


@pytest.mark.parametrize("profile", policy_ids())
def test_only_what_the_profile_lets_a_team_set_is_set(profile: str) -> None:
    may_be_set = settable_values(profile)
    for team in made_up(PEOPLE, profile).teams.values():
        assert [may_be_set[name](value) for name, value in team.values.items()] == [None] * len(team.values)


@pytest.mark.parametrize("profile", policy_ids())
def test_judging_rule_by_rule_finds_what_all_rules_together_find(profile: str) -> None:
    policy, register = load_policy(profile), made_up(PEOPLE, profile)
    files = CaseFiles(register, WINDOW, TODAY, ZoneInfo("Europe/Copenhagen"))
    for team, _, days, earlier in teams_of(register):
        together = judge_together(files, policy, team, days, earlier)
        one_by_one = judge_rule_by_rule(files, policy, team, days, earlier)
        assert sorted(one_by_one, key=_id) == sorted(together, key=_id) != []


def _id(finding: Finding) -> str:
    return finding.id
