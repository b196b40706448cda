"""The sandbox in a process of its own, with Microsoft's rate limits on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection

from integrations.sandbox import Fault, Limits, Sandbox, Tenant, TurnedAway

MAILBOX_SECONDS, BATCH_SECONDS, TEAMS_SECONDS = 0.05, 0.02, 0.2
"""What a mailbox, a $batch beside its items and the Bot Connector take over a request, more or less."""

SPREAD = 0.5


GRAPH = " /v1.0/"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the sandbox is to be like."""

    limits: Limits | None = field(default_factory=Limits)
    faults: tuple[Fault, ...] = ()


AS_PUBLISHED = Conditions()


@dataclass(frozen=True, slots=True)
class Seen:
    """How often each person was written to, which requests came too often, how many posts and other requests
    Graph got, and how many of all, items of a batch among them, were answered with 429.
    """

    arrived: Mapping[str, int]
    turned_away: Sequence[TurnedAway]
    requests: int = 0
    throttled: int = 0


@dataclass(frozen=True, slots=True)
class FarSandbox:
    """A sandbox that is running elsewhere: its settings, and the line to it."""

    settings: Mapping[str, str]
    line: Connection

    def seen(self) -> Seen:
        """Ask what it has seen since it was asked last."""
        self.line.send("what did you see?")
        seen: Seen = self.line.recv()
        return seen


@contextmanager
def far_sandbox(tenant: Callable[[], Tenant], conditions: Conditions = AS_PUBLISHED) -> Iterator[FarSandbox]:
    """Run a sandbox, whose tenant is made where it runs."""
    processes = get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=_serve, args=(tenant, conditions, there))
    process.start()
    there.close()
    try:
        yield FarSandbox(here.recv(), here)
    finally:
        here.close()  # which ends the sandbox, whatever it waits for
        process.join()


def _serve(tenant: Callable[[], Tenant], conditions: Conditions, line: Connection) -> None:
    sandbox = Sandbox(
        tenant(),
        conditions.faults,
        latency=MAILBOX_SECONDS,
        latency_spread=SPREAD,
        batch_latency=BATCH_SECONDS,
        teams_latency=TEAMS_SECONDS,
        limits=conditions.limits,
        keep_requests=False,
    )
    with sandbox, suppress(EOFError):
        line.send(sandbox.settings())
        while line.recv():
            line.send(_seen(sandbox))
            sandbox.clear()


def _seen(sandbox: Sandbox) -> Seen:
    counts = sandbox.counts
    return Seen(
        Counter(one.recipient for one in sandbox.messages),
        sandbox.turned_away,
        sum(one.times for one in counts.requests if not one.inner and GRAPH in one.kind),
        counts.times(status=429),
    )
