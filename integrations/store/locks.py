"""One pass at a time on a database. The system drops the lock when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import URL, Connection, Engine, text

from bot.errors import Busy, ServiceDown, WrongConfiguration
from integrations.store.database import in_memory
from integrations.store.faults import HEADING, place, while_using

PASS_LOCK = 4_812_001
"""Number of the advisory lock on passes; PostgreSQL keeps these apart by database."""

MIGRATION_LOCK = 4_812_002
"""Number of the advisory lock on changes of the schema."""


_WATCH_OVER_HOLDER = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
    "idle_session_timeout": "0",
}
"""Settings of the holder's session: the server drops the lock a minute after its holder has gone silent, and
never because a long pass leaves the session idle. What an older server does not know is left out.
"""

_SET = text("SELECT set_config(name, :value, false) FROM pg_settings WHERE name = :name")
_STILL_THERE = text("SELECT 1")
_SAFE = "Nothing is sent without it; run the pass again."


def exclusive(engine: Engine) -> AbstractContextManager[Connection | None]:
    """Hold the lock on passes. Raises ``Busy`` at once when another holds it.

    Gives the session that the lock is bound to, where there is one: what is written through it is written
    while the lock is held, or not at all.
    """
    if engine.dialect.name == "postgresql":
        return _session_lock(engine)
    if in_memory(engine.url):
        return nullcontext()
    return _file_lock(engine.url)


@contextmanager
def as_holder(session: Connection) -> Iterator[Connection]:
    """Make a transaction in the session that holds the lock. Raises ``ServiceDown`` when it was lost."""
    # SQLAlchemy would go on in a new session, which does not hold the lock.
    if session.invalidated:
        raise ServiceDown(f"The lock on {place(session.engine.url)} was lost. {_SAFE}")
    with while_using(session.engine.url), session.begin():
        session.execute(_STILL_THERE)
        yield session


@contextmanager
def _file_lock(url: URL) -> Iterator[Connection | None]:
    # The file stays: were it deleted, a third process could lock a new one beside the second's.
    # Whatever the path is called, by a link or from another folder, a database has one lock.
    path = Path(f"{Path(str(url.database)).resolve()}.lock")
    with _writable(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(url) from None
        except OSError as error:
            raise _unlockable(path, error) from error
        yield None


def _writable(path: Path) -> BinaryIO:
    try:
        return path.open("ab")
    except OSError as error:
        raise _unlockable(path, error) from error


@contextmanager
def _session_lock(engine: Engine) -> Iterator[Connection | None]:
    with while_using(engine.url):
        session = engine.connect()
    # The lock is the session's; detached, closing it ends the session instead of handing it to the pool.
    session.detach()
    with session:
        with while_using(engine.url), session.begin():
            mine = session.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": PASS_LOCK})
            for name, value in _WATCH_OVER_HOLDER.items():
                session.execute(_SET, {"name": name, "value": value})
        if not mine:
            raise _busy(engine.url)
        yield session


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
