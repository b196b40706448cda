"""A region's database after a year of passes: days, findings, messages and tellings, put in as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, text

from bot.model import (
    Audience,
    Day,
    DocumentSource,
    Evidence,
    Finding,
    Kind,
    MessageState,
    Scope,
    Status,
    Step,
    Window,
)
from integrations.store.chunks import in_chunks
from integrations.store.database import connect
from integrations.store.dialect import insert_many
from integrations.store.schema import days, findings, messages, tellings
from integrations.store.store import open_store

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
WINDOW = Window.around(NOW.date())
ROWS_AT_ONCE = 10_000
DAYS_A_WEEK = 2
DAY_COLUMNS = ("date", "kind", "portion", "certainty", "evidence", "series")
YEAR = timedelta(days=365)
TELLINGS_EACH = 3
KINDS = (Kind.HOME, Kind.HOME, Kind.HOME, Kind.ABSENT, Kind.TENTATIVE, Kind.ELSEWHERE)
CATEGORY = frozenset({Evidence.CATEGORY})
IN_WORDS = frozenset({Evidence.SUBJECT, Evidence.FREE_BUSY})
STEPS = (Step.NOTICE, Step.REMINDER, Step.REMINDER, Step.REMINDER, Step.ESCALATION)
SOURCES = tuple(DocumentSource(f"{number:03}_retningslinjer.txt", f"Afsnit {number}") for number in range(30))

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is kept. ``days``: of each person, two a week; ``standing``: findings open or excused."""

    people: int = 20_000
    days: int = 100
    findings: int = 150_000
    standing: int = 60_000
    messages: int = 100_000

    @property
    def tellings(self) -> int:
        """How many matters the messages tell of."""
        return self.messages * TELLINGS_EACH

    @property
    def dates(self) -> list[date]:
        """The dates of the days that are kept of everybody, to the end of the window."""
        weeks = (WINDOW.end - timedelta(weeks=week) for week in range(self.days // DAYS_A_WEEK))
        return sorted(day - timedelta(days=before) for day in weeks for before in range(DAYS_A_WEEK))


def fill(url: str, size: Size) -> None:
    """Put it all into an empty database."""
    open_store(url).close()
    engine = connect(url)
    with engine.begin() as connection:
        _insert(connection, days, _day_rows(size))
        _insert(connection, findings, _finding_rows(size))
        _insert(connection, messages, _message_rows(size))
        _insert(connection, tellings, _telling_rows(size))
    if engine.dialect.name == "postgresql":
        # PostgreSQL does so by itself, but not at once.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def person(number: int) -> str:
    """Return a made-up user principal name."""
    return f"person{number:05}@region.example"


def series(number: int) -> str:
    """Return what tells the person's one series apart from those of others."""
    return f"{number:016x}"


def days_of(number: int, dates: Iterable[date]) -> list[Day]:
    """Return what the person has marked on these dates."""
    return [_day(one, number) for one in dates]


def finding(number: int, size: Size) -> Finding:
    """Return the finding of this number; those that stand come first."""
    day = WINDOW.start + timedelta(days=number % 60)
    return Finding(
        id=f"{number:032x}",
        rule=f"rule-{number % 30}",
        person=person(number % size.people),
        team=f"team-{number % size.people // 20}",
        dates=(day,),
        status=Status.OPEN if number < size.standing else Status.RESOLVED,
        facts={"weekday": day.strftime("%A").lower(), "limit": 2, "days": number % 5},
        source=SOURCES[number % len(SOURCES)],
        scope=Scope.DAY,
        audience=Audience.EMPLOYEE_AND_LEADER,
    )


def _day(day: date, number: int) -> Day:
    """Return a home day that belongs to the person's series, or by turns a day of any kind that doesn't."""
    if day.weekday() == WINDOW.end.weekday():
        own = frozenset({series(number)})
        return Day(day, scheduled=True, kind=Kind.HOME, home=1.0, evidence=CATEGORY, series=own)
    kind = KINDS[day.toordinal() // 7 % len(KINDS)]
    return Day(
        day, scheduled=True, kind=kind, home=1.0, tentative=1.0, absent=1.0, elsewhere=1.0, evidence=IN_WORDS
    )


def _day_rows(size: Size) -> Rows:
    """By date, as passes have put them in."""
    for day in size.dates:
        for number in range(size.people):
            one = _day(day, number)
            yield {"person": person(number), **{name: getattr(one, name) for name in DAY_COLUMNS}}


def _finding_rows(size: Size) -> Rows:
    seen = {"first_seen": NOW, "open_since": NOW, "last_seen": NOW}
    for number in range(size.findings):
        one = finding(number, size)
        yield {**{field.name: getattr(one, field.name) for field in fields(Finding)}, **seen}


def _message_rows(size: Size) -> Rows:
    for number in range(size.messages):
        yield {
            "id": f"{number:032x}",
            "step": STEPS[number % len(STEPS)],
            "recipient": person(number % size.people),
            "channel": "teams",
            "state": MessageState.FAILED if number % 1_000 == 0 else MessageState.SENT,
            "at": NOW - YEAR * (number / size.messages),
            "conversation": series(number % size.people),
            "activity": str(number),
            "settled": [],
        }


def _telling_rows(size: Size) -> Rows:
    for number in range(size.messages):
        for position in range(TELLINGS_EACH):
            yield {
                "message": f"{number:032x}",
                "finding": f"{(number + position) % size.findings:032x}",
                "recipient": person(number % size.people),
                "step": STEPS[number % len(STEPS)],
                "position": position,
            }


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    for some in in_chunks(rows, ROWS_AT_ONCE):
        insert_many(connection, table, some)
