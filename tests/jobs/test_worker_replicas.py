"""Two workers on one database through a Monday: real processes, and a clock that is told to both at once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from select import select

import pytest

from tests.contracts.conftest import new_postgresql_database, postgresql  # noqa: F401 - fixtures
from tests.jobs.conftest import Office
from tests.jobs.worker_records import ON_THE_WALL, passes, rows, wait_until

MONDAY = datetime(2026, 3, 2, 6, 30, tzinfo=ON_THE_WALL)
SECONDS_FOR_A_LOOK = 120
HALF_AN_HOUR = timedelta(minutes=30)
BATCH = "POST /v1.0/$batch"
POST = "POST /teams/v3/conversations/*/activities"
LEADERS = {"mette.lund", "jakob.winther", "sofie.krag"}


class Replica:
    """One worker in a process of its own, at a moment of the virtual Monday."""

    def __init__(self, office: Office, name: str) -> None:
        self.log = office.folder / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.jobs.virtual_worker", MONDAY.isoformat()],
                env=office.full_environ(),
                cwd=office.folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def tell(self, moment: datetime) -> None:
        """Tell it the time; it looks, and this doesn't wait."""
        self.process.stdin.write(f"{moment.isoformat()}\n")
        self.process.stdin.flush()

    def wait(self) -> None:
        """Wait until it has looked."""
        ready, _, _ = select([self.process.stdout], [], [], SECONDS_FOR_A_LOOK)
        assert ready, self.log.read_text()
        assert self.process.stdout.readline() == "idle\n", self.log.read_text()

    def end(self, how: signal.Signals) -> int:
        """Send it a signal; return its exit status."""
        self.process.send_signal(how)
        return self.process.wait(timeout=60)

    def close(self) -> None:
        with self.process:
            self.process.kill()


def tell_all(replicas: Sequence[Replica], moment: datetime) -> None:
    """Tell all the time, so that they race, and wait for all."""
    for replica in replicas:
        replica.tell(moment)
    for replica in replicas:
        replica.wait()


def at(hour: int, minute: int = 0) -> datetime:
    return MONDAY.replace(hour=hour, minute=minute)


def half_hours(first: datetime, last: datetime) -> Iterator[datetime]:
    while first <= last:
        yield first
        first += HALF_AN_HOUR


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, office: Office) -> Office:
    """The municipality, on a file of SQLite or on a server of PostgreSQL."""
    office.environ["HJEMMEDAG_DATABASE_URL"] = (
        f"sqlite:///{office.database}"
        if request.param == "sqlite"
        else request.getfixturevalue("new_postgresql_database")()
    )
    return office


@pytest.fixture
def two(shared: Office) -> Iterator[tuple[Replica, Replica]]:
    with ExitStack() as stack:
        first, second = Replica(shared, "first"), Replica(shared, "second")
        stack.callback(first.close)
        stack.callback(second.close)
        first.wait()
        second.wait()
        yield first, second


def digests(office: Office) -> Counter[str]:
    """Return how many digests are recorded as sent to each leader."""
    sent = rows(office, "SELECT recipient FROM messages WHERE step = 'digest' AND state = 'sent'")
    return Counter(str(recipient).partition("@")[0] for (recipient,) in sent)


def arrived(office: Office) -> int:
    return len(office.sandbox.messages)


def recorded(office: Office) -> int:
    return len(rows(office, "SELECT id FROM messages WHERE state = 'sent'"))


def twice_told(office: Office) -> list[tuple[object, ...]]:
    """Return what anybody was told more than once at one step."""
    return rows(
        office,
        "SELECT recipient, finding, step FROM tellings GROUP BY recipient, finding, step HAVING count(*) > 1",
    )


def errors(replicas: Sequence[Replica]) -> list[str]:
    lines = [line for replica in replicas for line in replica.log.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if '"level": "error"' in line or not line.startswith("{")]


def test_two_workers_through_a_monday_make_each_pass_once_and_each_leader_has_one_digest(shared, two):
    for moment in half_hours(MONDAY + HALF_AN_HOUR, at(17, 30)):
        tell_all(two, moment)

    assert passes(shared) == [(f"{hour:02}:00", 1) for hour in range(7, 17)]
    assert digests(shared) == dict.fromkeys(LEADERS, 1)
    assert twice_told(shared) == []
    assert arrived(shared) == recorded(shared)
    assert errors(two) == []
    assert [replica.end(signal.SIGTERM) for replica in two] == [0, 0]


def test_the_other_goes_on_when_one_is_killed_between_passes_and_in_the_middle_of_one(shared, two):
    first, second = two
    tell_all(two, at(7))
    shared.fault(match=BATCH, delay=30, item=False, times=1)
    first.tell(at(8))
    wait_until(lambda: passes(shared)[-1] == ("08:00", None))
    first.end(signal.SIGKILL)
    shared.sandbox.faults.clear()
    for moment in (at(8), at(8, 1), at(8, 2), at(9), at(10)):
        tell_all([second], moment)

    assert passes(shared) == [("07:00", 1), ("08:00", None), ("08:02", 1), ("09:00", 1), ("10:00", 1)]
    assert digests(shared) == dict.fromkeys(LEADERS, 1)
    assert twice_told(shared) == []
    assert errors([second]) == []


def test_one_told_to_stop_while_it_sends_ends_well_and_the_other_sends_the_rest_once(shared, two):
    first, second = two
    shared.fault(match=POST, delay=1)
    first.tell(at(7))
    wait_until(lambda: rows(shared, "SELECT 1 FROM messages WHERE state = 'claimed'"))
    assert first.end(signal.SIGTERM) == 0
    assert rows(shared, "SELECT id FROM messages WHERE state IN ('claimed', 'unclear')") == []
    shared.sandbox.faults.clear()
    for moment in (at(7), at(7, 2), at(8)):
        tell_all([second], moment)

    assert passes(shared) == [("07:00", 3), ("07:02", 1), ("08:00", 1)]
    assert digests(shared) == dict.fromkeys(LEADERS, 1)
    assert arrived(shared) == recorded(shared)
    assert twice_told(shared) == []
    assert errors(two) == []
