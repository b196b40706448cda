"""Three workers on one PostgreSQL: whichever dies, the pass completes, and nobody is written to twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contracts.conftest import new_postgresql_database, postgresql
from tests.jobs.cluster_town import Town, town_in

__all__ = ["new_postgresql_database", "postgresql"]

PEOPLE, SIZE, LATENCY = 300, 20, 0.1


@pytest.fixture
def town(tmp_path: Path, new_postgresql_database: Callable[[], str]) -> Iterator[Town]:
    with town_in(tmp_path, new_postgresql_database(), PEOPLE, SIZE, LATENCY) as town:
        yield town


def everybody_was_read(town: Town) -> bool:
    finished = [event for worker in town.workers for event in worker.events("pass_finished")]
    return [(event["read"], event["unreadable"]) for event in finished] == [(PEOPLE, 0)]


def test_a_worker_killed_with_a_chunk_in_hand_holds_nothing_up(town: Town) -> None:
    town.start(3)
    others = [worker for worker in town.workers if worker is not town.leader]
    town.wait_for(lambda: any(worker.kill_with_a_chunk() for worker in others))
    town.wait_for_the_pass()
    assert everybody_was_read(town)
    assert town.arrived() == Counter(town.awaited)
    assert set(town.states()) == {"sent"}
    assert town.count("SELECT count(*) FROM reading_passes") == 0


def test_a_leader_killed_in_mid_reading_is_followed_by_another(town: Town) -> None:
    town.start(3)
    leader = town.leader
    town.wait_for(lambda: town.count("SELECT count(*) FROM reading_chunks") > 3)
    leader.kill()
    town.wait_for_the_pass()
    assert everybody_was_read(town)
    assert town.arrived() == Counter(town.awaited)
    assert set(town.states()) == {"sent"}
    assert taken_over(town) > 0


def test_a_leader_killed_while_sending_leaves_nothing_unsaid_and_nothing_said_twice(town: Town) -> None:
    town.start(3)
    leader = town.leader
    town.wait_for(lambda: len(town.office.sandbox.messages) >= 20)
    leader.kill()
    town.wait_for_the_pass()
    assert everybody_was_read(town)
    arrived, states = town.arrived(), town.states()
    assert arrived <= Counter(town.awaited)
    assert set(states) <= {"sent", "claimed"}
    assert states.total() == len(town.awaited)
    assert len(town.awaited) - arrived.total() <= states["claimed"]
    reported = town.office.run("2026-03-02T09:30:00+01:00")["messages"]
    assert len([line for line in reported if line["state"] == "unclear"]) == states["claimed"]


def taken_over(town: Town) -> int:
    """Return how many chunks the last leader did not have to have read again."""
    shared = [event for worker in town.workers for event in worker.events("reading_shared")]
    return int(max(shared, key=lambda event: event["timestamp"])["done"])
