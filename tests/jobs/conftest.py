"""A small municipality in the sandbox, and the command run against it as a user would run it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.known import DigestMode
from config.settings import load_settings
from integrations.sandbox import Fault, Sandbox, Tenant
from jobs.demo.calendars import tenant_data
from jobs.demo.municipality import REGISTER, load_municipality
from jobs.run import make_pass

MONDAY = "2026-03-02T08:00:00+01:00"


@dataclass
class Office:
    """The sandbox, a folder of one's own, and the command."""

    sandbox: Sandbox
    tenant: Tenant
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "data" / "hjemmedag.sqlite"

    @property
    def register(self) -> Path:
        return self.folder / "register.yaml"

    def command(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run ``hjemmedag`` in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "jobs", *arguments],
            env=self.full_environ(environ),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start ``hjemmedag`` and go on."""
        return subprocess.Popen(
            [sys.executable, "-m", "jobs", *arguments],
            env=self.full_environ(),
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait_for(self, query: str, seconds: float = 60) -> None:
        """Wait until the query counts something in the database."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.count(query):
                return
            time.sleep(0.05)
        pytest.fail(f"nothing after {seconds} s: {query}")

    def count(self, query: str) -> int:
        """Return what the query counts; 0 while there is no such table yet."""
        if not self.database.exists():
            return 0
        with closing(sqlite3.connect(self.database)) as connection:
            try:
                return int(connection.execute(query).fetchone()[0])
            except sqlite3.OperationalError:
                return 0

    def fault(self, **fault: Any) -> None:
        """Let something go wrong in the sandbox from now on."""
        self.sandbox.faults.add(Fault(**fault))

    def full_environ(self, extra: dict[str, str] | None = None) -> dict[str, str]:
        """The environment of the command: the sandbox's settings, this folder, and what the test adds."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HJEMMEDAG_")}
        source = str(Path(__file__).parents[2])
        own = {"PYTHONPATH": source, "TMPDIR": str(self.folder)}
        return inherited | own | self.environ | (extra or {})

    def run(
        self,
        now: str = MONDAY,
        *,
        dry_run: bool = False,
        digest: DigestMode = DigestMode.AUTO,
    ) -> dict[str, Any]:
        """Make a pass in this process and return its report."""
        settings = load_settings(self.environ, env_file=None, secrets_dir=None)
        moment = datetime.fromisoformat(now)
        return make_pass(settings, moment, dry_run=dry_run, digest=digest).as_data()

    def cards(self, recipient: str) -> list[str]:
        """Return what stands in somebody's chat now, as JSON, oldest first."""
        return [
            json.dumps(message.activity, ensure_ascii=False)
            for message in self.sandbox.messages
            if message.recipient.startswith(f"{recipient}@")
        ]


def office_in(folder: Path, sandbox: Sandbox, tenant: Tenant, register: str) -> Office:
    """Return an office that keeps its register and database in a folder."""
    office = Office(sandbox, tenant, folder)
    office.register.write_text(register, encoding="utf-8")
    office.environ = {
        **sandbox.settings(),
        "HJEMMEDAG_DATA_FOLDER": str(folder / "data"),
        "HJEMMEDAG_REGISTER": str(office.register),
        "HJEMMEDAG_LOG_FORMAT": "json",
    }
    return office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return an office whose register and calendars are those of the demo's municipality."""
    tenant = Tenant.from_data(tenant_data(load_municipality()))
    with Sandbox(tenant) as sandbox:
        yield office_in(tmp_path, sandbox, tenant, REGISTER.read_text(encoding="utf-8"))


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Office]:
    """The village's office, with nothing said to anybody yet."""
    from tests.jobs.village import village_in, village_tenant  # which needs this module

    tenant = village_tenant()
    with Sandbox(tenant) as sandbox:
        yield village_in(tmp_path, sandbox, tenant)
