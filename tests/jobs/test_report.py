"""What the report says of the teams: how many are where, and not who; and why a leader is not told yet."""

from __future__ import annotations

import json
from datetime import date, timedelta

SIZES = {"borgerservice": 5, "plan-og-miljoe": 4, "boern-og-familie": 4}
JUDGED = [(date(2026, 2, 23) + timedelta(days=n)).isoformat() for n in range(22)]


def test_the_report_counts_each_team_on_every_date_that_is_judged(office):
    teams = office.run()["teams"]
    assert {one["team"]: [day["date"] for day in one["dates"]] for one in teams} == dict.fromkeys(
        SIZES, JUDGED
    )
    assert {one["team"]: {sum(day["counts"].values()) for day in one["dates"]} for one in teams} == {
        team: {size} for team, size in SIZES.items()
    }


def test_who_was_not_read_is_nowhere_on_a_work_day_and_off_on_a_sunday(office):
    (team,) = [one for one in office.run()["teams"] if one["team"] == "boern-og-familie"]
    counts = {day["date"]: day["counts"] for day in team["dates"]}
    assert counts["2026-03-03"]["unknown"] == 1
    assert counts["2026-03-08"] == dict.fromkeys(counts["2026-03-08"], 0) | {"off": 4}


def test_the_report_does_not_name_those_whom_it_counts(office):
    assert "@" not in json.dumps(office.run()["teams"])


def test_the_report_says_why_the_leader_waits(office):
    waits = {
        (one["rule"], one["dates"][0]): one["leader_waits"]
        for one in office.run()["findings"]
        if one["person"] == "bo.friis@lillehavn.example"
    }
    assert waits["team-day", "2026-03-03"] == "before noon of the working day before"
    assert waits["team-day", "2026-03-10"] is None
