"""The figures as Markdown tables, and where they go in docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from benchmarks.entries import ENTRIES_A_PERSON
from benchmarks.measure import Rate, machine
from benchmarks.rules import Judging
from benchmarks.sending import Sending

END = "<!-- /measured -->\n"
JUDGING = (
    "profile",
    "rules",
    "people",
    "findings",
    "CPU s",
    "people per CPU second",
    "CPU µs a person",
    "rule by rule, CPU µs a person",
    "days walked once, CPU µs a person",
    "most memory, MB",
)

SENDING = (
    "message",
    "messages",
    "requests each",
    "seconds",
    "messages per second",
    "the limit, per second",
    "of the limit",
    "refused and sent again",
)


def detection_text(rates: Sequence[Rate], measured: datetime) -> str:
    """Return what reading entries took, each way set against the first."""
    lines = [
        _when_and_where(measured),
        "",
        "| what | entries | entries per CPU second | CPU µs an entry | of the bare decode |",
        "|---|--:|--:|--:|--:|",
        *(_rate_line(rate, rates[0]) for rate in rates),
    ]
    return "\n".join(lines)


def rules_text(judged: Sequence[Judging], to_days: Rate, measured: datetime) -> str:
    """Return what judging took, and with it what the most people take from the page to the finding."""
    lines = [
        _when_and_where(measured),
        "",
        f"| {' | '.join(JUDGING)} |",
        f"|---{'|--:' * (len(JUDGING) - 1)}|",
        *(_judging_line(one) for one in judged),
        "",
        _from_page_to_finding(max(judged, key=lambda one: one.people), to_days),
    ]
    return "\n".join(lines)


def sending_text(sent: Sequence[Sending], measured: datetime) -> str:
    """Return how fast messages went, beside Microsoft's limit."""
    lines = [
        _when_and_where(measured),
        "",
        f"| {' | '.join(SENDING)} |",
        f"|---{'|--:' * (len(SENDING) - 1)}|",
        *(_sending_line(one) for one in sent),
        "",
        "Every message arrived once, and none was refused twice.",
    ]
    return "\n".join(lines)


def replaced(page: str, what: str, text: str) -> str:
    """Return the page with what stands between the marks of one measurement replaced."""
    begin = f"<!-- measured: {what} -->\n"
    before, _, rest = page.partition(begin)
    after = rest.partition(END)[2]
    return f"{before}{begin}{text}\n{END}{after}"


def _when_and_where(measured: datetime) -> str:
    return f"Measured {measured:%Y-%m-%d} on {machine()}."


def _rate_line(rate: Rate, first: Rate) -> str:
    per_second = rate.per_second
    against = f"{per_second / first.per_second:.2g} ×"
    return f"| {rate.name} | {rate.entries:,} | {per_second:,.0f} | {1e6 / per_second:,.1f} | {against} |"


def _judging_line(one: Judging) -> str:
    cells = (
        one.profile,
        f"{one.rules}",
        f"{one.people:,}",
        f"{one.findings:,}",
        f"{one.seconds:,.1f}",
        f"{1 / one.together:,.0f}",
        f"{one.together * 1e6:,.0f}",
        f"{one.rule_by_rule * 1e6:,.0f} ({one.rule_by_rule / one.together:.1f} ×)",
        f"{one.walked * 1e6:,.0f}",
        "not known" if one.peak is None else f"{one.peak:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _sending_line(one: Sending) -> str:
    cells = (
        one.name,
        f"{one.messages:,}",
        f"{one.requests_each}",
        f"{one.seconds:,.0f}",
        f"{one.per_second:.1f}",
        f"{one.limit:.0f}",
        f"{one.per_second / one.limit:.0%}",
        f"{one.turned_away}",
    )
    return f"| {' | '.join(cells)} |"


def _from_page_to_finding(most: Judging, to_days: Rate) -> str:
    reading = most.people * ENTRIES_A_PERSON / to_days.per_second
    return (
        f"{most.people:,} people with {ENTRIES_A_PERSON} entries each, from page to finding, on one core: "
        f"{reading:,.0f} s to read the entries and {most.seconds:,.0f} s to judge the days, "
        f"{reading + most.seconds:,.0f} s in all."
    )
