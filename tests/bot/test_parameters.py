"""A value holds from its date until the next one's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.model import RegistrationSource
from bot.parameters import DatedValue, Force, Policy, Terms, value_on
from tests.bot.builders import SOURCE, TEAM

VALUES = (
    DatedValue(date(2021, 3, 1), 2, SOURCE),
    DatedValue(date(2024, 1, 1), 3, SOURCE),
    DatedValue(date(2026, 1, 1), None, SOURCE),
)
ON = (DatedValue(date(2020, 1, 1), True, SOURCE),)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2021, 2, 28), None),
        (date(2021, 3, 1), 2),
        (date(2023, 12, 31), 2),
        (date(2024, 1, 1), 3),
        (date(2025, 12, 31), 3),
        (date(2026, 1, 1), None),
        (date(2099, 1, 1), None),
    ],
)
def test_the_latest_value_whose_date_has_come_is_in_force(day: date, value: int | None) -> None:
    assert value_on(VALUES, day) == value
    assert value_on(tuple(reversed(VALUES)), day) == value


def test_a_rule_s_terms_give_its_values_by_name() -> None:
    terms = Terms("some-rule", SOURCE, Force.DEMAND, values={"days": VALUES})
    assert terms.value("days", date(2024, 6, 1)) == 3


SOME = Terms("some-rule", SOURCE, Force.DEMAND, date(2021, 3, 1), values={"days": VALUES, "on": ON})


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2021, 2, 28), False),
        (date(2021, 3, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_rule_is_in_force_while_all_of_its_values_are(day: date, *, holds: bool) -> None:
    assert SOME.in_force(day) is holds


def test_a_value_that_is_no_number_is_not_taken_for_one() -> None:
    assert SOME.whole("days", date(2024, 6, 1)) == 3
    with pytest.raises(TypeError, match="no number"):
        SOME.number("days", date(2020, 1, 1))


def test_a_team_s_own_value_stands_in_the_profile_s_place_from_the_same_day() -> None:
    policy = Policy("p", "P", "p.txt", "P", {"some-rule": SOME})
    own = policy.for_team(replace(TEAM, values={"some-rule.days": 1})).terms["some-rule"]
    assert own.value("days", date(2024, 6, 1)) == 1
    assert own.value("days", date(2021, 2, 28)) is None
    assert own.value("days", date(2026, 1, 1)) is None  # the profile has taken it out of force
    assert own.values["days"][0].source == RegistrationSource("team borgerservice: values")
    assert own.values["on"] == ON
    assert policy.for_team(TEAM) is policy


def test_a_value_that_is_shared_follows_the_rule_it_is_shared_with() -> None:
    other = replace(SOME, rule="other-rule", shared={"days": "some-rule.days"})
    policy = Policy("p", "P", "p.txt", "P", {"some-rule": SOME, "other-rule": other})
    own = policy.for_team(replace(TEAM, values={"some-rule.days": 1}))
    assert {terms.value("days", date(2024, 6, 1)) for terms in own.terms.values()} == {1}
