"""When the worker makes a pass, when it tries again, and what it says of what is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from apscheduler.events import EVENT_JOB_ERROR
from structlog.testing import capture_logs

from bot.errors import ServiceDown, WrongConfiguration
from config.settings import Settings, load_settings
from integrations.deadline import Deadline
from integrations.sandbox import Sandbox, Tenant
from integrations.store.store import open_store
from jobs.due import DuePasses
from jobs.one_pass import Parts
from jobs.pulse import beat, is_alive, pulse_file
from jobs.run import make_pass
from jobs.worker import NOW, Worker
from tests.jobs.conftest import Office
from tests.jobs.village import REGISTER, village_in, village_tenant
from tests.jobs.worker_records import ON_THE_WALL, passes

TEXT = "Key (person)=(anna@proeve.example) is not present"
OURS = {"pass_failed", "pass_not_possible", "pass_elsewhere", "database_not_up_yet"}


@dataclass
class Bench:
    """A worker's passes, looked after by hand: a clock that is set, and settings that may change."""

    office: Office
    now: datetime = datetime(2026, 3, 2, tzinfo=ON_THE_WALL)
    life: Deadline = field(default_factory=Deadline)
    graph_is_up: bool = True

    def settings(self) -> Settings:
        return load_settings(self.office.environ, env_file=None, secrets_dir=None)

    def new_passes(self, wrap: Callable[[Parts], Parts] | None = None) -> DuePasses:
        return DuePasses(self.settings, lambda: self.now, self.life, wrap or self._up_or_down)

    def _up_or_down(self, parts: Parts) -> Parts:
        if not self.graph_is_up:
            raise ServiceDown("Microsoft Graph does not answer.")
        return parts

    def look(self, due: DuePasses, hour: int, minute: int = 0) -> list[tuple[str, str]]:
        """Let it look at that time on the Monday; return what it said, as level and event."""
        self.now = self.now.replace(hour=hour, minute=minute)
        with capture_logs() as logs:
            due.look()
        return [(line["log_level"], line["event"]) for line in logs if line["event"] in OURS]

    @property
    def passes(self) -> list[tuple[str, int | None]]:
        return passes(self.office)


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Sandbox, Tenant]]:
    tenant = village_tenant()
    with Sandbox(tenant) as sandbox:
        yield sandbox, tenant


@pytest.fixture
def bench(place: tuple[Sandbox, Tenant], tmp_path: Path) -> Bench:
    return Bench(village_in(tmp_path, *place))


def test_a_pass_is_made_once_for_each_time_of_the_schedule(bench):
    due = bench.new_passes()
    for hour, minute in [(6, 59), (7, 0), (7, 1), (7, 59), (8, 3), (8, 4)]:
        bench.look(due, hour, minute)
    assert bench.passes == [("07:00", 0), ("08:03", 0)]


def test_a_worker_started_late_makes_up_for_the_latest_time_alone(bench):
    bench.look(bench.new_passes(), 13, 20)
    assert bench.passes == [("13:20", 0)]


def test_a_worker_started_anew_sees_that_the_pass_was_made(bench):
    bench.look(bench.new_passes(), 7)
    bench.look(bench.new_passes(), 7, 30)
    assert bench.passes == [("07:00", 0)]


def test_a_pass_that_somebody_made_by_hand_counts(bench):
    make_pass(bench.settings(), bench.now.replace(hour=7, minute=10))
    bench.look(bench.new_passes(), 7, 30)
    assert bench.passes == [("07:10", 0)]


def test_a_pass_dated_in_the_future_does_not_count_before_its_time(bench):
    future = bench.now.replace(hour=7) + timedelta(days=200)
    make_pass(bench.settings(), future)
    bench.look(bench.new_passes(), 7, 30)
    assert bench.passes == [(f"{future.astimezone(ON_THE_WALL):%H:%M}", 0), ("07:30", 0)]


