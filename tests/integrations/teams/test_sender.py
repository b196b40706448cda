"""Each answer of Teams and Graph leads to the right next step, and no message is posted twice."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
import respx

from bot.errors import WrongConfiguration
from bot.model import Delivery, DirectoryUser, Message, MessageItem, MessageState
from integrations.graph.client import GraphClient
from integrations.http import new_client
from integrations.teams.sender import TeamsSender

SERVICE = "https://smba.example/teams"
GRAPH = "https://graph.example"
CREATE = f"{SERVICE}/v3/conversations"
POST_KNOWN = f"{SERVICE}/v3/conversations/a:known/activities"
POST_NEW = f"{SERVICE}/v3/conversations/a:new/activities"
CATALOGUE = f"{GRAPH}/v1.0/appCatalogs/teamsApps"
INSTALL = f"{GRAPH}/v1.0/users/oid-anna/teamwork/installedApps"
BLOCKED = {"errorCode": 209, "message": '{"subCode": "MessageWritesBlocked"}'}
SENT = Delivery(MessageState.SENT)

ANNA = DirectoryUser("oid-anna", "anna@proeve.example", "Anna Holm")
MESSAGE = Message(
    language="da",
    title="En hjemmedag på jeres fælles dag",
    greeting="Hej Anna.",
    items=(MessageItem("Tirsdag den 3. marts", "Du har markeret hjemmearbejde.", "Kilde", "Flyt dagen."),),
    closing="Er noget forkert, så skriv til hr@proeve.example.",
    button="Åbn min kalender",
    button_url="https://outlook.office.com/calendar",
)


@dataclass
class Tokens:
    """Stands in for the identity service."""

    scopes: list[str] = field(default_factory=list)

    async def token(self, scope: str) -> str:
        self.scopes.append(scope)
        return f"token for {scope}"


@dataclass
class Conversations:
    """The part of the store the sender uses."""

    known: dict[str, str] = field(default_factory=dict)

    def conversation(self, recipient: str) -> str | None:
        return self.known.get(recipient)

    def remember_conversation(self, recipient: str, conversation: str) -> None:
        self.known[recipient] = conversation


@dataclass
class Desk:
    """A sender with what it was given, and how long it waited each time."""

    http: httpx.AsyncClient
    graph_http: httpx.AsyncClient
    tokens: Tokens = field(default_factory=Tokens)
    conversations: Conversations = field(default_factory=Conversations)
    waits: list[float] = field(default_factory=list)
    sender: TeamsSender | None = None

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def build(self, teams_app_id: str | None) -> TeamsSender:
        graph = GraphClient(graph_url=GRAPH, tokens=self.tokens, http=self.graph_http, sleep=self.sleep)
        return TeamsSender(
            http=self.http,
            tokens=self.tokens,
            graph=graph,
            service_url=f"{SERVICE}/",
            scope="https://api.botframework.com/.default",
            tenant_id="tenant",
            bot_id="bot",
            teams_app_id=teams_app_id,
            conversations=self.conversations,
            graph_url=GRAPH,
            sleep=self.sleep,
        )

    async def send(
        self, *, known: bool = True, teams_app_id: str | None = None, recipient: DirectoryUser = ANNA
    ) -> Delivery:
        if known:
            self.conversations.known[recipient.principal_name] = "a:known"
        if self.sender is None:
            self.sender = self.build(teams_app_id)
        return await self.sender.send(recipient, MESSAGE)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    tls = ssl.create_default_context()
    async with new_client(tls) as http, new_client(tls) as graph_http:
        yield Desk(http, graph_http)


@pytest.fixture
def teams() -> AsyncIterator[respx.MockRouter]:
    with respx.mock(assert_all_called=True) as router:
        yield router


def created(teams: respx.MockRouter) -> respx.Route:
    return teams.post(CREATE).respond(201, json={"id": "a:new"})


async def test_a_known_conversation_is_posted_to_at_once(desk: Desk, teams: respx.MockRouter) -> None:
    post = teams.post(POST_KNOWN).respond(201, json={"id": "1"})
    assert await desk.send() == SENT
    assert post.call_count == 1


async def test_the_activity_is_a_card_with_the_title_for_the_toast(
    desk: Desk, teams: respx.MockRouter
) -> None:
    post = teams.post(POST_KNOWN).respond(201)
    await desk.send()
    request = post.calls.last.request
    activity = json.loads(request.content)
    [attachment] = activity["attachments"]
    assert request.headers["authorization"] == "Bearer token for https://api.botframework.com/.default"
    assert (activity["type"], activity["summary"]) == ("message", MESSAGE.title)
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"]["body"][0]["text"] == MESSAGE.title


async def test_a_new_person_gets_a_conversation_that_is_remembered(
    desk: Desk, teams: respx.MockRouter
) -> None:
    create = created(teams)
    teams.post(POST_NEW).respond(201)
    assert await desk.send(known=False) == SENT
    body = json.loads(create.calls.last.request.content)
    assert body["members"] == [{"id": "oid-anna"}]
    assert body["bot"] == {"id": "bot"}
    assert body["channelData"] == {"tenant": {"id": "tenant"}}
    assert desk.conversations.known == {"anna@proeve.example": "a:new"}


async def test_a_disabled_account_is_not_written_to(desk: Desk, teams: respx.MockRouter) -> None:
    gone = DirectoryUser("oid-anna", "anna@proeve.example", "Anna Holm", enabled=False)
    assert await desk.send(recipient=gone) == Delivery(MessageState.UNDELIVERABLE, "account-disabled")
    assert not teams.calls


async def test_the_app_is_looked_up_once_and_installed_for_each_new_person(
    desk: Desk, teams: respx.MockRouter
) -> None:
    catalogue = teams.get(CATALOGUE, params={"$filter": "externalId eq 'manifest'"})
    catalogue.respond(200, json={"value": [{"id": "cat-1", "externalId": "manifest"}]})
    install = teams.post(INSTALL).respond(201)
    other = teams.post(f"{GRAPH}/v1.0/users/oid-bo/teamwork/installedApps").respond(201)
    created(teams)
    teams.post(POST_NEW).respond(201)
    assert await desk.send(known=False, teams_app_id="manifest") == SENT
    assert await desk.send(known=False, recipient=DirectoryUser("oid-bo", "bo@x", "Bo")) == SENT
    assert (catalogue.call_count, install.call_count, other.call_count) == (1, 1, 1)
    assert json.loads(install.calls.last.request.content) == {
        "teamsApp@odata.bind": f"{GRAPH}/v1.0/appCatalogs/teamsApps/cat-1"
    }


async def test_an_app_that_is_there_already_is_as_good(desk: Desk, teams: respx.MockRouter) -> None:
    teams.get(CATALOGUE).respond(200, json={"value": [{"id": "cat-1"}]})
    teams.post(INSTALL).respond(409, json={"error": {"code": "Conflict", "message": ""}})
    created(teams)
    teams.post(POST_NEW).respond(201)
    assert await desk.send(known=False, teams_app_id="manifest") == SENT


async def test_without_the_app_in_the_catalogue_nothing_is_tried(desk: Desk, teams: respx.MockRouter) -> None:
    catalogue = teams.get(CATALOGUE).respond(200, json={"value": []})
    expected = Delivery(MessageState.FAILED, "app-not-in-catalogue")
    assert await desk.send(known=False, teams_app_id="manifest") == expected
    assert await desk.send(known=False) == expected
    assert catalogue.call_count == 1


@pytest.mark.parametrize(
    ("catalogue", "expected"),
    [
        (httpx.Response(403, json={"error": {"code": "Forbidden"}}), "catalogue-refused: Forbidden"),
        (httpx.Response(200, text="<html>"), "catalogue-unreadable"),
        (httpx.Response(503), "graph-unavailable"),
    ],
)
async def test_a_catalogue_that_cannot_be_read_fails_the_message_for_now(
    desk: Desk, teams: respx.MockRouter, catalogue: httpx.Response, expected: str
) -> None:
    teams.get(CATALOGUE).mock(return_value=catalogue)
    assert await desk.send(known=False, teams_app_id="m") == Delivery(MessageState.FAILED, expected)


async def test_an_installation_that_is_refused_is_named(desk: Desk, teams: respx.MockRouter) -> None:
    teams.get(CATALOGUE).respond(200, json={"value": [{"id": "cat-1"}]})
    teams.post(INSTALL).respond(403, json={"error": {"code": "Forbidden", "message": ""}})
    delivery = await desk.send(known=False, teams_app_id="manifest")
    assert delivery == Delivery(MessageState.FAILED, "install-refused: Forbidden")


async def test_an_installation_is_tried_again_after_a_server_error(
    desk: Desk, teams: respx.MockRouter
) -> None:
    teams.get(CATALOGUE).respond(200, json={"value": [{"id": "cat-1"}]})
    install = teams.post(INSTALL)
    install.side_effect = [httpx.Response(502), httpx.ReadTimeout("slow"), httpx.Response(409)]
    created(teams)
    teams.post(POST_NEW).respond(201)
    assert await desk.send(known=False, teams_app_id="manifest") == SENT
    assert install.call_count == 3


@pytest.mark.parametrize(
    "passing",
    [
        httpx.Response(429, headers={"Retry-After": "2.128"}),
        httpx.Response(412),
        httpx.Response(502),
        httpx.Response(503),
        httpx.Response(504),
        httpx.ReadTimeout("slow"),
        httpx.ConnectError("no route"),
    ],
    ids=repr,
)
async def test_opening_a_conversation_is_tried_again_like_a_read(
    desk: Desk, teams: respx.MockRouter, passing: httpx.Response | Exception
) -> None:
    create = teams.post(CREATE)
    create.side_effect = [passing, passing, httpx.Response(201, json={"id": "a:new"})]
    teams.post(POST_NEW).respond(201)
    assert await desk.send(known=False) == SENT
    assert create.call_count == 3


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (httpx.Response(503), MessageState.FAILED, "teams-unavailable"),
        (httpx.ReadTimeout("slow"), MessageState.FAILED, "teams-unreachable"),
        (httpx.Response(201, text="?"), MessageState.FAILED, "conversation-unreadable"),
        (
            httpx.Response(403, json={"error": {"code": "ForbiddenOperationException"}}),
            MessageState.FAILED,
            "app-not-installed",
        ),
        (
            httpx.Response(400, json={"error": {"code": "BadSyntax"}}),
            MessageState.UNDELIVERABLE,
            "refused: BadSyntax",
        ),
    ],
    ids=["503", "timeout", "unreadable", "403", "400"],
)
async def test_a_conversation_that_cannot_be_opened_ends_the_attempt(
    desk: Desk, teams: respx.MockRouter, answer: httpx.Response | Exception, state: MessageState, reason: str
) -> None:
    create = teams.post(CREATE)
    create.side_effect = [answer] * 10
    assert await desk.send(known=False) == Delivery(state, reason)
    assert desk.conversations.known == {}


@pytest.mark.parametrize(
    ("status", "body"), [(404, {"error": {"code": "ConversationNotFound"}}), (403, BLOCKED)]
)
async def test_a_conversation_that_is_gone_is_opened_anew(
    desk: Desk, teams: respx.MockRouter, status: int, body: object
) -> None:
    teams.post(POST_KNOWN).respond(status, json=body)
    created(teams)
    teams.post(POST_NEW).respond(201)
    assert await desk.send() == SENT
    assert desk.conversations.known == {"anna@proeve.example": "a:new"}


async def test_a_conversation_is_opened_anew_only_once(desk: Desk, teams: respx.MockRouter) -> None:
    teams.post(POST_KNOWN).respond(403, json=BLOCKED)
    create = created(teams)
    post = teams.post(POST_NEW).respond(403, json=BLOCKED)
    assert await desk.send() == Delivery(MessageState.FAILED, "blocked-by-user")
    assert (create.call_count, post.call_count) == (1, 1)


async def test_throttling_is_waited_out_as_long_as_asked(desk: Desk, teams: respx.MockRouter) -> None:
    post = teams.post(POST_KNOWN)
    slow_down = httpx.Response(429, headers={"Retry-After": "2.128"})
    post.side_effect = [slow_down, slow_down, httpx.Response(429), httpx.Response(201)]
    assert await desk.send() == SENT
    assert desk.waits[:2] == [2.128, 2.128]
    assert desk.waits[2] > 0


async def test_three_long_waits_fit_into_one_run(desk: Desk, teams: respx.MockRouter) -> None:
    post = teams.post(POST_KNOWN)
    post.side_effect = [httpx.Response(429, headers={"Retry-After": "180"})] * 3 + [httpx.Response(201)]
    assert await desk.send() == SENT
    assert desk.waits == [180, 180, 180]


async def test_throttling_without_end_fails_the_message_for_now(desk: Desk, teams: respx.MockRouter) -> None:
    post = teams.post(POST_KNOWN).respond(429, headers={"Retry-After": "1"})
    assert await desk.send() == Delivery(MessageState.FAILED, "throttled")
    assert post.call_count > 3


async def test_a_wait_of_an_hour_is_left_to_the_next_run(desk: Desk, teams: respx.MockRouter) -> None:
    teams.post(POST_KNOWN).respond(429, headers={"Retry-After": "3600"})
    assert await desk.send() == Delivery(MessageState.FAILED, "throttled")
    assert desk.waits == []


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_a_message_that_never_left_is_tried_again(
    desk: Desk, teams: respx.MockRouter, error: type[httpx.RequestError]
) -> None:
    post = teams.post(POST_KNOWN)
    post.side_effect = [error("x"), error("x"), httpx.Response(201)]
    assert await desk.send() == SENT
    assert post.call_count == 3


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("closed"),
        httpx.Response(408),
        httpx.Response(500),
        httpx.Response(502),
        httpx.Response(503),
        httpx.Response(504),
    ],
    ids=repr,
)
async def test_a_message_that_may_have_arrived_is_unclear_and_never_posted_again(
    desk: Desk, teams: respx.MockRouter, answer: httpx.Response | Exception
) -> None:
    post = teams.post(POST_KNOWN)
    post.side_effect = [answer] * 2
    assert (await desk.send()).state is MessageState.UNCLEAR
    assert post.call_count == 1


@pytest.mark.parametrize("url", [POST_KNOWN, CREATE])
async def test_refused_credentials_are_a_wrong_configuration(
    desk: Desk, teams: respx.MockRouter, url: str
) -> None:
    teams.post(url).respond(401, json={"message": "Authorization has been denied for this request."})
    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_BOT_ID"):
        await desk.send(known=url == POST_KNOWN)


async def test_what_the_far_end_says_in_words_is_not_passed_on(desk: Desk, teams: respx.MockRouter) -> None:
    teams.post(POST_KNOWN).respond(400, json={"error": {"code": "BadSyntax", "message": MESSAGE.greeting}})
    delivery = await desk.send()
    assert delivery == Delivery(MessageState.UNDELIVERABLE, "refused: BadSyntax")
