"""A PostgreSQL server of our own, thrown away afterwards: for measurements and for tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class NoServerError(Exception):
    """There is no PostgreSQL on this machine that could be started; the text says why."""


@dataclass(frozen=True)
class Postgresql:
    """A running server; ``socket`` is the folder of its Unix socket."""

    socket: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket}"

    def create(self, database: str) -> str:
        """Make an empty database; return its URL."""
        import psycopg

        with psycopg.connect(host=str(self.socket), user="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}".encode())
        return self.url(database)


@contextmanager
def throw_away_server(*options: str) -> Iterator[Postgresql]:
    """Run a server with these settings (``fsync=off``) until the end of the block.

    Raises: ``NoServerError``.
    """
    binaries = _binaries()
    # A socket's path has room for about 100 characters only.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        as_user = _as_unprivileged(folder)
        data = folder / "data"
        initdb = [*as_user, str(binaries / "initdb"), "-D", str(data)]
        _run([*initdb, "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        control = [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        settings = " ".join(f"-c {option}" for option in ("listen_addresses=''", *options))
        _run([*control, "-l", str(folder / "log"), "-o", f"{settings} -k {folder}", "start"])
        try:
            yield Postgresql(folder)
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if on_path is None and not installed:
        raise NoServerError("the binaries of a PostgreSQL server are not on this machine")
    found = installed[-1] if installed else Path(str(on_path))
    return found.resolve().parent


def _version(initdb: Path) -> int:
    return int(initdb.parts[-3])


def _as_unprivileged(folder: Path) -> list[str]:
    """Return the words before a command that run it as someone who may run a server: not as root."""
    if os.getuid() != 0:
        return []
    users = {user.pw_name for user in pwd.getpwall()}
    if "postgres" not in users or shutil.which("runuser") is None:
        raise NoServerError(
            "PostgreSQL does not run as root, and there is no user postgres or no runuser here"
        )
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603 - our own command
