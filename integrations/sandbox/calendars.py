"""Calendars: ``calendarView`` as Graph pages, selects and converts it, and the work plan.

``calendarView/delta`` is in ``delta``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations.sandbox.exchange import Answer, Call
from integrations.sandbox.moments import preferable, window_edge, written
from integrations.sandbox.odata import (
    Route,
    allow_options,
    collection,
    number_option,
    refuse,
    route,
    selected,
)
from integrations.sandbox.people import People
from integrations.sandbox.properties import EVENT_SELECTABLE, WORK_PLAN_OCCURRENCE
from integrations.sandbox.tenant import Entry, Tenant

_PREFERRED_ZONE = re.compile(r'outlook\.timezone="([^"]*)"', re.IGNORECASE)
_WORK_PLAN = (
    "/users/{user}/settings/workHoursAndLocations/"
    "occurrencesView(startDateTime='{start}',endDateTime='{end}')"
)


class Calendars:
    """Serves what lies in the mailboxes of a tenant."""

    def __init__(self, tenant: Tenant, people: People, url: str) -> None:
        self._tenant = tenant
        self._people = people
        self._url = url

    def routes(self) -> list[Route]:
        """Return what is served here."""
        return [
            route("GET", "/users/{user}/calendarView", self.view, mailbox=True),
            route("GET", "/users/{user}/calendar/calendarView", self.view, mailbox=True),
            route("GET", _WORK_PLAN, self.work_plan, mailbox=True),
        ]

    def view(self, call: Call, user: str) -> Answer:
        """Return a page of the events that lie in the window."""
        mailbox = self._people.mailbox(user)
        start, end = window(call.option("startDateTime"), call.option("endDateTime"))
        allow_options(call, "select", "top", "skip")
        names = selected(call, EVENT_SELECTABLE, "microsoft.graph.event")
        zone = PreferredZone.of(call)
        entries = [entry for entry in self._tenant.calendar(mailbox) if entry.overlaps(start, end)]
        return page(call, self._url, entries, lambda entry: pick(zone.shown(entry), names))

    def work_plan(self, call: Call, user: str, start: str, end: str) -> Answer:
        """Return a page of the work-plan occurrences in the window."""
        mailbox = self._people.mailbox(user)
        first, last = window(start, end)
        allow_options(call, "select", "top", "skip")
        names = selected(call, WORK_PLAN_OCCURRENCE, "microsoft.graph.workPlanOccurrence")
        entries = [entry for entry in self._tenant.work_plan(mailbox) if entry.overlaps(first, last)]
        return page(call, self._url, entries, lambda entry: pick(entry.data, names))


@dataclass(frozen=True, slots=True)
class PreferredZone:
    """The zone in which the caller wants times shown."""

    name: str
    zone: ZoneInfo

    @classmethod
    def of(cls, call: Call) -> PreferredZone:
        """Read the Prefer header; UTC without it. Refuses names that Graph doesn't know."""
        found = _PREFERRED_ZONE.search(call.headers.get("prefer", ""))
        name = found[1] if found else "UTC"
        zone = preferable(name)
        if zone is None:
            message = (
                f"A valid TimeZone value must be specified. The following TimeZone is not supported: {name}."
            )
            raise refuse(400, "TimeZoneNotSupportedException", message)
        return cls(name, zone)

    def shown(self, entry: Entry) -> dict[str, Any]:
        """Return the event with its times in this zone; whole days stay midnight to midnight in any zone."""
        if entry.data["isAllDay"]:
            times = {edge: entry.data[edge] | {"timeZone": self.name} for edge in ("start", "end")}
        else:
            times = {
                "start": written(entry.start, self.name, self.zone),
                "end": written(entry.end, self.name, self.zone),
            }
        return entry.data | times


def window(start: str | None, end: str | None) -> tuple[datetime, datetime]:
    """Return the window in UTC. Refuses one that is missing, can't be read or ends before it starts."""
    if start is None or end is None:
        raise refuse(400, "ErrorInvalidParameter", "This request requires StartDateTime and EndDateTime.")
    first, last = window_edge(start), window_edge(end)
    if first is None or last is None:
        raise refuse(400, "ErrorInvalidParameter", "startDateTime and endDateTime must be ISO 8601.")
    if last < first:
        raise refuse(400, "ErrorInvalidParameter", "endDateTime must not be before startDateTime.")
    return first, last


def page(call: Call, url: str, entries: list[Entry], shape: Callable[[Entry], dict[str, Any]]) -> Answer:
    """Return the page that ``$top`` and ``$skip`` ask for: ten entries unless told otherwise."""
    top = number_option(call, "top", 1, 1000, 10)
    skip = number_option(call, "skip", 0, len(entries), 0)
    rest = skip + top < len(entries)
    next_target = call.target(top=str(top), skip=str(skip + top)) if rest else None
    return collection(call, url, map(shape, entries[skip : skip + top]), next_target)


def pick(item: dict[str, Any], names: tuple[str, ...] | None) -> dict[str, Any]:
    """Return the selected properties; id and etag come along, as they do from Graph."""
    if names is None:
        return item
    wanted = {"@odata.etag", "id", *names}
    return {name: value for name, value in item.items() if name in wanted}
