"""One pass at a time on a database, whatever becomes of the process that runs it."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import Popen

import pytest
from sqlalchemy import make_url

from bot.errors import Busy
from integrations.store.locks import PASS_LOCK
from integrations.store.store import SqlStore, open_store

psycopg = pytest.importorskip("psycopg")

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


def connect(url: str) -> psycopg.Connection:
    parsed = make_url(url)
    host = str(parsed.query["host"])
    return psycopg.connect(host=host, user="postgres", dbname=parsed.database, autocommit=True)
