"""The stories' own judge: whatever is missing, too much or otherwise than told is a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.stories.judgement import Judge
from tests.stories.stage import Arrival, Card, Seen, play, write_change
from tests.stories.story_file import RegisterChange, Story, load_story

ANNA, KIRSTEN = "anna@by.example", "kirsten@by.example"

SMALL = """
about: Anna is reminded of a Tuesday five working days before, and puts it right.
digest: skip
clock: {from: 2026-03-02, to: 2026-03-04, at: ["08:00"]}
secrets: [Tandlæge]
register:
  organisation: {name: Region Prøve, policy: region-sjaelland}
  teams:
    - {id: loen, name: Løn, leader: kirsten@by.example, team_days: [{weekday: tuesday}],
       apv_covers_home_on: 2025-05-12}
  people: [{id: anna@by.example, name: Anna Holm, team: loen}]
calendars:
  anna@by.example: [{subject: Hjemme, on: [2026-03-05, 2026-03-10]}]
matters:
  tuesday: {rule: team-day, person: anna@by.example, dates: 2026-03-10}
meanwhile:
  - {from: 2026-03-03T06:30, until: 2026-03-03T06:30, to: anna@by.example, kind: reminder, state: held,
     about: [tuesday]}
moments:
  - at: 2026-03-03T06:30
  - at: 2026-03-03T08:00
    expect: [{to: anna@by.example, kind: reminder, about: [tuesday]}]
  - at: 2026-03-04T08:00
    happens:
      removes: {anna@by.example: [{subject: Hjemme, on: 2026-03-10}]}
    changed: [{to: anna@by.example, sent: 2026-03-03T08:00}]
"""
TUESDAY = {
    "id": "f1",
    "rule": "team-day",
    "person": ANNA,
    "team": "loen",
    "dates": ["2026-03-10"],
    "status": "open",
}
THURSDAY = TUESDAY | {"id": "f2", "dates": ["2026-03-05"]}
REMINDER = {
    "id": "m1",
    "kind": "reminder",
    "to": ANNA,
    "channel": "teams",
    "state": "sent",
    "findings": ["f1"],
    "reason": None,
}
HELD = REMINDER | {"state": "held", "reason": "quiet-hours"}
SENT = datetime.fromisoformat("2026-03-03T08:00")
IN_TEAMS = Arrival("teams", ANNA, "{}")


def seen(lines: Iterable[dict[str, Any]] = (), arrivals: Iterable[Arrival] = (), exit_code: int = 0) -> Seen:
    """A pass in which both findings were seen."""
    report = {"findings": [TUESDAY, THURSDAY], "messages": list(lines)}
    return Seen(report, exit_code, list(arrivals))


MONDAY = seen()
EARLY = seen([HELD])
REMINDED = seen([REMINDER], [IN_TEAMS])
PUT_RIGHT = replace(MONDAY, changed=[Card(ANNA, SENT)])


def story_of(folder: Path, text: str) -> Story:
    """Load a story from text."""
    path = folder / "small.yaml"
    path.write_text(text, "utf-8")
    return load_story(path)


def judged(story: Story, passes: Iterable[Seen]) -> list[str]:
    """Return all differences of the story's passes, in order."""
    judge = Judge(story)
    return [
        fault
        for moment, one in zip(story.passes(), passes, strict=True)
        for fault in judge.faults(moment, one)
    ]


def test_a_story_that_goes_as_told_has_no_difference(tmp_path: Path) -> None:
    assert judged(story_of(tmp_path, SMALL), [MONDAY, EARLY, REMINDED, PUT_RIGHT]) == []


