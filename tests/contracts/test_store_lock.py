"""One pass at a time on a database, whatever becomes of the process that runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import Popen
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import IntegrityError

from bot.errors import Busy, ServiceDown
from bot.model import (
    Audience,
    Day,
    DocumentSource,
    Finding,
    Kind,
    Message,
    MessageState,
    PlannedMessage,
    Scope,
    Status,
    Step,
    Told,
    Window,
)
from integrations.store import locks
from integrations.store.locks import PASS_LOCK
from integrations.store.store import SqlStore, open_store

if TYPE_CHECKING:
    from psycopg import Connection

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MESSAGE = PlannedMessage(
    id="m1",
    step=Step.REMINDER,
    recipient="anna@proeve.example",
    tells=(Told("f1", Step.REMINDER),),
    state=MessageState.PLANNED,
    write=lambda: Message("da", "Hjemmedag", "Hej Anna", (), "", "Åbn", "https://proeve.example"),
)

WINDOW = Window(date(2026, 1, 5), date(2026, 3, 16))
DAY = Day(date(2026, 3, 3), scheduled=True, kind=Kind.HOME, home=1.0)
FINDING = Finding(
    id="f1",
    rule="team-day",
    person="anna@proeve.example",
    team="borgerservice",
    dates=(date(2026, 3, 3),),
    status=Status.OPEN,
    facts={},
    source=DocumentSource("002.txt", "Fremmøde"),
    scope=Scope.DAY,
    audience=Audience.EMPLOYEE_AND_LEADER,
)

WRITTEN_BY_ITS_HOLDER: dict[str, Callable[[SqlStore, int], None]] = {
    "days": lambda store, _run: store.save_days(WINDOW, [("anna@proeve.example", [DAY])]),
    "findings": lambda store, _run: store.save_findings([FINDING], NOW),
    "well": lambda store, run: store.finish_run(run, NOW, 0),
    "unresolved": lambda store, run: store.finish_run(run, NOW, 1),
}

HOLD = """
import sys
from integrations.store.store import open_store

store = open_store(sys.argv[1])
with store.exclusive():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_pass_is_told_at_once_that_another_is_under_way(store: SqlStore, store_url: str) -> None:
    other = open_store(store_url)
    with store.exclusive(), pytest.raises(Busy, match="Another pass is under way"), other.exclusive():
        pytest.fail("both hold the lock")
    other.close()


def test_the_lock_is_free_again_when_the_pass_has_ended(store: SqlStore, store_url: str) -> None:
    other = open_store(store_url)
    with store.exclusive():
        pass
    wait_until_free(store_url)
    with other.exclusive():
        pass
    other.close()


def test_the_lock_is_free_again_when_the_pass_failed(store: SqlStore, store_url: str) -> None:
    with pytest.raises(ZeroDivisionError), store.exclusive():
        raise ZeroDivisionError
    wait_until_free(store_url)
    with store.exclusive():
        pass


def test_the_store_can_be_used_under_the_lock(store: SqlStore) -> None:
    with store.exclusive():
        store.remember_conversation("anna@proeve.example", "a:1")
        assert store.conversation("anna@proeve.example") == "a:1"


def test_the_lock_dies_with_a_killed_holder(
    store: SqlStore, store_url: str, spawn: Callable[[str, str], Popen[str]]
) -> None:
    holder = spawn(HOLD, store_url)
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy), store.exclusive():
        pytest.fail("two processes hold the lock")
    holder.kill()
    holder.wait()
    wait_until_free(store_url)
    with store.exclusive():
        pass


def test_a_pass_ends_well_although_its_lock_was_lost(
    new_postgresql_database: Callable[[], str],
) -> None:
    url = new_postgresql_database()
    store = open_store(url)
    with store.exclusive():
        terminate_other_sessions(url)
        store.remember_conversation("anna@proeve.example", "a:1")
    assert store.conversation("anna@proeve.example") == "a:1"
    store.close()


