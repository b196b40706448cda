"""Procrastinate's own tables, made and brought up to date by us. They stand beside ours, as procrastinate_….

Procrastinate does not note how far a database has come, so a comment on one of its tables does.
"""

from __future__ import annotations

from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from bot.errors import WrongConfiguration
from integrations.store.database import connect
from integrations.store.faults import HEADING, place, while_opening
from integrations.store.locks import MIGRATION_LOCK

_MARK = "hjemmedag "
_MARKED = text(
    "SELECT to_regclass('procrastinate_jobs') IS NOT NULL,"
    " obj_description(to_regclass('procrastinate_jobs'), 'pg_class')"
)
NEEDS_POSTGRESQL = (
    "Workers share a pass through PostgreSQL. Point HJEMMEDAG_DATABASE_URL at one, or run without --cluster."
)


def prepare_queue(url: str) -> None:
    """Make the queue's tables, or add what is missing; two processes at once take turns.

    Raises: ``WrongConfiguration`` where it is no PostgreSQL or the tables are another's or newer,
    ``ServiceDown`` when the server does not answer.
    """
    engine = connect(url)
    if engine.dialect.name != "postgresql":
        raise WrongConfiguration(HEADING, [NEEDS_POSTGRESQL])
    try:
        with while_opening(engine.url), engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            _bring_up_to_date(connection)
    finally:
        engine.dispose()


def _bring_up_to_date(connection: Connection) -> None:
    there, comment = connection.execute(_MARKED).one()
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    if not there:
        _run(connection, SchemaManager.get_schema())
    else:
        done = _step_done(comment, connection)
        if done > steps[-1].stem:
            raise _refused(connection, f"were made by a newer version ({done}). Run that version")
        if done == steps[-1].stem:
            return  # a comment locks the table, and others may be reading
        for step in steps:
            if step.stem > done:
                _run(connection, step.read_text(encoding="utf-8"))
    _run(connection, f"COMMENT ON TABLE procrastinate_jobs IS '{_MARK}{steps[-1].stem}'")


def _step_done(comment: str | None, connection: Connection) -> str:
    if comment is None or not comment.startswith(_MARK):
        raise _refused(connection, "were made by another program. Give hjemmedag a database of its own")
    return comment.removeprefix(_MARK)


def _run(connection: Connection, statements: str) -> None:
    # Many statements at once, and a % in them that is no parameter, go only without parameters.
    connection.execution_options(no_parameters=True).exec_driver_sql(statements)


def _refused(connection: Connection, why: str) -> WrongConfiguration:
    fault = f"{place(connection.engine.url)}: the tables called procrastinate_… {why}."
    return WrongConfiguration(HEADING, [fault])
