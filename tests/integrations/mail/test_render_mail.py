"""A message as mail: everything is said, nothing is fetched, and tables say what they are."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from bot.model import Bar, Message, Section
from integrations.mail.render import render_html, render_text
from tests.integrations.messages_of_any_kind import MESSAGES, at_leisure
from tests.integrations.sample_messages import CALENDAR_URL, all_kinds, digest, operations, reminder

GOLDEN = Path(__file__).parents[2] / "golden/mail"
RENDERERS = {"html": render_html, "txt": render_text}
KINDS = {f"{kind}-{language}": one for language in ("da", "en") for kind, one in all_kinds(language).items()}
READ_BY_A_PERSON = [f"{kind}-{language}" for kind in ("reminder", "digest") for language in ("da", "en")]


class Page(HTMLParser):
    """Takes a page apart: the text it shows, its elements, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "br":
            self.text += "\n"
        elif tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def squeezed(text: str) -> str:
    return " ".join(text.split())


def said_by(message: Message) -> list[str]:
    """What a reader is to find, whatever the format, the grids' own words aside."""
    items = [*message.items, *(item for part in message.sections for item in part.items)]
    settled = [text for item in items if item.settled for text in (item.heading, item.seen)]
    full = [
        text
        for item in items
        if not item.settled
        for text in (item.heading, item.seen, item.advice, item.know, item.rule, *item.questions)
    ]
    parts = [text for part in message.sections for text in (part.heading, *part.lines)]
    bars = [text for part in message.sections for bar in part.bars for text in (bar.label, bar.text)]
    people = [row.name for part in message.sections if part.grid for row in part.grid.rows]
    frame = [message.title, message.greeting, message.closing, message.button]
    return [*frame, *settled, *full, *parts, *bars, *people]


@pytest.mark.parametrize("kind", READ_BY_A_PERSON)
@pytest.mark.parametrize("ending", RENDERERS)
def test_mail_is_as_it_was_when_last_read_by_a_person(kind: str, ending: str) -> None:
    golden = GOLDEN / f"{kind}.{ending}"
    mail = RENDERERS[ending](KINDS[kind], fallback=True)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(mail, "utf-8")
    assert mail == golden.read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", RENDERERS)
def test_mail_says_everything_that_the_message_says(kind: str, ending: str) -> None:
    message = KINDS[kind]
    mail = RENDERERS[ending](message, fallback=True)
    text = squeezed(Page(mail).text if ending == "html" else mail)
    assert [one for one in said_by(message) if squeezed(one) not in text] == []
    assert CALENDAR_URL in mail or message.title.startswith(("Drift", "Operations"))


@at_leisure
@given(MESSAGES)
def test_whatever_a_message_says_its_mail_is_well_formed_and_shows_it(message: Message) -> None:
    page = Page(render_html(message, fallback=True))
    assert page.open == []
    text = squeezed(page.text)
    assert [one for one in said_by(message) if squeezed(one) not in text] == []
    assert render_text(message, fallback=True).endswith("\n")


@pytest.mark.parametrize("ending", RENDERERS)
@pytest.mark.parametrize(
    ("language", "why"),
    [("da", "fordi Teams ikke kunne aflevere den"), ("en", "because Teams could not deliver it")],
)
def test_mail_says_why_it_comes_as_mail_where_that_is_so(language: str, why: str, ending: str) -> None:
    render = RENDERERS[ending]
    assert why in render(reminder(language), fallback=True)
    assert "Teams" not in render(operations(language), fallback=False)


@pytest.mark.parametrize("ending", RENDERERS)
def test_a_settled_matter_says_so_and_gives_no_advice(ending: str) -> None:
    message = reminder("da")
    settled = replace(message.items[0], seen="Det er på plads – tak.", settled=True)
    mail = RENDERERS[ending](replace(message, items=(settled,)), fallback=True)
    assert "✓ Det er på plads – tak." in mail
    assert settled.heading in mail
    assert [one for one in (settled.advice, settled.rule) if one in mail] == []


@pytest.mark.parametrize("ending", RENDERERS)
def test_a_heading_that_stands_above_already_is_not_said_twice(ending: str) -> None:
    message = reminder("da")
    mail = RENDERERS[ending](replace(message, title=message.items[0].heading), fallback=True)
    body = mail.partition("<body>")[2] or mail
    assert body.count(message.items[0].heading) == 1


def test_plain_text_in_a_message_stays_plain_text_on_the_page() -> None:
    mail = render_html(replace(reminder("da"), greeting="<img src=x> & “Bo”\nAnden linje"), fallback=True)
    assert "&lt;img src=x&gt; &amp; “Bo”<br>Anden linje" in mail


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched_and_nobody_is_tracked(kind: str) -> None:
    mail = render_html(KINDS[kind], fallback=True)
    links = [attributes["href"] for tag, attributes in Page(mail).elements if tag == "a"]
    assert links == [KINDS[kind].button_url]
    assert re.findall(r"https?:|url\(|@import|<img|<script|<link", mail) == ["https:"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_names_its_language_and_a_grid_its_columns_lines_and_places(language: str) -> None:
    message = digest(language, 3)
    elements = Page(render_html(message, fallback=True)).elements
    assert next(attributes for tag, attributes in elements if tag == "html")["lang"] == language
    scopes = [attributes["scope"] for tag, attributes in elements if tag == "th"]
    assert (scopes.count("col"), scopes.count("row")) == (2 * 6, 2 * 3 + 4)
    places = [attributes["class"] for tag, attributes in elements if tag == "td" and "class" in attributes]
    who = message.sections[0].grid
    assert who is not None
    week_by_week = [*(row.places[:5] for row in who.rows), *(row.places[5:] for row in who.rows)]
    wanted = [place.value for places in week_by_week for place in places]
    assert [one for one in places if one in set(wanted)] == wanted


def test_every_place_is_told_as_a_word_in_html_and_explained_in_text() -> None:
    message = digest("da", 3)
    assert '<span class="word">hjemme</span>' in render_html(message, fallback=True)
    assert "H = hjemme" in render_text(message, fallback=True)


def test_a_trend_has_its_figures_beside_its_bars() -> None:
    part = Section("Udviklingen", bars=(Bar("uge 9", 0.38, "38 %"),))
    message = replace(reminder("da"), sections=(part,))
    assert "uge 9  38 %  ████░░░░░░" in render_text(message, fallback=True)
    html = render_html(message, fallback=True)
    assert '<td align="right">38 %</td><td class="bar" aria-hidden="true">████░░░░░░</td>' in html
