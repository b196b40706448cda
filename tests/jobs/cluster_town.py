"""A town of a few hundred in the sandbox, PostgreSQL, and workers in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from integrations.sandbox import Sandbox, Tenant
from jobs.demo.calendars import DOMAIN
from tests.jobs.conftest import MONDAY, Office, office_in
from tests.jobs.village import at_home, user

TEAM = 10
PROGRAM = Path(__file__).with_name("cluster_worker.py")


@dataclass
class Worker:
    """A worker's process, and what it has logged."""

    process: subprocess.Popen[bytes]
    log: Path

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return what it said by this name, oldest first."""
        lines = self.log.read_text(encoding="utf-8").splitlines(keepends=True)
        events = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("\n")]
        return [event for event in events if event["event"] == name]

    @property
    def leads(self) -> bool:
        """Whether it has begun a pass."""
        return bool(self.events("pass_started"))

    @property
    def holds(self) -> set[int]:
        """The chunks that it is reading."""
        taken, kept = self.events("chunk_taken"), self.events("chunk_kept")
        return {one["chunk"] for one in taken} - {one["chunk"] for one in kept}

    def kill_with_a_chunk(self) -> bool:
        """Let it die while it is reading; return whether it was."""
        if self.holds:
            self.kill()
        return self.process.returncode is not None

    def kill(self) -> None:
        """Let it die as at a power cut."""
        self.process.kill()
        self.process.wait()


@dataclass
class Town:
    """The town's office, whose database is on PostgreSQL, and its workers.

    ``awaited``: those who will be written to, each once.
    """

    office: Office
    size: int
    engine: Engine
    awaited: frozenset[str]
    workers: list[Worker] = field(default_factory=list)

    def start(self, number: int = 1) -> None:
        """Start so many workers more."""
        for _ in range(number):
            log = self.office.folder / f"worker-{len(self.workers)}.log"
            with log.open("wb") as file:
                process = subprocess.Popen(
                    [sys.executable, "-m", "tests.jobs.cluster_worker", MONDAY, str(self.size)],
                    env=self.office.full_environ(),
                    cwd=self.office.folder,
                    stdout=file,
                    stderr=subprocess.STDOUT,
                )
            self.workers.append(Worker(process, log))

    @property
    def leader(self) -> Worker:
        """The worker that leads the pass, once there is one."""
        self.wait_for(lambda: any(worker.leads for worker in self.workers))
        return next(worker for worker in self.workers if worker.leads)

    def wait_for(self, happened: Callable[[], bool], seconds: float = 90) -> None:
        """Wait until it has happened."""
        until = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > until:
                pytest.fail("\n".join(worker.log.read_text(encoding="utf-8") for worker in self.workers))
            time.sleep(0.1)

    def wait_for_the_pass(self) -> None:
        """Wait until a pass has gone through, and whatever was queued for another is gone."""
        self.wait_for(lambda: self.count("SELECT count(*) FROM runs WHERE exit_code IN (0, 1)") > 0)
        self.wait_for(lambda: self.count("SELECT count(*) FROM procrastinate_jobs") == 0)

    def count(self, query: str) -> int:
        """Return what the query counts."""
        return int(self.rows(query)[0][0])

    def rows(self, query: str) -> list[Any]:
        """Return what the database answers."""
        with self.engine.connect() as connection:
            return list(connection.execute(text(query)).all())

    def arrived(self) -> Counter[str]:
        """Return how many messages each has had."""
        return Counter(message.recipient for message in self.office.sandbox.messages)

    def states(self) -> Counter[str]:
        """Return how many messages the database says have come to what."""
        return Counter(dict(self.rows("SELECT id, state FROM messages")).values())


@contextmanager
def town_in(folder: Path, url: str, people: int, size: int, latency: float) -> Iterator[Town]:
    """Return a town of so many people, a chunk of whose mailboxes has so many, answering so slowly."""
    names = [f"p{number:03}" for number in range(people)]
    leaders = [f"l{number:02}" for number in range(-(-people // TEAM))]
    everybody = [*names, *leaders]
    marks = {f"{name}@{DOMAIN}": [at_home(name)] for name in names[::3]}
    awaited = frozenset([*marks, *(f"{name}@{DOMAIN}" for name in leaders)])
    empty: dict[str, list[object]] = {f"{name}@{DOMAIN}": [] for name in everybody}
    tenant = Tenant.from_data({"users": [user(name) for name in everybody], "events": empty | marks})
    with Sandbox(tenant, latency=latency, teams_latency=0.1) as sandbox:
        office = office_in(folder, sandbox, tenant, _register(names, leaders))
        office.environ["HJEMMEDAG_DATABASE_URL"] = url
        town = Town(office, size, create_engine(url), awaited)
        try:
            yield town
        finally:
            town.engine.dispose()
            for worker in town.workers:
                worker.kill()


def _register(names: list[str], leaders: list[str]) -> str:
    facts = "med_discussed_on: 2025-11-01, frames_decided_on: 2025-11-01, discussed_on: 2025-11-01"
    teams = [
        f"  - {{id: t{number:02}, name: Team {number}, leader: {leader}@{DOMAIN}, "
        f"team_days: [{{weekday: tuesday}}], {facts}}}"
        for number, leader in enumerate(leaders)
    ]
    people = [
        f"  - {{id: {name}@{DOMAIN}, name: {name.title()} Holm, team: t{number // TEAM:02}}}"
        for number, name in enumerate(names)
    ]
    head = f"organisation: {{name: Lilleby, policy: nyborg, domains: [{DOMAIN}]}}"
    return "\n".join([head, "teams:", *teams, "people:", *people])
