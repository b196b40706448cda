"""``calendarView/delta``: a frozen window, occurrences as stubs, and no ``$select``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.sandbox.calendars import window
from integrations.sandbox.entries import Json
from integrations.sandbox.exchange import Answer, Call
from integrations.sandbox.odata import Route, refuse, route
from integrations.sandbox.people import People
from integrations.sandbox.shapes import PreferredZone
from integrations.sandbox.tenant import Tenant

_UNSUPPORTED = ("$select", "$expand", "$filter", "$orderby", "$search")
_STUB = ("@odata.etag", "id", "type", "seriesMasterId", "start", "end")


@dataclass(frozen=True, slots=True)
class _Round:
    """What a caller was last told: whose calendar, which window, and the events in it by id."""

    mailbox: str
    start: datetime
    end: datetime
    events: dict[str, Json]


class Delta:
    """Tells what changed in a calendar since the last round. One page a round."""

    def __init__(self, tenant: Tenant, people: People, url: str) -> None:
        self._tenant = tenant
        self._people = people
        self._url = url
        self._rounds: dict[str, _Round] = {}

    def routes(self) -> list[Route]:
        """Return what is served here."""
        return [
            route("GET", "/users/{user}/calendarView/delta", self.changes, mailbox=True),
            route("GET", "/users/{user}/calendar/calendarView/delta", self.changes, mailbox=True),
        ]

    def changes(self, call: Call, user: str) -> Answer:
        """Return all events of the window in the first round, then what was changed or removed."""
        mailbox = self._people.mailbox(user)
        if any(call.option(name) is not None for name in _UNSUPPORTED):
            raise refuse(400, "ErrorInvalidUrlQuery", "The query parameter is not supported for delta.")
        zone = PreferredZone.of(call)
        last = self._last_round(call, mailbox)
        events = {
            entry.data["id"]: zone.shown(entry)
            for entry in self._tenant.calendar(mailbox)
            if entry.overlaps(last.start, last.end)
        }
        new = [_shape(event) for key, event in events.items() if last.events.get(key) != event]
        gone = [{"id": key, "@removed": {"reason": "deleted"}} for key in last.events if key not in events]
        return self._answer(call, [*new, *gone], _Round(mailbox, last.start, last.end, events))

    def _last_round(self, call: Call, mailbox: str) -> _Round:
        token = call.option("$deltatoken")
        if token is None:
            start, end = window(call.option("startDateTime"), call.option("endDateTime"))
            return _Round(mailbox, start, end, {})
        last = self._rounds.get(token)
        if last is None or last.mailbox != mailbox:
            raise refuse(410)
        return last

    def _answer(self, call: Call, value: list[dict[str, Any]], this: _Round) -> Answer:
        token = uuid.uuid4().hex
        self._rounds[token] = this
        link = f"{self._url}{Call(call.method, call.path).target(deltatoken=token)}"
        context = f"{self._url}/v1.0/$metadata#Collection(event)"
        return Answer(200, {"@odata.context": context, "@odata.deltaLink": link, "value": value})


def _shape(event: dict[str, Any]) -> dict[str, Any]:
    is_stub = event["type"].lower() == "occurrence"
    shown = {name: event[name] for name in _STUB if name in event} if is_stub else event
    return {"@odata.type": "#microsoft.graph.event"} | shown
