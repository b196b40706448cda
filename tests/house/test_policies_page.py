"""``docs/policies.md`` names rules and guide entries that there are, and leaves none of a profile out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.rules import all_rules
from config.policies import load_policy, policy_ids

PAGE = (Path(__file__).parents[2] / "docs/policies.md").read_text(encoding="utf-8")
SECTIONS = {
    policy: section
    for section in re.split(r"^## ", PAGE, flags=re.M)[1:]
    for policy in policy_ids()
    if f"rofile `{policy}`" in section or f"profiles/{policy}.yaml" in section
}


def named(policy: str, kind: str) -> set[str]:
    """Return the guide entries of a kind, know or talk, that a section names."""
    return set(re.findall(rf"`{kind}: ([a-z0-9-]+)`", SECTIONS[policy]))


@pytest.mark.parametrize("policy", policy_ids())
def test_every_document_has_a_section_with_rows_of_four_cells(policy: str) -> None:
    rows = [line for line in SECTIONS[policy].splitlines() if line.startswith("|")]
    assert len(rows) > 20
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


@pytest.mark.parametrize("policy", policy_ids())
def test_a_section_names_every_rule_of_its_profile_and_no_unknown_one(policy: str) -> None:
    words = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", SECTIONS[policy]))
    assert set(load_policy(policy).terms) - words == set()
    rule_like = {word for word in words if word in all_rules()}
    assert words - rule_like - set(policy_ids()) == set()


@pytest.mark.parametrize("policy", policy_ids())
def test_a_section_names_every_line_and_topic_of_its_guide_and_no_unknown_one(policy: str) -> None:
    guide = load_policy(policy).guide
    assert named(policy, "know") == {one.id for one in guide.know}
    assert named(policy, "talk") == {one.id for one in guide.talk}
