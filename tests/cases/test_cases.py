"""Each case of each file comes to what it says, and at least every second case is one to stay silent in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluate import findings_of
from bot.model import Outcome
from tests.cases.case_file import Case, read_cases, rules_with_cases

CASES = [
    pytest.param(rule, case, id=f"{rule}: {case.name}")
    for rule in rules_with_cases()
    for case in read_cases(rule)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: str, case: Case, tmp_path: Path) -> None:
    judged = case.judged(rule, tmp_path)
    found, expected = findings_of(judged), case.expected()
    assert case.unknown == any(one.verdict.outcome is Outcome.UNKNOWN for one in judged)
    assert len(found) == len(expected), found
    for finding, one in zip(found, expected, strict=True):
        assert one.describes(finding), finding


@pytest.mark.parametrize("rule", rules_with_cases())
def test_a_rule_has_as_many_cases_of_silence_as_of_findings(rule: str) -> None:
    speaking = [case.speaks for case in read_cases(rule)]
    assert speaking.count(False) >= speaking.count(True)


@pytest.mark.parametrize("rule", rules_with_cases())
def test_no_two_cases_of_a_rule_have_the_same_name(rule: str) -> None:
    names = [case.name for case in read_cases(rule)]
    assert len(names) == len(set(names))
