"""One running sandbox for all tests here, emptied before each, and a client that talks to it over TLS."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from integrations.sandbox import Sandbox, Tenant

DOMAIN = "proeve.example"
BOT_SCOPE = "https://api.botframework.com/.default"


def _user(name: str, **more: Any) -> dict[str, Any]:
    upn = f"{name}@{DOMAIN}"
    return {"id": f"id-of-{name}", "userPrincipalName": upn, "displayName": name.title(), "mail": upn, **more}


def _event(start: str, end: str, **more: Any) -> dict[str, Any]:
    zone = "Romance Standard Time"
    return {
        "start": {"dateTime": f"{start}:00.0000000", "timeZone": zone},
        "end": {"dateTime": f"{end}:00.0000000", "timeZone": zone},
        **more,
    }


@pytest.fixture(scope="session")
def make_event() -> Callable[..., dict[str, Any]]:
    """Make an event from 2026-03-05T08:00 to 2026-03-05T16:00 and whatever else it shall have."""
    return _event


@pytest.fixture(scope="session")
def tenant_data() -> dict[str, Any]:
    named = ["anna", "bo", "carl", "dora"]
    crowd = [f"p{number:02}" for number in range(21)]
    users = [_user(name) for name in named + crowd]
    users += [_user("eva", mailbox=False), _user("finn", manager=f"anna@{DOMAIN}")]
    plan = _event("2026-03-06T08:00", "2026-03-06T16:00", id="w0", workLocationType="remote")
    return {"users": users, "events": {}, "work_plan": {f"anna@{DOMAIN}": [plan]}}


@pytest.fixture(scope="session")
def running(tenant_data: dict[str, Any]) -> Iterator[Sandbox]:
    with Sandbox(Tenant.from_data(tenant_data)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    for user in running.tenant.users:
        if running.tenant.events(user["userPrincipalName"]):
            running.tenant.set_events(user["userPrincipalName"], [])
    running.faults.clear()
    running.clear()
    return running


@dataclass(frozen=True)
class Api:
    """Talks to the sandbox with a token for Graph and one for the bot."""

    http: httpx.Client
    graph_token: str
    bot_token: str

    def graph(self, method: str, path: str, token: str | None = None, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.graph_token}", **more.pop("headers", {})}
        return self.http.request(method, f"/v1.0{path}", headers=headers, **more)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.graph("GET", path, headers=headers)

    def batch(self, *requests: dict[str, Any]) -> httpx.Response:
        return self.graph("POST", "/$batch", json={"requests": list(requests)})

    def bot(self, method: str, path: str, body: Any, token: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.bot_token}"}
        return self.http.request(method, f"/teams/v3/conversations{path}", headers=headers, json=body)


@pytest.fixture(scope="session")
def trust(running: Sandbox) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=running.settings()["HJEMMEDAG_CA_FILE"])


@pytest.fixture(scope="session")
def http(running: Sandbox, trust: ssl.SSLContext) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, verify=trust, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def token_form(running: Sandbox) -> dict[str, str]:
    settings = running.settings()
    return {
        "grant_type": "client_credentials",
        "client_id": settings["HJEMMEDAG_CLIENT_ID"],
        "client_secret": settings["HJEMMEDAG_CLIENT_SECRET"],
        "scope": f"{running.url}/.default",
    }


@pytest.fixture(scope="session")
def tokens(running: Sandbox, http: httpx.Client, token_form: dict[str, str]) -> tuple[str, str]:
    address = f"/{running.settings()['HJEMMEDAG_TENANT_ID']}/oauth2/v2.0/token"
    graph = http.post(address, data=token_form)
    bot = http.post(address, data=token_form | {"scope": BOT_SCOPE})
    return graph.json()["access_token"], bot.json()["access_token"]


@pytest.fixture
def api(sandbox: Sandbox, http: httpx.Client, tokens: tuple[str, str]) -> Api:
    return Api(http, *tokens)
