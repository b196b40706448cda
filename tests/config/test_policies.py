"""The shipped profiles are whole, and a profile that is wrong is refused with all that is wrong in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.errors import WrongConfiguration
from bot.model import DocumentSource, LawSource, RegistrationSource
from bot.parameters import DatedValue, Force, OwnChoice, value_on
from bot.rules import all_rules
from config.policies import load_policy, parse_policy, policy_ids, settable_values

FAR_AHEAD = date(2100, 1, 1)
SMALL = """
id: small
name: Småby Kommune
document: small.txt
title: Rammer
since: 2021-03-01
rules:
  agreement-not-in-force:
    heading: Underskrift
    force: demand
    asks: {da: Begge skriver under., en: Both sign.}
    reading: {da: Som der står., en: As it stands.}
    values:
      signatures_required:
        - {value: true, heading: Underskrift}
        - {since: 2024-01-01, value: false, law: Aftaleloven, reference: § 1}
"""
LIMITS = """
id: small
name: Småby Kommune
document: small.txt
title: Rammer
since: 2021-03-01
rules:
  average-limit:
    heading: Omfang
    force: demand
    asks: {da: Højst to., en: Two at most.}
    reading: {da: Over otte uger., en: Over eight weeks.}
    values:
      days_per_week: [{value: 2, heading: Omfang}]
      weeks: [{value: 8, ours: {da: det står der intet om, en: the document gives no span}}]
    settable: [days_per_week]
  agreement-exceeds-limit:
    heading: Omfang
    force: demand
    asks: {da: Højst to., en: Two at most.}
    reading: {da: Som der står., en: As it stands.}
    shares: {days_per_week: average-limit.days_per_week}
"""
GUIDE = """
know:
  - id: phone
    heading: Telefon
    with: [agreement-not-in-force]
    text: {da: Ring., en: Call.}
talk:
  - id: start
    heading: Samtale
    title: {da: Begyndelsen, en: The start}
    with: [agreement-not-in-force]
    points: [{da: Hvornår, en: When}]
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
    assert policy.guide.know


@pytest.mark.parametrize("values", DATED)
def test_every_value_is_in_force_from_its_first_date_on(values: tuple[DatedValue, ...]) -> None:
    assert value_on(values, values[0].since - timedelta(days=1)) is None
    for dated in values:
        assert value_on(values, dated.since) == dated.value
    assert value_on(values, FAR_AHEAD) == values[-1].value


@pytest.mark.parametrize("values", DATED)
def test_every_value_holds_since_before_the_first_release(values: tuple[DatedValue, ...]) -> None:
    assert values[0].since < date(2026, 1, 1)


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
    assert "agreed-day-not-marked.on" in settable_values("nyborg")


@pytest.mark.parametrize(
    ("policy_id", "name", "value", "wrong"),
    [
        ("kriminalforsorgen", "average-limit.days_per_week", 1.5, None),
        ("kriminalforsorgen", "average-limit.days_per_week", 2, None),
        ("kriminalforsorgen", "average-limit.days_per_week", 3, "2 at most"),
        ("kriminalforsorgen", "average-limit.days_per_week", True, "a number"),
        ("kriminalforsorgen", "average-limit.days_per_week", "two", "a number"),
        ("kriminalforsorgen", "average-limit.days_per_week", -1, "a number"),
        ("nyborg", "local-discussion-due.months", 6, None),
        ("nyborg", "local-discussion-due.months", 0, "whole number from 1 to 120"),
        ("nyborg", "local-discussion-due.months", 1.5, "whole number"),
        ("nyborg", "local-discussion-due.months", 30000, "whole number"),
        ("nyborg", "local-discussion-due.months", True, "whole number"),
        ("nyborg", "agreed-day-not-marked.on", True, None),
        ("nyborg", "agreed-day-not-marked.on", 1, "true or false"),
    ],
)
def test_a_team_s_own_value_is_of_the_profile_s_kind_and_within_its_bounds(
    policy_id: str, name: str, value: object, wrong: str | None
) -> None:
    complaint = settable_values(policy_id)[name](value)
    assert complaint is None if wrong is None else wrong in str(complaint)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("agreement-not-in-force", "agreement-not-in-farce", "there is no such rule"),
        ("signatures_required", "signatures", "signatures_required: is missing"),
        ("signatures_required", "signatures", "signatures: is no value of this rule"),
        ("force: demand", "force: demand\n    settable: [colour]", "colour is no value"),
        ("force: demand", "force: wish", "force: "),
        ("force: demand", "force: demand\n    colour: red", "colour"),
        ("since: 2021-03-01", "", "since: Field required"),
        ("2021-03-01", "someday", "since: "),
        ("value: true, heading: Underskrift", "value: true", "give a heading, or a law and a reference"),
        ("value: true, heading: U", "value: true, ours: {da: x, en: x}, heading: U", "or why it is ours"),
        ("value: true", "value: 1", "yes or no in one line and a number in another"),
        ("asks: {da: Begge skriver under., ", "asks: {", "both languages"),
        (", en: As it stands.", ', en: ""', "both languages"),
        ("    heading: Underskrift\n", "    heading: U\n    registration: r\n", "or else a registration"),
        ("since: 2021-03-01", "since: 2023-02-30", "It is no YAML"),
        ("value: true", "value: maybe", "it must be a number, 0 or more, or true or false"),
        ("value: true", "value: -1", "it must be a number, 0 or more, or true or false"),
        ("values:\n", "shares: {signatures_required: a.b}\n    values:\n", "there is no value a.b"),
        (", reference: § 1", "", "give a heading, or a law and a reference"),
        ("2024-01-01", "2020-01-01", "the dates must rise"),
        ("2024-01-01", "2021-03-01", "the dates must rise, each once"),
        ("id: small", "id: smaal", "is not the name of the file"),
        ("    heading: Underskrift\n", "", "give a heading, or else a registration"),
        ("name: Småby Kommune", "name: [", "It is no YAML"),
    ],
)
def test_a_wrong_profile_is_refused(old: str, new: str, expected: str) -> None:
    assert any(expected in fault for fault in faults(small(old, new)))


