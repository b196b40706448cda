"""What the browser tests share: Chromium, the packages of package.json, and what is asked of a page."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
AXE = PACKAGES / "axe-core/axe.min.js"
CONTRAST = (HERE / "contrast.js").read_text("utf-8")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

in_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install the package chromium"),
]
with_packages = pytest.mark.skipif(
    not AXE.is_file(), reason="no packages for the browser tests; run npm ci in tests/browser"
)


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page where the environment names a folder for them: ``SHOTS``."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def sticking_out(page: Page) -> list[str]:
    """Return the beginnings of the elements that reach beyond the right edge of the window."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('.unseen') && e.getBoundingClientRect().right > window.innerWidth + 1)
          .map(e => e.outerHTML.slice(0, 80))"""
    )
    scrolled: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, *([f"scrolls by {scrolled} px"] if scrolled > 0 else [])]


def faint_texts(page: Page) -> list[str]:
    """Return the texts below the contrast of WCAG 2.2 level AA."""
    found = page.evaluate(CONTRAST)
    assert found["read"] > 2
    return list(found["faint"])


def axe_complaints(page: Page) -> list[str]:
    """Return what axe-core finds wrong: the rule, and where."""
    page.evaluate(AXE.read_text("utf-8"))  # not as a script of the page, whose policy may allow none
    found: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    assert found["passes"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]
