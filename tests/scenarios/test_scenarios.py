"""Whole organisations, judged from the outside: what must be found is found, and nothing else.

The command runs on a scenario's tenant, and its report is compared with the scenario's findings.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from integrations.sandbox import Sandbox, Tenant
from tests.scenarios.scenario_file import Expected, Scenario, load_scenario

HERE = Path(__file__).parent
SOURCE = HERE.parents[1]

FILES = sorted(HERE.glob("*.yaml"))

Found = dict[str, Any]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_that_must_be_found_is_found_and_nothing_else(path: Path, tmp_path: Path) -> None:
    scenario = load_scenario(path)
    report = run(scenario, tmp_path)
    found = [one for one in report["findings"] if one["status"] in ("open", "excused")]
    missing, unexpected = compare(scenario.findings, found)
    if missing or unexpected:
        pytest.fail(told(path.stem, missing, unexpected), pytrace=False)
    assert sorted(one["person"] for one in report["coverage"]["unreadable"]) == sorted(scenario.unreadable)


def run(scenario: Scenario, folder: Path) -> dict[str, Any]:
    """Run the command on the scenario's tenant and return its report."""
    register = folder / "register.yaml"
    register.write_text(yaml.safe_dump(scenario.register_, allow_unicode=True, sort_keys=False), "utf-8")
    report = folder / "report.json"
    with Sandbox(Tenant.from_data(scenario.tenant())) as sandbox:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HJEMMEDAG_")}
        environ = {
            **inherited,
            **sandbox.settings(),
            "PYTHONPATH": str(SOURCE),
            "HJEMMEDAG_DATA_FOLDER": str(folder / "data"),
            "HJEMMEDAG_REGISTER": str(register),
            "HJEMMEDAG_LOG_FORMAT": "json",
        }
        arguments = ["run", "--now", scenario.now, "--report", str(report), "--dry-run"]
        done = subprocess.run(
            [sys.executable, "-m", "jobs", *arguments],
            env=environ,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == (1 if scenario.unreadable else 0), done.stderr
    data: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return data


def compare(wanted: Iterable[Expected], found: Iterable[Found]) -> tuple[list[Expected], list[Found]]:
    """Return what is missing and what is unexpected; those with dates are paired off first."""
    left, missing = list(found), []
    for one in sorted(wanted, key=lambda one: one.dates is None):
        match = next((other for other in left if fits(one, other)), None)
        if match is None:
            missing.append(one)
        else:
            left.remove(match)
    return missing, left


def fits(wanted: Expected, found: Found) -> bool:
    """Say whether this is the finding wanted."""
    same_dates = wanted.dates is None or sorted(map(str, wanted.dates)) == sorted(found["dates"])
    whom = (found["person"], None) if found["person"] is not None else (None, found["team"])
    same = (wanted.rule, wanted.status) == (found["rule"], found["status"])
    return same and (wanted.person, wanted.team) == whom and same_dates


def told(name: str, missing: list[Expected], unexpected: list[Found]) -> str:
    """Say what is missing and what is unexpected, a line each, by person."""
    absent = [f"  {one}" for one in sorted(missing, key=lambda one: (one.person or one.team or "", one.rule))]
    extra = sorted(
        f"  {one['rule']}, {one['person'] or one['team']}, {' '.join(one['dates']) or 'no dates'},"
        f" {one['status']}: {json.dumps(one['values'], ensure_ascii=False)}"
        for one in unexpected
    )
    return "\n".join(
        [
            f"{name}: {len(absent)} missing, {len(extra)} unexpected",
            *(["Missing:", *absent] if absent else []),
            *(["Unexpected:", *extra] if extra else []),
        ]
    )


SMALL = """
policy: nyborg
now: "2026-03-02T08:00:00+01:00"
register:
  organisation: {name: Prøvekommunen, policy: nyborg}
  teams: [{id: borgerservice, name: Borgerservice, leader: kirsten@proeve.example}]
  people: [{id: anna@proeve.example, name: Anna Holm, team: borgerservice}]
calendars:
  anna@proeve.example:
    - {subject: WFH, weekly: [monday, friday], first: 2026-01-05, last: 2026-01-23, but: 2026-01-09, every: 2}
    - {subject: Hjemme, from: "2026-03-04T08:00", to: "2026-03-04T12:00"}
findings:
  - {rule: team-day, person: anna@proeve.example, dates: [2026-03-03], why: holdets faste dag}
"""


def test_every_second_week_counts_from_the_week_of_the_first_day(tmp_path: Path) -> None:
    events = load_scenario(written(tmp_path, SMALL)).tenant()["events"]["anna@proeve.example"]
    days = [event["start"]["dateTime"][:10] for event in events]
    assert days == ["2026-01-05", "2026-01-19", "2026-01-23", "2026-03-04"]
    assert [event["isAllDay"] for event in events] == [True, True, True, False]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("subject: Hjemme,", "subjekt: Hjemme,"),
        ("rule: team-day", "regel: team-day"),
        ("calendars:", "calenders:"),
        ("person: anna@", "person: ane@"),
        ("  anna@proeve.example:", "  anne@proeve.example:"),
        ("every: 2", "evry: 2"),
        ("monday, friday", "monday, fredag"),
        ('to: "2026-03-04T12:00"', 'show_as: "busy"'),
        ("status: open", "status: closed"),
    ],
)
def test_slips_of_the_pen_are_refused(tmp_path: Path, right: str, wrong: str) -> None:
    text = SMALL.replace("why:", "status: open, why:")
    assert right in text
    load_scenario(written(tmp_path, text))
    with pytest.raises(ValidationError):
        load_scenario(written(tmp_path, text.replace(right, wrong)))


def test_one_finding_too_many_and_one_too_few_are_both_told(tmp_path: Path) -> None:
    wanted = load_scenario(written(tmp_path, SMALL)).findings
    same: Found = {
        "rule": "team-day",
        "person": "anna@proeve.example",
        "team": "borgerservice",
        "dates": ["2026-03-03"],
        "status": "open",
        "values": {},
    }
    assert compare(wanted, [same]) == ([], [])
    assert compare(wanted, [same, same]) == ([], [same])
    changes: list[Found] = [
        {"dates": ["2026-03-10"]},
        {"status": "excused"},
        {"person": None},
        {"rule": "apv-missing"},
    ]
    for change in changes:
        assert compare(wanted, [same | change]) == (wanted, [same | change])


def written(folder: Path, text: str) -> Path:
    """Write a scenario file."""
    path = folder / "small.yaml"
    path.write_text(text, "utf-8")
    return path
