"""Workers in processes of their own, each with its part in one pass, as in ``worker [--cluster]``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.employer import PassFailedError
from benchmarks.measure import Spent, Stopwatch
from config.settings import Settings, load_settings
from jobs.cluster import Cluster
from jobs.logs import set_up_logs
from jobs.run import as_they_are, make_pass

ENDED = "A worker ended before the pass was over. What it said stands above."


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker works with: its settings, and mailboxes in a chunk where it shares what is read."""

    environ: Mapping[str, str]
    chunk: int | None

    def settings(self) -> Settings:
        """Read the settings."""
        return load_settings(self.environ, env_file=None, secrets_dir=None)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a pass, and the seconds it took by the clock on the wall."""

    people: int
    read: int
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class FarWorker:
    """A worker that is running elsewhere, and the line to it. Every method raises ``PassFailedError``."""

    line: Connection

    def begin(self, now: datetime | None) -> None:
        """Measure from now on, and where a time is given make the pass of then."""
        self.line.send(now)

    def made(self) -> Made:
        """Wait for the pass that it makes."""
        made: Made = self._said()
        return made

    def spent(self) -> Spent:
        """Ask what it has spent since it began."""
        self.line.send("what have you spent?")
        spent: Spent = self._said()
        return spent

    def wait_until_up(self) -> None:
        """Wait until it is ready to begin."""
        self._said()

    def _said(self) -> Any:
        try:
            return self.line.recv()
        except EOFError:
            raise PassFailedError(ENDED) from None


@contextmanager
def far_worker(order: Order) -> Iterator[FarWorker]:
    """Run a worker until the end of the block."""
    processes = get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=_work, args=(order, there))
    process.start()
    there.close()
    try:
        yield FarWorker(here)
    finally:
        here.close()  # which ends the worker when its pass is over
        process.join()


def _work(order: Order, line: Connection) -> None:
    set_up_logs("json", "WARNING")
    cluster = Cluster(order.settings, size=order.chunk) if order.chunk else None
    with cluster.reading() if cluster else nullcontext(), suppress(EOFError, BrokenPipeError):
        line.send("up")
        now: datetime | None = line.recv()
        watch = Stopwatch()
        if now is not None:
            line.send(_made(order, cluster, now))
        line.recv()
        line.send(watch.read())


def _made(order: Order, cluster: Cluster | None, now: datetime) -> Made:
    watch = Stopwatch()
    report = make_pass(order.settings(), now, wrap=cluster.wrap if cluster else as_they_are)
    people = len(report.register.people)
    return Made(people, len(report.days), report.stats.http_requests, watch.read().wall)
