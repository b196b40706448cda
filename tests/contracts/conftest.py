"""Both databases for the contract tests: a file of SQLite, and a throw-away server of PostgreSQL."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from integrations.store.store import SqlStore, open_store

Spawn = Callable[[str, str], "subprocess.Popen[str]"]


@dataclass(frozen=True)
class Postgresql:
    """A running server; ``socket`` is the folder of its Unix socket."""

    socket: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    pytest.importorskip("psycopg", reason="PostgreSQL's driver psycopg is not installed")
    binaries = _binaries()
    # A socket's path has room for about 100 characters only, so pytest's own folders are too long.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user = _as_unprivileged(folder)
    data = folder / "data"
    options = f"-c listen_addresses='' -c fsync=off -k {folder}"
    try:
        initdb = [*as_user, str(binaries / "initdb"), "-D", str(data)]
        _run([*initdb, "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        control = [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield Postgresql(folder)
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_postgresql_database(postgresql: Postgresql) -> Callable[[], str]:
    """Make an empty database on each call; return its URL."""
    import psycopg

    numbers = itertools.count()

    def create() -> str:
        name = f"test_{next(numbers)}"
        with psycopg.connect(host=str(postgresql.socket), user="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return postgresql.url(name)

    return create


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/hjemmedag.db"
    url: str = request.getfixturevalue("new_postgresql_database")()
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[SqlStore]:
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def spawn(request: pytest.FixtureRequest) -> Iterator[Spawn]:
    """Start another process on a program text and a database URL; killed when the test ends."""
    started: list[subprocess.Popen[str]] = []

    def start(program: str, url: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", program, url],
            cwd=request.config.rootpath,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with process:
            process.kill()


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if on_path is None and not installed:
        pytest.skip("the binaries of a PostgreSQL server are not on this machine")
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
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres or no runuser here")
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
