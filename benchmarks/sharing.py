"""One pass on PostgreSQL by one process alone, and by more and more workers that share its reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime

from benchmarks.employer import Employer, employer, microsoft_365
from benchmarks.measure import Spent
from benchmarks.people_days import EARLIER
from benchmarks.postgresql import Postgresql, throw_away_server
from benchmarks.sandbox_process import AS_PUBLISHED, FarSandbox
from benchmarks.sharing_worker import FarWorker, Made, Order, far_worker
from benchmarks.whole_pass import EARLY, MailboxesLostError
from integrations.store.store import open_store
from jobs.cluster_chunks import SIZE

PEOPLE = 3_000
NOW = datetime.fromisoformat(EARLY)


@dataclass(frozen=True, slots=True)
class Round:
    """So many workers, and whether they share the reading; the first of them makes the pass."""

    name: str
    workers: int
    shares: bool


ROUNDS = (
    Round("one worker", 1, shares=False),
    *(Round(f"`--cluster`, {number}", number, shares=True) for number in (1, 2, 3)),
)


@dataclass(frozen=True, slots=True)
class SharedPass:
    """What a pass came to, and what each worker spent on it."""

    round: Round
    made: Made
    spent: tuple[Spent, ...]
    throttled: int

    @property
    def cpu(self) -> float:
        """CPU seconds of all workers together."""
        return sum(one.cpu for one in self.spent)

    @property
    def busiest(self) -> float:
        """CPU seconds of the one that had most to do."""
        return max(one.cpu for one in self.spent)

    @property
    def peak(self) -> float | None:
        """The most MB that any of them has held; None where the system does not tell."""
        held = [one.peak for one in self.spent if one.peak is not None]
        return max(held, default=None)


def sharing(
    people: int = PEOPLE, chunk: int = SIZE, rounds: Sequence[Round] = ROUNDS
) -> tuple[SharedPass, ...]:
    """Make the same pass in each round, of mailboxes in chunks of this size where it is shared.

    Raises: ``NoServerError``, ``PassFailedError``, ``MailboxesLostError``.
    """
    with (
        throw_away_server() as server,
        employer(people) as there,
        microsoft_365(people, AS_PUBLISHED) as sandbox,
    ):
        return tuple(_passes(rounds, chunk, server, there, sandbox))


def _passes(
    rounds: Sequence[Round], chunk: int, server: Postgresql, there: Employer, sandbox: FarSandbox
) -> Iterator[SharedPass]:
    for number, one in enumerate(rounds):
        url = server.create(f"round{number}")
        _copy(there.database_url, url)
        environ = {**sandbox.settings, "HJEMMEDAG_DATABASE_URL": url}
        yield _one_pass(one, Order(environ, chunk if one.shares else None), sandbox)


def _copy(source: str, url: str) -> None:
    """Put what earlier passes have left in one database into another."""
    with closing(open_store(source)) as left, closing(open_store(url)) as store:
        register = left.load_register()
        if register is not None:
            store.save_register(register)
        store.save_days(EARLIER, left.kept_days(EARLIER).items())


def _one_pass(one: Round, order: Order, sandbox: FarSandbox) -> SharedPass:
    with ExitStack() as stack:
        workers = [stack.enter_context(far_worker(order)) for _ in range(one.workers)]
        made = _pass_by(workers)
        spent = tuple(worker.spent() for worker in workers)
    return nobody_lost(SharedPass(one, made, spent, sandbox.seen().throttled))


def nobody_lost(done: SharedPass) -> SharedPass:
    """Return the pass as it is. Raises: ``MailboxesLostError`` where it did not read everybody."""
    made = done.made
    if made.read < made.people:
        raise MailboxesLostError(f"{done.round.name}: {made.read} of {made.people} people were read")
    return done


def _pass_by(workers: list[FarWorker]) -> Made:
    """Let the first make a pass, and the others help where they can."""
    for worker in workers:
        worker.wait_until_up()
    leader, *others = workers
    for worker in others:
        worker.begin(None)
    leader.begin(NOW)
    return leader.made()
