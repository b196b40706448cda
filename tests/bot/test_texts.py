"""What an employee reads of each rule. The golden files are read by a person: UPDATE_GOLDEN=1 writes them
anew.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.letter import Letter
from bot.model import Finding, LawSource, Message, Organisation
from bot.texts import LANGUAGES
from bot.texts.letters import Desk, write
from tests.bot.builders import ANNA, ORGANISATION, TEAM, TODAY, finding, register
from tests.bot.message_variants import POLICY, VARIANTS, variant

GOLDEN = Path(__file__).parents[1] / "golden/messages"
EVERY_VARIANT = [(rule, name) for rule, variants in VARIANTS.items() for name in variants]


def message(language: str, *findings: Finding, organisation: Organisation = ORGANISATION) -> Message:
    desk = Desk(register(organisation=organisation), POLICY, language, TODAY)
    return write(Letter(ANNA, own=findings), desk)


def as_text(one: Message) -> str:
    items = [f"{item.heading}\n{item.seen}\n{item.advice}\n[{item.rule}]" for item in one.items]
    return "\n\n".join([f"{one.greeting}", *items, f"{one.closing}\n({one.button})"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", VARIANTS)
def test_messages_are_as_they_were_when_last_read_by_a_person(rule: str, language: str) -> None:
    written = [
        f"== {name} ==\n\n{as_text(message(language, variant(rule, name)))}\n" for name in VARIANTS[rule]
    ]
    golden, text = GOLDEN / language / f"{rule}.txt", "\n".join(written)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rule", "name"), EVERY_VARIANT)
def test_a_text_is_short_whole_and_friendly(rule: str, name: str, language: str) -> None:
    text = as_text(message(language, variant(rule, name)))
    assert len(text) < 900
    assert not re.search(r"None|\{|\}|\[\]|\.\.| {2}", text)
    accusing = (
        r"\b(overtr\w+|brud|fejl|forbudt|ulovlig\w*|skal straks|viol\w+|breach|offence|forbidden|must)\b"
    )
    assert not re.search(accusing, text, re.I)


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_findings_share_a_title_of_their_own(language: str) -> None:
    both = message(language, variant("team-day", "a day"), variant("weekday-not-agreed", "a notice"))
    alone = message(language, variant("team-day", "a day"))
    assert alone.title == alone.items[0].heading
    assert both.title not in {item.heading for item in both.items}
    assert len(both.items) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_whom_to_tell_that_it_is_wrong(language: str) -> None:
    one = variant("team-day", "a day")
    assert "hr@proeve.example" in message(language, one).closing
    without = message(language, one, organisation=replace(ORGANISATION, hr_contact=None)).closing
    assert "None" not in without
    assert re.search("sig det til din leder|tell your leader", without)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_is_named_as_what_it_is(language: str) -> None:
    document = message(language, variant("day-cancelled", "with a reason")).items[0].rule
    assert POLICY.title in document
    assert "Rammer for hjemmearbejde" in document
    assert TEAM.name in message(language, variant("team-day", "a day")).items[0].rule
    law = finding(source=LawSource("Arbejdsmiljøloven", "§ 15 a"))
    assert message(language, law).items[0].rule == "Arbejdsmiljøloven, § 15 a"


def test_dates_are_written_as_people_write_them() -> None:
    assert "torsdag den 5. marts" in message("da", finding()).items[0].heading.lower()
    assert "Thursday 5 March" in message("en", finding()).items[0].heading


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ["team-day", "weekday-not-agreed"])
def test_the_same_matter_on_several_dates_is_said_once(rule: str, language: str) -> None:
    name = next(iter(VARIANTS[rule]))
    first = variant(rule, name)
    second = replace(first, id="another", dates=(first.dates[0] + timedelta(weeks=1),))
    (item,) = message(language, first, second).items
    (alone,) = message(language, first).items
    assert item.heading != alone.heading
    assert item.seen != alone.seen or rule != "team-day"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cancelled_day_is_never_run_together_with_another(language: str) -> None:
    first = variant("day-cancelled", next(iter(VARIANTS["day-cancelled"])))
    second = replace(first, id="another", dates=(first.dates[0] + timedelta(weeks=1),))
    assert len(message(language, first, second).items) == 2
