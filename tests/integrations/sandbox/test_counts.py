"""The counts of requests: kept whether the requests are or not."""

from __future__ import annotations

from typing import Any

import pytest

from integrations.sandbox import Count, Fault, Sandbox
from integrations.sandbox.journal import Journal
from tests.integrations.sandbox.visitor import MARCH, Visitor, crowd, view
from tests.integrations.teams.clocks import in_virtual_time

VIEW = "GET /v1.0/users/{user}/calendarView"
SIGN_IN = "/oauth2/v2.0/token"


@pytest.mark.parametrize("keep", [True, False])
def test_requests_are_counted_by_kind_and_status_whether_they_are_kept_or_not(keep: bool) -> None:
    faults = [
        Fault(match="GET /v1.0/users/p2@proeve.example/calendarView", status=429, times=1),
        Fault(match="GET /v1.0/users/p3@proeve.example/calendarView", drop=True, times=1),
    ]
    visitor = Visitor(crowd(5), faults=faults, journal=Journal(keep_requests=keep))

    async def ask() -> None:
        await visitor.batch(*map(view, range(5)))
        await visitor.batch(view(2), view(3), "/users/nobody/calendarView?" + MARCH)
        await visitor.get(f"/users/id-0/calendarView?{MARCH}")

    in_virtual_time(ask())
    counts = visitor.journal.counts()
    assert [one for one in counts.requests if not one.kind.endswith(SIGN_IN)] == [
        Count(VIEW, inner=False, status=200, times=1),
        Count(VIEW, inner=True, status=None, times=1),
        Count(VIEW, inner=True, status=200, times=5),
        Count(VIEW, inner=True, status=404, times=1),
        Count(VIEW, inner=True, status=429, times=1),
        Count("POST /v1.0/$batch", inner=False, status=200, times=2),
    ]
    assert counts.batch_items == 8
    assert counts.calendars == {f"p{n}@proeve.example": 2 if n == 0 else 1 for n in range(5)}
    assert len(visitor.journal.requests) == (12 if keep else 0)


def test_counts_are_asked_for_by_the_end_of_a_kind_its_place_and_status() -> None:
    visitor = Visitor(crowd(3))

    async def ask() -> None:
        await visitor.batch(*map(view, range(3)))
        await visitor.get(view(0))
        await visitor.get("/users/nobody")

    in_virtual_time(ask())
    counts = visitor.journal.counts()
    assert counts.times() == 7
    assert counts.times("/$batch") == 1
    assert counts.times("/calendarView") == 4
    assert counts.times("/calendarView", inner=True) == 3
    assert counts.times(inner=False, status=200) == 3
    assert counts.times(status=404) == 1
    assert counts.times("/mail") == 0


def test_people_conversations_and_windows_make_no_kinds_of_their_own(api: Any, sandbox: Sandbox) -> None:
    for user in ("id-of-anna", "bo@proeve.example"):
        api.bot("POST", f"/a:{user}/activities", {"type": "message"})
        api.bot("PUT", f"/a:{user}/activities/{user}", {"type": "message"})
        for day in "12":
            when = f"startDateTime='2026-03-0{day}',endDateTime='2026-03-31'"
            api.get(f"/users/{user}/settings/workHoursAndLocations/occurrencesView({when})")
    assert {one.kind: one.times for one in sandbox.counts.requests} == {
        "POST /teams/v3/conversations/{conversation}/activities": 2,
        "PUT /teams/v3/conversations/{conversation}/activities/{activity}": 2,
        "GET /v1.0/users/{user}/settings/workHoursAndLocations/occurrencesView"
        "(startDateTime='…',endDateTime='…')": 4,
    }


def test_the_counts_are_shown_and_cleared_over_http(api: Any, sandbox: Sandbox, http: Any) -> None:
    api.get(f"/users/id-of-anna/calendarView?{MARCH}")
    assert http.get("/sandbox/counts").json() == {
        "requests": [{"kind": VIEW, "inner": False, "status": 200, "times": 1}],
        "batch_items": 0,
        "calendars": {"anna@proeve.example": 1},
    }
    sandbox.clear()
    assert http.get("/sandbox/counts").json() == {"requests": [], "batch_items": 0, "calendars": {}}
