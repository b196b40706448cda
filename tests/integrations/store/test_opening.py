"""A database that cannot be used is said in words that help, and never with the password."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import HjemmedagError, ServiceDown, WrongConfiguration
from integrations.store.database import connect
from integrations.store.store import open_store

PASSWORD = "correct-horse"
FULL = 2


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, but where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_the_folder_of_a_sqlite_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/data/hjemmedag.db").close()
    assert (tmp_path / "data" / "hjemmedag.db").is_file()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_sqlite_file_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    file = tmp_path / "hjemmedag.db"
    open_store(f"sqlite:///{file}").close()
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_what_is_committed_to_a_sqlite_file_is_on_the_disk(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/hjemmedag.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == FULL
    engine.dispose()


def test_a_database_in_memory_is_one_for_all_and_needs_no_lock() -> None:
    store = open_store("sqlite://")
    store.remember_conversation("anna@proeve.example", "a:1")
    with store.exclusive(), store.exclusive():
        assert store.conversation("anna@proeve.example") == "a:1"
    store.close()


@pytest.mark.parametrize(
    "url",
    [
        f"hjemmedag:{PASSWORD}@db.example/hjemmedag",
        f"postgresql+psycopg://hjemmedag:{PASSWORD}@db.example:port/hjemmedag",
        f"mysql://hjemmedag:{PASSWORD}@db.example/hjemmedag",
        f"postgresql+asyncpg://hjemmedag:{PASSWORD}@db.example/hjemmedag",
        f"postgresql://hjemmedag:p@{PASSWORD}@db.example/hjemmedag",
        f"postgresql://hjemmedag:{PASSWORD}@/hjemmedag?no_such_option=1",
        "",
        "sqlite:///hjemmedag.db?timeout=long",
        "sqlite:///file:hjemmedag?mode=memory&cache=shared&uri=true",
        "sqlite:///file:/data/hjemmedag.db?uri=true",
        "sqlite://data/hjemmedag.db",
    ],
)
def test_a_url_that_is_none_of_ours_is_a_wrong_configuration(url: str) -> None:
    assert "HJEMMEDAG_DATABASE_URL" in told_when_opening(url, WrongConfiguration)


def test_a_folder_that_cannot_be_made_is_a_wrong_configuration(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = told_when_opening(f"sqlite:///{tmp_path}/file/hjemmedag.db", WrongConfiguration)
    assert f"the folder {tmp_path}/file cannot be made" in told


def test_a_folder_in_the_place_of_the_file_is_a_wrong_configuration(tmp_path: Path) -> None:
    assert str(tmp_path) in told_when_opening(f"sqlite:///{tmp_path}", WrongConfiguration)


def test_a_file_that_is_no_database_is_a_wrong_configuration_and_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Kære borger. " * 100)
    told = told_when_opening(f"sqlite:///{file}", WrongConfiguration)
    assert "not a database" in told
    assert file.read_text().startswith("Kære borger")


def test_a_file_that_another_program_keeps_locked_is_a_service_that_is_down(tmp_path: Path) -> None:
    file = tmp_path / "hjemmedag.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "locked" in told_when_opening(f"sqlite:///{file}?timeout=0", ServiceDown)
    other.close()


def test_a_lock_file_that_cannot_be_used_is_a_wrong_configuration(tmp_path: Path) -> None:
    (tmp_path / "hjemmedag.db.lock").mkdir()
    store = open_store(f"sqlite:///{tmp_path}/hjemmedag.db")
    with pytest.raises(WrongConfiguration, match=r"hjemmedag\.db\.lock"), store.exclusive():
        pytest.fail("there is no lock to hold")
    store.close()


def test_a_server_that_does_not_answer_is_a_service_that_is_down(closed_port: int) -> None:
    pytest.importorskip("psycopg")
    told = told_when_opening(
        f"postgresql://hjemmedag:{PASSWORD}@127.0.0.1:{closed_port}/hjemmedag", ServiceDown
    )
    assert "PostgreSQL hjemmedag at 127.0.0.1" in told


def told_when_opening(url: str, kind: type[HjemmedagError]) -> str:
    with pytest.raises(kind) as raised:
        open_store(url)
    assert PASSWORD not in str(raised.value)
    return str(raised.value)