CHANGES: dict[str, Callable[[], list[Seen]]] = {
    "missing: sent reminder": lambda: [MONDAY, EARLY, MONDAY, PUT_RIGHT],
    "missing: held reminder": lambda: [MONDAY, MONDAY, REMINDED, PUT_RIGHT],
    "unexpected: sent reminder": lambda: [REMINDED, EARLY, REMINDED, PUT_RIGHT],
    "unexpected: held reminder": lambda: [EARLY, EARLY, REMINDED, PUT_RIGHT],
    "unexpected: sent notice": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER | {"kind": "notice"}], [IN_TEAMS]),
        PUT_RIGHT,
    ],
    f"unexpected: sent reminder to {KIRSTEN}": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER | {"to": KIRSTEN}], [IN_TEAMS]),
        PUT_RIGHT,
    ],
    "2026-03-05 (open)']": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER | {"findings": ["f1", "f2"]}], [IN_TEAMS]),
        PUT_RIGHT,
    ],
    "a finding of no report": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER | {"findings": ["f9"]}], [IN_TEAMS]),
        PUT_RIGHT,
    ],
    "unexpected: sent reminder to anna@by.example by mail": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER | {"channel": "mail"}], [IN_TEAMS]),
        PUT_RIGHT,
    ],
    "because for-no-reason": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER | {"reason": "for-no-reason"}], [IN_TEAMS]),
        PUT_RIGHT,
    ],
    "unexpected: held reminder to anna@by.example by teams": lambda: [
        MONDAY,
        seen([HELD | {"reason": None}]),
        REMINDED,
        PUT_RIGHT,
    ],
    "nothing arrived by teams": lambda: [MONDAY, EARLY, seen([REMINDER]), PUT_RIGHT],
    "something arrived by teams": lambda: [seen([], [IN_TEAMS]), EARLY, REMINDED, PUT_RIGHT],
    "something arrived by mail": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER], [IN_TEAMS, Arrival("mail", ANNA, "")]),
        PUT_RIGHT,
    ],
    "got 2 messages in one run": lambda: [MONDAY, EARLY, seen([REMINDER], [IN_TEAMS, IN_TEAMS]), PUT_RIGHT],
    "was sent twice": lambda: [REMINDED, EARLY, REMINDED, PUT_RIGHT],
    "not changed: the card": lambda: [MONDAY, EARLY, REMINDED, MONDAY],
    "\nchanged: the card": lambda: [
        MONDAY,
        EARLY,
        REMINDED,
        replace(MONDAY, changed=[Card(ANNA, SENT), Card(ANNA, SENT)]),
    ],
    "without any change": lambda: [MONDAY, EARLY, REMINDED, replace(PUT_RIGHT, idle=1)],
    "exit 1, not 0": lambda: [MONDAY, EARLY, REMINDED, replace(PUT_RIGHT, exit_code=1)],
    "was let out": lambda: [
        MONDAY,
        EARLY,
        seen([REMINDER], [Arrival("teams", ANNA, "Tandlæge kl. 9")]),
        PUT_RIGHT,
    ],
}


@pytest.mark.parametrize("difference", CHANGES)
def test_every_other_course_of_events_is_a_difference(tmp_path: Path, difference: str) -> None:
    faults = judged(story_of(tmp_path, SMALL), CHANGES[difference]())
    assert difference in "\n" + "\n".join(faults)


