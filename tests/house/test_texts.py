"""Whatever the bot may find it can say, in every language and to everyone who may hear of it.

The findings are those of the case files, so a rule's cases hold its words too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory

import pytest

from bot.days import monday_of
from bot.digest.deadlines import DeadlineKind
from bot.letter import Letter, TeamWeek
from bot.model import Audience, Finding, Message, MessageItem, Place, Scope, Status
from bot.rules import all_rules
from bot.texts import LANGUAGES, Setting, item, item_for_leader
from bot.texts.letters import Desk, write
from bot.texts.own import Hears
from config.policies import load_policy
from tests.bot.builders import ANNA, KIRSTEN, ORGANISATION, PERSON, TEAM, register
from tests.cases.case_file import Case, read_cases, rules_with_cases

ACCUSING = (
    r"\b(overtr\w+|brud\w*|fejl\w*|forbudt|ulovlig\w*|du skal|skal straks"
    r"|viol\w+|breach|offence|forbidden|must)\b"
)
UNFINISHED = r"None|\{|\}|\[\]|\.\.| {2}"
LONGEST_HEADING, LONGEST_MATTER, LONGEST_LINE = 110, 700, 300
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


def desk(case: Case, language: str, today: date) -> Desk:
    return Desk(register(), load_policy(case.policy), language, today)


def about_anna(finding: Finding) -> Finding:
    return replace(finding, person=ANNA if finding.person else None)


def complaints(one: MessageItem) -> list[str]:
    """Return what is wrong with the words of one matter."""
    whole = "\n".join((one.heading, one.seen, one.advice))
    return [
        *(f"empty: {one}" for text in (one.heading, one.seen, one.advice, one.rule) if not text),
        *complaints_of_text(whole),
        *([f"long heading: {one.heading}"] if len(one.heading) > LONGEST_HEADING else []),
        *([f"long: {whole}"] if len(whole) > LONGEST_MATTER else []),
    ]


def complaints_of_text(text: str) -> list[str]:
    return [*re.findall(ACCUSING, text, re.I), *re.findall(UNFINISHED, text)]


def complaints_of_message(message: Message) -> list[str]:
    items = (*message.items, *(one for section in message.sections for one in section.items))
    lines = [line for section in message.sections for line in (section.heading, *section.lines)]
    around = (message.title, message.greeting, message.closing)
    return [
        *(complaint for one in items for complaint in complaints(one)),
        *(complaint for text in (*lines, *around) for complaint in complaints_of_text(text)),
        *(f"long: {line}" for line in lines if len(line) > LONGEST_LINE),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_for_an_employee_is_said_shortly_wholly_and_kindly(language: str) -> None:
    heard = [one for one in found() if one[1].audience in TO_EMPLOYEE]
    said = [item(finding, setting(case, language)) for case, finding in heard]
    assert [complaint for one in said for complaint in complaints(one)] == []
    assert len(said) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_for_a_leader_is_said_shortly_wholly_and_kindly(language: str) -> None:
    heard = [one for one in found() if one[1].audience in TO_LEADER]
    said = [item_for_leader(finding, setting(case, language)) for case, finding in heard]
    assert [complaint for one in said for complaint in complaints(one)] == []
    assert len(said) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_for_a_leader_has_its_place_in_a_digest_before_and_after_its_day(language: str) -> None:
    heard = [(case, about_anna(one)) for case, one in found() if one.audience in TO_LEADER]
    for case, finding in heard:
        week = TeamWeek(team=TEAM, people=(PERSON,), days={}, topics=(finding,))
        standing = replace(week, topics=(), standing=(finding,))
        day = finding.dates[-1] if finding.dates else case.today
        for today in (day, monday_of(day).replace(year=day.year + 1)):
            for one in (week, standing):
                message = write(Letter(KIRSTEN, digest=(one,)), desk(case, language, today))
                assert complaints_of_message(message) == []
        gone_by = finding.scope in {Scope.DAY, Scope.WEEK}
        told = write(Letter(KIRSTEN, digest=(week,)), desk(case, language, date(2030, 1, 7)))
        assert any(section.items for section in told.sections) is not gone_by
    assert len(heard) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_for_an_employee_says_in_one_breath_who_else_hears_of_it(language: str) -> None:
    for case, finding in found():
        if finding.audience in TO_EMPLOYEE:
            letter = Letter(ANNA, own=(replace(finding, person=ANNA, team=TEAM.id),))
            message = write(letter, desk(case, language, case.today))
            assert complaints_of_message(message) == []
            assert re.match("Din leder|Kun du|Your leader|Only you", message.closing)
            assert message.closing.count(".") <= 4


@pytest.mark.parametrize("rule", all_rules())
def test_a_rule_has_words_for_those_who_hear_of_it_and_for_nobody_else(rule: str) -> None:
    audiences = {finding.audience for _, finding in found() if finding.rule == rule}
    assert audiences
    for language in LANGUAGES:
        words = all_rules()[rule].wording[language]
        assert words.topic
        assert (words.to_employee is not None) == bool(audiences & TO_EMPLOYEE)
        assert (words.to_leader is not None) == bool(audiences & TO_LEADER)


# --- the catalogues ---------------------------------------------------------------------------------


def texts(words: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a catalogue with the name of its place."""
    if isinstance(words, str):
        yield name, words
    elif isinstance(words, Mapping):
        for key, value in words.items():
            yield from texts(value, f"{name}.{key}")
    elif isinstance(words, tuple):
        for number, value in enumerate(words):
            yield from texts(value, f"{name}.{number}")


def gaps(text: str) -> set[str]:
    return {gap for _, gap, _, _ in Formatter().parse(text) if gap}


def test_the_languages_have_the_same_texts_with_the_same_gaps() -> None:
    found_gaps = [
        {name: gaps(text) for name, text in texts(asdict(language))} for language in LANGUAGES.values()
    ]
    assert all(one == found_gaps[0] for one in found_gaps)
    assert len(found_gaps[0]) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_catalogue_is_empty_or_accuses_anybody(language: str) -> None:
    for name, text in texts(asdict(LANGUAGES[language])):
        assert text.strip() == text != "", name
        assert not re.search(ACCUSING, text, re.I), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_names_all_that_the_program_asks_for(language: str) -> None:
    words = LANGUAGES[language]
    assert set(words.frame.leader_hears) == set(Hears)
    assert set(words.frame.parts) == set(Hears)
    assert set(words.digest.due) == set(DeadlineKind)
    assert set(words.grid.signs) == set(Place)
