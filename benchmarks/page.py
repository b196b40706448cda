"""Markdown tables, and where they go in docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from benchmarks.measure import machine

BEGIN, END = "<!-- measured: {what} -->\n", "<!-- /measured -->\n"

Row = tuple[str, ...]


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, the first column to the left and the others, which are figures, to the right."""
    lines = [heading, ["---", *["--:"] * (len(heading) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def paragraphs(*texts: str) -> str:
    """Return the texts with a blank line between."""
    return "\n\n".join(texts)


def when_and_where(measured: datetime) -> str:
    """Say when it was measured, and on what kind of machine."""
    return f"Measured {measured:%Y-%m-%d} on {machine()}."


def megabytes(peak: float | None) -> str:
    """Return the most memory a process took, where the system tells."""
    return "not known" if peak is None else f"{peak:,.0f}"


def measured_text(page: str, what: str) -> str:
    """Return what stands between the marks of one measurement."""
    return page.partition(BEGIN.format(what=what))[2].partition(END)[0]


def replaced(page: str, what: str, text: str) -> str:
    """Return the page with what stands between the marks of one measurement replaced."""
    begin = BEGIN.format(what=what)
    if begin not in page:
        raise ValueError(f"the page has no place for {what}")
    before, _, rest = page.partition(begin)
    after = rest.partition(END)[2]
    return f"{before}{begin}{text}\n{END}{after}"
