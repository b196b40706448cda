"""The migrations build just the tables that the program expects, on either database, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from subprocess import Popen

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, create_engine, insert, inspect, text

from bot.errors import WrongConfiguration
from bot.model import (
    Day,
    Delivery,
    Evidence,
    Kind,
    Message,
    MessageRecord,
    MessageState,
    PlannedMessage,
    Receipt,
    SentCard,
    Step,
    Telling,
    Told,
    Window,
)
from integrations.store.schema import metadata
from integrations.store.store import SqlStore, open_store

ANNA = "anna@proeve.example"
COLUMNS = {
    "organisation": {"name", "document"},
    "teams": {"id", "position", "document"},
    "people": {"id", "team", "position", "document"},
    "agreements": {"position", "person", "document"},
    "exceptions": {"position", "person", "day", "document"},
    "runs": {"id", "started_at", "window_start", "window_end", "finished_at", "exit_code"},
    "days": {"person", "date", "kind", "portion", "certainty", "evidence", "series"},
    "findings": {"id", "rule", "person", "team", "dates", "status", "facts", "source", "scope", "audience"}
    | {"first_seen", "last_seen", "open_since"},
    "messages": {"id", "step", "recipient", "channel", "state", "reason", "at"}
    | {"week", "conversation", "activity", "settled", "closed"},
    "tellings": {"message", "finding", "recipient", "step", "position"},
    "conversations": {"recipient", "conversation"},
    "refusals": {"recipient", "since", "latest"},
    "reading_passes": {
        *("id", "window_start", "window_end", "timezone", "register", "size", "work_plans"),
        *("token", "led_at", "ends_at"),
    },
    "reading_chunks": {"reading_pass", "chunk", "content"},
    "alembic_version": {"version_num"},
}


def test_the_migrated_tables_are_those_of_the_schema(store: SqlStore, store_url: str) -> None:
    engine = create_engine(store_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_no_column_can_hold_a_subject_of_an_appointment(store: SqlStore, store_url: str) -> None:
    engine = create_engine(store_url)
    tables = inspect(engine)
    names = tables.get_table_names()
    found = {name: {column["name"] for column in tables.get_columns(name)} for name in names}
    assert found == COLUMNS
    engine.dispose()


def test_days_kept_before_series_were_come_back_without_any(store_url: str) -> None:
    migrate_to("0001", store_url)
    execute(
        store_url,
        "INSERT INTO days (person, date, kind, portion, certainty, evidence) "
        """VALUES ('anna@proeve.example', '2026-03-03', 'home', 0.5, 'certain', '["category"]')""",
    )
    day = Day(
        date(2026, 3, 3),
        scheduled=True,
        kind=Kind.HOME,
        home=0.5,
        marked_home=0.5,
        evidence=frozenset({Evidence.CATEGORY}),
    )
    store = open_store(store_url)
    assert store.kept_days(Window(day.date, day.date)) == {ANNA: [day]}
    series = replace(day, series=frozenset({"9f1c"}))
    store.save_days(Window(day.date, day.date), [(ANNA, [series])])
    assert store.kept_days(Window(day.date, day.date)) == {ANNA: [series]}
    store.close()


AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
SENT_THEN = {"id": "m1", "step": "reminder", "recipient": ANNA, "channel": "teams", "state": "sent", "at": AT}
FAILED_THEN = {**SENT_THEN, "id": "m2", "state": "failed", "reason": "403 from Teams"}
TOLD_THEN = {"finding": "f1", "recipient": ANNA, "step": "reminder"}
TELLINGS_THEN = [
    {**TOLD_THEN, "message": "m1", "finding": "f2"},
    {**TOLD_THEN, "message": "m1"},
    {**TOLD_THEN, "message": "m2"},
]


@pytest.fixture
def store_from_before_cards(store_url: str) -> Iterator[SqlStore]:
    """A store whose messages were kept before any card could be changed."""
    migrate_to("0002", store_url)
    insert_rows(store_url, "messages", SENT_THEN)
    insert_rows(store_url, "messages", FAILED_THEN)
    insert_rows(store_url, "tellings", *TELLINGS_THEN)
    insert_rows(store_url, "conversations", {"recipient": ANNA, "conversation": "a:1"})
    opened = open_store(store_url)
    yield opened
    opened.close()


def test_messages_kept_before_cards_could_be_changed_come_back_whole(
    store_from_before_cards: SqlStore,
) -> None:
    store = store_from_before_cards
    assert store.tellings() == [
        Telling("f1", ANNA, Step.REMINDER, MessageState.SENT, AT),
        Telling("f2", ANNA, Step.REMINDER, MessageState.SENT, AT),
        Telling("f1", ANNA, Step.REMINDER, MessageState.FAILED, AT),
    ]
    failed = MessageRecord(
        "m2", Step.REMINDER, ANNA, "teams", MessageState.FAILED, ("f1",), "403 from Teams", AT
    )
    assert store.unresolved() == [failed]
    assert store.sent_cards(AT) == []
    assert store.conversation(ANNA) == "a:1"


def test_a_message_that_failed_before_cards_could_be_changed_can_be_sent_as_one(
    store_from_before_cards: SqlStore,
) -> None:
    store = store_from_before_cards
    tells = (Told("f1", Step.ESCALATION), Told("f1", Step.REMINDER))
    text = Message("da", "Hjemmedag", "Hej Anna", (), "", "Åbn", "https://proeve.example")
    again = PlannedMessage("m2", Step.ESCALATION, ANNA, tells, MessageState.PLANNED, lambda: text)
    receipt = Receipt("a:1", "1741000000000")
    assert store.claim(again, "teams", AT)
    store.record("m2", Delivery(MessageState.SENT, receipt=receipt), AT)
    assert store.sent_cards(AT) == [SentCard("m2", ANNA, receipt, tells)]


def test_a_database_that_a_newer_version_has_used_is_refused(store: SqlStore, store_url: str) -> None:
    execute(store_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongConfiguration, match=r"schema 9999.*newer version"):
        open_store(store_url)


def test_a_database_with_other_tables_of_these_names_is_refused_and_left_alone(store_url: str) -> None:
    execute(store_url, "CREATE TABLE messages (text VARCHAR)")
    with pytest.raises(WrongConfiguration, match="messages"):
        open_store(store_url)
    engine = create_engine(store_url)
    assert inspect(engine).get_table_names() == ["messages"]
    engine.dispose()


OPEN = """
import sys
from integrations.store.store import open_store

sys.stdin.readline()
open_store(sys.argv[1]).close()
"""


def test_two_processes_may_open_a_new_database_at_once(
    store_url: str, spawn: Callable[[str, str], Popen[str]]
) -> None:
    openers = [spawn(OPEN, store_url) for _ in range(2)]
    for opener in openers:
        opener.stdin.write("go\n")
        opener.stdin.flush()
    assert [opener.wait(timeout=60) for opener in openers] == [0, 0]


def migrate_to(revision: str, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def insert_rows(url: str, table: str, *rows: Mapping[str, object]) -> None:
    """Insert into a table as the database has it, not as the program expects it."""
    engine = create_engine(url)
    with engine.begin() as connection:
        found = Table(table, MetaData(), autoload_with=connection)
        connection.execute(insert(found), rows)
    engine.dispose()


def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
