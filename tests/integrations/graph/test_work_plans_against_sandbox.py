"""Work plans read from the sandbox: real TLS, real sign-in, real batches."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import date
from pathlib import Path

import pytest

from bot.model import RemoteWork, Window
from integrations.graph.client import GraphClient
from integrations.graph.work_plans import GraphWorkPlans
from integrations.http import new_client, tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.pace import Clock
from integrations.sandbox import Fault, Sandbox, Tenant

WINDOW = Window(date(2026, 3, 2), date(2026, 3, 6))
PEOPLE = [f"person{number:02}@proeve.example" for number in range(47)]
PLAN = "GET /v1.0/users/*/settings"


def on(day: str, place: str = "remote") -> dict:
    zone = "Romance Standard Time"
    return {
        "workLocationType": place,
        "start": {"dateTime": f"{day}T08:00:00.0000000", "timeZone": zone},
        "end": {"dateTime": f"{day}T16:00:00.0000000", "timeZone": zone},
    }


def as_text(stretch: RemoteWork) -> tuple[str, str]:
    return f"{stretch.start:%Y-%m-%d %H:%M}", f"{stretch.end:%Y-%m-%d %H:%M}"


def tenant() -> Tenant:
    week = [on(f"2026-03-0{day}") for day in range(2, 7)]
    return Tenant.from_data(
        {
            "users": [
                {"id": f"00000000-0000-4000-8000-{number:012}", "userPrincipalName": upn, "displayName": upn}
                for number, upn in enumerate(PEOPLE)
            ],
            "events": {},
            "work_plan": {
                PEOPLE[0]: [on("2026-03-03"), on("2026-03-04", "office"), on("2026-03-05", "timeOff")],
                PEOPLE[1]: [*week, on("2026-04-01")],
            },
        }
    )


@asynccontextmanager
async def way_to(sandbox: Sandbox) -> AsyncIterator[GraphWorkPlans]:
    settings = sandbox.settings()
    tls = tls_context(Path(settings["HJEMMEDAG_CA_FILE"]))

    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    tokens = TokenSource(
        tenant_id=settings["HJEMMEDAG_TENANT_ID"],
        client_id=settings["HJEMMEDAG_CLIENT_ID"],
        authority=settings["HJEMMEDAG_AUTHORITY"],
        credential=ClientSecret(settings["HJEMMEDAG_CLIENT_SECRET"]),
        tls=tls,
    )
    with closing(tokens):
        async with new_client(tls) as http:
            graph_url = settings["HJEMMEDAG_GRAPH_URL"]
            client = GraphClient(graph_url=graph_url, tokens=tokens, http=http, sleep=sleep)
            clock = Clock(lambda: sum(slept), sleep)
            yield GraphWorkPlans(client, timezone="Europe/Copenhagen", clock=clock)


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(tenant(), latency=0) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.faults.clear()
    running.clear()
    return running


async def test_plans_arrive_from_the_sandbox(sandbox):
    async with way_to(sandbox) as plans:
        found = await plans.read(PEOPLE, WINDOW)

    assert found is not None
    assert list(found) == PEOPLE
    assert [as_text(stretch) for stretch in found[PEOPLE[0]]] == [("2026-03-03 08:00", "2026-03-03 16:00")]
    assert [stretch.start.day for stretch in found[PEOPLE[1]]] == [2, 3, 4, 5, 6]
    assert not any(found[person] for person in PEOPLE[2:])
    assert sum(one.path == "/v1.0/$batch" for one in sandbox.requests) == 3


@pytest.mark.parametrize("status", [403, 404])
async def test_a_sandbox_without_plans_is_asked_once(sandbox, status):
    sandbox.faults.add(Fault(match=PLAN, status=status))

    async with way_to(sandbox) as plans:
        assert await plans.read(PEOPLE, WINDOW) is None

    assert [one.items for one in sandbox.requests if one.path == "/v1.0/$batch"] == [20]


async def test_faults_of_single_plans_leave_these_people_out(sandbox):
    forbidden, broken, slow = PEOPLE[2:5]
    sandbox.faults.add(Fault(match=PLAN, user=forbidden, status=403))
    sandbox.faults.add(Fault(match=PLAN, user=broken, body="garbage"))
    sandbox.faults.add(Fault(match=PLAN, user=slow, status=429, retry_after=1, times=1))

    async with way_to(sandbox) as plans:
        found = await plans.read(PEOPLE, WINDOW)

    assert found is not None
    assert set(PEOPLE) - set(found) == {forbidden, broken}
