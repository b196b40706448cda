"""Many messages at once, in virtual time: the sandbox counts strictly, and need turn nobody away."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bot.model import Delivery, DirectoryUser, MessageState
from bot.ports import Change
from integrations.graph.client import GraphClient
from integrations.sandbox import FaultBook, Limits, Tenant, Window
from integrations.sandbox.app import build_app
from integrations.sandbox.journal import Journal
from integrations.sandbox.services import Load, build_front
from integrations.sandbox.signin import CLIENT_ID, TENANT_ID
from integrations.sandbox.teamwork import TEAMS_APP_ID
from integrations.teams.sender import TeamsSender
from tests.integrations.teams.clocks import in_virtual_time, loop_clock
from tests.integrations.teams.samples import MESSAGE, Conversations

URL = "https://localhost"
SECRET = "in virtual time"


@dataclass
class SignIn:
    """Gets a token from the sandbox's identity service, and keeps it."""

    http: httpx.AsyncClient

    def __post_init__(self) -> None:
        self._kept: dict[str, asyncio.Task[str]] = {}

    async def token(self, scope: str) -> str:
        if scope not in self._kept:
            self._kept[scope] = asyncio.create_task(self._ask(scope))
        return await self._kept[scope]

    async def _ask(self, scope: str) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "scope": scope,
        }
        answer = await self.http.post(f"{URL}/{TENANT_ID}/oauth2/v2.0/token", data=form)
        return str(answer.json()["access_token"])


def crowd(people: int) -> list[DirectoryUser]:
    return [DirectoryUser(f"oid-{n}", f"p{n}@proeve.example", f"Person {n}") for n in range(people)]


@asynccontextmanager
async def sender_at(
    journal: Journal, people: list[DirectoryUser], limits: Limits
) -> AsyncIterator[TeamsSender]:
    """Yield a sender before a sandbox that takes a fifth of a second to answer, more or less."""
    users = [{"id": user.id, "userPrincipalName": user.principal_name} for user in people]
    tenant = Tenant.from_data({"users": users, "events": {}})
    front = build_front(tenant, FaultBook(), journal, URL, SECRET, Load(0, 0.2, limits))
    transport = httpx.ASGITransport(build_app(front, journal))
    async with (
        httpx.AsyncClient(transport=transport) as http,
        httpx.AsyncClient(transport=transport) as other,
    ):
        tokens = SignIn(http)
        yield TeamsSender(
            http=http,
            tokens=tokens,
            graph=GraphClient(graph_url=URL, tokens=tokens, http=other),
            service_url=f"{URL}/teams/",
            scope="https://api.botframework.com/.default",
            tenant_id=TENANT_ID,
            bot_id=CLIENT_ID,
            teams_app_id=TEAMS_APP_ID,
            conversations=Conversations(),
            graph_url=URL,
            clock=loop_clock(),
        )


def arrived_once(journal: Journal, people: list[DirectoryUser]) -> bool:
    return Counter(one.recipient for one in journal.messages) == Counter(one.principal_name for one in people)


def test_nobody_is_turned_away_where_the_limits_are_as_published() -> None:
    journal, people = Journal(), crowd(200)

    async def write_to_all_and_change_every_card() -> list[Change]:
        limits = Limits(clock=loop_clock().now)
        async with sender_at(journal, people, limits) as sender:
            deliveries = await asyncio.gather(*(sender.send(person, MESSAGE) for person in people))
            receipts = [one.receipt for one in deliveries if one.receipt]
            return await asyncio.gather(*(sender.update(receipt, MESSAGE) for receipt in receipts))

    assert in_virtual_time(write_to_all_and_change_every_card()) == [Change.DONE] * 200
    assert journal.turned_away == []
    assert arrived_once(journal, people)


def test_many_changes_in_one_conversation_keep_within_its_own_limits() -> None:
    journal, [person] = Journal(), crowd(1)

    async def change_it_often() -> list[Change]:
        async with sender_at(journal, [person], Limits(clock=loop_clock().now)) as sender:
            receipt = (await sender.send(person, MESSAGE)).receipt
            assert receipt
            return await asyncio.gather(*(sender.update(receipt, MESSAGE) for _ in range(100)))

    assert in_virtual_time(change_it_often()) == [Change.DONE] * 100
    assert journal.turned_away == []


def test_where_less_is_taken_than_published_few_are_turned_away_and_nobody_twice() -> None:
    journal, people = Journal(), crowd(400)

    async def write_to_all() -> list[Delivery]:
        slots = asyncio.Semaphore(20)
        limits = Limits(app=(Window(30, 1),), installations=(Window(20, 1),), clock=loop_clock().now)
        async with sender_at(journal, people, limits) as sender:

            async def write(person: DirectoryUser) -> Delivery:
                async with slots:
                    return await sender.send(person, MESSAGE)

            return await asyncio.gather(*(write(person) for person in people))

    deliveries = in_virtual_time(write_to_all())
    assert {one.state for one in deliveries} == {MessageState.SENT}
    assert arrived_once(journal, people)
    assert 0 < len(journal.turned_away) < len(journal.requests) / 20
    assert max(Counter(journal.turned_away).values()) == 1