def test_what_was_missed_yesterday_is_not_made_at_night(bench):
    due = bench.new_passes()
    bench.now += timedelta(days=1)
    bench.look(due, 3)
    assert bench.passes == []


def test_the_time_zone_of_the_register_counts(bench):
    register = REGISTER.replace("policy:", "timezone: Atlantic/Faroe, policy:")
    bench.office.register.write_text(register, encoding="utf-8")
    due = bench.new_passes()
    bench.look(due, 7, 59)
    bench.look(due, 8)
    assert bench.passes == [("08:00", 0)]


def test_a_schedule_of_ones_own_is_kept(bench):
    bench.office.environ["HJEMMEDAG_SCHEDULE"] = "30 8,13 * * mon"
    due = bench.new_passes()
    for hour, minute in [(7, 0), (8, 30), (12, 0), (13, 30)]:
        bench.look(due, hour, minute)
    assert bench.passes == [("08:30", 0), ("13:30", 0)]


def test_while_another_makes_the_pass_nothing_is_done_and_no_error_said(bench):
    due, url = bench.new_passes(), bench.settings().database_url.get_secret_value()
    other = open_store(url)
    with other.exclusive():
        assert bench.look(due, 7) == [("debug", "pass_elsewhere")]
    other.close()
    assert bench.passes == []
    bench.look(due, 7, 1)
    assert bench.passes == [("07:01", 0)]


def test_after_a_failure_it_tries_again_after_growing_pauses_and_a_restart_changes_nothing(bench):
    bench.graph_is_up = False
    due = bench.new_passes()
    for minute in range(20):
        bench.look(due if minute < 4 else bench.new_passes(), 7, minute)
    assert bench.passes == [("07:00", 3), ("07:02", 3), ("07:06", 3), ("07:14", 3)]
    bench.graph_is_up = True
    bench.look(due, 7, 30)
    bench.look(due, 8)
    assert bench.passes[4:] == [("07:30", 0), ("08:00", 0)]


def test_a_failure_is_an_error_the_first_time_and_a_warning_while_it_stays_the_same(bench):
    bench.graph_is_up = False
    due = bench.new_passes()
    said = [bench.look(due, 7, minute) for minute in (0, 1, 2)]
    assert said == [[("error", "pass_failed")], [], [("warning", "pass_failed")]]


def test_a_register_that_breaks_is_said_and_tried_again_at_the_next_time(bench):
    due = bench.new_passes()
    bench.office.register.write_text("teams: [", encoding="utf-8")
    assert bench.look(due, 7) == [("error", "pass_not_possible")]
    assert bench.look(due, 7, 30) == []
    assert bench.look(due, 8) == [("warning", "pass_not_possible")]
    bench.office.register.write_text(REGISTER, encoding="utf-8")
    assert bench.look(due, 9) == []
    assert bench.passes == [("09:00", 0)]


def test_another_fault_is_an_error_again(bench):
    due = bench.new_passes()
    bench.office.register.write_text("teams: [", encoding="utf-8")
    bench.look(due, 7)
    bench.office.register.unlink()
    assert bench.look(due, 8) == [("error", "pass_not_possible")]


def test_refused_credentials_are_recorded_as_such_and_a_new_secret_is_taken_up(bench):
    right = bench.office.environ["HJEMMEDAG_CLIENT_SECRET"]
    due = bench.new_passes()
    bench.office.environ["HJEMMEDAG_CLIENT_SECRET"] = "expired"
    assert bench.look(due, 7) == [("error", "pass_not_possible")]
    bench.look(due, 7, 30)
    bench.office.environ["HJEMMEDAG_CLIENT_SECRET"] = right
    bench.look(due, 8)
    assert bench.passes == [("07:00", 2), ("08:00", 0)]


def test_what_is_wrong_from_the_start_is_said_at_once(bench):
    bench.office.register.write_text("teams: [", encoding="utf-8")
    with pytest.raises(WrongConfiguration):
        bench.new_passes()


