"""Both databases for the contract tests: a file of SQLite, and a throw-away server of PostgreSQL."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

from benchmarks.postgresql import NoServerError, Postgresql, throw_away_server
from integrations.store.store import SqlStore, open_store

Spawn = Callable[[str, str], "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    if find_spec("psycopg") is None:
        _do_without("its driver psycopg is not installed")
    try:
        with throw_away_server("fsync=off") as server:
            yield server
    except NoServerError as error:
        _do_without(str(error))


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("TEST_POSTGRESQL") == "required":
        pytest.fail(f"a PostgreSQL server is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def new_postgresql_database(postgresql: Postgresql) -> Callable[[], str]:
    """Make an empty database on each call; return its URL."""
    numbers = itertools.count()
    return lambda: postgresql.create(f"test_{next(numbers)}")


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
