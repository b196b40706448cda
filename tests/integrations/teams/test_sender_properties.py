"""Whatever goes wrong, in any order: one final state for a message, and at the most one message for it."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Delivery, DirectoryUser, MessageState, Receipt
from bot.ports import Change
from integrations.graph.client import GraphClient
from integrations.http import tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.sandbox import Fault, Sandbox, Tenant
from integrations.sandbox.connector import conversation_with
from integrations.teams.sender import TeamsSender
from tests.integrations.teams.clocks import ManualClock
from tests.integrations.teams.samples import MESSAGE, Conversations

ANNA = DirectoryUser("0a1b2c3d-0000-4000-8000-000000000001", "anna@proeve.example", "Anna Holm")
USER = {"id": ANNA.id, "userPrincipalName": ANNA.principal_name, "displayName": ANNA.name}
CHANGED = replace(MESSAGE, title="På plads")


@dataclass(frozen=True)
class Trouble:
    """What befalls one request: an error of the service or the network. It may have arrived all the same."""

    status: int | None = None
    error: type[httpx.TransportError] | None = None
    arrives: bool = False
    wait: float | None = None


@dataclass
class TroubledNetwork(httpx.AsyncBaseTransport):
    """Real connections to the sandbox, with one trouble to each request until there are no more."""

    sandbox: Sandbox
    real: httpx.AsyncHTTPTransport
    coming: list[Trouble] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        trouble = self.coming.pop(0) if self.coming else Trouble()
        self.sandbox.faults.clear()
        if trouble.status is not None:
            fault = Fault(
                match="* /", status=trouble.status, after=trouble.arrives, retry_after=trouble.wait, times=1
            )
            self.sandbox.faults.add(fault)
        if trouble.error is None:
            return await self.real.handle_async_request(request)
        if trouble.arrives:
            await (await self.real.handle_async_request(request)).aread()
        raise trouble.error("trouble on the way")


@dataclass
class Office:
    """What it takes to make a sender, and the network between it and the sandbox."""

    sandbox: Sandbox
    network: TroubledNetwork
    http: httpx.AsyncClient
    tokens: TokenSource
    graph: GraphClient
    settings: dict[str, str]

    def sender(self, *, known: bool) -> TeamsSender:
        conversations = Conversations({ANNA.principal_name: conversation_with(USER)} if known else {})
        return TeamsSender(
            http=self.http,
            tokens=self.tokens,
            graph=self.graph,
            service_url=self.settings["BOT_SERVICE_URL"],
            scope="https://api.botframework.com/.default",
            tenant_id=self.settings["TENANT_ID"],
            bot_id=self.settings["CLIENT_ID"],
            teams_app_id=self.settings["TEAMS_APP_ID"],
            conversations=conversations,
            graph_url=self.settings["GRAPH_URL"],
            clock=ManualClock().as_clock(),
        )

    def begin(self, troubles: list[Trouble]) -> None:
        self.sandbox.clear()
        self.network.coming = list(troubles)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Tenant.from_data({"users": [USER], "events": {}})) as running:
        yield running


@pytest.fixture(scope="module")
def bot_settings(sandbox: Sandbox) -> dict[str, str]:
    return {name.removeprefix("HJEMMEDAG_"): value for name, value in sandbox.settings().items()}


@pytest.fixture(scope="module")
def tls(bot_settings: dict[str, str]) -> ssl.SSLContext:
    return tls_context(Path(bot_settings["CA_FILE"]))


@pytest.fixture(scope="module")
def tokens(bot_settings: dict[str, str], tls: ssl.SSLContext) -> Iterator[TokenSource]:
    source = TokenSource(
        tenant_id=bot_settings["TENANT_ID"],
        client_id=bot_settings["CLIENT_ID"],
        authority=bot_settings["AUTHORITY"],
        credential=ClientSecret(bot_settings["CLIENT_SECRET"]),
        tls=tls,
    )
    yield source
    source.close()


@pytest.fixture
async def office(
    sandbox: Sandbox, bot_settings: dict[str, str], tls: ssl.SSLContext, tokens: TokenSource
) -> AsyncIterator[Office]:
    async with httpx.AsyncHTTPTransport(verify=tls) as real:
        network = TroubledNetwork(sandbox, real)
        http = httpx.AsyncClient(transport=network)
        graph = GraphClient(
            graph_url=bot_settings["GRAPH_URL"], tokens=tokens, http=http, sleep=ManualClock().sleep
        )
        yield Office(sandbox, network, http, tokens, graph, bot_settings)
    sandbox.faults.clear()


REFUSED = st.sampled_from([400, 403, 404, 412, 413]).map(lambda status: Trouble(status))
THROTTLED = st.sampled_from([None, 1, 2.128, 180, 3600]).map(lambda wait: Trouble(429, wait=wait))
BROKEN = st.builds(Trouble, st.sampled_from([500, 502, 503, 504]), arrives=st.booleans())
LOST = st.builds(
    Trouble,
    error=st.sampled_from(
        [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.RemoteProtocolError]
    ),
    arrives=st.booleans(),
)
NEVER_LEFT = st.sampled_from([httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]).map(
    lambda error: Trouble(error=error)
)
TROUBLES = st.lists(st.one_of(st.just(Trouble()), REFUSED, THROTTLED, BROKEN, LOST, NEVER_LEFT), max_size=14)

in_any_order = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@in_any_order
@given(troubles=TROUBLES, known=st.booleans())
async def test_a_message_ends_in_one_state_and_arrives_at_most_once(
    office: Office, troubles: list[Trouble], known: bool
) -> None:
    office.begin(troubles)
    sender = office.sender(known=known)
    delivery = await sender.prepare(ANNA) or await sender.send(ANNA, MESSAGE)
    arrived = [Receipt(one.conversation, one.activity_id) for one in office.sandbox.messages]
    match delivery.state:
        case MessageState.SENT:
            assert delivery == Delivery(MessageState.SENT, receipt=arrived[0])
            assert len(arrived) == 1
        case MessageState.UNCLEAR:
            assert len(arrived) <= 1
        case state:
            assert state in (MessageState.FAILED, MessageState.UNDELIVERABLE)
            assert arrived == []
    assert delivery.state is MessageState.SENT or delivery.reason


@in_any_order
@given(troubles=TROUBLES, known=st.booleans())
async def test_a_message_that_failed_arrives_once_when_all_is_well_again(
    office: Office, troubles: list[Trouble], known: bool
) -> None:
    office.begin(troubles)
    delivery = await office.sender(known=known).send(ANNA, MESSAGE)
    if delivery.state is MessageState.FAILED:
        office.network.coming.clear()
        assert (await office.sender(known=known).send(ANNA, MESSAGE)).state is MessageState.SENT
        assert len(office.sandbox.messages) == 1


@in_any_order
@given(troubles=TROUBLES)
async def test_a_card_stays_one_card_and_is_changed_where_that_is_said(
    office: Office, troubles: list[Trouble]
) -> None:
    office.begin([])
    sender = office.sender(known=True)
    receipt = (await sender.send(ANNA, MESSAGE)).receipt
    assert receipt
    office.network.coming = list(troubles)
    changed = await sender.update(receipt, CHANGED)
    [card] = office.sandbox.messages
    assert card.activity_id == receipt.activity
    perhaps = set() if changed is Change.DONE else {MESSAGE.title}
    assert card.activity["summary"] in {CHANGED.title} | perhaps
