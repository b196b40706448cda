"""A policy's page says all that the profile and its guide say, in one language, as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.guide import Guide
from bot.model import Audience, DocumentSource, LawSource, RegistrationSource
from bot.parameters import DatedValue, Force, OwnChoice, Policy, Terms, Value
from bot.policy_page import profile_page, rule_page
from bot.policy_said import one_for, place, told, what, written
from bot.policy_words import LABELS, ONE_FOR, REGISTERED, TOLD, WHAT
from bot.rules import all_rules
from config.policies import load_policy, policy_ids

LANGUAGES = ("da", "en")
EVERY = pytest.mark.parametrize(
    ("policy", "language"), [(policy, language) for policy in policy_ids() for language in LANGUAGES]
)
SINCE, LATER = date(2021, 3, 1), date(2022, 4, 30)
MAY_BE_EMPTY = {"since", "told", "team", "lead"}


def texts(data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a page with the name of its field."""
    if isinstance(data, str):
        yield name, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, key)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts(value, name)


def policy(**values: tuple[DatedValue, ...]) -> Policy:
    """Return a profile with one rule that has these values."""
    text = {"da": "Dansk.", "en": "English."}
    terms = Terms("average-limit", heading("AFSNIT ET"), Force.DEMAND, SINCE, text, text, values)
    return Policy("proeve", "Prøvekommunen", "prøve.txt", "En politik", {terms.rule: terms}, Guide())


def heading(text: str) -> DocumentSource:
    return DocumentSource("prøve.txt", text)


@EVERY
def test_a_profile_leaves_no_gap_and_no_trace_of_the_program(policy: str, language: str) -> None:
    page = profile_page(load_policy(policy), language)
    said = [(name, text) for name, text in texts(asdict(replace(page, labels={})))]
    assert [name for name, text in said if not text.strip() and name not in MAY_BE_EMPTY] == []
    assert [text for _, text in said if re.search(r"None|True|False|[{}]|\bSTUB\b| {2}", text)] == []


@EVERY
def test_a_profile_shows_every_rule_value_line_and_topic_in_order(policy: str, language: str) -> None:
    known = load_policy(policy)
    page = profile_page(known, language)
    assert [part.id for part in page.parts] == list(known.terms)
    for part, terms in zip(page.parts, known.terms.values(), strict=True):
        assert [len(value.lines) for value in part.values] == [len(rows) for rows in terms.values.values()]
    assert [one.text for one in page.know] == [one.text[language] for one in known.guide.know]
    assert [list(one.points) for one in page.talk] == [
        [point[language] for point in one.points] for one in known.guide.talk
    ]


@EVERY
def test_every_value_has_words_for_what_it_is(policy: str, language: str) -> None:
    for terms in load_policy(policy).terms.values():
        for name in map(terms.full_name, terms.values):
            assert {name, name.rpartition(".")[2]} & WHAT[language].keys(), name


@EVERY
def test_every_registration_is_told_apart(policy: str, language: str) -> None:
    places = [part.place for part in profile_page(load_policy(policy), language).parts]
    assert LABELS[language]["registered"] not in places


@pytest.mark.parametrize("rule", all_rules())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_shows_each_profile_that_has_it(rule: str, language: str) -> None:
    policies = [load_policy(policy_id) for policy_id in policy_ids()]
    page = rule_page(rule, policies, language)
    assert [part.id for part in page.parts] == [one.id for one in policies if rule in one.terms]
    assert page.title == all_rules()[rule].wording[language].topic
    assert page.about
    assert all(part.since and not part.told for part in page.parts)


def test_a_rule_tells_of_itself_in_paragraphs_without_line_breaks() -> None:
    about = rule_page("average-limit", [], "en").about
    assert about[1].startswith("Source: ")
    assert not [paragraph for paragraph in about if "\n" in paragraph or "``" in paragraph]


@pytest.mark.parametrize("table", [LABELS, TOLD, ONE_FOR, REGISTERED, WHAT])
def test_the_languages_have_words_for_the_same_things(table: Any) -> None:
    assert table["da"].keys() == table["en"].keys()


