"""A pass that workers read together comes to what it comes to in one process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.model import Register
from integrations.store.store import open_store
from jobs.cluster_chunks import chunks_of, digest_of
from jobs.demo.municipality import load_municipality
from jobs.gather import mailboxes
from tests.contracts.conftest import new_postgresql_database, postgresql
from tests.jobs.cluster_here import shared_pass
from tests.jobs.conftest import Office

__all__ = ["new_postgresql_database", "postgresql"]


def test_it_sees_finds_and_says_the_same(office: Office, new_postgresql_database: Callable[[], str]) -> None:
    alone = office.run(dry_run=True)
    office.environ["HJEMMEDAG_DATABASE_URL"] = new_postgresql_database()
    together = shared_pass(office, size=4)
    for part in ("people", "days", "findings", "coverage", "window"):
        assert together[part] == alone[part], part
    assert addressed(together) == addressed(alone)
    assert together["stats"]["events"] == alone["stats"]["events"]
    assert together["stats"]["http_requests"] > len(chunks_of(load_municipality(), 4))


def addressed(report: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((line["to"], line["kind"]) for line in report["messages"])


def test_without_postgresql_workers_share_nothing(office: Office) -> None:
    refused = office.command("worker", "--cluster")
    assert refused.returncode == 2
    assert "PostgreSQL" in refused.stderr


def test_without_the_packages_workers_share_nothing_and_say_what_to_install(office: Office) -> None:
    missing = office.folder / "procrastinate" / "__init__.py"
    missing.parent.mkdir()
    missing.write_text('raise ModuleNotFoundError("no such package", name="procrastinate")', encoding="utf-8")
    source = office.full_environ()["PYTHONPATH"]
    refused = office.command("worker", "--cluster", PYTHONPATH=f"{office.folder}:{source}")
    assert refused.returncode == 2
    assert "pip install 'hjemmedag[cluster]'" in refused.stderr


@pytest.mark.parametrize("size", [1, 4, 7, 1000])
def test_chunks_hold_everybody_once_and_keep_teams_together(size: int) -> None:
    register = load_municipality()
    chunks = chunks_of(register, size)
    assert sorted(name for chunk in chunks for name in chunk) == sorted(mailboxes(register))
    assert all(len(team_chunks(register, chunks, team)) == 1 for team in register.teams)
    assert all(len(chunk) >= min(size, len(mailboxes(register))) for chunk in chunks[:-1])


def team_chunks(register: Register, chunks: list[tuple[str, ...]], team: str) -> set[int]:
    members = {person.id for person in register.people.values() if person.team == team}
    return {number for number, chunk in enumerate(chunks) if members & set(chunk)}


def test_a_register_is_known_again_after_it_was_kept(tmp_path: Path) -> None:
    register = load_municipality()
    store = open_store(f"sqlite:///{tmp_path}/hjemmedag.db")
    store.save_register(register)
    kept = store.load_register()
    store.close()
    assert kept is not None
    assert digest_of(kept) == digest_of(register)
