"""What PostgreSQL says that passes by itself is tried again, and not taken for wrong settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, make_url, text

from bot.errors import ServiceDown, WrongConfiguration
from integrations.store.database import connect
from integrations.store.faults import while_using
from integrations.store.store import open_store

PASSING = {
    "a server that only reads": "25006",
    "a transaction idle for too long": "25P03",
    "transactions that got in each other's way": "40001",
    "a deadlock": "40P01",
    "a lock not had in time": "55P03",
    "a full disk": "53100",
}


@pytest.fixture
def engine(new_postgresql_database: Callable[[], str]) -> Iterator[Engine]:
    made = connect(new_postgresql_database())
    yield made
    made.dispose()


def raise_in(engine: Engine, state: str) -> None:
    """Let the server answer with this SQLSTATE."""
    with while_using(engine.url), engine.begin() as connection:
        connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"))


@pytest.mark.parametrize("state", PASSING.values(), ids=PASSING)
def test_what_passes_is_a_service_that_is_down(engine: Engine, state: str) -> None:
    with pytest.raises(ServiceDown):
        raise_in(engine, state)


def test_what_does_not_pass_is_a_wrong_configuration(engine: Engine) -> None:
    with pytest.raises(WrongConfiguration):
        raise_in(engine, "28000")


def test_a_database_that_only_reads_after_a_failover_is_waited_for(
    new_postgresql_database: Callable[[], str],
) -> None:
    url = new_postgresql_database()
    open_store(url).close()
    engine = connect(url)
    with engine.begin() as connection:
        name = make_url(url).database
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    engine.dispose()
    store = open_store(url)
    with pytest.raises(ServiceDown, match="read-only"):
        store.remember_conversation("anna@proeve.example", "a:1")
    store.close()
