"""The pages in a real browser: they fit, say nothing on the console and can be read, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bot.model import Kind, Message, MessageItem, Step
from bot.policy_page import profile_page
from config.policies import load_policy
from integrations.pages import (
    Cell,
    Figure,
    IndexView,
    Link,
    Section,
    WeekDay,
    WeekRow,
    WeekView,
    render_index,
    render_message,
    render_policy,
    render_week,
)
from tests.browser.tools import axe_complaints, faint_texts, in_chromium, sticking_out, with_packages
from tests.integrations.sample_messages import digest

pytestmark = in_chromium

LONG = "Socialtilsynskonsulentgruppen for Hovedstadsområdets Specialinstitutioner"
DAYS = tuple(
    WeekDay(date(2026, 3, 2) + timedelta(days=n), team_day=n in {0, 1}, today=n == 0) for n in range(5)
)
WEEK = WeekView(
    team=LONG,
    days=DAYS,
    rows=(
        WeekRow(
            "Anna-Margrethe Lundgaard-Christoffersen",
            (
                Cell(),
                Cell(Kind.HOME, remarks=("Tirsdag er jeres fælles dag", "Tre hjemmedage, aftalen siger to")),
                Cell(Kind.TENTATIVE, 0.4),
                Cell(Kind.ABSENT, 0.5),
                Cell(Kind.ELSEWHERE),
            ),
        ),
        WeekRow("Bo Lund", (Cell(None), Cell(Kind.HOME), Cell(), Cell(), Cell(Kind.ABSENT))),
        WeekRow("Camilla Friis"),
    ),
)
MESSAGE = Message(
    language="da",
    title="To hjemmedage, vi lige skal have på plads",
    greeting="Hej Anna-Margrethe.",
    items=(
        MessageItem(LONG, "Du har markeret hjemmearbejde.", "https://eksempel.dk/" + "x" * 90, "Flyt dagen."),
    ),
    closing="Er noget forkert, så skriv til hr@proeve.example.",
    button="Åbn min kalender",
    button_url="https://outlook.office.com/calendar",
)
INDEX = IndexView(
    organisation="Prøvekommunen",
    summary="Vi læste tre kalendere og skrev en besked.",
    figures=(Figure("12", "kalendere læst"), Figure("1.204", "hjemmedage fundet")),
    sections=(Section("Ugen i hvert team", (Link("uge.html", LONG, "uge 10, 2.–6. marts"),)),),
)
PAGES = {
    "week": render_week(WEEK, index_href="index.html"),
    "message": render_message(
        MESSAGE,
        to="Anna-Margrethe",
        step=Step.REMINDER,
        sent_at=datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=1))),
        index_href="index.html",
    ),
    "digest": render_message(
        digest("da", 12),
        to="Kirsten",
        step=Step.DIGEST,
        sent_at=datetime(2026, 3, 2, 7, tzinfo=timezone(timedelta(hours=1))),
    ),
    "index": render_index(INDEX),
    "policy": render_policy(profile_page(load_policy("nyborg"), "da")),
}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, browser: Browser, scheme: str, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / f"{request.param}.html"
    file.write_text(PAGES[request.param], "utf-8")
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: said.append(request.url) if "file:" not in request.url else None)
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert [line for line in said if not line.startswith("data:")] == []


@pytest.mark.parametrize("width", [320, 800, 1200])
def test_nothing_sticks_out_of_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert sticking_out(page) == []


def test_all_text_stands_out_from_its_background(page: Page) -> None:
    assert faint_texts(page) == []


@with_packages
def test_axe_finds_nothing_on_the_page(page: Page) -> None:
    for width in (320, 800):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe_complaints(page) == []


def test_the_page_follows_the_light_or_dark_of_the_system(page: Page, scheme: str) -> None:
    brightness = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number).reduce((a, b) => a + b)"
    )
    assert (brightness > 380) == (scheme == "light")
