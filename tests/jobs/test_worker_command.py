"""``hjemmedag worker`` and ``hjemmedag run`` as processes that are told to stop."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest

from jobs.pulse import pulse_file
from jobs.signals import SIGNALLED
from tests.jobs.conftest import MONDAY
from tests.jobs.worker_records import rows, wait_until

WAIT = """
from threading import Event
from jobs.signals import hold_signals, wait_for_signal

hold_signals()
print("held", flush=True)
print(wait_for_signal(), flush=True)
Event().wait()
"""
BATCH = "POST /v1.0/$batch"
POST = "POST /teams/v3/conversations/*/activities"


def started(office, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "jobs", *arguments],
        env=office.full_environ(),
        cwd=office.folder,
        stderr=subprocess.PIPE,
        text=True,
    )


def said_after(process: subprocess.Popen[str], how: signal.Signals) -> str:
    process.send_signal(how)
    return process.communicate(timeout=60)[1]


def test_a_worker_says_what_is_wrong_with_the_settings_and_ends(office):
    done = office.command("worker", HJEMMEDAG_SCHEDULE="0 7 * * 1-5", HJEMMEDAG_PASS_MINUTES="0")
    assert done.returncode == 2
    assert "HJEMMEDAG_SCHEDULE" in done.stderr
    assert "HJEMMEDAG_PASS_MINUTES" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_says_what_is_wrong_with_the_register_and_ends(office):
    office.register.write_text("teams: [", encoding="utf-8")
    done = office.command("worker")
    assert (done.returncode, "register.yaml" in done.stderr) == (2, True)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_well_when_it_is_told_to_and_is_known_to_live_until_then(office, how):
    own = {"TMPDIR": str(office.folder), "HJEMMEDAG_SCHEDULE": "0 0 1 1 *"}
    office.environ |= own
    assert office.command("worker", "--check").returncode == 1
    worker = started(office, "worker")
    wait_until(lambda: office.command("worker", "--check").returncode == 0)
    said = said_after(worker, how)
    assert worker.returncode == 0
    assert [word in said for word in ("worker_started", how.name, "worker_stopped")] == [True, True, True]
    assert [word in said for word in ("0 0 1 1 *", "Europe/Copenhagen", "-01-01T00:00:00+01:00")] == [
        True
    ] * 3
    assert office.command("worker", "--check").returncode == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_while_it_reads_sends_nothing_and_may_be_repeated(office, how):
    office.fault(match=BATCH, delay=2, item=False)
    run = started(office, "run", "--now", MONDAY, "--report", "report.json")
    office.wait_for("SELECT count(*) FROM runs")
    said = said_after(run, how)
    assert run.returncode == 3
    assert "pass was stopped before" in said
    assert "Traceback" not in said
    assert rows(office, "SELECT exit_code FROM runs") == [(3,)]
    assert office.sandbox.messages == []
    office.sandbox.faults.clear()
    office.run()
    assert len(office.sandbox.messages) == 8


def test_a_run_that_is_stopped_while_it_sends_lets_what_is_under_way_arrive(office):
    office.fault(match=POST, delay=1)
    run = started(office, "run", "--now", MONDAY)
    office.wait_for("SELECT count(*) FROM messages WHERE state = 'claimed'")
    said = said_after(run, signal.SIGTERM)
    assert run.returncode == 3
    assert "The pass was stopped before its end" in said
    recorded = rows(office, "SELECT id FROM messages WHERE state = 'sent'")
    assert len(recorded) == len(office.sandbox.messages) > 0
    assert rows(office, "SELECT id FROM messages WHERE state = 'claimed'") == []


def test_a_second_signal_ends_the_run_at_once(office):
    office.fault(match=POST, delay=60)
    run = started(office, "run", "--now", MONDAY)
    office.wait_for("SELECT count(*) FROM messages WHERE state = 'claimed'")
    with run:
        wait_until(lambda: run.poll() is not None or run.send_signal(signal.SIGTERM), seconds=20)
    assert run.returncode == SIGNALLED + signal.SIGTERM


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_whoever_waited_for_the_first_by_no_default_of_the_signal(how):
    with subprocess.Popen([sys.executable, "-c", WAIT], stdout=subprocess.PIPE, text=True) as process:
        for said in ("held\n", f"{how.name}\n"):
            assert process.stdout.readline() == said
            process.send_signal(how)
        assert process.wait(timeout=60) == SIGNALLED + how


@pytest.fixture
def silent_server() -> Iterator[socket.socket]:
    """A server that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def test_a_worker_told_to_stop_while_it_waits_for_the_database_ends_well(office, silent_server):
    pytest.importorskip("psycopg")
    port = silent_server.getsockname()[1]
    office.environ["HJEMMEDAG_DATABASE_URL"] = f"postgresql+psycopg://nobody@127.0.0.1:{port}/none"
    worker = started(office, "worker")
    call, _ = silent_server.accept()
    worker.send_signal(signal.SIGTERM)
    silent_server.close()
    call.close()
    said = worker.communicate(timeout=60)[1]
    assert (worker.returncode, "worker_stopped" in said) == (0, True)


def test_a_worker_that_waits_for_the_database_takes_away_the_sign_of_life_of_one_before_it(
    office, silent_server
):
    pytest.importorskip("psycopg")
    port = silent_server.getsockname()[1]
    office.environ["HJEMMEDAG_DATABASE_URL"] = f"postgresql+psycopg://nobody@127.0.0.1:{port}/none"
    office.environ["TMPDIR"] = str(office.folder)
    left = office.folder / pulse_file().name
    left.write_text("2999-01-01T00:00:00+00:00", encoding="utf-8")
    worker = started(office, "worker")
    call, _ = silent_server.accept()
    try:
        assert datetime.fromisoformat(left.read_text(encoding="utf-8")).year < 2999
    finally:
        call.close()
        worker.kill()
        worker.communicate(timeout=60)
