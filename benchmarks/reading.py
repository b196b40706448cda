"""The calendars of many mailboxes, read from the sandbox in six ways: requests, CPU and memory of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from benchmarks.calendars import tenant_of
from benchmarks.entries import ENTRIES_A_PERSON
from benchmarks.measure import ROUNDS, Spent, fresh_process, timed
from benchmarks.organisation import made_up
from benchmarks.other_readers import o365_library, one_call_each, typed_sdk
from benchmarks.own_readers import decoded, ours, thrown_away
from benchmarks.sandbox_process import FarSandbox, Seen, far_sandbox
from integrations.sandbox import Tenant

PROFILE = "nyborg"

Reader = Callable[[Mapping[str, str], Sequence[str]], int]


class EntriesLostError(Exception):
    """A reader came back with other entries than there are."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read, over as many mailboxes as it can manage in reasonable time."""

    name: str
    read: Reader
    mailboxes: int
    rounds: int = 1


TYPED = Way("typed msgraph-sdk, one call each", typed_sdk, 50)
ONE_CALL_EACH = Way("httpx and json, one call each, 8 at once", one_call_each, 500)
OURS = Way("ours, batches to calendars", ours, 2_000, ROUNDS)
DECODED = Way("ours, batches decoded", decoded, 2_000, ROUNDS)
LIMIT = Way("the same batches, thrown away", thrown_away, 2_000, ROUNDS)
WAYS = (TYPED, Way("O365 library, one call each", o365_library, 100), ONE_CALL_EACH, OURS, DECODED, LIMIT)
MOST = max(way.mailboxes for way in WAYS)


@dataclass(frozen=True, slots=True)
class Reading:
    """What it took to read so many mailboxes: the best round in a process of its own."""

    way: Way
    mailboxes: int
    requests: int
    throttled: int
    spent: Spent

    @property
    def entries(self) -> int:
        """How many entries there were to read."""
        return self.mailboxes * ENTRIES_A_PERSON

    @property
    def per_second(self) -> float:
        """Entries per CPU second."""
        return self.entries / self.spent.cpu

    @property
    def requests_each(self) -> float:
        """Requests a mailbox."""
        return self.requests / self.mailboxes


def reading(ways: Sequence[Way] = WAYS) -> tuple[Reading, ...]:
    """Read in each of these ways. Raises: ``EntriesLostError``, and what a reader raises."""
    with far_sandbox(partial(tenant, max(way.mailboxes for way in ways))) as sandbox:
        return tuple(_measured(way, sandbox) for way in ways)


def tenant(people: int) -> Tenant:
    """Return the tenant that is read from."""
    return tenant_of(made_up(people, PROFILE))


def names(people: int) -> list[str]:
    """Return the mailboxes of so many people."""
    return list(made_up(people, PROFILE).people)


def _measured(way: Way, sandbox: FarSandbox) -> Reading:
    mailboxes = names(way.mailboxes)
    with fresh_process() as process:
        _round(process, way, sandbox, mailboxes[: max(1, len(mailboxes) // 20)])  # what is made at first use
        rounds = [_round(process, way, sandbox, mailboxes) for _ in range(way.rounds)]
    seen, spent = min(rounds, key=lambda one: one[1].cpu)
    return Reading(way, len(mailboxes), seen.requests, seen.throttled, spent)


def _round(process: Executor, way: Way, sandbox: FarSandbox, mailboxes: Sequence[str]) -> tuple[Seen, Spent]:
    entries, spent = process.submit(timed, way.read, sandbox.settings, mailboxes).result()
    if way.read is not thrown_away and entries != len(mailboxes) * ENTRIES_A_PERSON:
        raise EntriesLostError(f"{way.name}: {entries} entries of {len(mailboxes)} mailboxes")
    return sandbox.seen(), spent
