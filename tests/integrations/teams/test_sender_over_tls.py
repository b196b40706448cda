"""The sender against the sandbox: real TLS, real sign-in through MSAL, real HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.model import Delivery, DirectoryUser, MessageState, Receipt
from bot.ports import Change
from integrations.graph.client import GraphClient
from integrations.http import new_client, tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.sandbox import Fault, Sandbox, Tenant
from integrations.teams.sender import TeamsSender
from tests.integrations.teams.clocks import ManualClock
from tests.integrations.teams.samples import MESSAGE, Conversations

OBJECT_ID = "0a1b2c3d-0000-4000-8000-000000000001"
ANNA = DirectoryUser(OBJECT_ID, "anna@proeve.example", "Anna Holm")
TENANT = {
    "users": [
        {"id": OBJECT_ID, "userPrincipalName": "anna@proeve.example", "displayName": "Anna Holm"},
    ],
    "events": {},
}
CREATE = "POST /teams/v3/conversations"
POST = "POST /teams/v3/conversations/*/activities"
INSTALL = "POST /v1.0/users/*/teamwork/installedApps"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Tenant.from_data(TENANT)) as running:
        yield running


@pytest.fixture
def conversations() -> Conversations:
    return Conversations()


@pytest.fixture
async def sender(sandbox: Sandbox, conversations: Conversations) -> AsyncIterator[TeamsSender]:
    settings = {name.removeprefix("HJEMMEDAG_"): value for name, value in sandbox.settings().items()}
    tls, clock = tls_context(Path(settings["CA_FILE"])), ManualClock()
    tokens = TokenSource(
        tenant_id=settings["TENANT_ID"],
        client_id=settings["CLIENT_ID"],
        authority=settings["AUTHORITY"],
        credential=ClientSecret(settings["CLIENT_SECRET"]),
        tls=tls,
    )
    # msgraph-core's transport does not close the one it wraps, so that one is closed here.
    async with new_client(tls) as http, httpx.AsyncHTTPTransport(verify=tls) as transport:
        graph_http = httpx.AsyncClient(transport=transport)
        graph = GraphClient(
            graph_url=settings["GRAPH_URL"], tokens=tokens, http=graph_http, sleep=clock.sleep
        )
        yield TeamsSender(
            http=http,
            tokens=tokens,
            graph=graph,
            service_url=settings["BOT_SERVICE_URL"],
            scope="https://api.botframework.com/.default",
            tenant_id=settings["TENANT_ID"],
            bot_id=settings["CLIENT_ID"],
            teams_app_id=settings["TEAMS_APP_ID"],
            conversations=conversations,
            graph_url=settings["GRAPH_URL"],
            clock=clock.as_clock(),
        )
    tokens.close()


def sent(sandbox: Sandbox) -> Delivery:
    """What a message comes to that arrived as the latest in the sandbox."""
    latest = sandbox.messages[-1]
    return Delivery(MessageState.SENT, receipt=Receipt(latest.conversation, latest.activity_id))


def asked(sandbox: Sandbox, ending: str) -> int:
    return sum(1 for request in sandbox.requests if request.path.endswith(ending))


async def test_the_first_message_installs_the_app_and_arrives_as_a_card(
    sandbox: Sandbox, sender: TeamsSender, conversations: Conversations
) -> None:
    assert await sender.send(ANNA, MESSAGE) == sent(sandbox)
    [message] = sandbox.messages
    assert (message.recipient, message.conversation) == (
        ANNA.principal_name,
        conversations[ANNA.principal_name],
    )
    assert MESSAGE.title in json.dumps(message.activity["attachments"], ensure_ascii=False)
    assert asked(sandbox, "/installedApps") == 1


async def test_the_second_message_takes_one_request(sandbox: Sandbox, sender: TeamsSender) -> None:
    await sender.send(ANNA, MESSAGE)
    sandbox.clear()
    assert await sender.send(ANNA, MESSAGE) == sent(sandbox)
    assert [request.method for request in sandbox.requests] == ["POST"]
    assert asked(sandbox, "/activities") == 1


async def test_a_conversation_nobody_knows_any_more_is_opened_anew(
    sandbox: Sandbox, sender: TeamsSender, conversations: Conversations
) -> None:
    conversations[ANNA.principal_name] = "a:long-gone"
    assert await sender.send(ANNA, MESSAGE) == sent(sandbox)
    assert conversations[ANNA.principal_name] == sandbox.messages[0].conversation


async def test_a_message_throttled_three_times_arrives_once(sandbox: Sandbox, sender: TeamsSender) -> None:
    sandbox.faults.add(Fault(match=POST, status=429, retry_after=2.5, times=3))
    assert await sender.send(ANNA, MESSAGE) == sent(sandbox)
    assert len(sandbox.messages) == 1
    assert asked(sandbox, "/activities") == 4


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(match=POST, status=502, after=True, times=1), "answered-502"),
        (Fault(match=POST, drop=True, after=True, times=1), "no-answer"),
    ],
    ids=["bad gateway", "dropped"],
)
async def test_a_message_whose_answer_is_lost_is_unclear_and_arrives_once(
    sandbox: Sandbox, sender: TeamsSender, fault: Fault, reason: str
) -> None:
    sandbox.faults.add(fault)
    assert await sender.send(ANNA, MESSAGE) == Delivery(MessageState.UNCLEAR, reason)
    assert len(sandbox.messages) == 1


@pytest.mark.parametrize("step", [INSTALL, CREATE])
async def test_installing_and_opening_are_repeated_until_they_are_done(
    sandbox: Sandbox, sender: TeamsSender, step: str
) -> None:
    sandbox.faults.add(Fault(match=step, status=503, after=True, times=1))
    sandbox.faults.add(Fault(match=step, drop=True, times=1))
    assert await sender.send(ANNA, MESSAGE) == sent(sandbox)
    assert len(sandbox.messages) == 1


async def test_someone_who_blocked_the_bot_is_tried_anew_once_and_named(
    sandbox: Sandbox, sender: TeamsSender, conversations: Conversations
) -> None:
    await sender.send(ANNA, MESSAGE)
    sandbox.clear()
    sandbox.faults.add(Fault(match=POST, status=403))
    assert await sender.send(ANNA, MESSAGE) == Delivery(MessageState.FAILED, "blocked-by-user", refused=True)
    assert sandbox.messages == []
    assert asked(sandbox, "/activities") == 2


async def test_a_card_is_changed_in_its_place_though_the_answer_is_lost_at_first(
    sandbox: Sandbox, sender: TeamsSender
) -> None:
    delivery = await sender.send(ANNA, MESSAGE)
    assert delivery.receipt
    sandbox.faults.add(Fault(match="PUT /teams", status=502, after=True, times=1))
    sandbox.faults.add(Fault(match="PUT /teams", drop=True, after=True, times=1))
    assert await sender.update(delivery.receipt, replace(MESSAGE, title="På plads")) is Change.DONE
    [message] = sandbox.messages
    assert "På plads" in json.dumps(message.activity["attachments"], ensure_ascii=False)


async def test_a_card_that_was_deleted_is_not_changed(sandbox: Sandbox, sender: TeamsSender) -> None:
    delivery = await sender.send(ANNA, MESSAGE)
    assert delivery.receipt
    assert await sender.update(replace(delivery.receipt, activity="gone"), MESSAGE) is Change.GONE
    assert len(sandbox.messages) == 1
