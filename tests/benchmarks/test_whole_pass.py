"""The measurement of whole passes: they are made as IT makes them, and nobody may be lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from benchmarks.employer import Employer, PassFailedError
from benchmarks.measure import Spent
from benchmarks.region_tables import whole_pass_text
from benchmarks.sandbox_process import Seen
from benchmarks.targets import of_whole_pass
from benchmarks.whole_pass import (
    EARLY,
    THROTTLED,
    MailboxesLostError,
    WholePass,
    whole_pass_of,
    whole_passes,
)
from tests.benchmarks.conftest import NOW

TAKEN = WholePass(
    name="first pass",
    people=2_000,
    spent=Spent(20.0, 10.0, 150.0),
    requests=200,
    throttled=3,
    sent=0,
    read=2_000,
    entries=120_000,
    findings=8_000,
    messages=1_900,
    report=12_000_000,
)


def test_passes_read_everybody_find_something_and_hold_it_until_the_morning() -> None:
    first, following, sending = whole_passes([20], 10)
    assert [one.name for one in (first, following, sending)] == [
        "first pass",
        "next pass, 5 % throttled",
        "first pass, with sending",
    ]
    assert first.read == following.read == 20
    assert first.entries == 1_200
    assert first.requests <= 20 / 5
    assert first.findings > 20
    assert first.messages > 10
    assert first.sent == following.sent == 0
    assert sending.sent > 5
    assert first.spent.cpu > 0


def test_a_pass_that_loses_somebody_is_an_error() -> None:
    people = [{"person": "ada@x", "read": True}, {"person": "bo@x", "read": False}]
    stats = {"http_requests": 2, "events": 60}
    report = msgspec.json.encode({"people": people, "findings": [], "messages": [], "stats": stats})
    with pytest.raises(MailboxesLostError, match="1 of 2 people"):
        whole_pass_of("a pass", TAKEN.spent, Seen({}, ()), report)


def test_a_pass_that_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PassFailedError, match="2 people"):
        Employer(2, tmp_path).run({}, EARLY)


def test_throttling_befalls_one_in_twenty_again_and_again() -> None:
    assert THROTTLED.share == 0.05
    assert THROTTLED.times is None


def test_the_table_tells_what_a_person_costs() -> None:
    row = "| first pass | 2,000 | 2,000 | 120,000 | 200 | 3 | 8,000 | 1,900 | 0 | 20 | 10.0 | 5.00 | 150 |"
    assert f"{row} 12.0 |" in whole_pass_text([TAKEN], NOW)


def test_the_most_people_are_set_against_the_tenth_part_of_them() -> None:
    largest = replace(TAKEN, people=20_000, spent=Spent(300.0, 140.0, 401.0))
    memory, growth = of_whole_pass([replace(TAKEN, people=500), TAKEN, largest])
    assert (memory.measured, memory.met) == ("401 MB", False)
    assert (growth.measured, growth.met) == ("1.40 ×", False)
