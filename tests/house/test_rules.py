"""The rules, their case files, the documentation and the profiles tell the same story."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from bot.model import DocumentSource, RegistrationSource
from bot.parameters import Policy
from bot.rules import all_rules
from bot.texts import LANGUAGES
from config.policies import load_policy, policy_ids
from docs.make_rules import PAGE, rules_markdown
from tests.cases.case_file import rules_with_cases

PROJECT = Path(__file__).parents[2]
DOCUMENTS = PROJECT.parent / "shared/seeds"


def test_every_rule_has_a_case_file_and_every_case_file_a_rule() -> None:
    assert set(rules_with_cases()) == set(all_rules())


def test_the_documentation_is_what_the_rules_profiles_and_cases_say() -> None:
    behind = (
        PAGE.read_text(encoding="utf-8") != rules_markdown()
    )  # no diff: of a page this long it takes minutes
    assert not behind, "docs/rules.md is behind: run make docs"


@pytest.mark.parametrize("rule", all_rules())
def test_the_documentation_says_of_every_rule_where_it_comes_from_and_what_is_said(rule: str) -> None:
    section = PAGE.read_text(encoding="utf-8").partition(f"\n### `{rule}`\n")[2].partition("\n### ")[0]
    for part in ("**Source.**", "**Reading.**", "**Tells.**", "**In the profiles.**", "**For example.**"):
        assert part in section


def test_every_rule_is_in_a_profile() -> None:
    in_profiles = {rule for policy in policy_ids() for rule in load_policy(policy).terms}
    assert in_profiles == set(all_rules())


@pytest.mark.parametrize("rule", all_rules())
def test_a_rule_s_docstring_names_its_source_and_our_reading(rule: str) -> None:
    docstring = importlib.import_module(f"bot.rules.{rule.replace('-', '_')}").__doc__ or ""
    assert "\nSource: " in docstring
    assert "\nReading: " in docstring


RULES_TABLE = {
    "team-day": "rs hj ny ak kf",
    "weekday-not-agreed": "rs hj ny ak kf",
    "week-limit-agreed": "rs hj ny ak kf",
    "average-limit": "kf",
    "agreement-exceeds-limit": "kf",
    "recurring-without-agreement": "rs hj ny ak kf",
    "steady-home-work": "ny ak",
    "local-agreement-missing": "ny ak kf",
    "med-discussion-missing": "hj ny",
    "local-discussion-due": "ny kf",
    "agreement-not-in-force": "rs hj ny ak kf",
    "agreement-expiring": "rs hj ny ak kf",
    "agreement-review-due": "rs hj ny ak kf",
    "agreement-not-filed": "ny",
    "apv-missing": "rs hj ak",
    "workstation-check-missing": "hj ny ak",
    "workstation-tip": "ny",
    "workstation-unsafe": "rs ny",
    "not-agreed-beforehand": "rs hj ny",
    "home-day-on-absence": "rs ny",
    "outside-working-hours": "rs ny ak",
    "unavailable-on-home-day": "rs ny",
    "external-meeting-at-home": "ny",
    "municipal-car-booked": "ny",
    "on-site-meeting": "rs ny ak kf",
    "contact-details-missing": "ny",
    "agreed-day-not-marked": "ny",
    "day-cancelled": "rs hj ny ak kf",
    "tasks-not-suited": "rs hj ny kf",
    "reason-missing": "kf",
    "equipment-return-due": "ny",
    "understaffed-day": "rs hj ny ak kf",
    "never-together": "rs hj ny ak kf",
    "rising-home-work": "ny",
    "rest-period": "hj ak",
}
PROFILES = {
    "rs": "region-sjaelland",
    "hj": "hjoerring",
    "ny": "nyborg",
    "ak": "akademikerne",
    "kf": "kriminalforsorgen",
}


@pytest.mark.parametrize("short", PROFILES)
def test_a_profile_has_the_rules_that_its_document_asks_for(short: str) -> None:
    wanted = {rule for rule, profiles in RULES_TABLE.items() if short in profiles.split()}
    assert wanted <= set(load_policy(PROFILES[short]).terms)


@pytest.mark.parametrize("policy_id", policy_ids())
def test_the_headings_that_a_profile_and_its_guide_cite_stand_in_its_document(policy_id: str) -> None:
    policy = load_policy(policy_id)
    document = DOCUMENTS / policy.document
    if not document.is_file():
        pytest.skip(f"the document {policy.document} is not beside the project")
    text = joined(document.read_text(encoding="utf-8"))
    assert [heading for heading in cited(policy) if joined(heading) not in text] == []


def cited(policy: Policy) -> list[str]:
    """Return every heading of its document that a profile cites."""
    terms = policy.terms.values()
    values = [dated.source for one in terms for row in one.values.values() for dated in row]
    sources = [*(one.source for one in terms), *values]
    return [
        *(source.heading for source in sources if isinstance(source, DocumentSource)),
        *(one.heading for one in (*policy.guide.know, *policy.guide.talk)),
    ]


def joined(text: str) -> str:
    """Return a text without its line breaks and the hyphens at them."""
    return " ".join(re.sub(r"-[ \t]*\n\s*", "", text).split()).replace("- ", "")


@pytest.mark.parametrize("policy_id", policy_ids())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_registration_that_a_profile_cites_is_named_to_people(policy_id: str, language: str) -> None:
    sources = [terms.source for terms in load_policy(policy_id).terms.values()]
    fields = {one.registration.rpartition(": ")[2] for one in sources if isinstance(one, RegistrationSource)}
    assert fields <= set(LANGUAGES[language].sources.registered)
