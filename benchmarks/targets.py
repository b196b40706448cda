"""What was to be reached, what was measured, and whether that is enough: the table that tops the page.

A run of some parts alone leaves the rows of the others as they are, each with its own date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from benchmarks.page import Row, measured_text, replaced, table
from benchmarks.reading import Reading
from benchmarks.rules import Judging
from benchmarks.start import Start
from benchmarks.whole_pass import WholePass

HEADING = ("what", "target", "measured", "met", "on")
LINEAR = 1.3
"""So much more one person of the most may cost than one of fewer."""

TIMES_SDK, ONE_IN, TIMES_LIMIT, SECONDS, MEGABYTES, START_SECONDS = 100, 15, 1.6, 120, 400, 0.4


@dataclass(frozen=True, slots=True)
class Target:
    """One figure to be reached."""

    what: str
    wanted: str
    measured: str
    met: bool

    def row(self, measured: datetime) -> Row:
        """Return it as a row of the table."""
        return (
            self.what,
            self.wanted,
            self.measured,
            "yes" if self.met else "**no**",
            f"{measured:%Y-%m-%d}",
        )


def of_reading(
    typed: Reading, one_call_each: Reading, ours: Reading, decoded: Reading, limit: Reading
) -> tuple[Target, ...]:
    """Say how our reading does against others, and against the limit."""
    times = ours.per_second / typed.per_second
    fewer = one_call_each.requests_each / ours.requests_each
    slower = limit.per_second / decoded.per_second
    return (
        Target(
            "read and decode: entries per CPU second, against typed msgraph-sdk",
            f"≥ {TIMES_SDK} ×",
            f"{times:,.0f} ×",
            times >= TIMES_SDK,
        ),
        Target(
            "calendar requests, against one call each", f"≤ 1/{ONE_IN}", f"1/{fewer:.1f}", fewer >= ONE_IN
        ),
        Target(
            "download and decode: CPU, against the same batches thrown away",
            f"≤ {TIMES_LIMIT} ×",
            f"{slower:.2f} ×",
            slower <= TIMES_LIMIT,
        ),
    )


def of_rules(seconds: float, most: Judging, fewer: Judging) -> tuple[Target, ...]:
    """Say whether ``seconds``, from page to finding for the most people, is little enough, and linear."""
    growth = most.together / fewer.together
    return (
        Target(
            f"{most.people:,} people: detection and rules, on one core",
            f"≤ {SECONDS} s, linear",
            f"{seconds:,.0f} s; a person takes {growth:.2f} of what one of {fewer.people:,} does",
            seconds <= SECONDS and growth <= LINEAR,
        ),
    )


def of_whole_pass(passes: Sequence[WholePass]) -> tuple[Target, ...]:
    """Say whether the largest passes take little memory, and no more CPU a person than smaller ones."""
    most = max(one.people for one in passes)
    largest = [one for one in passes if one.people == most]
    peak = max(one.spent.peak or 0 for one in largest)
    smaller = next(one for one in passes if one.people >= most / 10)
    growth = max(one.cpu_each for one in largest) / smaller.cpu_each
    return (
        Target(
            f"{most:,} people: whole pass, peak memory",
            f"≤ {MEGABYTES} MB",
            f"{peak:,.0f} MB",
            peak <= MEGABYTES,
        ),
        Target(
            f"{most:,} people: whole pass, CPU a person, against {smaller.people:,} people",
            f"≤ {LINEAR} ×",
            f"{growth:.2f} ×",
            growth <= LINEAR,
        ),
    )


def of_start(command: Start) -> tuple[Target, ...]:
    """Say whether the command starts quickly."""
    return (
        Target(
            f"cold start, `{command.name}`",
            f"≤ {START_SECONDS} s",
            f"{command.seconds:.2f} s",
            command.seconds <= START_SECONDS,
        ),
    )


def with_targets(page: str, targets: Iterable[Target], measured: datetime) -> str:
    """Return the page with these rows in the table, in the places of earlier ones of the same name."""
    rows = {row[0]: row for row in _rows(measured_text(page, "targets"))}
    rows |= {target.what: target.row(measured) for target in targets}
    return replaced(page, "targets", table(HEADING, rows.values()))


def missed_text(targets: Iterable[Target]) -> str:
    """Say which targets were missed."""
    missed = [f"- {one.what}: {one.measured}, wanted {one.wanted}" for one in targets if not one.met]
    return "\n".join(["Missed:", *missed]) if missed else "No target was missed."


def _rows(text: str) -> list[Row]:
    """Return the rows of the table that stands there."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [tuple(cell.strip() for cell in line.strip("| ").split(" | ")) for line in lines[2:]]
