"""Rate limits: counted strictly, with a word on when to come back; none unless they are switched on."""

from __future__ import annotations

import itertools
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from integrations.sandbox import Limits, Sandbox, Tenant, TurnedAway, Window
from integrations.sandbox.exchange import Call
from integrations.sandbox.journal import Journal
from integrations.sandbox.signin import CLIENT_ID, TENANT_ID
from integrations.sandbox.teamwork import TEAMS_APP_ID
from integrations.sandbox.throttle import Throttle

ANNA = "anna@proeve.example"
POST = Call("POST", "/teams/v3/conversations/a:1/activities")


@dataclass
class Now:
    """A clock that goes on when it is told to."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Gate:
    """A throttle with the clock it goes by and the journal it writes in."""

    now: Now = field(default_factory=Now)
    journal: Journal = field(default_factory=Journal)

    def __post_init__(self) -> None:
        self.throttle = Throttle(Limits(clock=self.now), self.journal)

    def post(self, conversation: str = "a:1") -> str | None:
        return self.throttle.connector(POST, ANNA, conversation)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.mark.parametrize(("gap", "taken"), [(0.0, 7), (0.2, 8), (0.4, 60), (1.9, 1800)])
def test_a_conversation_takes_only_so_many_in_a_second_two_thirty_and_an_hour(
    gate: Gate, gap: float, taken: int
) -> None:
    for number in itertools.count():
        gate.now.seconds = number * gap
        if gate.post() is not None:
            break
    assert number == taken


def test_one_request_every_two_seconds_and_a_bit_is_never_too_many(gate: Gate) -> None:
    for number in range(4000):
        gate.now.seconds = number * 2.1
        assert gate.post() is None


def test_all_conversations_together_take_fifty_a_second(gate: Gate) -> None:
    assert [gate.post(f"a:{number}") for number in range(50)] == [None] * 50
    assert gate.post("a:50") is not None
    gate.now.seconds = 1
    assert gate.post("a:50") is None


def test_thirty_installations_a_second_are_taken_and_no_more(gate: Gate) -> None:
    answers = [gate.throttle.installation(POST, ANNA) for _ in range(31)]
    assert answers[:30] == [None] * 30
    assert answers[30] is not None


def test_who_comes_back_when_told_is_taken_and_a_moment_earlier_is_not(gate: Gate) -> None:
    for number in range(7):
        gate.now.seconds = number / 16
        gate.post()
    wait = gate.post()
    gate.now.seconds = 6 / 16 + float(wait or "") - 0.001
    assert gate.post() is not None
    gate.now.seconds += 0.001
    assert gate.post() is None


def test_the_wait_comes_in_thousandths_or_in_whole_seconds_as_microsoft_sends_it(gate: Gate) -> None:
    for number in range(7):
        gate.now.seconds = number / 16
        gate.post()
    assert [gate.post() for _ in range(4)] == ["0.625", "1", "0.625", "1"]


def test_who_was_turned_away_is_noted_and_not_counted_again(gate: Gate) -> None:
    for _ in range(20):
        gate.post()
    gate.now.seconds = 1
    assert gate.post() is None
    assert gate.journal.turned_away == [TurnedAway("POST", POST.path, ANNA)] * 13


def test_without_limits_no_number_is_too_many() -> None:
    journal = Journal()
    throttle = Throttle(None, journal)
    assert {throttle.connector(POST, ANNA, "a:1") for _ in range(100)} == {None}
    assert {throttle.installation(POST, ANNA) for _ in range(100)} == {None}
    assert journal.turned_away == []


@dataclass
class Client:
    """Talks to a sandbox that takes two requests a second of each kind, and its clock stands still."""

    sandbox: Sandbox
    now: Now
    http: httpx.Client

    def token(self, scope: str) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": self.sandbox.settings()["HJEMMEDAG_CLIENT_SECRET"],
            "scope": scope,
        }
        answer = self.http.post(f"/{TENANT_ID}/oauth2/v2.0/token", data=form)
        return str(answer.json()["access_token"])

    def ask(self, method: str, path: str, body: object) -> httpx.Response:
        scope = "https://api.botframework.com" if path.startswith("/teams") else self.sandbox.url
        headers = {"Authorization": f"Bearer {self.token(f'{scope}/.default')}"}
        return self.http.request(method, path, headers=headers, json=body)

    def open(self) -> httpx.Response:
        body = {
            "bot": {"id": CLIENT_ID},
            "members": [{"id": "id-of-anna"}],
            "channelData": {"tenant": {"id": TENANT_ID}},
        }
        return self.ask("POST", "/teams/v3/conversations", body)

    def install(self) -> httpx.Response:
        app = self.ask("GET", f"/v1.0/appCatalogs/teamsApps?$filter=externalId eq '{TEAMS_APP_ID}'", None)
        bound = f"https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/{app.json()['value'][0]['id']}"
        path = "/v1.0/users/id-of-anna/teamwork/installedApps"
        return self.ask("POST", path, {"teamsApp@odata.bind": bound})


@pytest.fixture
def client() -> Iterator[Client]:
    now, two = Now(), (Window(2, 1),)
    tenant = Tenant.from_data({"users": [{"id": "id-of-anna", "userPrincipalName": ANNA}], "events": {}})
    limits = Limits(app=two, installations=two, clock=now)
    with Sandbox(tenant, limits=limits, teams_latency=0.001) as sandbox:
        trust = ssl.create_default_context(cafile=sandbox.settings()["HJEMMEDAG_CA_FILE"])
        with httpx.Client(base_url=sandbox.url, verify=trust, trust_env=False) as http:
            yield Client(sandbox, now, http)


def test_opening_posting_and_changing_are_counted_together(client: Client) -> None:
    client.install()
    conversation = client.open().json()["id"]
    activities = f"/teams/v3/conversations/{conversation}/activities"
    sent = client.ask("POST", activities, {"type": "message"}).json()["id"]
    refused = client.ask("PUT", f"{activities}/{sent}", {"type": "message", "text": "Ny"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1.0")
    assert refused.json()["error"]["code"] == "TooManyRequests"
    assert client.sandbox.turned_away == [TurnedAway("PUT", f"{activities}/{sent}", ANNA)]
    client.now.seconds = 1
    assert client.open().status_code == 201


def test_installations_are_counted_by_themselves(client: Client) -> None:
    assert [client.install().status_code for _ in range(3)] == [201, 409, 429]
    [turned_away] = client.http.get("/sandbox/turned-away").json()
    assert turned_away == {
        "method": "POST",
        "path": "/v1.0/users/id-of-anna/teamwork/installedApps",
        "person": ANNA,
    }
    assert client.open().status_code == 201
    client.sandbox.clear()
    assert client.sandbox.turned_away == []
