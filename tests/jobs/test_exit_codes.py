"""What goes wrong, and what the command says and answers then."""

from __future__ import annotations

import json
import signal
from datetime import date

import pytest

from jobs.demo.calendars import entry

MONDAY = "2026-03-02T08:00:00+01:00"


def test_missing_settings_are_all_listed_and_nothing_is_done(office):
    office.environ = {}
    done = office.command("run")
    assert done.returncode == 2
    for name in ("HJEMMEDAG_TENANT_ID", "HJEMMEDAG_CLIENT_ID", "HJEMMEDAG_CLIENT_SECRET"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(office.folder.rglob("*.sqlite"))


def test_faults_in_the_register_are_all_listed_and_nothing_is_stored(office):
    with office.register.open("a", encoding="utf-8") as register:
        register.write("  - {person: nobody@lillehavn.example, date: 2026-02-30, kind: cancelled}\n")
        register.write("  - {person: anna.holm@lillehavn.example, date: 2026-03-03, kind: postponed}\n")
    done = office.command("run", "--now", MONDAY)
    assert done.returncode == 2
    for part in ("nobody@lillehavn.example", "2026-02-30", "postponed", "register.yaml, line"):
        assert part in done.stderr
    assert not office.sandbox.requests
    del office.environ["HJEMMEDAG_REGISTER"]
    assert "There is no register yet" in office.command("run").stderr


def test_refused_credentials_are_a_wrong_configuration(office):
    done = office.command("run", HJEMMEDAG_CLIENT_SECRET="wrong-secret")
    assert done.returncode == 2
    assert "wrong-secret" not in done.stderr + done.stdout
    assert "HJEMMEDAG_CLIENT_SECRET" in done.stderr


@pytest.mark.parametrize("path", ["AUTHORITY", "GRAPH_URL"])
def test_a_service_that_is_not_there_can_be_tried_again(office, path):
    done = office.command("run", **{f"HJEMMEDAG_{path}": "https://localhost:9"})
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_forbidden_mailbox_does_not_stop_the_others(office):
    office.fault(match="GET /v1.0/users/anna.holm@lillehavn.example/calendarView", status=403)
    report = office.run()
    assert {"person": "anna.holm@lillehavn.example", "reason": "forbidden"} in report["coverage"][
        "unreadable"
    ]
    assert report["coverage"]["read"] == 11


def test_a_run_killed_while_sending_is_reported_and_not_repeated(office):
    office.fault(match="POST /teams/v3/conversations/*/activities", delay=30)
    started = office.start("run", "--now", MONDAY)
    office.wait_for("SELECT count(*) FROM messages WHERE state = 'claimed'")
    started.send_signal(signal.SIGKILL)
    started.wait(timeout=30)
    office.sandbox.faults.clear()
    report = office.run()
    states = {line["state"] for line in report["messages"]}
    assert "unclear" in states
    unclear = {line["to"] for line in report["messages"] if line["state"] == "unclear"}
    arrived = [message.recipient for message in office.sandbox.messages]
    assert all(arrived.count(person) <= 1 for person in unclear)


def test_two_passes_at_once_are_one_too_many(office):
    office.fault(match="POST /v1.0/$batch", delay=30, item=False)
    first = office.start("run", "--now", MONDAY)
    try:
        office.wait_for("SELECT count(*) FROM runs")
        second = office.command("run", "--now", MONDAY)
    finally:
        first.kill()
        first.wait(timeout=30)
    assert second.returncode == 3
    assert "pass" in second.stderr


def test_nobody_is_lost_when_the_bot_is_refused(office):
    office.fault(match="POST /teams/v3/conversations", status=401, times=1)
    done = office.command("run", "--now", MONDAY)
    assert done.returncode == 2
    assert "BOT" in done.stderr
    assert office.count("SELECT count(*) FROM messages WHERE state = 'claimed'") == 0
    told = {line["to"] for line in office.run()["messages"] if line["state"] == "sent"}
    arrived = [message.recipient for message in office.sandbox.messages]
    assert {*arrived} >= told
    employees, leaders = 5, 3
    assert len(arrived) == len(set(arrived)) == employees + leaders


def test_a_message_that_failed_waits_while_the_calendar_cannot_be_read(office):
    office.fault(
        match="POST /teams/v3/conversations/*/activities", user="bo.friis@lillehavn.example", status=403
    )
    assert "failed" in {line["state"] for line in office.run()["messages"]}
    office.fault(match="GET /v1.0/users/bo.friis@lillehavn.example/calendarView", status=403)
    (waiting,) = [line for line in office.run()["messages"] if "bo.friis" in line["to"]]
    assert waiting["state"] == "failed"
    assert office.run(dry_run=True)["messages"]
    office.sandbox.faults.clear()
    (sent,) = [line for line in office.run()["messages"] if "bo.friis" in line["to"]]
    assert sent["state"] == "sent"


def test_an_unclear_message_is_closed_when_its_matter_is_over(office):
    office.fault(
        match="POST /teams/v3/conversations/*/activities",
        user="bo.friis@lillehavn.example",
        status=502,
        after=True,
    )
    assert "unclear" in {line["state"] for line in office.run()["messages"]}
    office.tenant.set_events("bo.friis@lillehavn.example", [])
    assert not [line for line in office.run()["messages"] if "bo.friis" in line["to"]]


def test_entries_that_make_no_sense_are_counted_in_the_log(office):
    broken = entry("bo.friis", date(2026, 3, 4), "Møde", hours=(9, 10), categories="x")
    office.tenant.add_event("bo.friis@lillehavn.example", broken)
    done = office.command("run", "--now", MONDAY)
    assert '"event": "entries_left_out"' in done.stderr


def test_a_wrong_scope_for_the_bot_is_found_out(office):
    done = office.command("run", "--now", MONDAY, HJEMMEDAG_BOT_TOKEN_SCOPE="https://wrong.example/.default")
    assert done.returncode == 2
    assert not office.sandbox.messages


def test_moments_far_out_are_refused(office):
    for moment in ("9999-12-31T23:59:59+01:00", "0001-01-01T00:00:00+01:00"):
        done = office.command("run", "--now", moment)
        assert (done.returncode, "--now" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_the_report_is_written_also_when_something_is_unresolved(office):
    done = office.command("run", "--now", MONDAY, "--report", "r.json")
    assert done.returncode == 1
    assert json.loads((office.folder / "r.json").read_text(encoding="utf-8"))["coverage"]["unreadable"]
