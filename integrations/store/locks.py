"""One pass at a time on a database. The system drops the lock when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import URL, Engine, text

from bot.errors import Busy, WrongConfiguration
from integrations.store.database import in_memory
from integrations.store.faults import HEADING, place, while_using

PASS_LOCK = 4_812_001
"""Number of the advisory lock on passes; PostgreSQL keeps these apart by database."""

MIGRATION_LOCK = 4_812_002
"""Number of the advisory lock on changes of the schema."""


def exclusive(engine: Engine) -> AbstractContextManager[None]:
    """Hold the lock on passes. Raises ``Busy`` at once when another holds it."""
    if engine.dialect.name == "postgresql":
        return _session_lock(engine)
    if in_memory(engine.url):
        return nullcontext()
    return _file_lock(engine.url)


@contextmanager
def _file_lock(url: URL) -> Iterator[None]:
    # The file stays: were it deleted, a third process could lock a new one beside the second's.
    path = Path(f"{url.database}.lock")
    with _writable(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(url) from None
        except OSError as error:
            raise _unlockable(path, error) from error
        yield


def _writable(path: Path) -> BinaryIO:
    try:
        return path.open("ab")
    except OSError as error:
        raise _unlockable(path, error) from error


@contextmanager
def _session_lock(engine: Engine) -> Iterator[None]:
    with while_using(engine.url):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    # The lock is the session's; detached, closing it ends the session instead of handing it to the pool.
    connection.detach()
    with connection:
        with while_using(engine.url):
            mine = connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": PASS_LOCK})
        if not mine:
            raise _busy(engine.url)
        yield


def _busy(url: URL) -> Busy:
    return Busy(
        f"Another pass is under way on {place(url)}. Try again when it has ended; "
        "if it was stopped, its lock is gone by itself."
    )


def _unlockable(path: Path, error: OSError) -> WrongConfiguration:
    fault = (
        f"The lock file {path} cannot be used: {error.strerror}. "
        "Keep the database on a local disk, in a folder that the program may write."
    )
    return WrongConfiguration(HEADING, [fault])
