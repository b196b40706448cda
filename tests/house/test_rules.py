"""The rules, their case files, their sections in the documentation and their profiles tell the same story."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from bot.model import DocumentSource
from bot.rules import all_rules
from config.policies import load_policy, policy_ids
from tests.cases.case_file import rules_with_cases

PROJECT = Path(__file__).parents[2]
DOCUMENTS = PROJECT.parent / "shared/seeds"
DOCUMENTATION = (PROJECT / "docs/rules.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^### ", DOCUMENTATION, flags=re.M)[1:]
RULE_SECTIONS = {match[1]: text for text in SECTIONS if (match := re.match(r"`([a-z-]+)`\n", text))}


def test_every_rule_has_a_case_file_and_every_case_file_a_rule() -> None:
    assert set(rules_with_cases()) == set(all_rules())


def test_every_rule_has_a_section_in_the_documentation_and_every_section_a_rule() -> None:
    assert set(RULE_SECTIONS) == set(all_rules())


def test_every_rule_is_in_a_profile() -> None:
    in_profiles = {rule for policy in policy_ids() for rule in load_policy(policy).terms}
    assert in_profiles == set(all_rules())


@pytest.mark.parametrize("rule", all_rules())
def test_a_rule_s_docstring_names_its_source_and_our_reading(rule: str) -> None:
    docstring = importlib.import_module(f"bot.rules.{rule.replace('-', '_')}").__doc__ or ""
    assert "\nSource: " in docstring
    assert "\nReading: " in docstring


@pytest.mark.parametrize("part", ["looks at", "Speaks when", "Tells", "Comes from", "Our reading"])
@pytest.mark.parametrize("rule", all_rules())
def test_a_rule_s_section_says_all_there_is_to_say(rule: str, part: str) -> None:
    assert part.lower() in RULE_SECTIONS[rule].lower()


@pytest.mark.parametrize("policy_id", policy_ids())
def test_a_rule_s_section_gives_the_heading_that_the_profile_cites(policy_id: str) -> None:
    for rule, terms in load_policy(policy_id).terms.items():
        assert isinstance(terms.source, DocumentSource)
        assert terms.source.heading in RULE_SECTIONS[rule]


@pytest.mark.parametrize("policy_id", policy_ids())
def test_the_headings_that_a_profile_cites_stand_in_its_document(policy_id: str) -> None:
    policy = load_policy(policy_id)
    document = DOCUMENTS / policy.document
    if not document.is_file():
        pytest.skip(f"the document {policy.document} is not beside the project")
    text = document.read_text(encoding="utf-8")
    values = [
        dated.source for terms in policy.terms.values() for row in terms.values.values() for dated in row
    ]
    for source in [*(terms.source for terms in policy.terms.values()), *values]:
        if isinstance(source, DocumentSource):
            assert source.heading in text
