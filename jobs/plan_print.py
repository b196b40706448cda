"""The plan of a dry run as operators read it in the terminal: every message, and what is held back and why.

80 columns at most, no colours, so that it can be kept, compared and sent on. Who has a finding that rests on
health data is not told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import fill

from rich.console import Console

from bot.decide import Placed
from bot.model import MessageState, Status
from jobs.health import HEALTH_RULE
from jobs.report import UNRESOLVED, MessageLine, Report

WIDTH = 80
MOST_DATES = 3
NOTHING = "  nothing"
EMPTY = "without topics"
SAID = "told before or waiting for the next digest"


def print_plan(report: Report) -> None:
    """Print what a dry run has planned."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for line in plan_lines(report):
        console.print(line)


def plan_lines(report: Report) -> Iterator[str]:
    """Yield the plan line by line."""
    found = {placed.finding.id: placed for placed in report.findings}
    planned = [line for line in report.messages if line.state not in UNRESOLVED]
    left = [line for line in report.messages if line.state in UNRESOLVED]
    yield f"Plan for {report.now:%A %d %B %Y, %H:%M}. Nothing is sent, nothing is recorded."
    yield from ("", "Messages", *(_messages(planned, found) or [NOTHING]))
    yield from ("", "Held back", *(_held_back(report.findings) or [NOTHING]))
    if earlier := _messages(left, found):
        yield from ("", "Left from earlier passes", *earlier)
    yield from ("", *_summary(planned, report.findings))


def _messages(lines: Sequence[MessageLine], found: Mapping[str, Placed]) -> list[str]:
    """Return each message with what it tells. One that may be on health data alone isn't shown: its receiver
    would say whose they are.
    """
    printed = []
    for line in lines:
        told = [found[one] for one in line.findings if one in found]
        shown = [placed for placed in told if placed.finding.rule != HEALTH_RULE]
        if shown or not line.findings:
            reason = f" ({line.reason})" if line.reason else ""
            printed.append(_wrapped(f"{line.kind} to {line.to}: {line.state.value}{reason}"))
            details = map(_named, shown) if line.findings else [EMPTY]
            printed += [_wrapped(one, indent=4) for one in details]
    return printed


def _held_back(findings: Iterable[Placed]) -> list[str]:
    """Return every finding that somebody hears nothing of now, with the reason."""
    return [
        _wrapped(f"{_named(placed)}: {waits}")
        for placed in findings
        if placed.finding.rule != HEALTH_RULE and (waits := _waits(placed))
    ]


def _waits(placed: Placed) -> str | None:
    if placed.step is None:
        return placed.reason
    return f"leader not yet: {placed.leader_waits}" if placed.leader_waits else None


def _named(placed: Placed) -> str:
    finding = placed.finding
    about = finding.person or f"team {finding.team}"
    return ", ".join(part for part in (finding.rule, about, _dates(finding.dates)) if part)


def _dates(dates: Sequence[date]) -> str:
    shown = " ".join(day.isoformat() for day in dates[:MOST_DATES])
    more = len(dates) - MOST_DATES
    return f"{shown} and {more} more" if more > 0 else shown


def _summary(planned: Sequence[MessageLine], findings: Sequence[Placed]) -> Iterator[str]:
    states = Counter(line.state for line in planned)
    told = {one for line in planned for one in line.findings}
    waiting = {placed.finding.id for placed in findings if placed.step is None}
    is_open = [placed.finding.id for placed in findings if placed.finding.status is Status.OPEN]
    before = [one for one in is_open if one not in told | waiting]
    yield _wrapped(
        f"{states[MessageState.PLANNED]} messages to send, {states[MessageState.HELD]} held, "
        f"{states[MessageState.SUPPRESSED]} suppressed. {len(is_open)} findings open, "
        f"of which {len(before)} {SAID}.",
        indent=0,
    )
    if number := sum(placed.finding.rule == HEALTH_RULE for placed in findings):
        yield _wrapped(f"Not shown, since it rests on health data: {HEALTH_RULE} ({number}).", indent=0)


def _wrapped(text: str, indent: int = 2) -> str:
    first, further = " " * indent, " " * (indent + 4)
    return fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
