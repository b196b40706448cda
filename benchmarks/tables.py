"""What reading marks, judging days and sending took, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from benchmarks.entries import ENTRIES_A_PERSON
from benchmarks.measure import Rate
from benchmarks.page import Row, megabytes, paragraphs, table, when_and_where
from benchmarks.rules import Judging
from benchmarks.sending import Sending

DETECTION = ("what", "entries", "entries per CPU second", "CPU µs an entry", "of the bare decode")
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
    rows = [_rate_row(rate, rates[0]) for rate in rates]
    return paragraphs(when_and_where(measured), table(DETECTION, rows))


def rules_text(judged: Sequence[Judging], to_days: Rate, measured: datetime) -> str:
    """Return what judging took, and with it what the most people take from the page to the finding."""
    most = max(judged, key=lambda one: one.people)
    return paragraphs(
        when_and_where(measured), table(JUDGING, map(_judging_row, judged)), _in_all(most, to_days)
    )


def sending_text(sent: Sequence[Sending], measured: datetime) -> str:
    """Return how fast messages went, beside Microsoft's limit."""
    once = "Every message arrived once, and none was refused twice."
    return paragraphs(when_and_where(measured), table(SENDING, map(_sending_row, sent)), once)


def _rate_row(rate: Rate, first: Rate) -> Row:
    per_second = rate.per_second
    against = f"{per_second / first.per_second:.2g} ×"
    return (rate.name, f"{rate.entries:,}", f"{per_second:,.0f}", f"{1e6 / per_second:,.1f}", against)


def _judging_row(one: Judging) -> Row:
    return (
        one.profile,
        f"{one.rules}",
        f"{one.people:,}",
        f"{one.findings:,}",
        f"{one.seconds:,.1f}",
        f"{1 / one.together:,.0f}",
        f"{one.together * 1e6:,.0f}",
        f"{one.rule_by_rule * 1e6:,.0f} ({one.rule_by_rule / one.together:.1f} ×)",
        f"{one.walked * 1e6:,.0f}",
        megabytes(one.peak),
    )


def _sending_row(one: Sending) -> Row:
    return (
        one.name,
        f"{one.messages:,}",
        f"{one.requests_each}",
        f"{one.seconds:,.0f}",
        f"{one.per_second:.1f}",
        f"{one.limit:.0f}",
        f"{one.per_second / one.limit:.0%}",
        f"{one.turned_away}",
    )


def from_page_to_finding(most: Judging, to_days: Rate) -> float:
    """Return the CPU seconds that the most people take, entries and days."""
    return _reading_seconds(most, to_days) + most.seconds


def _reading_seconds(most: Judging, to_days: Rate) -> float:
    return most.people * ENTRIES_A_PERSON / to_days.per_second


def _in_all(most: Judging, to_days: Rate) -> str:
    return (
        f"{most.people:,} people with {ENTRIES_A_PERSON} entries each, from page to finding, on one core: "
        f"{_reading_seconds(most, to_days):,.0f} s to read the entries and {most.seconds:,.0f} s to judge "
        f"the days, {from_page_to_finding(most, to_days):,.0f} s in all."
    )
