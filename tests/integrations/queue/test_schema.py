"""Procrastinate's tables beside ours: made once, brought up to date, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from procrastinate.schema import SchemaManager
from sqlalchemy import create_engine, inspect, text

from bot.errors import WrongConfiguration
from integrations.queue.schema import prepare_queue
from integrations.store.schema import metadata
from integrations.store.store import open_store

STEPS = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def test_the_queue_s_tables_stand_beside_those_of_the_store(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        ours = MigrationContext.configure(connection, opts={"include_name": _is_ours, "compare_type": True})
        assert compare_metadata(ours, metadata) == []
    assert "procrastinate_jobs" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_store_with_a_queue_opens_and_the_queue_is_made_once(url: str) -> None:
    open_store(url).close()
    prepare_queue(url)
    open_store(url).close()


def test_a_queue_that_is_up_to_date_waits_for_nobody(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE procrastinate_jobs IN SHARE UPDATE EXCLUSIVE MODE"))
        prepare_queue(f"{url}{'&' if '?' in url else '?'}options=-c%20lock_timeout%3D1000")
    engine.dispose()


def test_a_queue_of_an_older_version_is_brought_up_to_date(
    new_postgresql_database: Callable[[], str], url: str
) -> None:
    older = new_postgresql_database()
    for step in STEPS[:-3]:
        execute(older, step.read_text(encoding="utf-8"))
    mark(older, STEPS[-4].stem)
    prepare_queue(older)
    assert functions(older) == functions(url)
    assert comment(older) == comment(url) == f"hjemmedag {STEPS[-1].stem}"


def test_a_queue_of_a_newer_version_is_refused(url: str) -> None:
    mark(url, "99.00.00_01_from_the_future")
    with pytest.raises(WrongConfiguration, match="newer version"):
        prepare_queue(url)


def test_a_queue_of_another_program_is_refused(new_postgresql_database: Callable[[], str]) -> None:
    url = new_postgresql_database()
    execute(url, "CREATE TABLE procrastinate_jobs (id bigint)")
    with pytest.raises(WrongConfiguration, match="another program"):
        prepare_queue(url)


def test_sqlite_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WrongConfiguration, match=r"PostgreSQL.*HJEMMEDAG_DATABASE_URL"):
        prepare_queue(f"sqlite:///{tmp_path}/hjemmedag.db")


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith("procrastinate_")


def mark(url: str, step: str) -> None:
    execute(url, f"COMMENT ON TABLE procrastinate_jobs IS 'hjemmedag {step}'")


def comment(url: str) -> str:
    return query(url, "SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")[0]


def functions(url: str) -> list[str]:
    ours = "proname LIKE 'procrastinate%' ORDER BY 1"
    return query(url, f"SELECT proname || pg_get_functiondef(oid) FROM pg_proc WHERE {ours}")


def query(url: str, statement: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.execute(text(statement)).scalars())
    engine.dispose()
    return found


def execute(url: str, statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execution_options(no_parameters=True).exec_driver_sql(statements)
    engine.dispose()
