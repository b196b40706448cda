"""Cards in a real browser, drawn by the renderer that Teams builds on: they fit, align and can be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from integrations.teams.cards import adaptive_card
from tests.browser.tools import (
    HERE,
    PACKAGES,
    faint_texts,
    in_chromium,
    shoot,
    sticking_out,
    with_packages,
)
from tests.integrations.sample_messages import all_kinds, awkward_digest, digest

pytestmark = [*in_chromium, with_packages]

RENDERER = PACKAGES / "adaptivecards/dist/adaptivecards.min.js"
MARKDOWN = PACKAGES / "markdown-it/dist/browser/markdown-it.umd.min.js"
RENDER = (HERE / "teams.js").read_text("utf-8")
LINES = (HERE / "lines.js").read_text("utf-8")
EMPTY = (
    "<!doctype html><html lang='da'><head><title>Teams</title></head><body style='margin: 0'></body></html>"
)
KINDS = {**all_kinds("da"), "english": digest("en", 5), "awkward": awkward_digest()}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 320, "height": 600})
    opened.set_content(EMPTY)
    opened.add_script_tag(path=RENDERER)
    opened.add_script_tag(path=MARKDOWN)
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_fits_aligns_and_can_be_read(page: Page, kind: str, scheme: str) -> None:
    complaints = page.evaluate(RENDER, {"card": adaptive_card(KINDS[kind]), "dark": scheme == "dark"})
    assert complaints == []
    assert faint_texts(page) == []
    for width in (320, 800):
        page.set_viewport_size({"width": width, "height": 600})
        shoot(page, f"card-{kind}-{scheme}-{width}")
        assert sticking_out(page) == []
        lines = page.evaluate(LINES)
        assert lines["clipped"] == []
        assert max(lines["steps"], default=0) - min(lines["steps"], default=0) < 0.05  # pixels


def test_the_renderer_complains_of_what_it_does_not_know(page: Page) -> None:
    card = {**adaptive_card(KINDS["reminder"]), "body": [{"type": "Chart.Donut"}]}
    assert page.evaluate(RENDER, {"card": card, "dark": False}) != []


def test_a_line_that_is_too_long_is_seen_to_be_clipped(page: Page) -> None:
    line = {"type": "TextBlock", "text": "x" * 80, "fontType": "Monospace", "size": "Small"}
    page.evaluate(RENDER, {"card": {**adaptive_card(KINDS["reminder"]), "body": [line]}, "dark": False})
    assert page.evaluate(LINES)["clipped"] == ["x" * 80]
