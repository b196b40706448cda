"""Each answer of Graph to a mail leads to the right outcome, and no mail is handed in twice."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
import respx

from bot.errors import WrongConfiguration
from bot.model import Delivery, DirectoryUser, MessageState
from integrations.graph.client import GraphClient
from integrations.http import new_client
from integrations.mail.sender import MailSender
from tests.integrations.sample_messages import operations, reminder
from tests.integrations.teams.clocks import ManualClock

GRAPH = "https://graph.example"
SEND = f"{GRAPH}/v1.0/users/hjemmedag@proeve.example/sendMail"
ANNA = DirectoryUser("oid-anna", "anna@proeve.example", "Anna Holm", "anna.holm@proeve.example")
SENT = Delivery(MessageState.SENT)


class Tokens:
    """Stands in for the identity service."""

    async def token(self, scope: str) -> str:
        return f"token for {scope}"


@dataclass
class Desk:
    """A Graph of canned answers, and a clock that goes on by the waits themselves."""

    graph: GraphClient
    clock: ManualClock

    def sender(self, *, text: bool = False, fallback: bool = True) -> MailSender:
        return MailSender(
            self.graph,
            sender="hjemmedag@proeve.example",
            text=text,
            fallback=fallback,
            clock=self.clock.as_clock(),
        )

    async def send(self, recipient: DirectoryUser = ANNA) -> Delivery:
        return await self.sender().send(recipient, reminder("da"))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with new_client(ssl.create_default_context()) as http:
        clock = ManualClock()
        yield Desk(GraphClient(graph_url=GRAPH, tokens=Tokens(), http=http, sleep=clock.sleep), clock)


@pytest.fixture
def mail() -> Iterator[respx.Route]:
    with respx.mock(assert_all_called=False) as router:
        yield router.post(SEND).respond(202)


def sent(mail: respx.Route) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(mail.calls.last.request.content)
    return body


async def test_a_subject_is_no_longer_than_exchange_takes(desk: Desk, mail: respx.Route) -> None:
    await desk.sender().send(ANNA, replace(reminder("da"), title="B" * 400))
    assert sent(mail)["message"]["subject"] == "B" * 200


async def test_a_mail_goes_to_one_recipient_and_is_not_kept(desk: Desk, mail: respx.Route) -> None:
    assert await desk.send() == SENT
    body = sent(mail)
    assert body["saveToSentItems"] is False
    assert body["message"]["subject"] == reminder("da").title
    recipient = {"address": "anna.holm@proeve.example", "name": "Anna Holm"}
    assert body["message"]["toRecipients"] == [{"emailAddress": recipient}]
    assert mail.calls.last.request.headers["Authorization"] == f"Bearer token for {GRAPH}/.default"


async def test_a_mail_is_html_unless_plain_text_is_asked_for(desk: Desk, mail: respx.Route) -> None:
    await desk.send()
    assert sent(mail)["message"]["body"]["contentType"] == "HTML"
    assert sent(mail)["message"]["body"]["content"].startswith("<!doctype html>")
    await desk.sender(text=True).send(ANNA, reminder("da"))
    assert sent(mail)["message"]["body"]["contentType"] == "Text"
    assert sent(mail)["message"]["body"]["content"].startswith(reminder("da").title)


@pytest.mark.parametrize("fallback", [True, False])
async def test_a_mail_says_that_teams_could_not_deliver_it_only_where_that_is_so(
    desk: Desk, mail: respx.Route, fallback: bool
) -> None:
    await desk.sender(fallback=fallback).send(ANNA, operations("da"))
    assert ("Teams" in sent(mail)["message"]["body"]["content"]) == fallback


@pytest.mark.parametrize(
    ("recipient", "reason"),
    [
        (DirectoryUser("o", "a@proeve.example", "Anna"), "no-mail-address"),
        (
            DirectoryUser("o", "a@proeve.example", "Anna", "a@proeve.example", enabled=False),
            "account-disabled",
        ),
    ],
)
async def test_who_cannot_be_written_to_is_named_without_asking_graph(
    desk: Desk, mail: respx.Route, recipient: DirectoryUser, reason: str
) -> None:
    undeliverable = Delivery(MessageState.UNDELIVERABLE, reason)
    assert await desk.sender().prepare(recipient) == undeliverable
    assert await desk.send(recipient) == undeliverable
    assert mail.call_count == 0


async def test_who_has_an_address_is_ready_to_be_written_to(desk: Desk, mail: respx.Route) -> None:
    assert await desk.sender().prepare(ANNA) is None
    assert mail.call_count == 0


@pytest.mark.parametrize(
    ("answer", "delivery"),
    [
        (
            httpx.Response(403, json={"error": {"code": "ErrorAccessDenied"}}),
            Delivery(MessageState.FAILED, "mail-forbidden"),
        ),
        (
            httpx.Response(404, json={"error": {"code": "MailboxNotEnabledForRESTAPI"}}),
            Delivery(MessageState.FAILED, "mail-sender-unknown"),
        ),
        (
            httpx.Response(400, json={"error": {"code": "ErrorInvalidRecipients", "message": "anna"}}),
            Delivery(MessageState.UNDELIVERABLE, "refused: ErrorInvalidRecipients"),
        ),
        (httpx.Response(413), Delivery(MessageState.UNDELIVERABLE, "too-large")),
        (httpx.Response(418), Delivery(MessageState.UNDELIVERABLE, "refused: 418")),
        (httpx.Response(408), Delivery(MessageState.UNCLEAR, "answered-408")),
        (httpx.Response(500), Delivery(MessageState.UNCLEAR, "answered-500")),
        (httpx.Response(503), Delivery(MessageState.UNCLEAR, "answered-503")),
        (httpx.ReadTimeout("slow"), Delivery(MessageState.UNCLEAR, "no-answer")),
        (httpx.RemoteProtocolError("closed"), Delivery(MessageState.UNCLEAR, "no-answer")),
    ],
    ids=repr,
)
async def test_what_graph_answered_is_final_for_this_run(
    desk: Desk, mail: respx.Route, answer: httpx.Response | Exception, delivery: Delivery
) -> None:
    mail.side_effect = [answer] * 2
    assert await desk.send() == delivery
    assert mail.call_count == 1


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_a_mail_that_never_left_is_tried_again(
    desk: Desk, mail: respx.Route, error: type[httpx.RequestError]
) -> None:
    mail.side_effect = [error("x"), error("x"), httpx.Response(202)]
    assert await desk.send() == SENT
    assert mail.call_count == 3


async def test_a_graph_that_cannot_be_reached_fails_the_mail_for_now(desk: Desk, mail: respx.Route) -> None:
    mail.side_effect = httpx.ConnectError("no route")
    assert await desk.send() == Delivery(MessageState.FAILED, "graph-unreachable")


async def test_throttling_is_waited_out_as_long_as_asked(desk: Desk, mail: respx.Route) -> None:
    slow_down = httpx.Response(429, headers={"Retry-After": "20.5"})
    mail.side_effect = [slow_down, slow_down, slow_down, httpx.Response(202)]
    assert await desk.send() == SENT
    assert desk.clock.waits.count(20.5) == 3


async def test_throttling_without_end_fails_the_mail_for_now(desk: Desk, mail: respx.Route) -> None:
    mail.respond(429, headers={"Retry-After": "1"})
    assert await desk.send() == Delivery(MessageState.FAILED, "throttled")
    assert mail.call_count > 3


async def test_a_refused_token_is_a_wrong_configuration(desk: Desk, mail: respx.Route) -> None:
    mail.respond(401)
    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_GRAPH_URL"):
        await desk.send()


async def test_mails_leave_at_thirty_a_minute_at_most(desk: Desk, mail: respx.Route) -> None:
    sender = desk.sender()
    left: list[float] = []

    def take(_request: httpx.Request) -> httpx.Response:
        left.append(desk.clock.seconds)
        return httpx.Response(202)

    mail.side_effect = take
    for _ in range(70):
        await sender.send(ANNA, reminder("da"))
    assert all(later - earlier >= 60 for earlier, later in zip(left, left[30:], strict=False))
    assert left[-1] < 150
