"""The tenant that the sandbox serves: people, their calendars and their work plans.

A tenant file is JSON: ``{"users": [...], "events": {upn: [...]}, "work_plan": {upn: [...]}}``, in the shape
Graph gives them (``user``, ``event``, ``workPlanOccurrence``), with two things of its own: a user's
``manager`` is a principal name or null, and ``"mailbox": false`` makes a person without a mailbox. Series
stand as their occurrences. Properties an event leaves out get the value of a plain appointment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.errors import WrongConfiguration
from integrations.sandbox.entries import Entry, Json, calendar_of, plan_of
from integrations.sandbox.tenant_file import faults_in_events, faults_in_tenant

Maker = Callable[[str], Iterable[Json | Entry]]
"""Makes what a person has, by principal name: Graph objects, or entries made beforehand."""


def _nothing(_upn: str, /) -> tuple[Entry, ...]:
    return ()


class Tenant:
    """People, calendars and work plans. Calendars may be changed from any thread while they are served."""

    def __init__(self, users: list[Json], events: Mapping[str, list[Json]], plans: Mapping[str, list[Json]]):
        """Take checked data; ``from_data`` and ``load_tenant`` do the checking."""
        self.users = users
        self._people = {
            key.lower(): user for user in users for key in (user["id"], user["userPrincipalName"])
        }
        self._events = {upn.lower(): calendar_of(upn, entries) for upn, entries in events.items()}
        self._plans = {upn.lower(): plan_of(plan) for upn, plan in plans.items()}
        self._make_calendar: Maker = _nothing
        self._make_plan: Maker = _nothing

    @classmethod
    def from_data(cls, data: Mapping[str, Any], place: str = "The tenant") -> Tenant:
        """Check and take a tenant. Raises ``WrongConfiguration`` listing every fault."""
        faults = faults_in_tenant(data)
        if faults:
            raise WrongConfiguration(f"{place} can't be served:", faults)
        return cls(data["users"], data["events"], data.get("work_plan", {}))

    @classmethod
    def made_to_order(cls, users: Iterable[Json], calendar: Maker, work_plan: Maker = _nothing) -> Tenant:
        """Take people, and make what they have each time it is asked for: many people in little memory.

        Nothing is checked. A maker that gives the same ``calendar_of(...)`` or ``plan_of(...)`` to several
        people, or to one person again, has it written as JSON only once. A calendar that was set, by
        ``set_events`` and its like, is kept and not made any more.
        """
        tenant = cls(list(users), {}, {})
        tenant._make_calendar, tenant._make_plan = calendar, work_plan
        return tenant

    def find(self, key: str) -> Json | None:
        """Return the user with this object id or principal name, in any case."""
        return self._people.get(key.lower())

    def calendar(self, upn: str) -> tuple[Entry, ...]:
        """Return a person's events."""
        kept = self._events.get(upn.lower())
        return kept if kept is not None else calendar_of(upn, self._make_calendar(upn))

    def work_plan(self, upn: str) -> tuple[Entry, ...]:
        """Return a person's work-plan occurrences."""
        kept = self._plans.get(upn.lower())
        return kept if kept is not None else plan_of(self._make_plan(upn))

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
        self._events[upn.lower()] = calendar_of(upn, wanted)

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
