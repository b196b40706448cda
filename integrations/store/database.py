"""From a database URL to an engine: checked before anything is opened, and set up the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from sqlite3 import SQLITE_BUSY, OperationalError
from sqlite3 import Connection as SqliteConnection
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from tenacity import retry, retry_if_exception, stop_after_delay, wait_fixed

from bot.errors import WrongConfiguration
from integrations.store.documents import to_json
from integrations.store.faults import HEADING, place

LOCK_WAIT_SECONDS = 30
WAL_SECONDS = 5
POSTGRESQL_DEFAULTS = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""Seconds to connect, and what notices within a minute that the server has gone silent (the last in ms). The
URL may say otherwise.
"""

_FORMS = "Write HJEMMEDAG_DATABASE_URL as sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_OPTIONS: Mapping[str, Any] = {
    "hide_parameters": True,
    "json_serializer": to_json,
    "json_deserializer": msgspec.json.decode,
}


def connect(url: str) -> Engine:
    """Return an engine whose errors do not quote rows; nothing is opened, but a SQLite file's folder is made.

    Raises: ``WrongConfiguration`` for a URL or folder that cannot work.
    """
    parsed = _parse(url)
    return _sqlite(parsed) if parsed.drivername == "sqlite" else _postgresql(parsed)


def in_memory(url: URL) -> bool:
    """Whether this is a SQLite database without a file."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def _parse(url: str) -> URL:
    # The URL is quoted in no fault: one that cannot be read may hold a password anywhere.
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise WrongConfiguration(HEADING, [f"It is not a database URL. {_FORMS}."]) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        fault = f"Databases of the kind {parsed.drivername} are not supported. {_FORMS}."
        raise WrongConfiguration(HEADING, [fault])
    if parsed.get_backend_name() == "sqlite" and (parsed.host or str(parsed.database).startswith("file:")):
        fault = f"A SQLite database is named by its path alone, without a host or file:. {_FORMS}."
        raise WrongConfiguration(HEADING, [fault])
    if "@" in (parsed.host or ""):
        fault = "The user name or password has an @ in it; write it as %40 in HJEMMEDAG_DATABASE_URL."
        raise WrongConfiguration(HEADING, [fault])
    return parsed.set(drivername=driver)


def _sqlite(url: URL) -> Engine:
    if in_memory(url):
        # One connection for all threads: each new one would be a new, empty database.
        options: Mapping[str, Any] = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    else:
        _make_folder(url)
        options = {"connect_args": {"timeout": _lock_wait(url)}}
    engine = create_engine(url, **_OPTIONS, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _lock_wait(url: URL) -> float:
    given = url.query.get("timeout", LOCK_WAIT_SECONDS)
    try:
        return float(str(given))
    except ValueError:
        fault = "The timeout in HJEMMEDAG_DATABASE_URL is not a number of seconds."
        raise WrongConfiguration(HEADING, [fault]) from None


def _make_folder(url: URL) -> None:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        fault = (
            f"{place(url)}: the folder {folder} cannot be made: {error.strerror}. "
            "Make it, or point HJEMMEDAG_DATABASE_URL elsewhere."
        )
        raise WrongConfiguration(HEADING, [fault]) from error


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # Python's sqlite3 begins transactions by itself, late and not for DDL; with None it leaves that to us.
    connection.isolation_level = None
    _write_ahead(connection)
    # Each commit is on the disk before a message is sent: one forgotten at a power failure would go twice.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, OperationalError) and error.sqlite_errorcode & 0xFF == SQLITE_BUSY


@retry(
    retry=retry_if_exception(_is_busy),
    stop=stop_after_delay(WAL_SECONDS),
    wait=wait_fixed(0.05),
    reraise=True,
)
def _write_ahead(connection: SqliteConnection) -> None:
    """Set it once and for all. Of two who open a new file at once SQLite refuses one, timeout or not."""
    connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that starts by reading and then writes would fail at once where another has written
    # in between, whatever the busy timeout; so each takes its turn from the start.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    patience = {name: url.query.get(name, value) for name, value in POSTGRESQL_DEFAULTS.items()}
    try:
        return create_engine(url, **_OPTIONS, pool_pre_ping=True, connect_args=patience)
    except ModuleNotFoundError:
        fault = "PostgreSQL needs the driver psycopg. Install it: pip install 'hjemmedag[postgresql]'."
        raise WrongConfiguration(HEADING, [fault]) from None
