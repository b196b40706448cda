"""Each answer of Teams and Graph leads to the right next step, and no message is posted twice."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
import respx

from bot.errors import WrongConfiguration
from bot.model import Delivery, DirectoryUser, MessageState, Receipt
from bot.ports import Change
from integrations.graph.client import GraphClient
from integrations.http import new_client
from integrations.teams.sender import TeamsSender
from tests.integrations.teams.clocks import ManualClock
from tests.integrations.teams.samples import MESSAGE, Conversations

SERVICE = "https://smba.example/teams"
GRAPH = "https://graph.example"
CREATE = f"{SERVICE}/v3/conversations"
POST_KNOWN = f"{SERVICE}/v3/conversations/a:known/activities"
POST_NEW = f"{SERVICE}/v3/conversations/a:new/activities"
CATALOGUE = f"{GRAPH}/v1.0/appCatalogs/teamsApps"
INSTALL = f"{GRAPH}/v1.0/users/oid-anna/teamwork/installedApps"
CARD = f"{POST_KNOWN}/17"
BLOCKED = {"errorCode": 209, "message": '{"subCode": "MessageWritesBlocked"}'}
SENT = Delivery(MessageState.SENT)
RECEIPT = Receipt("a:known", "17")

ANNA = DirectoryUser("oid-anna", "anna@proeve.example", "Anna Holm")


@dataclass
class Tokens:
    """Stands in for the identity service."""

    scopes: list[str] = field(default_factory=list)

    async def token(self, scope: str) -> str:
        self.scopes.append(scope)
        return f"token for {scope}"


@dataclass
class Desk:
    """A sender with what it was given, and a clock that tells how long it waited each time."""

    http: httpx.AsyncClient
    graph_http: httpx.AsyncClient
    tokens: Tokens = field(default_factory=Tokens)
    conversations: Conversations = field(default_factory=Conversations)
    clock: ManualClock = field(default_factory=ManualClock)
    sender: TeamsSender | None = None

    @property
    def waits(self) -> list[float]:
        return self.clock.waits

    def build(self, teams_app_id: str | None = None) -> TeamsSender:
        graph = GraphClient(graph_url=GRAPH, tokens=self.tokens, http=self.graph_http, sleep=self.clock.sleep)
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
            clock=self.clock.as_clock(),
        )

    async def send(
        self, *, known: bool = True, teams_app_id: str | None = None, recipient: DirectoryUser = ANNA
    ) -> Delivery:
        if known:
            self.conversations[recipient.principal_name] = "a:known"
        if self.sender is None:
            self.sender = self.build(teams_app_id)
        return await self.sender.send(recipient, MESSAGE)

    async def update(self) -> Change:
        return await self.build().update(RECEIPT, MESSAGE)


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
    post = teams.post(POST_KNOWN).respond(201, json={"id": "17"})
    assert await desk.send() == Delivery(MessageState.SENT, receipt=RECEIPT)
    assert post.call_count == 1


@pytest.mark.parametrize("body", ["", "<html>", "{}"])
async def test_without_an_id_in_the_answer_there_is_no_receipt(
    desk: Desk, teams: respx.MockRouter, body: str
) -> None:
    teams.post(POST_KNOWN).respond(200, text=body)
    assert await desk.send() == SENT


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
    assert MESSAGE.title in json.dumps(attachment["content"], ensure_ascii=False)


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
    assert desk.conversations == {"anna@proeve.example": "a:new"}


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
async def test_a_catalogue_that_cannot_be_read_fails_every_message_to_somebody_new_and_is_asked_once(
    desk: Desk, teams: respx.MockRouter, catalogue: httpx.Response, expected: str
) -> None:
    route = teams.get(CATALOGUE).mock(return_value=catalogue)
    assert await desk.send(known=False, teams_app_id="m") == Delivery(MessageState.FAILED, expected)
    asked = route.call_count
    assert await desk.send(known=False) == Delivery(MessageState.FAILED, expected)
    assert route.call_count == asked


async def test_an_installation_that_is_refused_is_named(desk: Desk, teams: respx.MockRouter) -> None:
    teams.get(CATALOGUE).respond(200, json={"value": [{"id": "cat-1"}]})
    teams.post(INSTALL).respond(403, json={"error": {"code": "Forbidden", "message": ""}})
    delivery = await desk.send(known=False, teams_app_id="manifest")
    assert delivery == Delivery(MessageState.FAILED, "install-refused: Forbidden", refused=True)


@pytest.mark.parametrize(
    ("answer", "reason", "tries"),
    [
        (httpx.Response(503), "graph-unavailable", 5),
        (httpx.ReadTimeout("slow"), "graph-unavailable", 5),
        (httpx.Response(429, headers={"Retry-After": "2.5"}), "throttled", 5),
        (httpx.Response(400), "install-refused: 400", 1),
    ],
    ids=["503", "timeout", "429", "400"],
)
async def test_an_installation_that_does_not_come_about_is_nobodys_refusal(
    desk: Desk, teams: respx.MockRouter, answer: httpx.Response | Exception, reason: str, tries: int
) -> None:
    teams.get(CATALOGUE).respond(200, json={"value": [{"id": "cat-1"}]})
    install = teams.post(INSTALL)
    install.side_effect = [answer] * tries
    delivery = await desk.send(known=False, teams_app_id="manifest")
    assert (delivery, install.call_count) == (Delivery(MessageState.FAILED, reason), tries)


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
    ("answer", "expected"),
    [
        (httpx.Response(503), Delivery(MessageState.FAILED, "teams-unavailable")),
        (httpx.ReadTimeout("slow"), Delivery(MessageState.FAILED, "teams-unreachable")),
        (httpx.Response(201, text="?"), Delivery(MessageState.FAILED, "conversation-unreadable")),
        (
            httpx.Response(403, json={"error": {"code": "ForbiddenOperationException"}}),
            Delivery(MessageState.FAILED, "app-not-installed", refused=True),
        ),
        (httpx.Response(404), Delivery(MessageState.FAILED, "conversation-not-found", refused=True)),
        (
            httpx.Response(400, json={"error": {"code": "BadSyntax"}}),
            Delivery(MessageState.UNDELIVERABLE, "refused: BadSyntax"),
        ),
    ],
    ids=["503", "timeout", "unreadable", "403", "404", "400"],
)
async def test_a_conversation_that_cannot_be_opened_ends_the_attempt(
    desk: Desk, teams: respx.MockRouter, answer: httpx.Response | Exception, expected: Delivery
) -> None:
    create = teams.post(CREATE)
    create.side_effect = [answer] * 10
    assert await desk.send(known=False) == expected
    assert desk.conversations == {}


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
    assert desk.conversations == {"anna@proeve.example": "a:new"}


async def test_a_conversation_is_opened_anew_only_once(desk: Desk, teams: respx.MockRouter) -> None:
    teams.post(POST_KNOWN).respond(403, json=BLOCKED)
    create = created(teams)
    post = teams.post(POST_NEW).respond(403, json=BLOCKED)
    assert await desk.send() == Delivery(MessageState.FAILED, "blocked-by-user", refused=True)
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


async def test_when_one_is_refused_for_haste_the_next_waits_as_well(
    desk: Desk, teams: respx.MockRouter
) -> None:
    desk.conversations |= {"anna@proeve.example": "a:known", "bo@x": "a:new"}
    left: list[tuple[str, float]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        left.append((request.url.path.split("/")[-2], desk.clock.now()))
        return httpx.Response(429, headers={"Retry-After": "30"}) if len(left) == 1 else httpx.Response(201)

    teams.post(POST_KNOWN).mock(side_effect=answer)
    teams.post(POST_NEW).mock(side_effect=answer)
    sender = desk.build()
    deliveries = await asyncio.gather(
        sender.send(ANNA, MESSAGE), sender.send(DirectoryUser("oid-bo", "bo@x", "Bo"), MESSAGE)
    )
    assert deliveries == [SENT, SENT]
    assert [where for where, _ in left].count("a:known") == 2
    assert all(when >= 30 for _, when in left[1:])


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


async def test_a_card_is_changed_where_it_stands(desk: Desk, teams: respx.MockRouter) -> None:
    put = teams.put(CARD).respond(200, json={"id": "17"})
    assert await desk.update() is Change.DONE
    activity = json.loads(put.calls.last.request.content)
    assert (activity["type"], activity["id"]) == ("message", "17")
    assert MESSAGE.title in json.dumps(activity["attachments"], ensure_ascii=False)


@pytest.mark.parametrize("status", [400, 403, 404, 413])
async def test_a_card_that_will_not_be_changed_is_gone(
    desk: Desk, teams: respx.MockRouter, status: int
) -> None:
    put = teams.put(CARD).respond(status)
    assert await desk.update() is Change.GONE
    assert put.call_count == 1


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
async def test_changing_a_card_is_tried_again_like_a_read_and_at_last_given_up(
    desk: Desk, teams: respx.MockRouter, passing: httpx.Response | Exception
) -> None:
    put = teams.put(CARD)
    put.side_effect = [passing, passing, passing, httpx.Response(200)] + [passing] * 5
    assert await desk.update() is Change.DONE
    assert await desk.update() is Change.NOT_NOW
    assert put.call_count == 9


async def test_refused_credentials_end_the_changing_of_cards(desk: Desk, teams: respx.MockRouter) -> None:
    teams.put(CARD).respond(401)
    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_BOT_ID"):
        await desk.update()


async def test_a_few_requests_in_one_conversation_leave_at_once_and_more_keep_their_distance(
    desk: Desk, teams: respx.MockRouter
) -> None:
    teams.put(CARD).respond(200)
    sender = desk.build()
    for _ in range(5):
        assert await sender.update(RECEIPT, MESSAGE) is Change.DONE
    assert desk.clock.now() < 1
    for _ in range(2):
        assert await sender.update(RECEIPT, MESSAGE) is Change.DONE
    assert desk.clock.now() == pytest.approx(2 * 2.1)
