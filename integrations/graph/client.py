"""One request to Microsoft Graph: msgraph-sdk's transport, our token, our retries, bodies as raw bytes.

The SDK's models decode a few hundred events a second, and its retries cover neither 500, 502 nor a broken
connection and repeat every POST; so it gives the pipeline, and what is here gives the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpx
import msgspec
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.method import Method
from kiota_abstractions.native_response_handler import NativeResponseHandler
from kiota_abstractions.request_information import RequestInformation
from kiota_http.middleware.options import RedirectHandlerOption, ResponseHandlerOption, RetryHandlerOption
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]
from tenacity import AsyncRetrying, retry_if_exception_type, retry_if_result

from bot.errors import ServiceDown, WrongConfiguration
from integrations.identity import TokenSource
from integrations.retry import PASSING_STATUS, tried_enough, wait_as_asked

VERSION = "/v1.0"
ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class GraphResponse:
    """What Graph answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class GraphClient:
    """Sends requests to one Graph by ``http``, which stays as it is and is the caller's to close.

    ``longest_wait`` bounds the seconds one request waits between its tries.
    """

    def __init__(
        self,
        *,
        graph_url: str,
        tokens: TokenSource,
        http: httpx.AsyncClient,
        longest_wait: float = 120.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._root = _https(graph_url) + VERSION
        self.host = urlsplit(self._root).netloc
        self._longest_wait = longest_wait
        self._sleep = sleep
        provider = BaseBearerTokenAuthenticationProvider(_GraphTokens(tokens, graph_url.rstrip("/")))
        self._adapter = GraphRequestAdapter(provider, _with_pipeline(http))
        self._adapter.base_url = self._root

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        retry: bool | None = None,
    ) -> GraphResponse:
        """Send one request; ``path`` is relative to the version, ``body`` becomes JSON.

        ``retry`` says that a repetition does no harm; it is taken for granted for GET alone. Any status but
        401 is returned, except that a request with retries raises for a 5xx that stays.

        Raises: ``WrongConfiguration`` on 401; with retries, ``ServiceDown`` when Graph cannot be reached or
        is out of order; without, ``httpx.RequestError``, from which the caller can tell whether it left.
        """
        content = None if body is None else msgspec.json.encode(body)

        async def send() -> GraphResponse:
            return await self._send(Method(method), self._root + path, content, headers or {})

        repeatable = method == "GET" if retry is None else retry
        response = await (self._patiently(send) if repeatable else send())
        if response.status == httpx.codes.UNAUTHORIZED:
            raise token_refused()
        return response

    def relative(self, link: str) -> str:
        """Return an absolute link of Graph's, such as a nextLink, as a path for ``request`` or a batch.

        Raises: ``ValueError`` when the link leads anywhere else.
        """
        there, root = urlsplit(link), urlsplit(self._root)
        if _origin(there) != _origin(root) or not there.path.startswith(root.path + "/"):
            raise ValueError("a link that leads away from Graph")
        return there.path.removeprefix(root.path) + (f"?{there.query}" if there.query else "")

    async def _patiently(self, send: Callable[[], Awaitable[GraphResponse]]) -> GraphResponse:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(httpx.RequestError)
            | retry_if_result(lambda response: response.status in PASSING_STATUS),
            wait=wait_as_asked,
            stop=tried_enough(attempts=ATTEMPTS, wait=self._longest_wait),
            sleep=self._sleep,
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        try:
            response: GraphResponse = await retrying(send)
        except httpx.RequestError as error:
            raise ServiceDown(
                f"Microsoft Graph at {self.host} cannot be reached ({type(error).__name__})."
            ) from error
        if response.status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise ServiceDown(f"Microsoft Graph at {self.host} answers {response.status}.")
        return response

    async def _send(
        self, method: Method, url: str, content: bytes | None, headers: Mapping[str, str]
    ) -> GraphResponse:
        information = RequestInformation(method)
        information.url = url
        for name, value in headers.items():
            information.headers.add(name, value)
        if content is not None:
            information.set_stream_content(content, "application/json")
        information.add_request_options([ResponseHandlerOption(NativeResponseHandler())])
        response: Any = await self._adapter.send_primitive_async(information, "bytes", None)
        # A response and its stream hold each other: megabytes, until garbage is next collected.
        response.stream = httpx.ByteStream(b"")
        return GraphResponse(response.status_code, dict(response.headers), response.content)


class _GraphTokens(AccessTokenProvider):
    """Hands the token to requests for our own Graph alone: Kiota's base class asks for every address."""

    def __init__(self, tokens: TokenSource, graph_url: str) -> None:
        self._tokens = tokens
        self._graph = urlsplit(graph_url)
        self._scope = f"{graph_url}/.default"

    async def get_authorization_token(
        self,
        uri: str,
        additional_authentication_context: dict[str, Any] | None = None,  # noqa: ARG002 (Kiota's signature)
    ) -> str:
        if _origin(urlsplit(uri)) != _origin(self._graph):
            raise ValueError("a request that leads away from Graph gets no token")
        return await self._tokens.token(self._scope)

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator([self._graph.hostname or ""])


def token_refused() -> WrongConfiguration:
    """The error for a 401, of a whole request or of one inside a batch."""
    return WrongConfiguration(
        "Microsoft Graph refuses the program's token.",
        ["HJEMMEDAG_GRAPH_URL and HJEMMEDAG_AUTHORITY must belong to the same Microsoft cloud; check both."],
    )


class _Through(httpx.AsyncBaseTransport):
    """Sends by another client. The SDK replaces a client's transport by one that is never closed."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._http.send(request, stream=True)


def _with_pipeline(http: httpx.AsyncClient) -> httpx.AsyncClient:
    # Kiota would repeat a POST on 503, and follow a redirect to another host.
    options = {
        RetryHandlerOption.get_key(): RetryHandlerOption(delay=0, max_retries=0, should_retry=False),
        RedirectHandlerOption.get_key(): RedirectHandlerOption(should_redirect=False),
    }
    client = httpx.AsyncClient(transport=_Through(http), timeout=http.timeout, headers=http.headers)
    piped: httpx.AsyncClient = GraphClientFactory.create_with_default_middleware(
        client=client, options=options
    )
    return piped


def _https(graph_url: str) -> str:
    if not graph_url.startswith("https://"):
        raise WrongConfiguration(
            "The address of Microsoft Graph cannot be used.",
            ["HJEMMEDAG_GRAPH_URL must be an https address, such as https://graph.microsoft.com."],
        )
    return graph_url.rstrip("/")


def _origin(address: SplitResult) -> tuple[str, str | None, int]:
    return address.scheme, address.hostname, address.port or 443
