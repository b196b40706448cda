"""What is read for a pass waits in the store for the one that leads it, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from bot.model import (
    Absence,
    Certainty,
    Circumstance,
    Day,
    Evidence,
    Kind,
    Reading,
    Unreadable,
    UnreadableReason,
    Window,
)
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import LEFT_FOR_GOOD, Shared, SqlReadings, open_readings
from integrations.store.store import SqlStore, open_store

ANNA, BO, CARLA = "anna@proeve.example", "bo@proeve.example", "carla@proeve.example"
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
SHARED = Shared(Window(MONDAY, TUESDAY), "Europe/Copenhagen", "digest", 300)
AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
AWAY = Day(
    MONDAY,
    scheduled=True,
    kind=Kind.ABSENT,
    absent=0.75,
    elsewhere=0.1,
    tentative=0.05,
    home=0.1,
    marked_home=0.2,
    certainty=Certainty.TENTATIVE,
    evidence=frozenset({Evidence.CATEGORY, Evidence.WORK_PLAN}),
    series=frozenset({"a1", "b2"}),
    absences=frozenset({Absence.ILLNESS}),
    reachable=True,
    circumstances=frozenset({Circumstance.CAR, Circumstance.DURING_ILLNESS}),
    meetings=(540, 615),
)
PLAIN = Day(TUESDAY, scheduled=True)
READ = Chunk(
    (
        Reading(ANNA, {MONDAY: AWAY, TUESDAY: PLAIN}, entries=17, left_out=1),
        Reading(BO, {MONDAY: replace(AWAY, meetings=None), TUESDAY: PLAIN}),
        Unreadable(CARLA, UnreadableReason.NO_MAILBOX),
    ),
    work_plans=True,
    requests=5,
)


@pytest.fixture
def readings(store: SqlStore, store_url: str) -> Iterator[SqlReadings]:
    opened = open_readings(store_url)
    yield opened
    opened.close()


def test_what_was_read_comes_back_whole(readings: SqlReadings) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, READ)
    assert readings.load(number, 0) == READ


@pytest.mark.parametrize(
    "fault", [Fault("Graph answers 503."), Fault("Refused.", ("Mend this.", "And this."))]
)
def test_why_nothing_was_read_comes_back_whole(readings: SqlReadings, fault: Fault) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, fault)
    assert readings.load(number, 0) == fault


def test_a_worker_finds_what_the_pass_is_made_from(readings: SqlReadings) -> None:
    assert readings.find(readings.begin(SHARED, AT)) == SHARED


def test_chunks_are_done_when_they_have_come_in(readings: SqlReadings) -> None:
    number = readings.begin(SHARED, AT)
    assert readings.done(number) == frozenset()
    readings.save(number, 3, READ)
    readings.save(number, 1, READ)
    assert readings.done(number) == {1, 3}


def test_of_a_chunk_read_twice_the_first_reading_stays(readings: SqlReadings) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, READ)
    readings.save(number, 0, Fault("Graph answers 503."))
    assert readings.load(number, 0) == READ


def test_what_is_read_for_a_pass_that_is_over_is_not_kept(readings: SqlReadings, store_url: str) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, READ)
    readings.end(number)
    readings.save(number, 1, READ)
    assert readings.find(number) is None
    assert kept(store_url) == (0, 0)


def test_a_pass_that_was_left_is_taken_over_with_what_was_read(readings: SqlReadings) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, READ)
    assert readings.begin(SHARED, AT + LEFT_FOR_GOOD) == number
    assert readings.load(number, 0) == READ


def test_a_pass_counts_as_left_from_when_it_was_led_last(readings: SqlReadings) -> None:
    number = readings.begin(SHARED, AT)
    readings.lead(number, AT + timedelta(hours=1))
    assert readings.begin(SHARED, AT + timedelta(hours=1, minutes=10)) == number


@pytest.mark.parametrize(
    "changed",
    [
        replace(SHARED, register="another digest"),
        replace(SHARED, window=Window(MONDAY, MONDAY)),
        replace(SHARED, timezone="UTC"),
        replace(SHARED, size=100),
    ],
    ids=["register", "window", "timezone", "size"],
)
def test_another_pass_begins_anew_and_deletes_what_was_left(
    readings: SqlReadings, store_url: str, changed: Shared
) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, READ)
    again = readings.begin(changed, AT)
    assert readings.find(again) == changed
    assert readings.find(number) is None
    assert kept(store_url) == (1, 0)


def test_what_was_read_too_long_ago_is_read_again(readings: SqlReadings, store_url: str) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, READ)
    assert readings.done(readings.begin(SHARED, AT + LEFT_FOR_GOOD * 2)) == frozenset()
    assert kept(store_url) == (1, 0)


def test_what_nobody_leads_any_more_is_forgotten(readings: SqlReadings, store_url: str) -> None:
    number = readings.begin(SHARED, AT)
    readings.save(number, 0, READ)
    assert readings.forget_left(AT + LEFT_FOR_GOOD) == 0
    assert readings.forget_left(AT + LEFT_FOR_GOOD * 2) == 1
    assert kept(store_url) == (0, 0)


def test_postgresql_writes_nothing_of_it_to_its_log(new_postgresql_database: Callable[[], str]) -> None:
    url = new_postgresql_database()
    open_store(url).close()
    engine = create_engine(url)
    unlogged = text("SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r' ORDER BY 1")
    with engine.connect() as connection:
        assert list(connection.execute(unlogged).scalars()) == ["reading_chunks", "reading_passes"]
    engine.dispose()


def kept(url: str) -> tuple[int, int]:
    """Return how many passes and chunks the database holds."""
    engine = create_engine(url)
    with engine.connect() as connection:
        passes = connection.execute(text("SELECT count(*) FROM reading_passes")).scalar_one()
        chunks = connection.execute(text("SELECT count(*) FROM reading_chunks")).scalar_one()
    engine.dispose()
    return passes, chunks
