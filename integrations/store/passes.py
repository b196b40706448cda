"""What a pass leaves behind: the run itself and the days it saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.model import Day, Evidence, Kind, Window
from integrations.store.documents import from_document, to_document
from integrations.store.schema import days, runs

_PORTIONS: Mapping[Kind, Sequence[str]] = {
    Kind.HOME: ("home", "marked_home"),
    Kind.TENTATIVE: ("tentative",),
    Kind.ABSENT: ("absent",),
    Kind.ELSEWHERE: ("elsewhere",),
    Kind.ON_SITE: (),
}


def start_run(connection: Connection, now: datetime, window: Window) -> int:
    """Record that a pass began; return its number."""
    row = {"started_at": now, "window_start": window.start, "window_end": window.end}
    number: int = connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one()
    return number


def finish_run(connection: Connection, run: int, at: datetime, exit_code: int) -> None:
    """Record how the pass ended."""
    ended = update(runs).where(runs.c.id == run).values(finished_at=at, exit_code=exit_code)
    connection.execute(ended)


def replace_days(connection: Connection, person: str, window: Window, seen: Iterable[Day]) -> None:
    """Put these days in the place of what is kept of the person in the window."""
    in_window = days.c.date.between(window.start, window.end)
    connection.execute(delete(days).where(days.c.person == person, in_window))
    rows = [_day_row(person, day) for day in seen]
    if rows:
        connection.execute(insert(days), rows)


def marked_days(connection: Connection, window: Window) -> Mapping[str, int]:
    """Count the home and tentative days of each person in the window; who has none is left out."""
    query = (
        select(days.c.person, func.count().label("days"))
        .where(days.c.date.between(window.start, window.end), days.c.kind.in_([Kind.HOME, Kind.TENTATIVE]))
        .group_by(days.c.person)
    )
    return {row.person: row.days for row in connection.execute(query)}


def kept_days(connection: Connection, window: Window) -> dict[str, list[Day]]:
    """Return what is kept of everybody's days in the window, in order; who has none is left out."""
    in_window = days.c.date.between(window.start, window.end)
    query = select(days).where(in_window).order_by(days.c.person, days.c.date)
    kept: dict[str, list[Day]] = {}
    for row in connection.execute(query):
        kept.setdefault(row.person, []).append(_day(row))
    return kept


def kept_span(connection: Connection) -> Window | None:
    """Return the first and the last date of which anything is kept of anybody; None where nothing is."""
    first, last = connection.execute(select(func.min(days.c.date), func.max(days.c.date))).one()
    return Window(first, last) if first else None


def _day_row(person: str, day: Day) -> dict[str, object]:
    return {
        "person": person,
        "date": day.date,
        "kind": day.kind,
        "portion": day.portion,
        "certainty": day.certainty,
        "evidence": to_document(day.evidence),
        "series": to_document(day.series),
    }


def _day(row: Row[*tuple[Any, ...]]) -> Day:
    """Return the day with its one portion; whether it was a working day is not kept."""
    return Day(
        date=row.date,
        scheduled=True,
        kind=row.kind,
        certainty=row.certainty,
        evidence=from_document(row.evidence, frozenset[Evidence]),
        series=from_document(row.series, frozenset[str]),
        **dict.fromkeys(_PORTIONS[row.kind], row.portion),
    )
