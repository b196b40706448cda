"""The tenant that the sandbox serves: people, their calendars and their work plans.

A tenant file is JSON: ``{"users": [...], "events": {upn: [...]}, "work_plan": {upn: [...]}}``, in the shape
Graph gives them (``user``, ``event``, ``workPlanOccurrence``), with two things of its own: a user's
``manager`` is a principal name or null, and ``"mailbox": false`` makes a person without a mailbox. Series
stand as their occurrences. Properties an event leaves out get the value of a plain appointment.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import WrongConfiguration
from integrations.sandbox.moments import instant
from integrations.sandbox.tenant_file import faults_in_events, faults_in_tenant

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


@dataclass(frozen=True, slots=True)
class Entry:
    """An event or a work-plan occurrence with its instants in UTC."""

    start: datetime
    end: datetime
    data: Json

    @classmethod
    def of(cls, data: Json) -> Entry:
        """Read the instants off a checked object."""
        return cls(instant(data["start"]), instant(data["end"]), data)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Say whether any of it lies in the window."""
        return self.start < end and self.end > start


class Tenant:
    """People, calendars and work plans. Calendars may be changed from any thread while they are served."""

    def __init__(self, users: list[Json], events: Mapping[str, list[Json]], plans: Mapping[str, list[Json]]):
        """Take checked data; ``from_data`` and ``load_tenant`` do the checking."""
        self.users = users
        self._people = {
            key.lower(): user for user in users for key in (user["id"], user["userPrincipalName"])
        }
        self._events = {upn.lower(): _calendar(upn, entries) for upn, entries in events.items()}
        self._plans = {upn.lower(): tuple(map(Entry.of, plan)) for upn, plan in plans.items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any], place: str = "The tenant") -> Tenant:
        """Check and take a tenant. Raises ``WrongConfiguration`` listing every fault."""
        faults = faults_in_tenant(data)
        if faults:
            raise WrongConfiguration(f"{place} can't be served:", faults)
        return cls(data["users"], data["events"], data.get("work_plan", {}))

    def find(self, key: str) -> Json | None:
        """Return the user with this object id or principal name, in any case."""
        return self._people.get(key.lower())

    def calendar(self, upn: str) -> tuple[Entry, ...]:
        """Return a person's events."""
        return self._events.get(upn.lower(), ())

    def work_plan(self, upn: str) -> tuple[Entry, ...]:
        """Return a person's work-plan occurrences."""
        return self._plans.get(upn.lower(), ())

    def events(self, upn: str) -> list[Json]:
        """Return a person's events as Graph objects."""
        return [entry.data for entry in self.calendar(upn)]

    def set_events(self, upn: str, events: Iterable[Json]) -> None:
        """Replace a person's calendar. Raises ``WrongConfiguration`` for faults and for who isn't a user."""
        wanted = list(events)
        faults = faults_in_events(wanted)
        if self.find(upn) is None:
            faults.insert(0, f"{upn} is not a user of the tenant; add the person to the users")
        if faults:
            raise WrongConfiguration(f"The calendar of {upn} can't be served:", faults)
        self._events[upn.lower()] = _calendar(upn, wanted)

    def add_event(self, upn: str, event: Json) -> None:
        """Put one more event in a person's calendar."""
        self.set_events(upn, [*self.events(upn), event])

    def remove_events(self, upn: str, predicate: Callable[[Json], bool]) -> None:
        """Take out the events that the predicate holds for."""
        self.set_events(upn, [event for event in self.events(upn) if not predicate(event)])


def load_tenant(path: Path) -> Tenant:
    """Read a tenant file. Raises ``WrongConfiguration`` listing every fault with its place."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongConfiguration("The tenant file can't be read:", [f"{path}: {error.strerror}"]) from None
    except ValueError as error:
        raise WrongConfiguration("The tenant file is not JSON:", [f"{path}: {error}"]) from None
    return Tenant.from_data(data, f"The tenant file {path}")


def _calendar(upn: str, events: Iterable[Json]) -> tuple[Entry, ...]:
    return tuple(Entry.of(_complete(upn, number, event)) for number, event in enumerate(events))


def _complete(upn: str, number: int, event: Json) -> Json:
    if "id" in event:
        return _PLAIN_EVENT | event
    what = json.dumps([upn, number, event["start"], event["end"]])
    return _PLAIN_EVENT | {"id": f"AAMk{uuid.uuid5(uuid.NAMESPACE_OID, what).hex}"} | event
