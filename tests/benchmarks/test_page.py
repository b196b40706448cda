"""The page of figures: what a measurement replaces in it, and what it leaves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.__main__ import PAGE
from benchmarks.page import measured_text, replaced, table
from benchmarks.parts import PARTS
from benchmarks.targets import HEADING, Target, missed_text, with_targets

FIRST, SECOND = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
QUICK = Target("start", "≤ 1 s", "0.5 s", met=True)
SLOW = Target("reading", "≤ 1 s", "2 s", met=False)
EMPTY = f"a\n<!-- measured: targets -->\n{table(HEADING, [])}\n<!-- /measured -->\nb\n"


def test_figures_of_one_measurement_leave_the_others_alone() -> None:
    one, two = (f"<!-- measured: {what} -->\nold\n<!-- /measured -->\n" for what in ("one", "two"))
    assert replaced(f"a\n{one}b\n{two}c\n", "two", "new") == f"a\n{one}b\n{two.replace('old', 'new')}c\n"


def test_a_measurement_without_a_place_in_the_page_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place"):
        replaced("a page\n", "one", "new")


def test_every_part_has_its_place_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(measured_text(page, what) for what in [*PARTS, "targets"])


def test_a_target_takes_the_row_of_its_earlier_self_and_leaves_the_others() -> None:
    page = with_targets(with_targets(EMPTY, [QUICK, SLOW], FIRST), [SLOW], SECOND)
    assert page.startswith("a\n<!-- measured: targets -->\n")
    assert page.endswith("<!-- /measured -->\nb\n")
    assert measured_text(page, "targets").splitlines()[2:] == [
        "| start | ≤ 1 s | 0.5 s | yes | 2026-03-02 |",
        "| reading | ≤ 1 s | 2 s | **no** | 2026-03-03 |",
    ]


def test_what_is_missed_is_said() -> None:
    assert missed_text([QUICK]) == "No target was missed."
    assert missed_text([QUICK, SLOW]) == "Missed:\n- reading: 2 s, wanted ≤ 1 s"