def test_a_pass_that_lost_its_lock_can_claim_nothing_more(new_postgresql_database: Callable[[], str]) -> None:
    url = new_postgresql_database()
    store, other = open_store(url), open_store(url)
    with store.exclusive():
        assert store.claim(MESSAGE, "teams", NOW)
        terminate_other_sessions(url)
        for _ in range(2):
            with pytest.raises(ServiceDown):
                store.claim(replace(MESSAGE, id="m2"), "teams", NOW)
        with other.exclusive():
            assert other.claim(replace(MESSAGE, id="m2"), "teams", NOW)
    wait_until_free(url)
    with store.exclusive():
        assert store.claim(replace(MESSAGE, id="m3"), "teams", NOW)
    store.close()
    other.close()


@pytest.mark.parametrize("write", WRITTEN_BY_ITS_HOLDER.values(), ids=WRITTEN_BY_ITS_HOLDER)
def test_a_pass_that_lost_its_lock_leaves_no_days_or_findings_and_is_not_completed(
    new_postgresql_database: Callable[[], str], write: Callable[[SqlStore, int], None]
) -> None:
    url = new_postgresql_database()
    store = open_store(url)
    with store.exclusive():
        run = store.start_run(NOW, WINDOW)
        terminate_other_sessions(url)
        for _ in range(2):
            with pytest.raises(ServiceDown):
                write(store, run)
        assert not store.completed_since(NOW, NOW)
        assert (store.kept_span(), store.findings()) == (None, [])
        store.finish_run(run, NOW, 3)
    assert store.failures_since(NOW, NOW) == (1, NOW)
    store.close()


def test_under_the_lock_days_and_findings_are_kept_and_the_pass_is_completed(store: SqlStore) -> None:
    with store.exclusive():
        run = store.start_run(NOW, WINDOW)
        for write in WRITTEN_BY_ITS_HOLDER.values():
            write(store, run)
        assert store.completed_since(NOW, NOW)
        assert (store.kept_span(), store.findings()) == (Window(DAY.date, DAY.date), [FINDING])


def test_a_file_of_sqlite_has_one_lock_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "hjemmedag.db")
    store, other = (open_store(f"sqlite:///{tmp_path}/{name}.db") for name in ("hjemmedag", "link"))
    with store.exclusive(), pytest.raises(Busy), other.exclusive():
        pytest.fail("both hold the lock")
    store.close()
    other.close()


def test_a_claim_that_fails_under_the_lock_leaves_nothing_and_keeps_the_lock(
    store: SqlStore, store_url: str
) -> None:
    broken = replace(MESSAGE, tells=(Told(None, Step.REMINDER),))  # type: ignore[arg-type]
    other = open_store(store_url)
    with store.exclusive():
        with pytest.raises(IntegrityError):
            store.claim(broken, "teams", NOW)
        with pytest.raises(Busy), other.exclusive():
            pytest.fail("both hold the lock")
        assert store.claim(MESSAGE, "teams", NOW)
    other.close()


def test_a_long_pass_keeps_its_lock_where_idle_sessions_are_ended(
    new_postgresql_database: Callable[[], str],
) -> None:
    url = new_postgresql_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {engine.url.database} SET idle_session_timeout = '10min'"))
    engine.dispose()
    with locks.exclusive(engine) as session:
        assert session.scalar(text("SHOW idle_session_timeout")) == "0"
    engine.dispose()


def terminate_other_sessions(url: str) -> None:
    query = "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
    with connect(url) as connection:
        connection.execute(query, [connection.info.dbname, connection.info.backend_pid])


def wait_until_free(url: str) -> None:
    """PostgreSQL needs a moment to see that a client is gone; waiting for the lock waits for that."""
    if url.startswith("sqlite"):
        return
    with connect(url) as connection:
        connection.execute("SET statement_timeout = '30s'")
        connection.execute("SELECT pg_advisory_lock(%s)", [PASS_LOCK])
        connection.execute("SELECT pg_advisory_unlock(%s)", [PASS_LOCK])


def connect(url: str) -> Connection:
    import psycopg

    parsed = make_url(url)
    host = str(parsed.query["host"])
    return psycopg.connect(host=host, user="postgres", dbname=parsed.database, autocommit=True)
