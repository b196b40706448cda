"""What a dry run prints: every message, what is held back and why, within 80 columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.decide import Placed
from bot.model import Audience, Finding, MessageState, RegistrationSource, Scope, Status, Step
from bot.model import Window as Dates
from jobs.plan_print import WIDTH, plan_lines
from jobs.report import MessageLine, Report, Stats
from tests.bot.builders import ANNA, BO, KIRSTEN, MONDAY, TUESDAY, register

MONDAY_AT_EIGHT = "2026-03-02T08:00:00+01:00"


def finding(rule: str, person: str | None, *dates: date, **more: Any) -> Finding:
    return Finding(
        id=f"{rule}{person}{dates[:1]}",
        rule=rule,
        person=person,
        team="borgerservice",
        dates=dates,
        status=more.get("status", Status.OPEN),
        facts={},
        source=RegistrationSource("x"),
        scope=Scope.DAY,
        audience=Audience.EMPLOYEE,
    )


def message(kind: str, to: str, *told: Placed, state: str = "planned", reason: str | None = None):
    ids = tuple(placed.finding.id for placed in told)
    return MessageLine("0" * 16, kind, to, "teams", MessageState(state), ids, reason)


def printed(findings: list[Placed], *messages: MessageLine) -> str:
    return "\n".join(plan_lines(report(findings, *messages)))


def report(findings: list[Placed], *messages: MessageLine) -> Report:
    return Report(
        now=datetime.fromisoformat(MONDAY_AT_EIGHT),
        today=MONDAY,
        window=Dates.around(MONDAY),
        register=register(),
        days={},
        unreadable=[],
        work_plans=False,
        findings=findings,
        messages=messages,
        silenced_teams=[],
        stats=Stats(),
    )


TEAM_DAY = Placed(finding("team-day", ANNA, TUESDAY), Step.REMINDER, leader_waits="before noon")
TIP = Placed(finding("workstation-tip", ANNA, *(TUESDAY + timedelta(days=n) for n in range(5))), Step.NOTICE)
HEALTH = Placed(finding("home-day-on-absence", BO, TUESDAY), Step.NOTICE)
OF_TEAM = Placed(finding("understaffed-day", None, TUESDAY), Step.DIGEST)


def test_each_message_is_named_with_what_it_tells() -> None:
    text = printed(
        [TEAM_DAY, TIP, OF_TEAM],
        message("reminder", ANNA, TEAM_DAY, TIP),
        message("digest", KIRSTEN, OF_TEAM),
    )
    assert text.splitlines()[2:9] == [
        "Messages",
        f"  reminder to {ANNA}: planned",
        f"    team-day, {ANNA}, 2026-03-03",
        f"    workstation-tip, {ANNA}, 2026-03-03 2026-03-04 2026-03-05 and 2",
        "        more",
        f"  digest to {KIRSTEN}: planned",
        "    understaffed-day, team borgerservice, 2026-03-03",
    ]


def test_a_message_that_is_kept_back_says_why() -> None:
    text = printed([TIP], message("notice", ANNA, TIP, state="held", reason="on-leave"))
    assert f"notice to {ANNA}: held (on-leave)" in text
    assert "0 messages to send, 1 held, 0 suppressed." in text


def test_a_digest_with_nothing_new_is_there_too() -> None:
    assert f"  digest to {KIRSTEN}: planned\n    without topics\n" in printed([], message("digest", KIRSTEN))


def test_what_is_held_back_has_its_reason_and_so_has_the_leader() -> None:
    far = Placed(finding("team-day", BO, TUESDAY), None, "more than 5 working days ahead")
    covered = Placed(finding("team-day", BO, MONDAY, status=Status.EXCUSED), None, "excused")
    text = printed([TEAM_DAY, far, covered], message("reminder", ANNA, TEAM_DAY))
    held = text.partition("Held back\n")[2].partition("\n\n")[0]
    assert held.splitlines() == [
        f"  team-day, {ANNA}, 2026-03-03: leader not yet: before noon",
        f"  team-day, {BO}, 2026-03-03: more than 5 working days ahead",
        f"  team-day, {BO}, 2026-03-02: excused",
    ]


def test_what_was_told_before_is_counted() -> None:
    told = Placed(finding("team-day", BO, TUESDAY), Step.ESCALATION)
    text = " ".join(printed([TEAM_DAY, told], message("reminder", ANNA, TEAM_DAY)).split())
    assert "2 findings open, of which 1 told before or waiting for the next digest." in text


def test_who_has_a_finding_on_health_is_not_told() -> None:
    waiting = replace(HEALTH, step=None, reason="a notice: waits")
    text = printed([HEALTH], message("notice", BO, HEALTH)) + printed([waiting])
    assert BO not in text
    assert "Not shown, since it rests on health data: home-day-on-absence (1)." in text


def test_beside_other_matters_the_one_on_health_is_left_out() -> None:
    own = Placed(finding("team-day", BO, TUESDAY), Step.REMINDER)
    text = printed([HEALTH, own], message("reminder", BO, HEALTH, own))
    assert f"  reminder to {BO}: planned\n    team-day, {BO}, 2026-03-03\n" in text
    assert f"home-day-on-absence, {BO}" not in text


def test_what_earlier_passes_left_stands_apart() -> None:
    text = printed([TIP], message("notice", ANNA, TIP, state="unclear", reason="no-answer"))
    assert f"Left from earlier passes\n  notice to {ANNA}: unclear (no-answer)" in text
    assert "Messages\n  nothing\n" in text


def test_what_earlier_passes_left_is_not_named_where_it_may_have_been_on_health() -> None:
    gone = message("notice", BO, HEALTH, state="failed", reason="forbidden")
    text = printed([TIP], gone)
    assert BO not in text
    assert "Left from earlier passes" not in text


def test_no_line_is_wider_than_the_terminal() -> None:
    person = "anna-margrethe.lundgaard-christoffersen@socialtilsyn.example"
    long = Placed(
        finding("recurring-without-agreement", person, *(MONDAY + timedelta(days=n) for n in range(9))),
        Step.REMINDER,
        leader_waits="the employee was written to less than two hours ago",
    )
    lines = printed([long], message("reminder", person, long, state="held", reason="quiet-hours"))
    assert max(map(len, lines.splitlines())) <= WIDTH


# --- through the command -----------------------------------------------------------------------------------


def test_a_dry_run_prints_the_plan_and_does_nothing(office) -> None:
    done = office.command("run", "--dry-run", "--now", MONDAY_AT_EIGHT)
    assert done.stdout.startswith("Plan for Monday 02 March 2026, 08:00. Nothing is sent")
    assert "  reminder to bo.friis@lillehavn.example: planned\n    team-day, bo.friis" in done.stdout
    assert "  digest to mette.lund@lillehavn.example: planned" in done.stdout
    assert "held (on-leave)" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= WIDTH
    assert not office.sandbox.messages
    assert office.count("SELECT count(*) FROM messages") == 0


def test_the_plan_holds_no_secret_and_no_subject(office) -> None:
    done = office.command("run", "--dry-run", "--now", MONDAY_AT_EIGHT)
    secrets = [value for name, value in office.environ.items() if "SECRET" in name]
    assert secrets
    assert not [word for word in (*secrets, "Fordybelse", "Teammøde", "Hjemme?") if word in done.stdout]


def test_a_real_run_prints_nothing(office) -> None:
    assert office.command("run", "--now", MONDAY_AT_EIGHT).stdout == ""
