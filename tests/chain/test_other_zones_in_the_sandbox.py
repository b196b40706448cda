"""The whole program for organisations in the Faroe Islands and in Greenland: days, portions and hours.

2 March 2026 is a Monday. The Faroe Islands are at UTC then, Greenland two hours behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import load_settings
from integrations.sandbox import Sandbox, Tenant
from jobs.run import make_pass
from tests.chain.chain import Json, all_day, timed

ANNA, BO, LEADER = (f"{name}@proeve.example" for name in ("anna", "bo", "kirsten"))
ROMANCE = "Romance Standard Time"

REGISTER = f"""
organisation: {{name: Prøvekommunen, policy: nyborg, timezone: ZONE}}
teams:
  - {{id: borgerservice, name: Borgerservice, leader: {LEADER}, team_days: [{{weekday: tuesday}}]}}
people:
  - {{id: {ANNA}, name: Anna Holm, team: borgerservice}}
  - {{id: {BO}, name: Bo Friis, team: borgerservice, work_hours: "16:00-23:00"}}
"""


@dataclass(frozen=True)
class Place:
    """Where an organisation is: its zone, what Outlook calls it, and its hours from Copenhagen and UTC."""

    zone: str
    windows_name: str
    behind_copenhagen: int
    utc_offset: str

    def local(self, moment: str) -> str:
        """Return a local time with its offset."""
        return f"{moment}:00{self.utc_offset}"


FAROE = Place("Atlantic/Faroe", "GMT Standard Time", 1, "+00:00")
NUUK = Place("America/Nuuk", "Greenland Standard Time", 3, "-02:00")


def annas(place: Place) -> list[Json]:
    """A team day at home, a morning as an Outlook in Copenhagen wrote it, a whole-day absence."""
    morning = 8 + place.behind_copenhagen
    return [
        all_day("Hjemme", "2026-03-03", "2026-03-04", place.windows_name),
        timed("Hjemme", f"2026-03-04T{morning:02}:00", f"2026-03-04T{morning + 4:02}:00", ROMANCE),
        timed("Hjemme", "2026-03-05T08:00", "2026-03-05T10:00", place.windows_name),
        all_day("Ferie", "2026-03-12", "2026-03-14", ROMANCE, showAs="oof"),
    ]


def bos(place: Place) -> list[Json]:
    """An evening that is past midnight in Copenhagen."""
    return [timed("Hjemme", "2026-03-04T19:30", "2026-03-04T23:00", place.windows_name)]


def user(principal_name: str) -> Json:
    return {"id": f"id-of-{principal_name}", "userPrincipalName": principal_name, "displayName": "A B"}


@dataclass
class Office:
    """An organisation in the sandbox."""

    place: Place
    environ: dict[str, str]
    sandbox: Sandbox

    def run(self, now: str, *, dry_run: bool = True) -> dict[str, Any]:
        """Make a pass at a local time, or at one with an offset, and return its report."""
        moment = now if now.endswith("Z") else self.place.local(now)
        settings = load_settings(self.environ, env_file=None, secrets_dir=None)
        return make_pass(settings, datetime.fromisoformat(moment), dry_run=dry_run).as_data()


@pytest.fixture(params=[FAROE, NUUK], ids=lambda place: place.zone, scope="module")
def running(request: pytest.FixtureRequest) -> Iterator[tuple[Place, Sandbox]]:
    place = request.param
    calendars = {ANNA: annas(place), BO: bos(place)}
    data = {"users": [user(name) for name in (ANNA, BO, LEADER)], "events": calendars}
    with Sandbox(Tenant.from_data(data), latency=0) as sandbox:
        yield place, sandbox


@pytest.fixture
def office(running: tuple[Place, Sandbox], tmp_path: Path) -> Office:
    place, sandbox = running
    sandbox.clear()
    register = tmp_path / "register.yaml"
    register.write_text(REGISTER.replace("ZONE", place.zone), encoding="utf-8")
    environ = {
        **sandbox.settings(),
        "HJEMMEDAG_DATA_FOLDER": str(tmp_path / "data"),
        "HJEMMEDAG_REGISTER": str(register),
    }
    return Office(place, environ, sandbox)


def days(report: dict[str, Any], person: str) -> dict[str, tuple[str, float]]:
    return {
        one["date"]: (one["kind"], round(one["portion"], 3))
        for one in report["days"]
        if one["person"] == person
    }


def annas_messages(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what goes to Anna; what other rules say to others that day is not the matter here."""
    return [one for one in report["messages"] if one["to"] == ANNA]


def test_days_and_portions_are_the_organisation_s_own(office):
    report = office.run("2026-03-02T08:00")
    assert days(report, ANNA) == {
        "2026-03-03": ("home", 1),
        "2026-03-04": ("home", 0.5),
        "2026-03-05": ("home", 0.25),
        "2026-03-12": ("absent", 1),
        "2026-03-13": ("absent", 1),
    }
    assert days(report, BO) == {"2026-03-04": ("home", 0.5)}


def test_the_organisation_s_own_team_day_is_found(office):
    report = office.run("2026-03-02T08:00")
    found = [one["dates"] for one in report["findings"] if one["rule"] == "team-day"]
    assert found == [["2026-03-03"]]


def test_calendars_are_asked_for_in_the_zone_s_windows_name(office):
    office.run("2026-03-02T08:00")
    asked = {one.headers["prefer"] for one in office.sandbox.requests if "calendarView" in one.path}
    assert asked == {f'outlook.timezone="{office.place.windows_name}", IdType="ImmutableId"'}


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-03-02T06:59", "held"),
        ("2026-03-02T07:00", "planned"),
        ("2026-03-02T16:59", "planned"),
        ("2026-03-02T17:00", "held"),
    ],
)
def test_messages_go_between_seven_and_five_where_the_organisation_is(office, now, state):
    assert [one["state"] for one in annas_messages(office.run(now))] == [state]


def test_a_message_goes_at_seven_and_not_again(office):
    first = annas_messages(office.run("2026-03-02T07:00", dry_run=False))
    assert [one["state"] for one in first] == ["sent"]
    assert [one.recipient for one in office.sandbox.messages].count(ANNA) == 1
    assert annas_messages(office.run("2026-03-02T07:30", dry_run=False)) == []


def test_today_is_the_organisation_s_when_copenhagen_is_past_midnight(office):
    report = office.run("2026-03-02T23:30Z")
    assert report["today"] == "2026-03-02"
    assert report["window"] == {"from": "2026-01-05", "to": "2026-03-16"}
    (message,) = annas_messages(report)
    assert (message["state"], message["reason"]) == ("held", "quiet-hours")
