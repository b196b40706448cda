"""No question that a pass asks makes a database read through a table that grows from year to year.

``tellings`` is left out: it gives every row there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.event import listen

from bot.model import Day, Delivery, Kind, Message, MessageState, PlannedMessage, Step, Told, Window
from integrations.store.database import connect
from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
WINDOW = Window(date(2026, 1, 5), date(2026, 3, 16))
ANNA = "anna@proeve.example"
DAY = Day(date(2026, 3, 3), scheduled=True, kind=Kind.HOME, home=1.0)
REMINDER = PlannedMessage(
    id="m1",
    step=Step.REMINDER,
    recipient=ANNA,
    tells=(Told("f1", Step.REMINDER),),
    state=MessageState.PLANNED,
    write=lambda: Message("da", "Hjemmedag", "Hej Anna", (), "", "Åbn", "https://proeve.example"),
)
THAT_GROW = "days|findings|messages|tellings"


@pytest.fixture
def connection(store: SqlStore, store_url: str) -> Iterator[Connection]:
    engine = connect(store_url)
    with engine.connect() as connected:
        yield connected
    engine.dispose()


def send(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record("m1", Delivery(MessageState.SENT), NOW)
    store.show_settled("m1", frozenset({"f1"}))


def withdraw(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record("m1", Delivery(MessageState.FAILED), NOW)
    store.withdraw("m1", NOW)


QUESTIONS: dict[str, Callable[[SqlStore], object]] = {
    "days are saved": lambda store: store.save_days(WINDOW, [(ANNA, [DAY])]),
    "marked days are counted": lambda store: store.marked_days(WINDOW),
    "kept days": lambda store: store.kept_days(WINDOW),
    "span of kept days": lambda store: store.kept_span(),
    "findings that stand": lambda store: store.findings(),
    "since when findings are open": lambda store: store.open_since(),
    "findings by id": lambda store: store.findings_by_id(["f1", "f2"]),
    "who was told of findings": lambda store: store.tellings_of(["f1", "f2"]),
    "a message on its way": send,
    "a message that is over": withdraw,
    "unresolved messages": lambda store: store.unresolved(),
    "last notices": lambda store: store.last_notices(),
    "who was told in a week": lambda store: store.told_in_week(Step.DIGEST, "2026-W10"),
    "cards in Teams": lambda store: store.sent_cards(NOW),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_table_that_grows_is_read_through(
    store: SqlStore, connection: Connection, ask: Callable[[SqlStore], object]
) -> None:
    asked = statements_of(store, ask)
    assert asked
    assert [line for one in asked for line in plan(connection, *one) if is_reading_through(line)] == []


def test_reading_through_a_table_would_be_noticed(connection: Connection) -> None:
    [line, *_] = plan(connection, "SELECT reason FROM messages WHERE reason = 'x'", ())
    assert is_reading_through(line)


def statements_of(store: SqlStore, ask: Callable[[SqlStore], object]) -> list[tuple[str, Any]]:
    """Return what the question makes the store ask the database, with the first parameters of each."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: object, statement: str, given: Any, *_rest: object) -> None:
        asked.append((statement, given[0] if isinstance(given, list) else given))

    listen(store._engine, "before_cursor_execute", note)
    ask(store)
    return asked


def plan(connection: Connection, statement: str, given: Any) -> list[str]:
    """Return how the database would go about it, a line a step."""
    if connection.dialect.name == "sqlite":
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
    # These tables are empty, where reading through them is quickest: unless there is no other way, it is not
    # to be done.
    connection.exec_driver_sql("SET enable_seqscan = off")
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", given)]


def is_reading_through(line: str) -> bool:
    return re.search(rf"\b(SCAN|Seq Scan on) ({THAT_GROW})\b", line) is not None
