"""A Graph of canned answers behind respx, reached through the real MSAL, SDK transport and client."""

import json
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing

import httpx
import pytest
import respx

from integrations.graph.client import GraphClient
from integrations.graph.stream import Stream
from integrations.http import new_client, tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.pace import Clock

GRAPH = "https://graph.example"
LOGIN = "https://login.example/tenant"


class CannedGraph:
    """Answers the reads inside a batch by the start of their path; the last answer stands for good.

    ``posts`` are the reads of each post, and ``times`` when it came, by a ``clock`` that only sleeping, of
    which ``slept`` are the seconds, moves on; ``outer`` are answers of whole posts that come first.
    """

    def __init__(self, router: respx.MockRouter) -> None:
        self.router = router
        self.posts: list[list[dict]] = []
        self.times: list[float] = []
        self.slept: list[float] = []
        self.now = 0.0
        self.clock = Clock(lambda: self.now, self.sleep)
        self.outer: list[httpx.Response | Exception] = []
        self._answers: dict[str, list[dict]] = {}
        self.batch = router.post(f"{GRAPH}/v1.0/$batch").mock(side_effect=self._post)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def answer(self, path: str, *answers: dict) -> None:
        self._answers[path] = list(answers)

    def asked(self) -> list[str]:
        return [read["url"] for post in self.posts for read in post]

    def _post(self, request: httpx.Request) -> httpx.Response:
        reads = json.loads(request.content)["requests"]
        self.posts.append(reads)
        self.times.append(self.now)
        if self.outer:
            answer = self.outer.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        return httpx.Response(200, json={"responses": [self._one(read) for read in reversed(reads)]})

    def _one(self, read: dict) -> dict:
        start = max((path for path in self._answers if read["url"].startswith(path)), key=len, default=None)
        if start is None:
            return {"id": read["id"], "status": 404, "body": {"error": {"code": "ResourceNotFound"}}}
        answers = self._answers[start]
        return {"id": read["id"], "status": 200, **(answers.pop(0) if len(answers) > 1 else answers[0])}


@pytest.fixture
def router() -> Iterator[respx.MockRouter]:
    with respx.mock(assert_all_called=False) as router:
        router.get(f"{LOGIN}/v2.0/.well-known/openid-configuration").respond(
            json={
                "issuer": f"{LOGIN}/v2.0",
                "authorization_endpoint": f"{LOGIN}/authorize",
                "token_endpoint": f"{LOGIN}/token",
            }
        )
        router.post(f"{LOGIN}/token").respond(
            json={"token_type": "Bearer", "expires_in": 3600, "access_token": "the token"}
        )
        yield router


@pytest.fixture
def graph(router: respx.MockRouter) -> CannedGraph:
    return CannedGraph(router)


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    return tls_context(None)


@pytest.fixture
async def client(graph: CannedGraph, tls: ssl.SSLContext) -> AsyncIterator[GraphClient]:
    async with way_to(graph, tls) as client:
        yield client


@asynccontextmanager
async def way_to(graph: CannedGraph, tls: ssl.SSLContext) -> AsyncIterator[GraphClient]:
    tokens = TokenSource(
        tenant_id="tenant",
        client_id="client",
        authority="https://login.example",
        credential=ClientSecret("secret"),
        tls=tls,
        sleep=graph.slept.append,
    )
    with closing(tokens):
        async with new_client(tls) as http:
            yield GraphClient(graph_url=GRAPH, tokens=tokens, http=http, sleep=graph.sleep)


@pytest.fixture
def stream(client: GraphClient, graph: CannedGraph) -> Stream:
    return Stream(client, clock=graph.clock)
