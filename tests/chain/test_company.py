"""Attendees, organisers and places as Graph writes them → what is seen of a home day's meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.model import Circumstance, Day
from tests.bot.builders import ANNA, BO, ORGANISATION
from tests.chain.chain import UTC, Json, all_day, days, timed

CAR, GUEST = "bil1@proeve.example", "Ole@Firma.Example"
OFFICE = replace(ORGANISATION, domains=("proeve.example",), car_resources=(CAR,))
HOME = all_day("Hjemmearbejde", "2026-03-03", "2026-03-04")


def tuesday(*entries: Json) -> Day:
    return days(HOME, *entries, organisation=OFFICE)[date(2026, 3, 3)]


def meeting(*attendees: str, own: bool = True, **fields: Any) -> Json:
    """Return a meeting of Anna's, or one of Bo's that she has accepted."""
    known: Json = {
        "showAs": "busy",
        "isOrganizer": own,
        "organizer": person(ANNA if own else BO),
        "attendees": [{"type": "required"} | person(one) for one in attendees],
        "responseStatus": {"response": "organizer" if own else "accepted"},
    }
    return timed("Samarbejde", "2026-03-03T13:00", "2026-03-03T14:00", **known | fields)


def person(address: str) -> Json:
    return {"emailAddress": {"name": "Somebody", "address": address}}


def place(name: str, kind: str = "default") -> Json:
    written = {"displayName": name, "locationType": kind}
    return {"location": written, "locations": [written]}


@pytest.mark.parametrize(
    ("entry", "seen"),
    [
        pytest.param(meeting(GUEST, **place("Hjemme")), {Circumstance.EXTERNAL_AT_HOME}, id="a guest"),
        pytest.param(
            meeting(GUEST, **place("Skolegade 5", "homeAddress")),
            {Circumstance.EXTERNAL_AT_HOME},
            id="home address",
        ),
        pytest.param(meeting(BO, **place("Hjemme")), set(), id="a colleague"),
        pytest.param(meeting(GUEST, **place("Hjemme"), sensitivity="private"), set(), id="private"),
        pytest.param(
            meeting(GUEST, **place("Hjemme"), isOnlineMeeting=True),
            {Circumstance.EXTERNAL_UNCERTAIN},
            id="online",
        ),
        pytest.param(meeting(CAR.upper()), {Circumstance.CAR}, id="a car"),
        pytest.param(meeting(CAR, own=False), set(), id="a car in another's entry"),
        pytest.param(meeting(own=False, **place("Rådhuset")), {Circumstance.ON_SITE_MEETING}, id="on site"),
        pytest.param(
            meeting(own=False, **place("Rådhuset"), responseStatus={"response": "notResponded"}),
            set(),
            id="unanswered",
        ),
        pytest.param(meeting(own=False, **place("Rådhuset"), isCancelled=True), set(), id="cancelled"),
        pytest.param(meeting(attendees=[None, {}, {"emailAddress": None}]), set(), id="nobody at all"),
    ],
)
def test_what_graph_writes_of_a_meeting_is_seen(entry: Json, seen: set[Circumstance]) -> None:
    assert tuesday(entry).circumstances == seen


def test_the_times_of_meetings_are_the_organisation_s() -> None:
    late = timed("", "2026-03-03T22:00", "2026-03-03T23:30", zone=UTC)
    evening = meeting(BO) | {"start": late["start"], "end": late["end"]}
    assert tuesday(meeting(BO), evening).meetings == (13 * 60, 24 * 60 + 30)
