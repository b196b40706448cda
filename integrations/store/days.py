"""The days that passes saw. From one pass to the next hardly any change, and only changes are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, String, cast, delete, func, select

from bot.model import Certainty, Day, Evidence, Kind, Window
from integrations.store.chunks import IN_PIECES
from integrations.store.dialect import insert_many
from integrations.store.documents import Reader
from integrations.store.schema import days

PersonDays = tuple[str, Sequence[Day]]

_PORTIONS: Mapping[Kind, Sequence[str]] = {
    Kind.HOME: ("home", "marked_home"),
    Kind.TENTATIVE: ("tentative",),
    Kind.ABSENT: ("absent",),
    Kind.ELSEWHERE: ("elsewhere",),
    Kind.ON_SITE: (),
}


class _Kept(NamedTuple):
    """What is kept of one person's day, under the names of the columns."""

    date: date
    kind: Kind
    portion: float
    certainty: Certainty
    evidence: frozenset[Evidence]
    series: frozenset[str]


def replace_days(connection: Connection, window: Window, people: Sequence[PersonDays]) -> None:
    """Put these days in the place of what is kept of these people in the window, as far as they differ."""
    kept: dict[str, dict[date, _Kept]] = {person: {} for person, _ in people}
    for person, one in _rows(connection, days.c.person.in_(list(kept)), _within(window)):
        kept[person][one.date] = one
    seen = {person: {day.date: _kept(day) for day in of_person} for person, of_person in people}
    changed = [person for person in kept if kept[person] != seen[person]]
    if changed:
        connection.execute(delete(days).where(days.c.person.in_(changed), _within(window)))
    rows = [{"person": person, **one._asdict()} for person in changed for one in seen[person].values()]
    insert_many(connection, days, rows)


def marked_days(connection: Connection, window: Window) -> Mapping[str, int]:
    """Count the home and tentative days of each person in the window; who has none is left out."""
    query = (
        select(days.c.person, func.count().label("days"))
        .where(_within(window), days.c.kind.in_([Kind.HOME, Kind.TENTATIVE]))
        .group_by(days.c.person)
    )
    return {row.person: row.days for row in connection.execute(query)}


def kept_days(connection: Connection, window: Window) -> dict[str, list[Day]]:
    """Return what is kept of everybody's days in the window, in order; who has none is left out.

    Days that are alike are one and the same object.
    """
    alike: dict[_Kept, Day] = {}
    kept: dict[str, list[Day]] = {}
    for person, one in _rows(connection, _within(window)):
        day = alike.get(one)
        if day is None:
            day = alike[one] = _day(one)
        kept.setdefault(person, []).append(day)
    return kept


def kept_span(connection: Connection) -> Window | None:
    """Return the first and the last date of which anything is kept of anybody; None where nothing is."""
    # Each by itself: SQLite takes only a lone min or max from the end of an index.
    ends = [select(end(days.c.date)).scalar_subquery() for end in (func.min, func.max)]
    first, last = connection.execute(select(*ends)).one()
    return Window(first, last) if first else None


def _rows(connection: Connection, *which: ColumnElement[bool]) -> Iterator[tuple[str, _Kept]]:
    """Give the days of these conditions by date, some at a time; equal sets are one and the same."""
    plain = (days.c.person, days.c.date, days.c.kind, days.c.portion, days.c.certainty)
    query = select(*plain, cast(days.c.evidence, String), cast(days.c.series, String))
    evidence_of, series_of = Reader(frozenset[Evidence]), Reader(frozenset[str])
    found = connection.execute(query.where(*which).order_by(days.c.date), execution_options=IN_PIECES)
    for person, day, kind, portion, certainty, evidence, series in found:
        yield person, _Kept(day, kind, portion, certainty, evidence_of[evidence], series_of[series])


def _within(window: Window) -> ColumnElement[bool]:
    return days.c.date.between(window.start, window.end)


def _kept(day: Day) -> _Kept:
    return _Kept(day.date, day.kind, day.portion, day.certainty, day.evidence, day.series)


def _day(kept: _Kept) -> Day:
    """Return the day with its one portion; whether it was a working day is not kept."""
    portions: dict[str, Any] = dict.fromkeys(_PORTIONS[kept.kind], kept.portion)
    return Day(
        date=kept.date,
        scheduled=True,
        kind=kept.kind,
        certainty=kept.certainty,
        evidence=kept.evidence,
        series=kept.series,
        **portions,
    )