def test_all_faults_are_told_at_once() -> None:
    wrong = SMALL.replace("true, heading: Underskrift", "true").replace("2024-01-01", "2020-01-01")
    assert len(faults(wrong, "odense")) == 3


def test_a_rule_holds_from_the_profile_s_date_unless_it_says_otherwise() -> None:
    assert parse_policy(SMALL, "small").terms["agreement-not-in-force"].since == date(2021, 3, 1)
    later = small("    force", "    since: 2022-01-01\n    force")
    assert parse_policy(later, "small").terms["agreement-not-in-force"].since == date(2022, 1, 1)


def test_a_rule_may_rest_on_what_the_organisation_has_registered() -> None:
    text = small("    heading: Underskrift\n", "    registration: signatures\n")
    terms = parse_policy(text, "small").terms["agreement-not-in-force"]
    assert terms.source == RegistrationSource("signatures")


def test_a_value_of_our_own_says_why() -> None:
    (weeks,) = parse_policy(LIMITS, "small").terms["average-limit"].values["weeks"]
    assert weeks.source == OwnChoice({"da": "det står der intet om", "en": "the document gives no span"})


def test_two_rules_can_share_a_value() -> None:
    terms = parse_policy(LIMITS, "small").terms
    assert terms["agreement-exceeds-limit"].value("days_per_week", date(2026, 1, 1)) == 2
    assert terms["agreement-exceeds-limit"].full_name("days_per_week") == "average-limit.days_per_week"


def test_a_guide_is_read_with_its_profile() -> None:
    guide = parse_policy(SMALL, "small", GUIDE).guide
    assert [one.text["da"] for one in guide.known_with("agreement-not-in-force")] == ["Ring."]
    assert [one.title["en"] for one in guide.talk_on("agreement-not-in-force")] == ["The start"]
    assert guide.known_with("team-day") == guide.talk_on("team-day") == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("with: [agreement-not-in-force]", "with: [team-day]", "the rule team-day is not in the profile"),
        ("id: start", "id: phone", "the id phone stands there twice"),
        ("da: Ring., ", "", "both languages"),
        ("points: [{da: Hvornår, en: When}]", "points: []", "points"),
        ("know:", "known:", "known"),
    ],
)
def test_a_wrong_guide_is_refused(old: str, new: str, expected: str) -> None:
    assert old in GUIDE
    with pytest.raises(WrongConfiguration) as caught:
        parse_policy(SMALL, "small", GUIDE.replace(old, new, 1))
    assert any(expected in fault for fault in caught.value.faults)


@pytest.mark.parametrize("weeks", ["2.5", "0", "true", "500", "'8'"])
def test_a_count_that_is_no_whole_number_is_refused(weeks: str) -> None:
    wrong = LIMITS.replace("value: 8", f"value: {weeks}")
    assert any("weeks" in fault and "a whole number from 1 to 120" in fault for fault in faults(wrong))
