"""Whatever the bot may find it can say, in every language and to everyone who may hear of it.

The findings are those of the case files, so a rule's cases hold its words too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory

import pytest

from bot.model import Audience, Finding, MessageItem, Status
from bot.rules import all_rules
from bot.texts import LANGUAGES, Setting, compose, item_for_leader
from config.policies import load_policy
from tests.bot.builders import ORGANISATION, PERSON, TEAM
from tests.cases.case_file import Case, read_cases, rules_with_cases

PLAIN_TEXTS = ("GREETING", "TITLE_OF_SEVERAL", "CLOSING", "CLOSING_WITHOUT_CONTACT", "BUTTON")
ACCUSING = (
    r"\b(overtr\w+|brud\w*|fejl\w*|forbudt|ulovlig\w*|skal straks|viol\w+|breach|offence|forbidden|must)\b"
)
UNFINISHED = r"None|\{|\}|\[\]|\.\.| {2}"
LONGEST_HEADING, LONGEST_MATTER = 110, 700
TO_EMPLOYEE = {Audience.EMPLOYEE, Audience.NOTICE, Audience.EMPLOYEE_AND_LEADER}
TO_LEADER = {Audience.EMPLOYEE, Audience.LEADER, Audience.EMPLOYEE_AND_LEADER}


@lru_cache(maxsize=1)
def found() -> Sequence[tuple[Case, Finding]]:
    """Return every open finding of every case."""
    with TemporaryDirectory() as folder:
        return [
            (case, finding)
            for rule in rules_with_cases()
            for case in read_cases(rule)
            for finding in case.findings(rule, Path(folder))
            if finding.status is Status.OPEN
        ]


def setting(case: Case, language: str) -> Setting:
    return Setting(PERSON, TEAM.name, ORGANISATION, load_policy(case.policy), language)


def complaints(one: MessageItem) -> list[str]:
    """Return what is wrong with the words of one matter."""
    whole = "\n".join((one.heading, one.seen, one.advice))
    return [
        *(f"empty: {one}" for text in (one.heading, one.seen, one.advice, one.rule) if not text),
        *re.findall(ACCUSING, whole, re.I),
        *re.findall(UNFINISHED, whole),
        *([f"long heading: {one.heading}"] if len(one.heading) > LONGEST_HEADING else []),
        *([f"long: {whole}"] if len(whole) > LONGEST_MATTER else []),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_for_an_employee_is_said_shortly_wholly_and_kindly(language: str) -> None:
    heard = [one for one in found() if one[1].audience in TO_EMPLOYEE]
    said = [compose([finding], setting(case, language)).items[0] for case, finding in heard]
    assert [complaint for one in said for complaint in complaints(one)] == []
    assert len(said) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_for_a_leader_is_said_shortly_wholly_and_kindly(language: str) -> None:
    heard = [one for one in found() if one[1].audience in TO_LEADER]
    said = [item_for_leader(finding, setting(case, language)) for case, finding in heard]
    assert [complaint for one in said for complaint in complaints(one)] == []
    assert len(said) > 100


@pytest.mark.parametrize("rule", all_rules())
def test_a_rule_has_words_for_those_who_hear_of_it_and_for_nobody_else(rule: str) -> None:
    audiences = {finding.audience for _, finding in found() if finding.rule == rule}
    assert audiences
    for language in LANGUAGES:
        words = all_rules()[rule].wording[language]
        assert words.topic
        assert (words.to_employee is not None) == bool(audiences & TO_EMPLOYEE)
        assert (words.to_leader is not None) == bool(audiences & TO_LEADER)


@pytest.mark.parametrize("name", PLAIN_TEXTS)
def test_the_languages_fill_the_same_gaps(name: str) -> None:
    gaps = [
        {gap for _, gap, _, _ in Formatter().parse(getattr(one, name)) if gap} for one in LANGUAGES.values()
    ]
    assert all(one == gaps[0] for one in gaps)


def test_the_languages_name_the_same_registrations() -> None:
    names = [set(one.REGISTERED) for one in LANGUAGES.values()]
    assert all(one == names[0] for one in names)
