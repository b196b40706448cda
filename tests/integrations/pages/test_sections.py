"""What a leader is told stands on the page in full: topics, the grid as a table, bars, what is settled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest

from bot.model import (
    Bar,
    Grid,
    GridColumn,
    GridRow,
    GridWeek,
    Message,
    MessageItem,
    Place,
    Section,
    Sign,
    Step,
)
from integrations.pages import render_message
from tests.integrations.pages.page import Page

AT = datetime(2026, 3, 2, 8, 0, tzinfo=timezone(timedelta(hours=1)))
SIGNS = {place: Sign(place.value[0].upper(), f"er {place.value}") for place in Place}
GRID = Grid(
    weeks=(
        GridWeek("Uge 9", (GridColumn("ma", "mandag den 23. februar"),)),
        GridWeek(
            "Uge 10",
            (
                GridColumn("ma", "mandag den 2. marts"),
                GridColumn("ti", "tirsdag den 3. marts", "teamdag"),
            ),
        ),
    ),
    rows=(
        GridRow("Anna H", (Place.ON_SITE, Place.HOME, Place.AWAY)),
        GridRow("Bo F", (Place.UNKNOWN, Place.HOME, Place.HOME)),
    ),
    signs=SIGNS,
)
TOPIC = MessageItem(
    "Anna: hjemmedag på en teamdag",
    "Kalenderen viser hjemmearbejde tirsdag.",
    "Kilde: teamets dage.",
    "Find en anden dag sammen.",
    questions=("Passer teamdagen stadig?", "Skal en undtagelse registreres?"),
)
DIGEST = Message(
    language="da",
    title="Uge 10: hjemmearbejde i Borgerservice",
    greeting="Hej Mette",
    items=(),
    closing="Medarbejderne har fået det samme at vide først.",
    button="Åbn din kalender",
    button_url="https://outlook.office.com/calendar/",
    sections=(
        Section("Værd at tale om", ("En ting at tale om.",), (TOPIC,)),
        Section("Hvem er hvor", grid=GRID),
        Section("Udviklingen", ("Omtrent som før.",), bars=(Bar("uge 9", 0.384, "38 %"),)),
    ),
)


def html_of(message: Message = DIGEST, *, changed: bool = False) -> str:
    return render_message(message, to="Mette Lund", step=Step.DIGEST, sent_at=AT, changed=changed)


def classes(page: Page, tag: str) -> list[str]:
    return [(attributes.get("class") or "").strip() for attributes in page.named(tag)]


def test_all_that_is_told_stands_on_the_page_in_order() -> None:
    text = Page(html_of()).text
    said = [
        "Hej Mette",
        "Værd at tale om",
        "En ting at tale om.",
        TOPIC.heading,
        TOPIC.seen,
        TOPIC.advice,
        *TOPIC.questions,
        TOPIC.rule,
        "Hvem er hvor",
        "Omtrent som før.",
        "uge 9 38 %",
        DIGEST.closing,
    ]
    places = [text.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("message", [DIGEST, replace(DIGEST, items=(TOPIC,), sections=())])
def test_the_headings_go_down_one_step_at_a_time(message: Message) -> None:
    levels = [int(tag[1]) for tag, _ in Page(html_of(message)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(levels) > 1


def test_the_grid_is_a_table_with_a_caption_and_every_heading_scoped() -> None:
    page = Page(html_of())
    assert "Hvem er hvor: hvor vi arbejder, dag for dag" in page.text
    scopes = [heading["scope"] for heading in page.named("th")]
    assert (scopes.count("colgroup"), scopes.count("col"), scopes.count("row")) == (2, 4, 2)
    assert [heading["colspan"] for heading in page.named("th") if "colspan" in heading] == ["1", "2"]
    assert len(page.named("td")) == 6


def test_who_hears_the_grid_hears_words_and_dates() -> None:
    text = Page(html_of()).text
    assert "ti tirsdag den 3. marts, teamdag" in text
    assert "Anna H O er on-site H er home A er away" in text


def test_the_signs_that_occur_are_explained_and_no_others() -> None:
    legend = html_of().partition('class="signs"')[2].partition("</ul>")[0]
    assert re.findall(r'class="place ([a-z-]+)"', legend) == ["on-site", "home", "away", "unknown"]
    assert "teamdag: tirsdag den 3. marts" in legend


def test_a_bar_is_as_long_as_its_share() -> None:
    assert 'style="width: 38.4%"' in html_of()


def test_a_matter_that_fell_into_place_is_marked_with_more_than_a_colour() -> None:
    settled = replace(TOPIC, seen="Det er på plads - tak.", advice="", questions=(), settled=True)
    page = Page(html_of(replace(DIGEST, items=(settled, TOPIC), sections=())))
    assert classes(page, "section") == ["matter settled", "matter"]
    assert f"✓ {settled.heading} Det er på plads - tak." in page.text


def test_a_card_that_was_changed_says_so() -> None:
    text = Page(html_of(changed=True)).text
    assert "Sådan ser beskeden til Mette Lund ud, efter at noget faldt på plads" in text
    assert "Ændret mandag den 2. marts 2026 kl. 08.00, uden lyd" in text
    assert "Ændret" not in Page(html_of()).text


def test_a_page_with_a_grid_is_well_formed_and_needs_nothing_from_elsewhere() -> None:
    page = Page(html_of())
    assert page.open == []
    assert page.named("script") == page.named("img") == []


def test_names_and_lines_are_escaped() -> None:
    row = GridRow("<b>Bo</b>", (Place.HOME,) * 3)
    grid = replace(GRID, rows=(row,))
    page = Page(html_of(replace(DIGEST, sections=(Section("A & B", ("<i>",), grid=grid),))))
    assert page.named("b") == page.named("i") == []
    assert "<b>Bo</b>" in page.text


def test_a_row_with_too_few_places_is_refused() -> None:
    grid = replace(GRID, rows=(GridRow("Anna H", (Place.HOME,)),))
    with pytest.raises(ValueError, match="longer"):
        html_of(replace(DIGEST, sections=(Section("Hvem", grid=grid),)))
