"""A tenant that makes calendars and work plans when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from integrations.sandbox import Tenant, calendar_of, plan_of
from tests.integrations.sandbox.visitor import MARCH, Visitor, view
from tests.integrations.teams.clocks import in_virtual_time

USERS = [{"id": f"id-{n}", "userPrincipalName": f"p{n}@proeve.example"} for n in range(1000)]
ANNA, BO = "p0@proeve.example", "p1@proeve.example"
PLAN = (
    f"/users/{ANNA}/settings/workHoursAndLocations/"
    "occurrencesView(startDateTime='2026-03-01T00:00:00Z',endDateTime='2026-04-01T00:00:00Z')"
)

MakeEvent = Callable[..., dict[str, Any]]


def _get(tenant: Tenant, *paths: str) -> list[list[dict[str, Any]]]:
    async def ask() -> list[bytes]:
        visitor = Visitor(tenant)
        return [(await visitor.get(path)).content() for path in paths]

    return [msgspec.json.decode(content)["value"] for content in in_virtual_time(ask())]


def test_a_calendar_is_made_for_who_is_asked_for_and_for_nobody_else(make_event: MakeEvent) -> None:
    asked = []

    def calendar(upn: str) -> list[dict[str, Any]]:
        asked.append(upn)
        return [make_event("2026-03-05T08:00", "2026-03-05T16:00", subject=f"Møde for {upn}")]

    tenant = Tenant.made_to_order(USERS, calendar)
    [anna], [bo] = _get(tenant, view(0), f"/users/id-1/calendarView?{MARCH}")
    assert (anna["subject"], bo["subject"]) == (f"Møde for {ANNA}", f"Møde for {BO}")
    assert anna["showAs"] == "busy"
    assert anna["id"] != bo["id"]
    assert asked == [ANNA, BO]


def test_a_work_plan_is_made_too_and_is_empty_unless_it_is(make_event: MakeEvent) -> None:
    occurrence = make_event("2026-03-06T08:00", "2026-03-06T16:00", id="w0", workLocationType="remote")
    [planned] = _get(Tenant.made_to_order(USERS, lambda upn: (), lambda upn: [occurrence]), PLAN)
    assert [entry["workLocationType"] for entry in planned] == ["remote"]
    assert _get(Tenant.made_to_order(USERS, lambda upn: ()), PLAN) == [[]]


def test_one_calendar_made_beforehand_serves_several_people(make_event: MakeEvent) -> None:
    shared = calendar_of("fælles", [make_event("2026-03-05T08:00", "2026-03-05T16:00", subject="Kontor")])
    plan = plan_of([make_event("2026-03-06T08:00", "2026-03-06T16:00", workLocationType="remote")])
    tenant = Tenant.made_to_order(USERS, lambda upn: shared, lambda upn: plan)
    assert tenant.calendar(ANNA)[0] is tenant.calendar(BO)[0] is shared[0]
    assert tenant.work_plan(BO) == plan
    first, second = _get(tenant, view(0), view(1))
    assert first == second
    assert first[0]["subject"] == "Kontor"


def test_a_calendar_that_was_set_is_made_no_more(make_event: MakeEvent) -> None:
    event = make_event("2026-03-05T08:00", "2026-03-05T16:00", subject="Kontor")
    tenant = Tenant.made_to_order(USERS, lambda upn: [event])
    tenant.set_events(ANNA, [])
    tenant.add_event(BO, event | {"subject": "Nyt"})
    assert [len(tenant.events(upn)) for upn in (ANNA, BO, "p2@proeve.example")] == [0, 2, 1]


@pytest.mark.parametrize("upn", ["P7@proeve.example", "id-7"])
def test_people_are_found_as_in_any_tenant(upn: str) -> None:
    assert Tenant.made_to_order(iter(USERS), lambda upn: ()).find(upn) == USERS[7]
