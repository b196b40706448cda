"""What ``explain`` tells of a day: parts and circumstances, and nothing of anybody's health or words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

MONDAY = "2026-03-02T08:00:00+01:00"
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
