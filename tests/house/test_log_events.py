"""Every event that the log may show at its usual level stands in the operators' table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEVELS = {"info", "warning", "error"}


def events() -> Iterator[str]:
    """Yield the names of the events that are logged by name."""
    for module in sorted((ROOT / "jobs").glob("**/*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in LEVELS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield node.args[0].value


def test_every_event_is_explained_to_those_who_run_it() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    named = set(events())
    assert len(named) > 20
    assert sorted(event for event in named if f"`{event}`" not in page) == []
