"""What ``explain`` tells of a day: parts and circumstances, and nothing of anybody's health or words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

MONDAY = "2026-03-02T08:00:00+01:00"
AFTERNOON = "2026-03-02T13:00:00+01:00"
BO = "bo.friis@lillehavn.example"
WEDNESDAY = date(2026, 3, 4)


@pytest.fixture
def explained(office):
    """Return a function that puts all-day and other entries in Bo's Wednesday, and explains that day."""

    def explain(*entries: dict[str, Any]) -> str:
        for entry in entries:
            office.tenant.add_event(BO, entry)
        office.run()
        done = office.command("explain", BO, WEDNESDAY.isoformat(), "--now", MONDAY)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return explain


def entry(subject: str, *hours: str, **fields: Any) -> dict[str, Any]:
    """Return Bo's own entry of Wednesday, all day or between two times."""
    first, last = (f"{WEDNESDAY}T{time}:00" for time in hours) if hours else _midnights()
    known = {
        "subject": subject,
        "start": {"dateTime": first, "timeZone": "Romance Standard Time"},
        "end": {"dateTime": last, "timeZone": "Romance Standard Time"},
        "isAllDay": not hours,
        "showAs": "free" if not hours else "busy",
    }
    return known | fields


def _midnights() -> tuple[str, str]:
    return f"{WEDNESDAY}T00:00:00", f"{WEDNESDAY + timedelta(days=1)}T00:00:00"


def test_the_part_of_the_day_that_the_words_name_is_shown(explained) -> None:
    text = explained(
        entry("Hjemme 17-20, xylofon"), entry("Hjemmearbejde"), entry("Hjemme, på kontoret 10-12")
    )
    assert "home by subject, 17:00-20:00\n" in text
    assert "home by subject\n" in text
    assert "home by subject, 00:00-10:00 and 12:00-24:00\n" in text
    assert "xylofon" not in text


def test_what_else_is_known_of_the_day_is_shown(explained) -> None:
    text = explained(entry("Hjemmearbejde", showAs="oof"), entry("Hjemme", "19:00", "21:00"))
    (line,) = [line for line in text.splitlines() if line.startswith("  also ")]
    assert {"outside-hours", "shown-away"} <= set(line.removeprefix("  also ").split(", "))


def test_a_day_not_at_home_has_nothing_else_said(explained) -> None:
    assert "  also " not in explained(entry("Syg"))


@pytest.mark.parametrize("ill", ["Syg", "Barn syg"])
def test_health_is_not_shown(office, explained, ill: str) -> None:
    register = office.register.read_text(encoding="utf-8")
    office.register.write_text(
        register.replace("policy: nyborg", "policy: region-sjaelland"), encoding="utf-8"
    )
    text = explained(entry("Hjemmearbejde"), entry(ill, "12:00", "16:00"))
    assert "home-day-on-absence: not shown" in text
    assert "illness" not in text
    assert "on home-day-on-absence" not in text


def test_each_rule_is_shown_with_its_values_and_their_source(explained) -> None:
    shown = explained(entry("Hjemmearbejde"))
    assert "workstation-tip: " in shown
    assert "days_per_week = 1: 002_285f4d4391b5fdf2.txt, »" in shown
    assert "weeks = 4: our choice: " in shown


def test_rules_on_the_team_are_shown_and_one_calendar_does_not_tell(office, explained) -> None:
    register = office.register.read_text(encoding="utf-8")
    office.register.write_text(
        register.replace("    team_days: [{weekday: tuesday}]", "    min_on_site: 3", 1), encoding="utf-8"
    )
    shown = explained(entry("Hjemmearbejde"))
    assert shown.count("understaffed-day: unknown") == 1


# --- what became of the messages ---------------------------------------------------------------------------


def messages_on(office, day: str, now: str, person: str = BO) -> list[str]:
    """Return the lines on messages of a day's explanation."""
    done = office.command("explain", person, day, "--now", now)
    assert done.returncode == 0, done.stderr
    return [line.strip() for line in done.stdout.partition("Messages\n")[2].splitlines() if line.strip()]


def test_what_the_leader_was_told_is_shown_with_time_and_outcome(office) -> None:
    office.run(MONDAY)
    office.run(AFTERNOON)
    lines = messages_on(office, "2026-03-03", AFTERNOON)
    assert "2026-03-02 08:00, reminder on team-day: sent" in lines
    assert "2026-03-02 13:00, escalation to the leader on team-day: sent" in lines
    assert not [line for line in lines if line.startswith("not yet on team-day")]


def test_what_the_deputy_was_told_is_shown_as_such(office) -> None:
    text = office.register.read_text(encoding="utf-8")
    leader = "leader: mette.lund@lillehavn.example"
    office.register.write_text(
        text.replace(leader, f"{leader}\n    deputy: eva.skov@lillehavn.example"), encoding="utf-8"
    )
    away = entry("Ferie", showAs="oof") | {
        "start": {"dateTime": "2026-03-02T00:00:00", "timeZone": "Romance Standard Time"}
    }
    office.tenant.add_event("mette.lund@lillehavn.example", away)
    office.run(MONDAY)
    office.run(AFTERNOON)
    lines = messages_on(office, "2026-03-03", AFTERNOON)
    assert "2026-03-02 13:00, escalation to the deputy on team-day: sent" in lines


def test_a_digest_is_shown_too(office) -> None:
    for moment in (MONDAY, AFTERNOON, "2026-03-09T08:00:00+01:00"):
        office.run(moment)
    lines = messages_on(office, "2026-03-03", "2026-03-09T08:30:00+01:00")
    assert "2026-03-09 08:00, digest to the leader on team-day: sent" in lines


def test_why_the_leader_waits_is_said(office) -> None:
    office.run(MONDAY)
    assert "not yet on team-day: the leader (before noon of the working day before)" in messages_on(
        office, "2026-03-03", "2026-03-02T09:00:00+01:00"
    )
    assert "not yet on team-day: the leader (goes with the next pass)" in messages_on(
        office, "2026-03-03", "2026-03-02T12:30:00+01:00"
    )


def test_why_nobody_has_heard_is_said(office) -> None:
    office.run(MONDAY)
    far = "not yet on team-day: anybody (more than 5 working days ahead)"
    assert far in messages_on(office, "2026-03-10", MONDAY)
    near = "not yet on team-day: the employee (goes with the next pass)"
    assert near in messages_on(office, "2026-03-10", "2026-03-03T08:00:00+01:00")


def test_other_people_s_messages_are_not_shown(office) -> None:
    office.run(MONDAY)
    lines = messages_on(office, "2026-03-04", MONDAY, person="anna.holm@lillehavn.example")
    assert lines == ["2026-03-02 08:00, notice on workstation-tip: sent"]
