"""The whole way of an entry: JSON as Graph writes it → ``Event`` → days. Tuesday is 3 March 2026."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from bot.markings import read_days
from bot.model import Day, Event, Kind, Organisation, Person, Weekday, Window, WorkHours
from bot.names import Owner
from integrations.graph.events import WireEvent, to_event
from tests.bot.builders import KIRSTEN, ORGANISATION, PERSON

Json = dict[str, Any]
Portions = dict[str, float]

ROMANCE, UTC = "Romance Standard Time", "UTC"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
YEARS = Window(date(2025, 12, 1), date(2027, 2, 28))
EVERY_DAY = replace(PERSON, work_days=frozenset(Weekday))


def timed(subject: str | None, start: str, end: str, zone: str | None = ROMANCE, **fields: Any) -> Json:
    """Return an entry between two times such as 2026-03-03T08:00, as they are in the zone."""
    times = {"start": _point(start, zone), "end": _point(end, zone)}
    return {"subject": subject, "isAllDay": False, "showAs": "free", **times} | fields


def all_day(subject: str | None, first: str, after: str, zone: str | None = ROMANCE, **fields: Any) -> Json:
    """Return an all-day entry from the first date to before the other one."""
    return timed(subject, f"{first}T00:00", f"{after}T00:00", zone, isAllDay=True) | fields


def events(*entries: Json, zone: ZoneInfo = COPENHAGEN) -> list[Event]:
    """Return what is read of these entries, in the organisation's zone."""
    wires = msgspec.json.decode(msgspec.json.encode(entries), type=list[WireEvent])
    return [event for wire in wires if (event := to_event(wire, zone)) is not None]


def days(
    *entries: Json,
    window: Window = YEARS,
    zone: ZoneInfo = COPENHAGEN,
    person: Person = PERSON,
    organisation: Organisation = ORGANISATION,
) -> Mapping[date, Day]:
    """Return a person's days with these entries."""
    return read_days(Owner.of(person, KIRSTEN), organisation, events(*entries, zone=zone), window)


def home(*entries: Json, **setting: Any) -> Portions:
    """Return the portion of each home day."""
    return {str(day): round(one.home, 3) for day, one in days(*entries, **setting).items() if one.at_home}


def kinds(*entries: Json, **setting: Any) -> dict[str, Kind]:
    """Return the kind of each day that is not an ordinary one."""
    read = days(*entries, **setting)
    return {str(day): one.kind for day, one in read.items() if one.kind is not Kind.ON_SITE}


def working(start: int, end: int, person: Person = EVERY_DAY) -> Person:
    """Return a person who works between these hours."""
    return replace(person, work_hours=WorkHours(time(start), time(end)))


def _point(moment: str, zone: str | None) -> Json:
    return {"dateTime": f"{moment}:00.0000000", "timeZone": zone}
