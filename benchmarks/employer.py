"""An employer of any size to make whole passes for: its database as earlier passes left it, its calendars."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.calendars import tenant_of
from benchmarks.measure import Spent, fresh_process
from benchmarks.organisation import made_up
from benchmarks.people_days import EARLIER, kept
from benchmarks.sandbox_process import Conditions, FarSandbox, far_sandbox
from bot.model import Kind
from integrations.sandbox import Tenant
from integrations.store.store import open_store
from jobs.run import FAILED

PROFILE = "nyborg"
"""The profile with most rules."""

REPORT, FIGURES, LOG = "report.json", "figures.json", "log.txt"


class PassFailedError(Exception):
    """A pass was not completed."""


@dataclass(frozen=True, slots=True)
class Employer:
    """So many people, and the folder with their database."""

    people: int
    folder: Path

    @property
    def database_url(self) -> str:
        """Where passes keep what they keep."""
        return f"sqlite:///{self.folder / 'hjemmedag.sqlite'}"

    @property
    def report(self) -> Path:
        """The report of the latest pass."""
        return self.folder / REPORT

    def run(self, settings: Mapping[str, str], now: str, python: tuple[str, ...] = ()) -> Spent:
        """Make a pass by the command in a process of its own. ``python``: options before the command.

        Raises: ``PassFailedError``.
        """
        figures, log = self.folder / FIGURES, self.folder / LOG
        command = (sys.executable, *python, "-m", "benchmarks.command", str(figures))
        environ = os.environ | dict(settings) | {"HJEMMEDAG_DATABASE_URL": self.database_url}
        with log.open("w", encoding="utf-8") as said:
            done = subprocess.run(  # noqa: S603 - our own command
                [*command, "run", "--now", now, "--report", str(self.report)],
                env=environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
                cwd=self.folder,
                stdout=said,
                stderr=said,
                check=False,
            )
        if done.returncode >= FAILED - 1:
            raise PassFailedError(f"{self.people} people: {log.read_text(encoding='utf-8')[-2000:]}")
        return msgspec.json.decode(figures.read_bytes(), type=Spent)


@contextmanager
def employer(people: int) -> Iterator[Employer]:
    """Make an employer whose register is in the database, with the days of the weeks before the window."""
    with TemporaryDirectory(prefix="hjemmedag-bench-") as folder:
        there = Employer(people, Path(folder))
        with fresh_process() as process:
            process.submit(_prepare, there).result()
        yield there


@contextmanager
def microsoft_365(people: int, conditions: Conditions) -> Iterator[FarSandbox]:
    """Run the sandbox with the calendars of so many people."""
    with far_sandbox(partial(_tenant, people), conditions) as sandbox:
        yield sandbox


def _prepare(there: Employer) -> None:
    register = made_up(there.people, PROFILE)
    agreed = {one.person: one for one in register.agreements}
    store = open_store(there.database_url)
    try:
        store.save_register(register)
        days = kept(register.people.values(), register.organisation, agreed)
        marked = {
            person: [day for day in mine.values() if day.kind is not Kind.ON_SITE]
            for person, mine in days.items()
        }
        store.save_days(EARLIER, marked.items())
    finally:
        store.close()


def _tenant(people: int) -> Tenant:
    return tenant_of(made_up(people, PROFILE))