def test_a_database_that_is_down_for_a_while_is_waited_for(bench):
    pytest.importorskip("psycopg")
    bench.office.environ["HJEMMEDAG_DATABASE_URL"] = "postgresql+psycopg://nobody@localhost:9/none"
    due = bench.new_passes()
    assert bench.look(due, 7) == [("error", "pass_failed")]
    assert bench.look(due, 7, 1) == [("warning", "pass_failed")]
    del bench.office.environ["HJEMMEDAG_DATABASE_URL"]
    bench.look(due, 7, 2)
    assert bench.passes == [("07:02", 0)]


def test_the_time_zone_of_the_register_is_known_as_soon_as_the_database_answers(bench):
    pytest.importorskip("psycopg")
    register = REGISTER.replace("policy:", "timezone: Atlantic/Faroe, policy:")
    bench.office.register.write_text(register, encoding="utf-8")
    bench.office.environ["HJEMMEDAG_DATABASE_URL"] = "postgresql+psycopg://nobody@localhost:9/none"
    due = bench.new_passes()
    del bench.office.environ["HJEMMEDAG_DATABASE_URL"]
    bench.look(due, 7, 59)
    bench.look(due, 8)
    assert bench.passes == [("08:00", 0)]


def test_a_pass_that_is_cut_short_is_due_again(bench):
    def cut(parts: Parts) -> Parts:
        bench.life.cut()
        return parts

    assert bench.look(bench.new_passes(cut), 7) == []
    assert bench.passes == [("07:00", 3)]
    assert bench.office.sandbox.messages == []
    bench.life = Deadline()
    bench.look(bench.new_passes(), 7, 2)
    assert bench.passes == [("07:00", 3), ("07:02", 0)]


def test_a_worker_that_is_to_end_begins_nothing(bench):
    due = bench.new_passes()
    bench.life.cut()
    bench.look(due, 7)
    assert bench.passes == []


def test_a_task_that_breaks_is_said_by_kind_and_place_alone_and_asked_again():
    class BrokenTaskError(Exception):
        def __str__(self) -> str:
            return TEXT

    class Broken:
        name = "broken"

        def plan(self) -> dict[str, str]:
            return {}

        def look(self) -> None:
            raise BrokenTaskError

    worker = Worker([Broken()], NOW, Deadline(), timedelta(minutes=1))
    broke = Event()
    with capture_logs() as logs:
        worker.scheduler.start()
        worker.scheduler.add_listener(lambda _event: broke.set(), EVENT_JOB_ERROR)
        assert broke.wait(30)
        following = worker.scheduler.get_job("broken").next_run_time
        worker.scheduler.shutdown(wait=True)
    (said,) = [line for line in logs if line["event"] == "look_broke"]
    assert (said["log_level"], said["task"]) == ("error", "broken")
    assert said["error"].endswith("BrokenTaskError")
    assert TEXT not in repr(said)
    assert "look" in said["traceback"]
    assert following is not None


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """So that no test leaves a sign of life where a worker of this machine has its own."""
    own = tmp_path / "tmp"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    return own


def test_the_sign_of_life_holds_until_the_moment_it_names(own_temporary_folder):
    until = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert not is_alive(until)
    beat(until)
    assert is_alive(until - timedelta(seconds=1))
    assert not is_alive(until)


def test_a_sign_of_life_takes_the_place_of_the_one_before(own_temporary_folder):
    long_ago = datetime(2026, 3, 2, 8, tzinfo=UTC)
    beat(long_ago + timedelta(hours=1))
    beat(long_ago)
    assert not is_alive(long_ago)
    assert [file.name for file in own_temporary_folder.iterdir()] == [pulse_file().name]


def test_where_no_sign_of_life_can_be_written_the_worker_goes_on(own_temporary_folder, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(own_temporary_folder / "absent"))
    beat(datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert not is_alive(datetime(2026, 3, 2, 7, tzinfo=UTC))
