"""Each answer of a webhook leads to the right outcome, and its address is never shown."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import respx

from bot.model import Delivery, Message, MessageItem, MessageState, Section
from integrations.http import new_client
from integrations.teams.cards import adaptive_card
from integrations.webhook import Webhook

URL = (
    "https://prod.example:443/workflows/1/triggers/manual/run?api-version=1&sp=%2Ftriggers%2Frun&sig=hemmelig"
)
MESSAGE = Message(
    language="da",
    title="Uge 10: én ting at se på i hjemmedag",
    greeting="Hej",
    items=(),
    closing="Næste besked kommer i næste uge.",
    button="Åbn Microsoft Entra",
    button_url="https://entra.microsoft.com/",
    sections=(
        Section("Sådan står det til", lines=("11 af 12 kalendere er læst.",)),
        Section(
            "Kalendere", items=(MessageItem("Uden postkasse: 1", "bo@x.dk.", "no-mailbox", "Ret navnet."),)
        ),
    ),
)
ERRORS_BEFORE_IT_LEFT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
ERRORS_AFTERWARDS = [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.RemoteProtocolError]


@pytest.fixture
def route() -> Iterator[respx.Route]:
    with respx.mock as router:
        yield router.post(URL)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
async def webhook(waits: list[float]) -> AsyncIterator[Webhook]:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async with new_client(ssl.create_default_context()) as http:
        yield Webhook(url=URL, http=http, sleep=sleep)


@pytest.mark.parametrize("status", [200, 202])
async def test_a_taken_message_is_sent_as_a_card(webhook, route, status) -> None:
    route.respond(status)
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.SENT)
    assert json.loads(route.calls.last.request.content) == {
        "type": "message",
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": None,
                "content": adaptive_card(MESSAGE),
            }
        ],
    }


async def test_a_throttled_message_waits_as_asked_and_goes(webhook, route, waits) -> None:
    route.side_effect = [httpx.Response(429, headers={"Retry-After": "2.5"}), httpx.Response(202)]
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.SENT)
    assert waits == [2.5]


async def test_a_message_that_stays_throttled_has_failed_after_three_more_tries(webhook, route) -> None:
    route.respond(429, headers={"Retry-After": "1"})
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.FAILED, "webhook-refused: 429")
    assert route.call_count == 4


async def test_a_wait_that_would_hold_the_pass_up_is_left_to_the_next_pass(webhook, route, waits) -> None:
    route.respond(429, headers={"Retry-After": "3600"})
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.FAILED, "webhook-refused: 429")
    assert waits == []


@pytest.mark.parametrize("status", [302, 400, 401, 404, 410, 413])
async def test_a_refused_message_has_failed_with_the_status_and_is_not_repeated(
    webhook, route, status
) -> None:
    route.respond(status, headers={"Location": "https://elsewhere.example/"})
    outcome = await webhook.send_to_channel(MESSAGE)
    assert outcome == Delivery(MessageState.FAILED, f"webhook-refused: {status}")
    assert route.call_count == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_an_answer_that_says_nothing_is_unclear_and_not_repeated(webhook, route, status) -> None:
    route.respond(status)
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.UNCLEAR, f"answered-{status}")
    assert route.call_count == 1


@pytest.mark.parametrize("error", ERRORS_AFTERWARDS)
async def test_an_answer_that_gets_lost_is_unclear_and_not_repeated(webhook, route, error) -> None:
    route.side_effect = error
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.UNCLEAR, "no-answer")
    assert route.call_count == 1


@pytest.mark.parametrize("error", ERRORS_BEFORE_IT_LEFT)
async def test_what_never_left_is_tried_again(webhook, route, error) -> None:
    route.side_effect = [error, httpx.Response(202)]
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.SENT)


async def test_a_webhook_that_cannot_be_reached_has_failed(webhook, route) -> None:
    route.side_effect = httpx.ConnectError
    assert await webhook.send_to_channel(MESSAGE) == Delivery(MessageState.FAILED, "webhook-unreachable")


@pytest.mark.parametrize("answer", [httpx.Response(202), httpx.Response(410), httpx.ReadTimeout])
async def test_the_address_is_in_no_log_no_outcome_and_no_repr(webhook, route, answer, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    route.side_effect = [answer]
    outcome = await webhook.send_to_channel(MESSAGE)
    assert "hemmelig" not in caplog.text + repr(outcome) + repr(webhook)


async def test_other_requests_are_logged_as_before(webhook, route, caplog) -> None:
    caplog.set_level(logging.INFO)
    route.respond(202)
    await webhook.send_to_channel(MESSAGE)
    with respx.mock as router:
        router.get("https://graph.example/").respond(200)
        async with new_client(ssl.create_default_context()) as http:
            await http.get("https://graph.example/")
    assert [record.getMessage() for record in caplog.records if "graph.example" in record.getMessage()]
