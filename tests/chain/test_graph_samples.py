"""Every event in Microsoft's own samples is decoded and judged; the organisation is in Copenhagen."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.markings import read_days
from bot.model import Calendar, Event, FreeBusy, Kind, Response, Window
from bot.names import Owner
from integrations.graph.calendars import GraphCalendarReader
from tests.bot.builders import ANNA, KIRSTEN, ORGANISATION, PERSON

SAMPLES = Path(__file__).parents[1] / "data/graph-samples"
TWENTY_TENS = Window(date(2016, 1, 1), date(2023, 12, 31))

READ = {
    "allday-occurrence-and-exception-fragment": [
        "2018-06-05 00:00 - 06-06 00:00 Test",
        "2018-06-06 00:00 - 06-07 00:00 Test changed",
    ],
    "calendarview-delta-01-response": [
        "2016-12-09 21:30 - 12-09 23:00 Plan shopping list",
        "2016-12-10 02:00 - 12-10 03:00 Pick up car",
    ],
    "calendarview-delta-02-response": [
        "2016-12-10 20:30 - 12-10 22:30 Get food",
        "2016-12-10 23:00 - 12-11 01:00 Prepare food",
    ],
    "calendarview-delta-03-response": ["2016-12-12 03:00 - 12-12 08:30 Rest!"],
    "calendarview-delta-04-response": ["2016-12-25 07:00 - 12-25 08:30 Attend service"],
    "calendarview-delta-occurrence-stub": ["2023-07-23 12:25 - 07-23 12:55 "],
    "calendarview-user-01-response": [],
    "event-allday-2019-fragment": [],
    "event-get-01-response": ["2017-04-21 19:00 - 04-21 21:00 Orientation"],
    "event-get-02-response": ["2017-08-30 13:00 - 08-30 14:00 Plan summer company picnic"],
    "event-instances-01-response": [
        "2019-04-08 22:30 - 04-08 23:00 Review strategy for Q3",
        "2019-04-16 22:30 - 04-16 23:00 Review strategy for Q3",
        "2019-04-22 22:30 - 04-22 23:00 Review strategy for Q3",
        "2019-04-29 22:30 - 04-29 23:00 Review strategy for Q3",
    ],
    "events-create-01-request": ["2017-04-15 21:00 - 04-15 23:00 Let's go for lunch"],
    "events-create-02-response": ["2017-04-15 20:00 - 04-15 21:00 Let's go brunch"],
    "events-create-03-request": ["2017-08-30 20:00 - 08-30 21:00 Plan summer company picnic"],
    "events-create-04-response": ["2017-08-30 20:00 - 08-30 21:00 Plan summer company picnic"],
    "events-create-05-request": ["2017-09-04 21:00 - 09-04 23:00 Let's go for lunch"],
    "events-create-06-response": [],
    "events-create-07-request": ["2017-04-15 21:00 - 04-15 23:00 Let's go for lunch"],
    "events-create-08-response": ["2017-04-15 20:00 - 04-15 21:00 Let's go brunch"],
    "events-list-01-response": ["2017-04-21 19:00 - 04-21 21:00 Orientation"],
}
"""What is read of each sample: nothing of a deleted entry, one without times, or the master of a series."""

# "Rest!" is at a place called Home and nowhere else.
AT_HOME = {"calendarview-delta-03-response"}

ReadSample = Callable[[str], Awaitable[tuple[Event, ...]]]


@pytest.fixture
def read_sample(client, graph) -> ReadSample:
    """Read a sample as a page of a mailbox."""

    async def read(name: str) -> tuple[Event, ...]:
        sample = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
        if isinstance(sample, dict):
            sample = sample.get("value", [sample])
        responses = [{"id": "0", "status": 200, "body": {"value": sample}}]
        graph.outer = [httpx.Response(200, json={"responses": responses})]
        reader = GraphCalendarReader(client, timezone="Europe/Copenhagen", clock=graph.clock)
        (answer,) = [answer async for answer in reader.read([ANNA], TWENTY_TENS)]
        assert isinstance(answer, Calendar)
        return answer.events

    return read


def line(event: Event) -> str:
    return f"{event.start:%Y-%m-%d %H:%M} - {event.end:%m-%d %H:%M} {event.subject}"


def judged(event: Event) -> Kind:
    """Return what the entry makes of its first day."""
    day = event.start.date()
    return read_days(Owner.of(PERSON, KIRSTEN), ORGANISATION, [event], Window(day, day))[day].kind


def test_every_sample_is_in_the_table():
    assert {path.stem for path in SAMPLES.glob("*.json")} == set(READ)


@pytest.mark.parametrize("name", READ)
async def test_a_sample_is_read_and_judged(read_sample, name):
    events = await read_sample(name)
    assert sorted(map(line, events)) == READ[name]
    kinds = {judged(event) for event in events}
    assert (Kind.HOME in kinds) == (name in AT_HOME)
    assert kinds <= {Kind.ON_SITE, Kind.HOME}


async def test_all_there_is_to_an_event_is_read(read_sample):
    (event,) = await read_sample("events-create-04-response")
    assert event.free_busy is FreeBusy.BUSY
    assert event.response is Response.ORGANIZER
    assert event.locations == ("Conf Room 3", "Fourth Coffee", "Home Office")
    assert (event.own, event.online, event.cancelled, event.private, event.all_day) == (
        True,
        True,
        False,
        False,
        False,
    )
    assert event.organizer
    assert event.attendees


async def test_occurrences_and_exceptions_of_one_series_are_told_together(read_sample):
    events = await read_sample("event-instances-01-response")
    assert len({event.series for event in events}) == 1
    assert events[0].series is not None
