"""What every store knows of passes: whether one went through since a moment, and how many did not."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.model import Window
from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=1)))
BEFORE, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
WINDOW = Window(date(2026, 1, 5), date(2026, 3, 16))


def a_pass(store: SqlStore, began: datetime, exit_code: int | None) -> None:
    """Keep a pass; None: it never ended."""
    run = store.start_run(began, WINDOW)
    if exit_code is not None:
        store.finish_run(run, began + timedelta(minutes=5), exit_code)


def test_each_run_gets_a_number_of_its_own(store: SqlStore) -> None:
    first = store.start_run(NOW, WINDOW)
    store.finish_run(first, NOW, 0)
    assert store.start_run(NOW, WINDOW) != first


@pytest.mark.parametrize(
    ("exit_code", "through"), [(0, True), (1, True), (2, False), (3, False), (None, False)]
)
def test_a_pass_went_through_when_it_ended_with_0_or_1(
    store: SqlStore, exit_code: int | None, through: bool
) -> None:
    a_pass(store, NOW, exit_code)
    assert store.completed_since(NOW, NOW) is through


def test_a_pass_counts_from_when_it_began(store: SqlStore) -> None:
    assert not store.completed_since(BEFORE, LATER)
    a_pass(store, NOW, 0)
    assert store.completed_since(BEFORE, LATER)
    assert not store.completed_since(NOW + timedelta(seconds=1), LATER)


def test_a_pass_dated_later_than_now_counts_when_its_time_has_come(store: SqlStore) -> None:
    a_pass(store, LATER, 0)
    a_pass(store, LATER, 3)
    assert not store.completed_since(BEFORE, NOW)
    assert store.failures_since(BEFORE, NOW) == (0, None)
    assert store.completed_since(BEFORE, LATER)
    assert store.failures_since(BEFORE, LATER) == (1, LATER)


def test_failures_are_the_passes_that_ended_with_3_or_never_ended(store: SqlStore) -> None:
    assert store.failures_since(BEFORE, LATER) == (0, None)
    for began, exit_code in [(BEFORE, 3), (NOW, 3), (NOW, 0), (NOW, 1), (NOW, 2), (LATER, None)]:
        a_pass(store, began, exit_code)
    after = LATER + timedelta(seconds=1)
    assert store.failures_since(BEFORE, after) == (3, LATER)
    assert store.failures_since(NOW, after) == (2, LATER)
    assert store.failures_since(after, after) == (0, None)


def test_the_moment_may_be_said_in_any_zone_and_comes_back_aware(store: SqlStore) -> None:
    a_pass(store, NOW, 3)
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-5)))
    number, latest = store.failures_since(elsewhere, elsewhere)
    assert (number, latest) == (1, NOW)
    assert latest.utcoffset() == timedelta(0)
