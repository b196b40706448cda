"""The other commands, each as a user calls it."""

from __future__ import annotations

import signal
import subprocess
import sys

from integrations.register import load_register

MONDAY = "2026-03-02T08:00:00+01:00"


def settings_printed(process: subprocess.Popen[str]) -> dict[str, str]:
    """Read settings until the blank line after them."""
    lines = iter(process.stdout.readline, "\n")
    return dict(line.rstrip("\n").split("=", 1) for line in lines)


def test_the_sandbox_prints_the_settings_that_a_run_needs(office):
    process = subprocess.Popen(
        [sys.executable, "-m", "jobs", "sandbox", "--port", "0"],
        env=office.full_environ(),
        cwd=office.folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        office.environ |= settings_printed(process)
        assert len(office.run()["people"]) == 13
        assert not office.sandbox.requests
    finally:
        process.send_signal(signal.SIGTERM)
        process.stdout.close()
        assert process.wait(timeout=30) == 0


def test_explain_shows_the_whole_chain_and_no_subject(office):
    office.run()
    done = office.command("explain", "bo.friis@lillehavn.example", "2026-03-03", "--now", MONDAY)
    assert done.returncode == 0, done.stderr
    assert "home by category" in done.stdout
    assert "team-day: violated" in done.stdout
    assert "team borgerservice: team_days" in done.stdout
    assert "reminder on team-day: sent" in done.stdout
    for subject in ("Fordybelse", "Teammøde", "Sagssparring", "Hjemmebesøg"):
        assert subject not in done.stdout


def test_explain_says_what_is_wrong_with_the_question(office):
    for arguments, part in (
        (("stranger@lillehavn.example", "2026-03-03"), "nobody called"),
        (("bo.friis@lillehavn.example", "3/3"), "is not a date"),
        (("bo.friis@lillehavn.example", "2027-03-03"), "outside what is read"),
    ):
        done = office.command("explain", *arguments, "--now", MONDAY)
        assert (done.returncode, part in done.stderr) == (2, True), done.stderr


def test_a_register_is_imported_exported_and_the_same(office):
    del office.environ["HJEMMEDAG_REGISTER"]
    imported = office.command("register", "import", str(office.register))
    assert (imported.returncode, imported.stdout) == (
        0,
        "Imported Lillehavn Kommune: 3 teams, 13 people, 8 agreements, 1 exceptions.\n",
    )
    assert office.command("register", "export", "copy.yaml").returncode == 0
    assert load_register(office.folder / "copy.yaml") == load_register(office.register)
    assert len(office.run()["people"]) == 13


def test_a_register_with_faults_leaves_the_old_one(office):
    del office.environ["HJEMMEDAG_REGISTER"]
    office.command("register", "import", str(office.register))
    bad = office.folder / "bad.yaml"
    bad.write_text("organisation: {name: X, policy: nowhere}\nteams: []\npeople: [{id: a}]\n")
    done = office.command("register", "import", str(bad))
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "people" in done.stderr
    assert len(office.run()["people"]) == 13


def test_check_says_that_nothing_is_wrong(office):
    done = office.command("register", "check")
    assert (done.returncode, done.stdout.startswith("No faults in Lillehavn Kommune")) == (0, True)


def test_a_moment_without_an_offset_is_refused(office):
    done = office.command("run", "--now", "2026-03-02T08:00:00")
    assert (done.returncode, "with an offset" in done.stderr) == (2, True)


def test_a_report_that_cannot_be_written_is_refused_before_any_call(office):
    done = office.command("run", "--report", "no/such/folder/r.json")
    assert (done.returncode, "--report" in done.stderr) == (2, True)
    assert not office.sandbox.requests
