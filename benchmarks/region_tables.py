"""What reading, whole passes, sharing them, the database and starting took, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from benchmarks.page import Row, megabytes, paragraphs, table, when_and_where
from benchmarks.reading import Reading
from benchmarks.sharing import SharedPass
from benchmarks.start import Start
from benchmarks.store import Asked
from benchmarks.whole_pass import WholePass

READING = (
    "read by",
    "mailboxes",
    "entries",
    "requests",
    "seconds",
    "CPU s",
    "entries per CPU second",
    "of typed msgraph-sdk",
    "CPU an entry, of the limit",
    "most memory, MB",
    "429s met",
)
STORE = ("what a pass does", "rows", "seconds on SQLite", "seconds on PostgreSQL")
WHOLE_PASS = (
    "pass",
    "people",
    "read",
    "entries",
    "requests",
    "429s met",
    "findings",
    "messages",
    "of them sent",
    "seconds",
    "CPU s",
    "CPU ms a person",
    "most memory, MB",
    "report, MB",
)
SHARING = (
    "workers",
    "people",
    "read",
    "requests",
    "429s met",
    "seconds",
    "CPU s of all",
    "CPU s of the busiest",
    "most memory of one, MB",
)


def reading_text(readings: Sequence[Reading], measured: datetime) -> str:
    """Return what reading took, each way against the first, typed msgraph-sdk, and the last, the limit."""
    rows = [_reading_row(one, readings[0], readings[-1]) for one in readings]
    return paragraphs(when_and_where(measured), table(READING, rows))


def whole_pass_text(passes: Sequence[WholePass], measured: datetime) -> str:
    """Return what whole passes took."""
    everybody = "Everybody was read in every one of these passes."
    return paragraphs(when_and_where(measured), table(WHOLE_PASS, map(_pass_row, passes)), everybody)


def sharing_text(passes: Sequence[SharedPass], measured: datetime) -> str:
    """Return what it took to share a pass."""
    cores = "Workers, sandbox and PostgreSQL share the cores."
    return paragraphs(f"{when_and_where(measured)} {cores}", table(SHARING, map(_shared_row, passes)))


def not_shared_text(why: str) -> str:
    """Say why nothing was shared."""
    return f"Not measured: {why}."


def store_text(asked: Sequence[Asked], measured: datetime) -> str:
    """Return what a pass's questions to the database took."""
    return paragraphs(when_and_where(measured), table(STORE, map(_asked_row, asked)))


def start_text(starts: Sequence[Start], measured: datetime) -> str:
    """Return what starting took."""
    rows = [(f"`{one.name}`", f"{one.seconds:.2f}") for one in starts]
    return paragraphs(when_and_where(measured), table(("command", "seconds"), rows))


def _reading_row(one: Reading, typed: Reading, limit: Reading) -> Row:
    return (
        one.way.name,
        f"{one.mailboxes:,}",
        f"{one.entries:,}",
        f"{one.requests:,}",
        f"{one.spent.wall:,.1f}",
        f"{one.spent.cpu:,.2f}",
        f"{one.per_second:,.0f}",
        f"{one.per_second / typed.per_second:,.0f} ×",
        f"{limit.per_second / one.per_second:,.2f} ×",
        megabytes(one.spent.peak),
        f"{one.throttled:,}",
    )


def _pass_row(one: WholePass) -> Row:
    return (
        one.name,
        f"{one.people:,}",
        f"{one.read:,}",
        f"{one.entries:,}",
        f"{one.requests:,}",
        f"{one.throttled:,}",
        f"{one.findings:,}",
        f"{one.messages:,}",
        f"{one.sent:,}",
        f"{one.spent.wall:,.0f}",
        f"{one.spent.cpu:,.1f}",
        f"{one.cpu_each * 1e3:,.2f}",
        megabytes(one.spent.peak),
        f"{one.report / 1e6:,.1f}",
    )


def _shared_row(one: SharedPass) -> Row:
    return (
        one.round.name,
        f"{one.made.people:,}",
        f"{one.made.read:,}",
        f"{one.made.requests:,}",
        f"{one.throttled:,}",
        f"{one.made.seconds:,.0f}",
        f"{one.cpu:,.1f}",
        f"{one.busiest:,.1f}",
        megabytes(one.peak),
    )


def _asked_row(one: Asked) -> Row:
    postgresql = "no server" if one.postgresql is None else f"{one.postgresql:,.2f}"
    return (one.operation, f"{one.rows:,}", f"{one.sqlite:,.2f}", postgresql)
