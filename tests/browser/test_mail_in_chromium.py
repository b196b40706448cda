"""HTML mail in a real browser: it fits, can be read and is accessible, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from integrations.mail.render import render_html
from tests.browser.tools import (
    axe_complaints,
    faint_texts,
    in_chromium,
    shoot,
    sticking_out,
    with_packages,
)
from tests.integrations.sample_messages import all_kinds, awkward_digest, digest

pytestmark = in_chromium

WIDTHS = (320, 800)
KINDS = {**all_kinds("da"), "english": digest("en", 5), "awkward": awkward_digest()}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, kind: str, scheme: str) -> Iterator[Page]:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    opened = context.new_page()
    opened.set_content(render_html(KINDS[kind], fallback=True))
    yield opened
    context.close()


def test_mail_fits_and_can_be_read(page: Page, kind: str, scheme: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 600})
        shoot(page, f"mail-{kind}-{scheme}-{width}")
        assert sticking_out(page) == []
        assert faint_texts(page) == []


@with_packages
def test_axe_finds_nothing_on_mail(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 600})
        assert axe_complaints(page) == []


def test_the_grid_shows_words_where_they_have_room_and_else_letters_with_a_key(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.set_content(render_html(KINDS["digest"], fallback=True))
    cell, key = page.locator("td.home").first, page.get_by_text("H = hjemme")
    assert (cell.inner_text(), key.is_visible()) == ("hjemme", False)
    page.set_viewport_size({"width": 320, "height": 600})
    assert cell.locator(".letter").is_visible()
    assert cell.locator(".word").evaluate("word => word.getBoundingClientRect().width") == 1
    assert key.is_visible()
    page.close()
