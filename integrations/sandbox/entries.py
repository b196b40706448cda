"""What lies in a calendar or a work plan, with its instants, and each entry written as JSON only once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import msgspec

from integrations.sandbox.moments import instant

Json = dict[str, Any]

_PLAIN_EVENT: Json = {
    "subject": "",
    "isAllDay": False,
    "showAs": "busy",
    "categories": [],
    "sensitivity": "normal",
    "isCancelled": False,
    "type": "singleInstance",
    "seriesMasterId": None,
    "location": {"displayName": "", "locationType": "default"},
    "locations": [],
    "isOnlineMeeting": False,
    "isOrganizer": True,
    "attendees": [],
    "responseStatus": {"response": "none", "time": "0001-01-01T00:00:00Z"},
    "importance": "normal",
}


class Shape(Protocol):
    """A way to show entries; told from others by its identity."""

    def shown(self, entry: Entry, /) -> Json:
        """Return the entry as this caller wants to see it."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """An event or a work-plan occurrence with its instants in UTC."""

    start: datetime
    end: datetime
    data: Json
    _written: dict[Shape, msgspec.Raw] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def of(cls, data: Json) -> Entry:
        """Read the instants off a checked object."""
        return cls(instant(data["start"]), instant(data["end"]), data)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Say whether any of it lies in the window."""
        return self.start < end and self.end > start

    def written(self, shape: Shape) -> msgspec.Raw:
        """Return the JSON of the entry in this shape, kept until another shape is asked for."""
        raw = self._written.get(shape)
        if raw is None:
            raw = msgspec.Raw(msgspec.json.encode(shape.shown(self)))
            self._written.clear()
            self._written[shape] = raw
        return raw


def calendar_of(name: str, events: Iterable[Json | Entry]) -> tuple[Entry, ...]:
    """Return checked events as a calendar; those without an id get one made from the name and their times."""
    return tuple(
        event if isinstance(event, Entry) else Entry.of(_complete(name, number, event))
        for number, event in enumerate(events)
    )


def plan_of(occurrences: Iterable[Json | Entry]) -> tuple[Entry, ...]:
    """Return checked work-plan occurrences as a work plan."""
    return tuple(one if isinstance(one, Entry) else Entry.of(one) for one in occurrences)


def _complete(name: str, number: int, event: Json) -> Json:
    if "id" in event:
        return _PLAIN_EVENT | event
    what = json.dumps([name, number, event["start"], event["end"]])
    return _PLAIN_EVENT | {"id": f"AAMk{uuid.uuid5(uuid.NAMESPACE_OID, what).hex}"} | event
