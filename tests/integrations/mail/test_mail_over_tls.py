"""The mail sender against the sandbox: real TLS, real sign-in through MSAL, real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.model import Delivery, DirectoryUser, MessageState
from integrations.graph.client import GraphClient
from integrations.http import new_client, tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.mail.sender import MailSender
from integrations.sandbox import Fault, Sandbox, Tenant
from tests.integrations.sample_messages import digest, reminder
from tests.integrations.teams.clocks import ManualClock

ANNA = DirectoryUser("oid-anna", "anna@proeve.example", "Anna Holm", "anna@proeve.example")
SENDER = {"id": "oid-bot", "userPrincipalName": "hjemmedag@proeve.example", "displayName": "Hjemmedag"}
SEND = "POST /v1.0/users/*/sendMail"
SENT = Delivery(MessageState.SENT)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Tenant.from_data({"users": [SENDER], "events": {}})) as running:
        yield running


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncIterator[GraphClient]:
    settings = {name.removeprefix("HJEMMEDAG_"): value for name, value in sandbox.settings().items()}
    tls = tls_context(Path(settings["CA_FILE"]))
    tokens = TokenSource(
        tenant_id=settings["TENANT_ID"],
        client_id=settings["CLIENT_ID"],
        authority=settings["AUTHORITY"],
        credential=ClientSecret(settings["CLIENT_SECRET"]),
        tls=tls,
    )
    async with new_client(tls) as http:
        yield GraphClient(graph_url=settings["GRAPH_URL"], tokens=tokens, http=http)
    tokens.close()


@pytest.fixture
def sender(graph: GraphClient) -> MailSender:
    return MailSender(graph, sender="hjemmedag@proeve.example", clock=ManualClock().as_clock())


async def test_a_mail_arrives_whole(sandbox: Sandbox, sender: MailSender) -> None:
    assert await sender.send(ANNA, digest("da", 40, 40, 40)) == SENT
    [mail] = sandbox.mails
    assert mail.sender == "hjemmedag@proeve.example"
    assert mail.message["toRecipients"][0]["emailAddress"]["address"] == "anna@proeve.example"
    assert mail.message["body"]["content"].endswith("</html>")


async def test_a_mail_throttled_three_times_arrives_once(sandbox: Sandbox, sender: MailSender) -> None:
    sandbox.faults.add(Fault(match=SEND, status=429, retry_after=2.5, times=3))
    assert await sender.send(ANNA, reminder("da")) == SENT
    assert len(sandbox.mails) == 1


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(match=SEND, status=503, after=True, times=1), "answered-503"),
        (Fault(match=SEND, drop=True, after=True, times=1), "no-answer"),
    ],
    ids=["out of order", "dropped"],
)
async def test_a_mail_whose_answer_is_lost_is_unclear_and_arrives_once(
    sandbox: Sandbox, sender: MailSender, fault: Fault, reason: str
) -> None:
    sandbox.faults.add(fault)
    assert await sender.send(ANNA, reminder("da")) == Delivery(MessageState.UNCLEAR, reason)
    assert len(sandbox.mails) == 1


async def test_a_mailbox_that_nobody_has_is_named(sandbox: Sandbox, graph: GraphClient) -> None:
    sender = MailSender(graph, sender="nobody@proeve.example", clock=ManualClock().as_clock())
    assert await sender.send(ANNA, reminder("da")) == Delivery(MessageState.FAILED, "mail-sender-unknown")
    assert sandbox.mails == []
