"""The measurement of reading: every way reads all there is, in far fewer requests where it is ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.own_readers import ours
from benchmarks.reading import (
    DECODED,
    LIMIT,
    ONE_CALL_EACH,
    OURS,
    TYPED,
    WAYS,
    EntriesLostError,
    Way,
    reading,
)
from benchmarks.region_tables import reading_text
from benchmarks.targets import of_reading
from tests.benchmarks.conftest import NOW

SMALL = {way: replace(way, mailboxes=25 if way.rounds > 1 else 2, rounds=1) for way in WAYS}


def test_each_way_reads_all_entries_and_is_set_against_the_others() -> None:
    ways = [SMALL[way] for way in (TYPED, ONE_CALL_EACH, OURS, DECODED, LIMIT)]
    typed, one_call_each, batches, decoded, limit = reading(ways)
    assert [one.requests for one in (typed, one_call_each, batches, decoded, limit)] == [2] * 5
    assert batches.entries == 1_500
    targets = of_reading(typed, one_call_each, batches, decoded, limit)
    assert [target.measured for target in targets][1] == "1/12.5"
    text = reading_text((typed, one_call_each, batches, decoded, limit), NOW)
    assert decoded.entries == batches.entries
    assert "| ours, batches to calendars | 25 | 1,500 | 2 |" in text


def test_the_o365_library_reads_from_the_sandbox_too() -> None:
    pytest.importorskip("O365")
    [found] = reading([SMALL[WAYS[1]]])
    assert found.requests == 2


def test_a_reader_that_loses_entries_is_an_error() -> None:
    with pytest.raises(EntriesLostError, match="half of them: 60 entries of 2"):
        reading([Way("half of them", half_of_them, 2)])


def half_of_them(settings: dict[str, str], mailboxes: list[str]) -> int:
    """Leave out every second mailbox."""
    return ours(settings, mailboxes[::2])
