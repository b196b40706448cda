"""What is read for a pass waits in the store for the one that leads it, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, select, text, update

from bot.errors import ServiceDown
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
from integrations.deadline import NEVER
from integrations.store.packing import Chunk, Fault
from integrations.store.readings import LEFT_FOR_GOOD, Shared, SqlReadings, UnderWay, open_readings
from integrations.store.schema import reading_passes
from integrations.store.store import SqlStore, open_store

ANNA, BO, CARLA = "anna@proeve.example", "bo@proeve.example", "carla@proeve.example"
A_MINUTE = timedelta(minutes=1)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
SHARED = Shared(Window(MONDAY, TUESDAY), "Europe/Copenhagen", "digest", 300)
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
    requests=5,
)


@pytest.fixture
def readings(store: SqlStore, store_url: str) -> Iterator[SqlReadings]:
    opened = open_readings(store_url)
    yield opened
    opened.close()


def test_what_was_read_comes_back_whole(readings: SqlReadings) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, READ)
    assert readings.load(number, 0) == READ


@pytest.mark.parametrize(
    "fault", [Fault("Graph answers 503."), Fault("Refused.", ("Mend this.", "And this."))]
)
def test_why_nothing_was_read_comes_back_whole(readings: SqlReadings, fault: Fault) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, fault)
    assert readings.load(number, 0) == fault


def test_a_worker_finds_what_the_pass_is_made_from(readings: SqlReadings) -> None:
    assert readings.find(readings.begin(SHARED).number) == UnderWay(SHARED, NEVER)


def test_chunks_are_done_when_they_have_come_in(readings: SqlReadings) -> None:
    number = readings.begin(SHARED).number
    assert readings.done(number) == frozenset()
    readings.save(number, 3, READ)
    readings.save(number, 1, READ)
    assert readings.done(number) == {1, 3}


def test_of_a_chunk_read_twice_the_first_reading_stays(readings: SqlReadings) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, READ)
    readings.save(number, 0, Fault("Graph answers 503."))
    assert readings.load(number, 0) == READ


def test_what_is_read_for_a_pass_that_is_over_is_not_kept(readings: SqlReadings, store_url: str) -> None:
    lead = readings.begin(SHARED)
    readings.save(lead.number, 0, READ)
    readings.end(lead)
    readings.save(lead.number, 1, READ)
    assert readings.find(lead.number) is None
    assert kept(store_url) == (0, 0)


def test_a_pass_that_was_left_is_taken_over_with_what_was_read(readings: SqlReadings, store_url: str) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, READ)
    time_passes(store_url, LEFT_FOR_GOOD - A_MINUTE)
    assert readings.begin(SHARED).number == number
    assert readings.load(number, 0) == READ


def test_a_pass_counts_as_left_from_when_it_was_led_last(readings: SqlReadings, store_url: str) -> None:
    lead = readings.begin(SHARED)
    time_passes(store_url, LEFT_FOR_GOOD * 4)
    readings.lead(lead)
    time_passes(store_url, LEFT_FOR_GOOD - A_MINUTE)
    assert readings.forget_left() == 0
    assert readings.begin(SHARED).number == lead.number


def test_who_has_lost_the_lead_hears_of_it_and_ends_nothing(readings: SqlReadings, store_url: str) -> None:
    before, after = readings.begin(SHARED), readings.begin(SHARED)
    readings.save(after.number, 0, READ)
    with pytest.raises(ServiceDown, match="Another worker leads"):
        readings.lead(before)
    readings.end(before)
    readings.lead(after)
    assert kept(store_url) == (1, 1)


def test_what_the_next_leader_has_taken_and_deleted_is_told_as_such(readings: SqlReadings) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, READ)
    readings.end(readings.begin(SHARED))
    with pytest.raises(ServiceDown, match="Another worker leads"):
        readings.load(number, 0)


def test_workers_know_for_how_long_a_pass_is_read(readings: SqlReadings, store_url: str) -> None:
    number = readings.begin(SHARED, 600).number
    time_passes(store_url, A_MINUTE)
    assert seconds_left(readings, number) == pytest.approx(540, abs=30)
    time_passes(store_url, timedelta(minutes=10))
    assert seconds_left(readings, number) == 0


def test_who_takes_a_pass_over_gives_it_time_anew(readings: SqlReadings) -> None:
    number = readings.begin(SHARED, 0).number
    readings.begin(SHARED, 600)
    assert seconds_left(readings, number) == pytest.approx(600, abs=30)


def seconds_left(readings: SqlReadings, number: int) -> float:
    under_way = readings.find(number)
    assert under_way is not None
    return under_way.seconds


@pytest.mark.parametrize(
    "changed",
    [
        replace(SHARED, register="another digest"),
        replace(SHARED, window=Window(MONDAY, MONDAY)),
        replace(SHARED, timezone="UTC"),
        replace(SHARED, size=100),
        replace(SHARED, work_plans=False),
    ],
    ids=["register", "window", "timezone", "size", "work-plans"],
)
def test_another_pass_begins_anew_and_deletes_what_was_left(
    readings: SqlReadings, store_url: str, changed: Shared
) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, READ)
    again = readings.begin(changed).number
    assert readings.find(again) == UnderWay(changed, NEVER)
    assert readings.find(number) is None
    assert kept(store_url) == (1, 0)


def test_what_was_read_too_long_ago_is_read_again(readings: SqlReadings, store_url: str) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, READ)
    time_passes(store_url, LEFT_FOR_GOOD + A_MINUTE)
    assert readings.done(readings.begin(SHARED).number) == frozenset()
    assert kept(store_url) == (1, 0)


def test_what_nobody_leads_any_more_is_forgotten(readings: SqlReadings, store_url: str) -> None:
    number = readings.begin(SHARED).number
    readings.save(number, 0, READ)
    time_passes(store_url, LEFT_FOR_GOOD - A_MINUTE)
    assert readings.forget_left() == 0
    time_passes(store_url, A_MINUTE * 2)
    assert readings.forget_left() == 1
    assert kept(store_url) == (0, 0)


def test_postgresql_writes_nothing_of_it_to_its_log(new_postgresql_database: Callable[[], str]) -> None:
    url = new_postgresql_database()
    open_store(url).close()
    engine = create_engine(url)
    unlogged = text("SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r' ORDER BY 1")
    with engine.connect() as connection:
        assert list(connection.execute(unlogged).scalars()) == ["reading_chunks", "reading_passes"]
    engine.dispose()


def time_passes(url: str, by: timedelta) -> None:
    """Make everything so much older: by the clock of the database, which nothing here can set."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for row in connection.execute(select(reading_passes)).all():
            ends_at = row.ends_at and row.ends_at - by
            older = {"led_at": row.led_at - by, "ends_at": ends_at}
            connection.execute(update(reading_passes).where(reading_passes.c.id == row.id).values(older))
    engine.dispose()


def kept(url: str) -> tuple[int, int]:
    """Return how many passes and chunks the database holds."""
    engine = create_engine(url)
    with engine.connect() as connection:
        passes = connection.execute(text("SELECT count(*) FROM reading_passes")).scalar_one()
        chunks = connection.execute(text("SELECT count(*) FROM reading_chunks")).scalar_one()
    engine.dispose()
    return passes, chunks