def test_an_unresolved_message_makes_the_exit_status_one(tmp_path: Path) -> None:
    text = SMALL.replace("about: [tuesday]}]", "state: failed, about: [tuesday]}]")
    failed = seen([REMINDER | {"state": "failed", "reason": "blocked"}], exit_code=1)
    passes = [MONDAY, EARLY, failed, PUT_RIGHT]
    assert judged(story_of(tmp_path, text), passes) == []
    passes[2] = replace(failed, exit_code=0)
    assert judged(story_of(tmp_path, text), passes) == ["exit 0, not 1"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("clock:", "klock:"),
        ("rule: team-day", "regel: team-day"),
        ("expect: [{to: anna", "expect: [{to: ane"),
        ("  anna@by.example: [{subject: Hjemme, on: [", "  anne@by.example: [{subject: Hjemme, on: ["),
        ("person: anna", "person: ane"),
        ("expect: [{to: anna@by.example, kind: reminder", "expect: [{to: anna@by.example, kind: remainder"),
        ("about: [tuesday]}]", "about: [thursday]}]"),
        ("matters:", "matters:\n  thursday: {rule: team-day, person: anna@by.example, dates: 2026-03-05}"),
        ("person: anna@by.example, dates", "team: lon, dates"),
        ("until: 2026-03-03T06:30", "until: 2026-03-03T06:45"),
        (
            "from: 2026-03-03T06:30, until: 2026-03-03T06:30",
            "from: 2026-03-03T08:00, until: 2026-03-03T06:30",
        ),
        ("- at: 2026-03-03T06:30", "- at: 2026-03-05T06:30"),
        ("sent: 2026-03-03T08:00", "sent: 2026-03-03T08:30"),
        ("sent: 2026-03-03T08:00", "sent: 2026-03-04T08:00"),
        ('at: ["08:00"]', 'at: ["08:00"], on: [monday]'),
    ],
)
def test_slips_of_the_pen_are_refused(tmp_path: Path, right: str, wrong: str) -> None:
    assert right in SMALL
    with pytest.raises(ValidationError):
        story_of(tmp_path, SMALL.replace(right, wrong, 1))


def test_the_clock_leaves_out_weekends_and_outages(tmp_path: Path) -> None:
    text = SMALL.replace(
        'to: 2026-03-04, at: ["08:00"]',
        'to: 2026-03-10, at: ["08:00"], outages: [{from: 2026-03-05, to: 2026-03-06}]',
    )
    days = [f"{moment.at:%d %H}" for moment in story_of(tmp_path, text).passes()]
    assert days == ["02 08", "03 06", "03 08", "04 08", "09 08", "10 08"]


def test_a_change_of_the_register_lands_in_the_row_it_names() -> None:
    register: dict[str, Any] = {
        "teams": [{"id": "loen", "leader": KIRSTEN}],
        "people": [{"id": ANNA}],
        "agreements": [{"person": ANNA, "to": "2026-03-01"}],
    }
    change = RegisterChange(
        teams={"loen": {"deputy": "jens@by.example"}},
        agreements={ANNA: {"to": "2026-12-31"}, "bo@by.example": {"weekdays": ["monday"]}},
        exceptions=[{"person": ANNA, "kind": "approved"}],
    )
    write_change(register, change)
    assert register["teams"] == [{"id": "loen", "leader": KIRSTEN, "deputy": "jens@by.example"}]
    assert register["agreements"] == [
        {"person": ANNA, "to": "2026-12-31"},
        {"person": "bo@by.example", "weekdays": ["monday"]},
    ]
    assert register["exceptions"] == [{"person": ANNA, "kind": "approved"}]
    with pytest.raises(AssertionError, match="the register has no it"):
        write_change(register, RegisterChange(teams={"it": {}}))


def test_what_is_taken_out_of_a_calendar_must_be_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = SMALL.replace(
        "removes: {anna@by.example: [{subject: Hjemme,", "removes: {anna@by.example: [{subject: Ude,"
    )
    with pytest.raises(AssertionError, match="has not one 'Ude'"):
        list(play(story_of(tmp_path, text), tmp_path))


@pytest.mark.parametrize(
    ("right", "wrong", "difference"),
    [
        ("", "", None),
        (
            "expect: [{to: anna@by.example, kind: reminder, about: [tuesday]}]",
            "expect: []",
            "unexpected: sent reminder",
        ),
        (
            "expect: [{",
            "expect: [{to: kirsten@by.example, kind: escalation, about: [tuesday]}, {",
            "missing: sent escalation",
        ),
    ],
)
def test_the_command_itself_is_held_to_the_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, difference: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    story = story_of(tmp_path, SMALL.replace(right, wrong, 1))
    judge = Judge(story)
    faults = [fault for moment, one in play(story, tmp_path) for fault in judge.faults(moment, one)]
    assert [fault.split(" to ")[0] for fault in faults][:1] == ([difference] if difference else [])
