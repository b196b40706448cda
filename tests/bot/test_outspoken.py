"""Of two findings of which one says all there is to say, the other waits until its turn comes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.model import Agreement, Finding, Period, Placement, Step, TeamDay, Weekday
from bot.outspoken import outspoken
from tests.bot.builders import (
    ANNA,
    BO,
    FRIDAY,
    MONDAY,
    TEAM,
    THURSDAY,
    TUESDAY,
    all_day,
    finding,
    policy,
    register,
)
from tests.bot.passes import Memory


def of(rule: str, person: str = ANNA, **fields: Any) -> Finding:
    return finding(id=f"{rule} {person}", rule=rule, person=person, **fields)


@pytest.mark.parametrize(
    ("others", "left_out"),
    [
        ([], False),
        ([of("agreement-not-in-force", dates=(MONDAY,))], True),
        ([of("agreement-not-in-force", BO)], False),
        ([of("team-day")], False),
    ],
)
def test_that_an_agreement_has_ended_says_all_of_one_s_own_habit(
    others: list[Finding], left_out: bool
) -> None:
    habit = of("recurring-without-agreement")
    assert (habit.id in outspoken([habit, *others])) == left_out


@pytest.mark.parametrize(("day", "left_out"), [(THURSDAY, True), (FRIDAY, False)])
def test_a_team_day_speaks_for_the_same_day_only(day: Any, left_out: bool) -> None:
    unagreed = of("weekday-not-agreed", dates=(THURSDAY,))
    assert (unagreed.id in outspoken([unagreed, of("team-day", dates=(day,))])) == left_out


def test_what_is_covered_is_told_of_nobody_until_its_turn_comes() -> None:
    """Thursday is a team day outside of what Anna has agreed on; then the team has no such day any more."""
    agreed = (Agreement(ANNA, Period(MONDAY), placement=Placement(frozenset({Weekday.MONDAY}))),)
    with_team_day = replace(TEAM, team_days=(TeamDay(weekday=Weekday.THURSDAY),))
    rules: dict[str, Any] = {"policy": policy("team-day", "weekday-not-agreed")}
    memory, home = Memory(), {ANNA: [all_day("Hjemme", THURSDAY)]}
    first = memory.run(home, TUESDAY, register=register(team=with_team_day, agreements=agreed), **rules)
    (message,) = first.messages
    rule_of = {one.finding.id: one.finding.rule for one in first.findings}
    assert [rule_of[one.finding] for one in message.tells] == ["team-day"]
    assert [rule_of[one] for one in message.covers] == ["weekday-not-agreed"]
    assert set(message.findings) == set(rule_of)
    then = memory.run(home, TUESDAY, "09:00", register=register(team=TEAM, agreements=agreed), **rules)
    assert [(rule_of[one.finding], one.step) for sent in then.messages for one in sent.tells] == [
        ("weekday-not-agreed", Step.NOTICE)
    ]
