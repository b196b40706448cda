"""The shipped profiles are whole, and a profile that is wrong is refused with all that is wrong in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.errors import WrongConfiguration
from bot.model import DocumentSource, LawSource
from bot.parameters import DatedValue, Force, value_on
from bot.rules import all_rules
from config.policies import PROFILES, load_policy, parse_policy, policy_ids, settable_values

FAR_AHEAD = date(2100, 1, 1)
NYBORG = (PROFILES / "nyborg.yaml").read_text(encoding="utf-8")
SMALL = """
id: small
name: Småby Kommune
document: small.txt
title: Rammer
rules:
  agreement-not-in-force:
    heading: Underskrift
    force: demand
    values:
      signatures_required:
        - {since: 2021-03-01, value: true, heading: Underskrift}
        - {since: 2024-01-01, value: false, law: Aftaleloven, reference: § 1}
"""
DATED = [
    pytest.param(values, id=f"{policy}: {rule}.{name}")
    for policy in policy_ids()
    for rule, terms in load_policy(policy).terms.items()
    for name, values in terms.values.items()
]


def faults(text: str, policy_id: str = "small") -> tuple[str, ...]:
    """Return what a profile is refused for."""
    with pytest.raises(WrongConfiguration) as caught:
        parse_policy(text, policy_id)
    return caught.value.faults


def small(old: str, new: str) -> str:
    """Return the small profile with one thing changed."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)


@pytest.mark.parametrize("policy_id", policy_ids())
def test_every_profile_that_is_shipped_loads(policy_id: str) -> None:
    policy = load_policy(policy_id)
    assert policy.id == policy_id
    assert policy.terms.keys() <= all_rules().keys()
    assert all(terms.reading for terms in policy.terms.values())


@pytest.mark.parametrize("values", DATED)
def test_every_value_is_in_force_from_its_first_date_on(values: tuple[DatedValue, ...]) -> None:
    assert value_on(values, values[0].since - timedelta(days=1)) is None
    for dated in values:
        assert value_on(values, dated.since) == dated.value
    assert value_on(values, FAR_AHEAD) == values[-1].value


@pytest.mark.parametrize("values", DATED)
def test_every_value_holds_since_before_the_first_release(values: tuple[DatedValue, ...]) -> None:
    assert values[0].since < date(2026, 1, 1)


def test_nyborg_has_the_six_first_rules() -> None:
    assert set(load_policy("nyborg").terms) == {
        "agreement-not-in-force",
        "day-cancelled",
        "recurring-without-agreement",
        "team-day",
        "week-limit-agreed",
        "weekday-not-agreed",
    }


def test_an_unknown_profile_is_refused_with_those_there_are() -> None:
    with pytest.raises(WrongConfiguration) as caught:
        load_policy("nybrog")
    assert 'There is no policy "nybrog".' in str(caught.value)
    assert "nyborg" in caught.value.faults[0]


def test_a_path_is_no_profile() -> None:
    with pytest.raises(WrongConfiguration):
        load_policy("../profiles/nyborg")


def test_a_profile_s_terms_carry_their_citation_and_force() -> None:
    terms = parse_policy(SMALL, "small").terms["agreement-not-in-force"]
    assert (terms.force, terms.source) == (Force.DEMAND, DocumentSource("small.txt", "Underskrift"))
    assert terms.value("signatures_required", date(2023, 12, 31)) is True
    assert terms.value("signatures_required", date(2024, 1, 1)) is False
    assert terms.values["signatures_required"][1].source == LawSource("Aftaleloven", "§ 1")


def test_what_a_team_may_set_is_named_with_its_rule() -> None:
    settable = small("force: demand", "force: demand\n    settable: [signatures_required]")
    assert parse_policy(settable, "small").terms["agreement-not-in-force"].settable == {"signatures_required"}
    assert settable_values("nyborg") == frozenset()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("agreement-not-in-force", "agreement-not-in-farce", "there is no such rule"),
        ("signatures_required", "signatures", "signatures_required: is missing"),
        ("signatures_required", "signatures", "signatures: is no value of this rule"),
        ("force: demand", "force: demand\n    settable: [colour]", "colour is no value"),
        ("force: demand", "force: wish", "force: "),
        ("force: demand", "force: demand\n    colour: red", "colour"),
        ("since: 2021-03-01, ", "", "since: Field required"),
        ("2021-03-01", "someday", "since: "),
        ("value: true, heading: Underskrift", "value: true", "give a heading, or a law and a reference"),
        (", reference: § 1", "", "give a heading, or a law and a reference"),
        ("2024-01-01", "2020-01-01", "the dates must rise"),
        ("2024-01-01", "2021-03-01", "the dates must rise, each once"),
        ("id: small", "id: smaal", "is not the name of the file"),
        ("    heading: Underskrift\n", "", "heading: Field required"),
        ("name: Småby Kommune", "name: [", "It is no YAML"),
    ],
)
def test_a_wrong_profile_is_refused(old: str, new: str, expected: str) -> None:
    assert any(expected in fault for fault in faults(small(old, new)))


def test_all_faults_are_told_at_once() -> None:
    wrong = NYBORG.replace("team-day:", "team-dag:").replace("true, heading: Dato og underskrift", "true")
    found = faults(wrong, "odense")
    assert len(found) == 3
