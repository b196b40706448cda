"""Calendars: ``calendarView`` as Graph pages, selects and converts it, and the work plan.

``calendarView/delta`` is in ``delta``.
"""

from __future__ import annotations

from datetime import datetime

from integrations.sandbox.entries import Entry, Shape
from integrations.sandbox.exchange import Answer, Call
from integrations.sandbox.moments import window_edge
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
from integrations.sandbox.shapes import PreferredZone, selection
from integrations.sandbox.tenant import Tenant

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
        shape = selection(PreferredZone.of(call), names)
        entries = [entry for entry in self._tenant.calendar(mailbox) if entry.overlaps(start, end)]
        return page(call, self._url, entries, shape)

    def work_plan(self, call: Call, user: str, start: str, end: str) -> Answer:
        """Return a page of the work-plan occurrences in the window."""
        mailbox = self._people.mailbox(user)
        first, last = window(start, end)
        allow_options(call, "select", "top", "skip")
        names = selected(call, WORK_PLAN_OCCURRENCE, "microsoft.graph.workPlanOccurrence")
        entries = [entry for entry in self._tenant.work_plan(mailbox) if entry.overlaps(first, last)]
        return page(call, self._url, entries, selection(None, names))


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


def page(call: Call, url: str, entries: list[Entry], shape: Shape) -> Answer:
    """Return the page that ``$top`` and ``$skip`` ask for: ten entries unless told otherwise."""
    top = number_option(call, "top", 1, 1000, 10)
    skip = number_option(call, "skip", 0, len(entries), 0)
    rest = skip + top < len(entries)
    next_target = call.target(top=str(top), skip=str(skip + top)) if rest else None
    value = [entry.written(shape) for entry in entries[skip : skip + top]]
    return collection(call, url, value, next_target)
