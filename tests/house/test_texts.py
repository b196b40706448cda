"""Whatever the bot may find it can say, in every language and to everyone who may hear of it."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from bot.model import Approval, Audience
from bot.rules import AnyRule, all_rules
from bot.texts import LANGUAGES, Setting, compose
from tests.bot.builders import ORGANISATION, PERSON, TEAM
from tests.bot.message_variants import POLICY, VARIANTS, variant

PLAIN_TEXTS = ("GREETING", "TITLE_OF_SEVERAL", "CLOSING", "CLOSING_WITHOUT_CONTACT", "BUTTON")


def audiences(rule: AnyRule) -> set[Audience]:
    """Return who may hear of a rule's findings."""
    return {rule.audience_in(replace(TEAM, approval=approval)) for approval in Approval}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_words_for_every_rule_and_for_no_other(language: str) -> None:
    assert set(LANGUAGES[language].ITEMS) == set(all_rules())


@pytest.mark.parametrize("rule", all_rules())
def test_every_audience_of_a_rule_is_among_the_texts_that_were_read(rule: str) -> None:
    shown = {variant(rule, name).audience for name in VARIANTS[rule]}
    assert audiences(all_rules()[rule]) <= shown


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", all_rules())
def test_every_rule_has_a_text_for_each_audience(rule: str, language: str, audience: Audience) -> None:
    setting = Setting(PERSON, TEAM.name, ORGANISATION, POLICY, language)
    for name in VARIANTS[rule]:
        (item,) = compose([replace(variant(rule, name), audience=audience)], setting).items
        assert all((item.heading, item.seen, item.rule, item.advice))


@pytest.mark.parametrize("name", PLAIN_TEXTS)
def test_the_languages_fill_the_same_gaps(name: str) -> None:
    gaps = [
        {gap for _, gap, _, _ in Formatter().parse(getattr(one, name)) if gap} for one in LANGUAGES.values()
    ]
    assert all(one == gaps[0] for one in gaps)


@pytest.mark.parametrize("table", ["WEEKS", "EVERY", "NTH", "REPLACEMENT", "SIGNATURES"])
def test_the_languages_have_the_same_tables(table: str) -> None:
    keys = [set(getattr(one, table)) for one in LANGUAGES.values()]
    assert all(one == keys[0] for one in keys)
