"""What goes wrong with one worker is not what goes wrong with a pass that workers share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from structlog.testing import capture_logs

from bot.errors import WrongConfiguration
from config.settings import Settings
from integrations.queue import app as queueing
from integrations.queue.app import Timing
from jobs import cluster as clusters
from jobs.cluster import Cluster
from tests.contracts.conftest import new_postgresql_database, postgresql
from tests.jobs.cluster_here import QUICK, pass_led_by, settings_of, shared_pass, worker
from tests.jobs.conftest import Office

__all__ = ["new_postgresql_database", "postgresql"]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queueing, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(clusters, "PAUSE_SECONDS", 0.1)


@pytest.fixture
def shared_office(office: Office, new_postgresql_database: Callable[[], str]) -> Iterator[Office]:
    office.environ["HJEMMEDAG_DATABASE_URL"] = new_postgresql_database()
    office.environ["HJEMMEDAG_PASS_MINUTES"] = "5"
    return office


def test_refused_credentials_are_told_by_the_pass(shared_office: Office) -> None:
    shared_office.environ["HJEMMEDAG_CLIENT_SECRET"] = "wrong"
    with pytest.raises(WrongConfiguration, match="CLIENT_SECRET"):
        shared_pass(shared_office, size=100)


@pytest.fixture
def one_chunk_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queueing, "AT_ONCE", 1)


@pytest.mark.usefixtures("one_chunk_at_once")
def test_one_worker_with_stale_credentials_costs_a_pass_nothing(shared_office: Office) -> None:
    stale = worker(shared_office.environ | {"HJEMMEDAG_CLIENT_SECRET": "stale"})
    sound = worker(shared_office.environ)
    with capture_logs() as logs, stale.reading(), ThreadPoolExecutor() as pool:
        leading = pool.submit(pass_led_by, sound, shared_office)
        wait_for(lambda: bool(said(logs, "reading_interrupted")))
        with sound.reading():
            report = leading.result()
    assert all(one["reason"] != "unavailable" for one in report["coverage"]["unreadable"])
    [interrupted] = said(logs, "reading_interrupted")
    assert "CLIENT_SECRET" in interrupted["error"]


@pytest.mark.usefixtures("one_chunk_at_once")
def test_where_no_worker_has_credentials_that_hold_the_pass_says_so(
    shared_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "SIT_OUT_SECONDS", 0.1)
    stale = worker(shared_office.environ | {"HJEMMEDAG_CLIENT_SECRET": "stale"})
    with stale.reading(), pytest.raises(WrongConfiguration, match="CLIENT_SECRET"):
        pass_led_by(worker(shared_office.environ), shared_office)


def test_the_database_is_found_where_the_settings_say_it_is_now(
    shared_office: Office, new_postgresql_database: Callable[[], str]
) -> None:
    cluster = worker(shared_office.environ)
    shared_office.environ["HJEMMEDAG_DATABASE_URL"] = new_postgresql_database()
    with cluster.reading():
        report = pass_led_by(cluster, shared_office)
    assert report["coverage"]["read"]


def test_a_worker_reads_on_after_whatever_broke(shared_office: Office) -> None:
    asked = 0

    def settings() -> Settings:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise MemoryError("for once")
        return settings_of(shared_office.environ)

    cluster = Cluster(settings, size=4, timing=QUICK)
    with capture_logs() as logs, cluster.reading():
        wait_for(lambda: bool(said(logs, "reading_broke")))
        report = pass_led_by(cluster, shared_office)
    assert report["coverage"]["read"]
    [broke] = said(logs, "reading_broke")
    assert broke["error"] == "MemoryError"
    assert broke["place"].startswith("test_cluster_mishaps.py:")


def test_tidying_goes_on_after_any_trouble_with_it(shared_office: Office) -> None:
    url = shared_office.environ["HJEMMEDAG_DATABASE_URL"]
    cluster = worker(shared_office.environ, timing=Timing(alive=0.1, dead=60, look=0.05))
    with capture_logs() as logs, cluster.reading():
        wait_for(lambda: count(url, "SELECT count(*) FROM procrastinate_workers") == 1)
        execute(url, "ALTER TABLE reading_passes RENAME TO elsewhere")
        wait_for(lambda: bool(said(logs, "reading_broke")))
        execute(url, "ALTER TABLE elsewhere RENAME TO reading_passes")
        leave_a_chunk_in_dead_hands(url)
        wait_for(lambda: count(url, "SELECT count(*) FROM procrastinate_jobs") == 0)


def leave_a_chunk_in_dead_hands(url: str) -> None:
    execute(
        url,
        "WITH dead AS (INSERT INTO procrastinate_workers VALUES (DEFAULT, now() - interval '5 min')"
        " RETURNING id) INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
        f" SELECT '{queueing.QUEUE}', '{queueing.TASK}', '{{\"number\": 99, \"chunk\": 0}}', 'doing', id"
        " FROM dead",
    )


def said(logs: list[Any], event: str) -> list[Any]:
    return [line for line in logs if line["event"] == event]


def wait_for(happened: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it has not happened"
        time.sleep(0.05)


def count(url: str, query: str) -> int:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            there = connection.execute(text("SELECT to_regclass('procrastinate_workers')")).scalar_one()
            return int(connection.execute(text(query)).scalar_one()) if there else 0
    finally:
        engine.dispose()


def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execution_options(no_parameters=True).exec_driver_sql(statement)
    engine.dispose()