@pytest.mark.parametrize(
    ("name", "value", "danish", "english"),
    [
        ("days_per_week", 2, "2 dage", "2 days"),
        ("days_per_week", 1, "1 dag", "1 day"),
        ("days", 0.5, "0,5 dag", "0.5 days"),
        ("weeks", 8, "8 uger", "8 weeks"),
        ("months", 12, "12 måneder", "12 months"),
        ("share", 0.25, "25\N{NO-BREAK SPACE}%", "25%"),
        ("explain", True, "ja", "yes"),
        ("explain", False, "nej", "no"),
        ("new_figure", 1.5, "1,5", "1.5"),
        ("new_word", "blå", "blå", "blå"),
        ("weeks", None, "gælder ikke længere", "no longer in force"),
    ],
)
def test_a_value_is_written_as_people_write_it(
    name: str, value: Value | None, danish: str, english: str
) -> None:
    assert (written(name, value, "da"), written(name, value, "en")) == (danish, english)


def test_each_value_has_its_dates_and_its_citations() -> None:
    weeks = (
        DatedValue(SINCE, 8, OwnChoice({"da": "en vane", "en": "a habit"})),
        DatedValue(LATER, 4, LawSource("Loven", "§ 1")),
    )
    [value] = profile_page(policy(weeks=weeks), "en").parts[0].values
    assert [(line.since, line.value, line.source) for line in value.lines] == [
        ("1 March 2021", "8 weeks", "our choice: a habit"),
        ("30 April 2022", "4 weeks", "Loven, § 1"),
    ]


@pytest.mark.parametrize(
    ("source", "danish"),
    [
        (heading("RAMMER FOR HJEMMEARBEJDE"), "»Rammer for hjemmearbejde«"),
        (heading("Hvem kan arbejde hjemme?"), "»Hvem kan arbejde hjemme?«"),
        (RegistrationSource("the team's days: team_days"), "De faste dage, som teamet selv har registreret"),
        (RegistrationSource("something new: new"), "Det, organisationen selv har registreret"),
    ],
)
def test_a_place_is_named_as_the_reader_finds_it(
    source: DocumentSource | RegistrationSource, danish: str
) -> None:
    assert place(source, "da") == danish


def test_a_value_that_a_team_may_set_is_named_and_so_is_the_most_it_may_set() -> None:
    page = profile_page(load_policy("kriminalforsorgen"), "da")
    teams = {part.id: [value.team for value in part.values] for part in page.parts}
    most = "Et team kan sætte sin egen, højst 2 dage: average-limit.days_per_week"
    assert teams["average-limit"] == [most, ""]
    assert teams["agreement-exceeds-limit"] == [most]
    assert teams["local-discussion-due"] == ["Et team kan sætte sin egen: local-discussion-due.months"]


def test_a_rule_that_came_later_than_the_rest_says_so() -> None:
    known = policy()
    later = replace(known.terms["average-limit"], rule="team-day", since=LATER)
    page = profile_page(replace(known, terms=known.terms | {"team-day": later}), "da")
    assert page.facts[1] == ("Gælder fra", "1. marts 2021")
    assert [part.since for part in page.parts] == ["", "30. april 2022"]


def test_demands_and_advice_are_counted() -> None:
    known = policy()
    advice = replace(known.terms["average-limit"], rule="team-day", force=Force.ADVICE)
    page = profile_page(replace(known, terms=known.terms | {"team-day": advice}), "en")
    assert page.facts[2] == ("Rules", "2, of which 1 demanded and 1 advised")
    assert [part.force for part in page.parts] == ["Demand", "Advice"]


def test_who_hears_of_a_rule_is_said_in_words() -> None:
    rule = all_rules()["average-limit"]
    by_audience = {audience: told(replace(rule, audience=audience), "en") for audience in (*Audience, None)}
    assert len(set(by_audience.values())) == len(by_audience)
    assert by_audience[Audience.NOTICE] == TOLD["en"]["N"]
    assert told(replace(rule, at_once=True), "en") == TOLD["en"]["at once"]
    once_a_year = replace(rule, again_after=timedelta(days=365))
    assert told(once_a_year, "da").endswith("Bliver taget op igen tidligst efter 365 dage.")


@pytest.mark.parametrize(
    ("rule", "subject"),
    [
        ("team-day", "each day"),
        ("week-limit-agreed", "each week"),
        ("average-limit", "each person"),
        ("never-together", "each team"),
    ],
)
def test_what_one_finding_speaks_of(rule: str, subject: str) -> None:
    assert one_for(all_rules()[rule], "en") == subject


def test_a_value_without_words_of_its_own_is_called_by_its_name() -> None:
    assert what("new-rule.new_figure", "da") == "new figure"
