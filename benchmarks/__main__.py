"""Run all benchmarks and print the table; with ``--write``, put it in docs/performance.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.detection import detection
from benchmarks.measure import Rate, machine
from jobs.clock import read_clock

PAGE = Path(__file__).parents[1] / "docs/performance.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and write where asked to."""
    text = table(detection(), read_clock(None))
    print(text)
    if "--write" in arguments:
        PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


def table(rates: Sequence[Rate], measured: datetime) -> str:
    """Return the figures as a Markdown table, each set against the first."""
    lines = [
        f"Measured {measured:%Y-%m-%d} on {machine()}.",
        "",
        "| what | entries | entries per CPU second | CPU µs an entry | of the bare decode |",
        "|---|--:|--:|--:|--:|",
        *(_line(rate, rates[0]) for rate in rates),
    ]
    return "\n".join(lines)


def replaced(page: str, measured: str) -> str:
    """Return the page with what stands between the marks replaced."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}{measured}\n{END}{after}"


def _line(rate: Rate, first: Rate) -> str:
    per_second = rate.per_second
    against = f"{per_second / first.per_second:.2g} ×"
    return f"| {rate.name} | {rate.entries:,} | {per_second:,.0f} | {1e6 / per_second:,.1f} | {against} |"


if __name__ == "__main__":
    main(sys.argv[1:])
