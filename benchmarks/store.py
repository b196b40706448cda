"""What a region's pass asks of its database after a year of passes, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.kept_year import NOW, WINDOW, Size, days_of, fill, finding, person
from benchmarks.postgresql import NoServerError, throw_away_server
from bot.corrections import CHANGEABLE_FOR
from bot.kept import window_before
from bot.model import (
    Day,
    Delivery,
    Evidence,
    Message,
    MessageState,
    PlannedMessage,
    Receipt,
    Step,
    Told,
)
from integrations.store.store import SqlStore, open_store

SAVED = 80_000
SENT = 1_000
ONE_CHANGES_IN = 33
MESSAGE = Message("da", "Hjemmedage", "Hej", (), "", "Åbn", "https://outlook.office.com/calendar")
DELIVERED = Delivery(MessageState.SENT, receipt=Receipt("a:1", "1741000000000"))

Work = Callable[[SqlStore], object]
Seconds = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, how many rows it is about, and the seconds it took; None where there is no server."""

    operation: str
    rows: int
    sqlite: float
    postgresql: float | None


def stores(size: Size | None = None) -> tuple[Asked, ...]:
    """Fill both databases, and time everything that a pass asks, in the order of a pass."""
    size = size or Size()
    work = _work(size)
    with _sqlite() as url:
        on_sqlite = _seconds(url, size, work)
    try:
        with throw_away_server() as server:
            on_postgresql: Seconds = _seconds(server.create("region"), size, work)
    except NoServerError:
        on_postgresql = {}
    return tuple(
        Asked(name, rows, on_sqlite[name], on_postgresql.get(name)) for name, (rows, _) in work.items()
    )


def _work(size: Size) -> dict[str, tuple[int, Work]]:
    """Return what is timed: its name, the rows it is about, and what to do."""
    dates = [day for day in size.dates if WINDOW.start <= day <= WINDOW.end]
    days, saved, sent = size.people * len(dates), min(SAVED, size.findings), min(SENT, size.people)
    before = window_before(WINDOW)
    days_before = size.people * sum(before.start <= day <= before.end for day in size.dates)
    week = f"{NOW:%G-W%V}"
    return {
        "count everybody's marked days": (days, lambda store: store.marked_days(WINDOW)),
        "load the days before the window": (days_before, lambda store: store.kept_days(before)),
        "load the findings that stand": (size.standing, lambda store: store.findings()),
        "load since when they are open": (size.standing, lambda store: store.open_since()),
        "load who was told what": (size.tellings, lambda store: store.tellings()),
        "load the latest notices": (size.messages, lambda store: store.last_notices()),
        "load who has this week's digest": (
            size.messages,
            lambda store: store.told_in_week(Step.DIGEST, week),
        ),
        "load five weeks of cards": (size.messages, lambda store: store.sent_cards(NOW - CHANGEABLE_FOR)),
        "load what is unresolved": (size.messages, lambda store: store.unresolved()),
        "save days that did not change": (days, lambda store: _save_days(store, size, dates)),
        "save days, of which 3 % changed": (
            days,
            lambda store: _save_days(store, size, dates, ONE_CHANGES_IN),
        ),
        "save a pass's findings": (saved, lambda store: _save_findings(store, size, saved)),
        "claim and record messages": (sent, lambda store: _send(store, sent)),
    }


def _save_days(store: SqlStore, size: Size, dates: Sequence[date], one_in: int = 0) -> None:
    store.save_days(WINDOW, ((person(n), _days(n, dates, one_in)) for n in range(size.people)))


def _days(number: int, dates: Sequence[date], one_in: int) -> list[Day]:
    """Return the person's days, of every so-and-so-many-th person with evidence that is new."""
    days = days_of(number, dates)
    if one_in == 0 or number % one_in:
        return days
    return [replace(day, evidence=frozenset({Evidence.LOCATION})) for day in days]


def _save_findings(store: SqlStore, size: Size, saved: int) -> None:
    store.save_findings((finding(number, size) for number in range(saved)), NOW + timedelta(hours=1))


def _send(store: SqlStore, sent: int) -> None:
    with store.exclusive():
        for number in range(sent):
            tells = tuple(Told(f"new-{number}-{place}", Step.REMINDER) for place in range(3))
            recipient = person(number)
            planned = PlannedMessage(
                f"new-{number}", Step.REMINDER, recipient, tells, MessageState.PLANNED, lambda: MESSAGE
            )
            store.claim(planned, "teams", NOW)
            store.record(planned.id, DELIVERED, NOW, "teams")


def _seconds(url: str, size: Size, work: Mapping[str, tuple[int, Work]]) -> Seconds:
    """Return seconds by the clock on the wall: PostgreSQL works in processes of its own."""
    fill(url, size)
    store = open_store(url)
    try:
        return {name: _timed(store, do) for name, (_, do) in work.items()}
    finally:
        store.close()


def _timed(store: SqlStore, do: Work) -> float:
    start = perf_counter()
    do(store)
    return perf_counter() - start


@contextmanager
def _sqlite() -> Iterator[str]:
    with TemporaryDirectory(prefix="hjemmedag-bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'hjemmedag.sqlite'}"
