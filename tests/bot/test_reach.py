"""When a person counts as unreachable in Teams."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.reach import is_unreachable
from tests.bot.builders import ZONE

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "unreachable"),
    [
        (timedelta(0), False),
        (timedelta(hours=23, minutes=59, seconds=59), False),
        (timedelta(hours=24), True),
        (timedelta(days=40), True),
    ],
)
def test_a_person_is_unreachable_after_a_day_of_refusals(passed: timedelta, unreachable: bool) -> None:
    assert is_unreachable(MONDAY, MONDAY + passed) is unreachable


def test_who_was_never_refused_is_reachable() -> None:
    assert not is_unreachable(None, MONDAY)


@pytest.mark.parametrize(("hour", "unreachable"), [(8, False), (9, True)])
def test_a_day_is_24_hours_when_the_clocks_change(hour: int, unreachable: bool) -> None:
    refused = datetime(2026, 3, 28, 8, tzinfo=ZONE).astimezone(UTC)
    assert is_unreachable(refused, datetime(2026, 3, 29, hour, tzinfo=ZONE)) is unreachable
