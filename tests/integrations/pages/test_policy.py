"""The page of a policy holds every rule, value, line and topic, and reads well with any aid."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.policy_page import PolicyPage, profile_page, rule_page
from config.policies import load_policy, policy_ids
from integrations.pages import render_policy
from tests.integrations.pages.page import Page

PROFILES = [
    profile_page(load_policy(policy), language) for policy in policy_ids() for language in ("da", "en")
]
RULES = [
    rule_page(rule, map(load_policy, policy_ids()), language)
    for rule in ("team-day", "average-limit")
    for language in ("da", "en")
]
EVERY = pytest.mark.parametrize(
    "view", [*PROFILES, *RULES], ids=lambda view: f"{view.eyebrow.split()[-1]}-{view.language}"
)


def joined(text: str) -> str:
    return " ".join(text.split())


@EVERY
def test_the_page_is_well_formed_stands_alone_and_names_its_language(view: PolicyPage) -> None:
    html = render_policy(view)
    page = Page(html)
    assert page.open == []
    assert page.named("html") == [{"lang": view.language}]
    assert page.named("script") == page.named("img") == []
    assert not re.search(r"url\(|@import|https?://", html)
    assert not re.search(r"None|\{\{|\}\}", page.text)


@EVERY
def test_the_headings_go_down_one_step_at_a_time(view: PolicyPage) -> None:
    levels = [int(tag[1]) for tag, _ in Page(render_policy(view)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@EVERY
def test_everything_on_the_view_is_on_the_page(view: PolicyPage) -> None:
    text = Page(render_policy(view)).text
    lines = [line for part in view.parts for value in part.values for line in value.lines]
    said = [
        *(said for fact in view.facts for said in fact),
        *view.about,
        *(said for part in view.parts for said in (part.title, part.id, part.force, part.place)),
        *(said for part in view.parts for said in (part.asks, part.reading, part.told, part.since)),
        *(said for part in view.parts for value in part.values for said in (value.what, value.team)),
        *(said for line in lines for said in (line.value, line.since, line.source)),
        *(said for one in view.know for said in (one.text, one.place)),
        *(said for one in view.talk for said in (one.title, one.place, *one.points)),
    ]
    assert [one for one in said if joined(one) not in text] == []


@EVERY
def test_the_contents_lead_to_places_on_the_page_each_with_a_name_of_its_own(view: PolicyPage) -> None:
    page = Page(render_policy(view))
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    links = [link["href"] for link in page.named("a")]
    assert len(names) == len(set(names))
    assert len(links) >= len(view.parts)
    assert {link.removeprefix("#") for link in links} <= set(names)


def test_every_value_stands_in_a_table_with_a_caption_and_scoped_headings() -> None:
    view = profile_page(load_policy("kriminalforsorgen"), "da")
    page = Page(render_policy(view))
    tables = [part for part in view.parts if part.values]
    assert len(page.named("caption")) == len(page.named("table")) == len(tables)
    scopes = [heading["scope"] for heading in page.named("th")]
    assert scopes.count("rowgroup") == sum(len(part.values) for part in tables)
    assert scopes.count("col") == 4 * len(tables)


def test_the_rule_s_own_words_are_marked_as_english_on_a_danish_page() -> None:
    page = Page(render_policy(rule_page("team-day", [], "da")))
    assert [element["lang"] for element in page.named("div") if "lang" in element] == ["en"]


def test_texts_are_escaped() -> None:
    page = Page(render_policy(replace(PROFILES[0], title="<script>alert(1)</script> & Co")))
    assert page.named("script") == []
    assert "<script>alert(1)</script> & Co" in page.text
