"""The databases' errors as the two that a user is shown: mend the configuration, or try again later.

The texts name the database without user and password, and never a value of a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError

from bot.errors import HjemmedagError, ServiceDown, WrongConfiguration

HEADING = "The database cannot be used."

_ADVICE = {
    "sqlite": "Point HJEMMEDAG_DATABASE_URL at a SQLite file, in a folder, that the program may both write.",
    "postgresql": "Check host, database, user and password in HJEMMEDAG_DATABASE_URL (special characters "
    "percent-encoded), and that the user may create tables there.",
}
_SQLITE_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
}
# SQLSTATE, whole classes first: connection, rollback such as a deadlock's, resources, operator intervention,
# system error; then a server that only reads, as after a failover, a transaction idle for too long, and a
# lock not had in time.
_POSTGRESQL_PASSING = ("08", "40", "53", "57", "58", "25006", "25P03", "55P03")
_POSTGRESQL_NOT_NOW = (
    "starting up",
    "shutting down",
    "recovery mode",
    "too many",
    "remaining connection slots",
)


def place(url: URL) -> str:
    """Name the database for people and logs: no user, no password, no options."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite {url.database or ':memory:'}"
    return f"PostgreSQL {url.database or ''} at {url.host or url.query.get('host') or 'localhost'}"


@contextmanager
def while_opening(url: URL) -> Iterator[None]:
    """Turn every error of the database into a user's error."""
    try:
        yield
    except DBAPIError as error:
        raise _fault(error, url) from error


@contextmanager
def while_using(url: URL) -> Iterator[None]:
    """Turn errors of the database into a user's error; what a wrong statement of ours causes stays itself."""
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise
    except DBAPIError as error:
        raise _fault(error, url) from error


def _fault(error: DBAPIError, url: URL) -> HjemmedagError:
    said = f"{place(url)}: {_first_line(error, url)}."
    if _passes(error):
        return ServiceDown(f"The database does not answer. {said} Try again when it is up.")
    return WrongConfiguration(HEADING, [f"{said} {_ADVICE[url.get_backend_name()]}"])


def _passes(error: DBAPIError) -> bool:
    """Whether the same settings may work later."""
    if isinstance(error.orig, sqlite3.Error):
        return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_PASSING
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_POSTGRESQL_PASSING)
    # While connecting, libpq gives no SQLSTATE; a server that answered and said no says FATAL.
    text = str(error.orig)
    refused = "FATAL" in text and not any(words in text for words in _POSTGRESQL_NOT_NOW)
    return isinstance(error, OperationalError) and not refused


def _first_line(error: DBAPIError, url: URL) -> str:
    text = str(error.orig).partition("\n")[0].rstrip(".")
    for secret in (url.password, url.query.get("password")):
        if secret:
            text = text.replace(str(secret), "***")
    return text
