"""The sender against the sandbox: real TLS, real sign-in through MSAL, real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.model import Delivery, DirectoryUser, Message, MessageItem, MessageState
from integrations.graph.client import GraphClient
from integrations.http import new_client, tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.sandbox import Fault, Sandbox, Tenant
from integrations.teams.sender import TeamsSender

OBJECT_ID = "0a1b2c3d-0000-4000-8000-000000000001"
ANNA = DirectoryUser(OBJECT_ID, "anna@proeve.example", "Anna Holm")
TENANT = {
    "users": [
        {"id": OBJECT_ID, "userPrincipalName": "anna@proeve.example", "displayName": "Anna Holm"},
    ],
    "events": {},
}
MESSAGE = Message(
    language="da",
    title="En hjemmedag på jeres fælles dag",
    greeting="Hej Anna.",
    items=(MessageItem("Tirsdag den 3. marts", "Du har markeret hjemmearbejde.", "Kilde", "Flyt dagen."),),
    closing="Er noget forkert, så skriv til hr@proeve.example.",
    button="Åbn min kalender",
    button_url="https://outlook.office.com/calendar",
)
SENT = Delivery(MessageState.SENT)
CREATE = "POST /teams/v3/conversations"
POST = "POST /teams/v3/conversations/*/activities"
INSTALL = "POST /v1.0/users/*/teamwork/installedApps"


class Conversations(dict[str, str]):
    """The part of the store the sender uses."""

    def conversation(self, recipient: str) -> str | None:
        return self.get(recipient)

    def remember_conversation(self, recipient: str, conversation: str) -> None:
        self[recipient] = conversation


async def no_wait(_seconds: float) -> None:
    """Lets no test wait."""


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
    tls = tls_context(Path(settings["CA_FILE"]))
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
        graph = GraphClient(graph_url=settings["GRAPH_URL"], tokens=tokens, http=graph_http, sleep=no_wait)
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
            sleep=no_wait,
        )
    tokens.close()


def asked(sandbox: Sandbox, ending: str) -> int:
    return sum(1 for request in sandbox.requests if request.path.endswith(ending))


async def test_the_first_message_installs_the_app_and_arrives_as_a_card(
    sandbox: Sandbox, sender: TeamsSender, conversations: Conversations
) -> None:
    assert await sender.send(ANNA, MESSAGE) == SENT
    [message] = sandbox.messages
    assert (message.recipient, message.conversation) == (
        ANNA.principal_name,
        conversations[ANNA.principal_name],
    )
    assert message.activity["attachments"][0]["content"]["body"][0]["text"] == MESSAGE.title
    assert asked(sandbox, "/installedApps") == 1


async def test_the_second_message_takes_one_request(sandbox: Sandbox, sender: TeamsSender) -> None:
    await sender.send(ANNA, MESSAGE)
    sandbox.clear()
    assert await sender.send(ANNA, MESSAGE) == SENT
    assert [request.method for request in sandbox.requests] == ["POST"]
    assert asked(sandbox, "/activities") == 1


async def test_a_conversation_nobody_knows_any_more_is_opened_anew(
    sandbox: Sandbox, sender: TeamsSender, conversations: Conversations
) -> None:
    conversations[ANNA.principal_name] = "a:long-gone"
    assert await sender.send(ANNA, MESSAGE) == SENT
    assert conversations[ANNA.principal_name] == sandbox.messages[0].conversation


async def test_a_message_throttled_three_times_arrives_once(sandbox: Sandbox, sender: TeamsSender) -> None:
    sandbox.faults.add(Fault(match=POST, status=429, retry_after=2.5, times=3))
    assert await sender.send(ANNA, MESSAGE) == SENT
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
    assert await sender.send(ANNA, MESSAGE) == SENT
    assert len(sandbox.messages) == 1


async def test_someone_who_blocked_the_bot_is_tried_anew_once_and_named(
    sandbox: Sandbox, sender: TeamsSender, conversations: Conversations
) -> None:
    await sender.send(ANNA, MESSAGE)
    sandbox.clear()
    sandbox.faults.add(Fault(match=POST, status=403))
    assert await sender.send(ANNA, MESSAGE) == Delivery(MessageState.FAILED, "blocked-by-user")
    assert sandbox.messages == []
    assert asked(sandbox, "/activities") == 2
