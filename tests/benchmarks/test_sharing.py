"""The measurement of sharing: the same pass by one worker and by several, and nobody may be lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from benchmarks.employer import PassFailedError
from benchmarks.measure import Spent
from benchmarks.postgresql import NoServerError
from benchmarks.region_tables import not_shared_text, sharing_text
from benchmarks.sharing import ROUNDS, SharedPass, nobody_lost, sharing
from benchmarks.sharing_worker import Made, Order, far_worker
from benchmarks.whole_pass import MailboxesLostError
from tests.benchmarks.conftest import NOW

ALONE, _, TWO, THREE = ROUNDS
TAKEN = SharedPass(
    round=THREE,
    made=Made(people=4_000, read=4_000, requests=420, seconds=41.2),
    spent=(Spent(50.0, 20.0, 210.0), Spent(50.0, 9.5, 150.0), Spent(50.0, 10.5, 151.0)),
    throttled=2,
)


def test_everybody_is_read_by_one_worker_and_by_two() -> None:
    try:
        alone, shared = sharing(people=40, chunk=10, rounds=[ALONE, TWO])
    except NoServerError as reason:
        pytest.skip(str(reason))
    assert (len(alone.spent), len(shared.spent)) == (1, 2)
    assert alone.made.read == shared.made.read == 40
    assert shared.made.requests > alone.made.requests
    assert all(one.cpu > 0 for one in (*alone.spent, *shared.spent))


def test_a_pass_that_loses_somebody_is_an_error() -> None:
    with pytest.raises(MailboxesLostError, match="`--cluster`, 3: 3999 of 4000 people"):
        nobody_lost(replace(TAKEN, made=replace(TAKEN.made, read=3_999)))


def test_a_worker_that_ends_before_the_pass_is_an_error() -> None:
    with far_worker(Order({}, None)) as worker:
        worker.wait_until_up()
        worker.begin(datetime.fromisoformat("2026-03-06T06:30:00+01:00"))
        with pytest.raises(PassFailedError, match="ended before the pass was over"):
            worker.made()


def test_the_table_tells_of_all_workers_and_of_the_one_with_most_to_do() -> None:
    row = "| `--cluster`, 3 | 4,000 | 4,000 | 420 | 2 | 41 | 40.0 | 20.0 | 210 |"
    assert row in sharing_text([TAKEN], NOW)


def test_without_a_server_the_text_says_why_nothing_was_measured() -> None:
    assert not_shared_text("no programs") == "Not measured: no programs."
