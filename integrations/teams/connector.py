"""The two calls of the Bot Connector that a message takes: open the conversation, post into it.

Source: learn.microsoft.com, "Send proactive messages". Opening is idempotent and tried again like a read;
posting has no idempotency key and is tried again only where the message surely did not arrive.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, retry_if_result
from tenacity.retry import retry_base

from integrations.retry import tried_enough, wait_as_asked
from integrations.teams.answers import BEFORE_IT_LEFT

ATTEMPTS = 5
LONGEST_WAIT = 600.0
_REFUSED_FOR_NOW = frozenset({412, 429})
_PASSING = _REFUSED_FOR_NOW | {502, 503, 504}


class Tokens(Protocol):
    """Where access tokens come from."""

    async def token(self, scope: str) -> str: ...


class BotConnector:
    """Speaks for one bot in one tenant. Raises what ``Tokens`` raises, and ``httpx.RequestError``."""

    def __init__(
        self,
        *,
        http: httpx.AsyncClient,
        tokens: Tokens,
        service_url: str,
        scope: str,
        tenant_id: str,
        bot_id: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._conversations = f"{service_url.rstrip('/')}/v3/conversations"
        self._scope = scope
        self._tenant_id = tenant_id
        self._bot_id = bot_id
        self._sleep = sleep

    async def sign_in(self) -> None:
        """Get a token, so that a refusal comes before anything is promised to anybody."""
        await self._tokens.token(self._scope)

    async def open_conversation(self, user_id: str) -> httpx.Response:
        """Open the one-to-one conversation with a user (Entra object id), or find it again."""
        body = {
            "bot": {"id": self._bot_id},
            "members": [{"id": user_id}],
            "channelData": {"tenant": {"id": self._tenant_id}},
            "tenantId": self._tenant_id,
            "isGroup": False,
        }
        again = retry_if_exception_type(httpx.TransportError) | _if_status(_PASSING)
        return await self._post(self._conversations, body, again)

    async def post(self, conversation: str, activity: Mapping[str, Any]) -> httpx.Response:
        """Post an activity; what failed once the request had left is not tried again."""
        url = f"{self._conversations}/{quote(conversation, safe=':@')}/activities"
        again = retry_if_exception_type(BEFORE_IT_LEFT) | _if_status(_REFUSED_FOR_NOW)
        return await self._post(url, activity, again)

    async def _post(self, url: str, body: Mapping[str, Any], again: retry_base) -> httpx.Response:
        async def send() -> httpx.Response:
            token = await self._tokens.token(self._scope)
            return await self._http.post(url, json=body, headers={"Authorization": f"Bearer {token}"})

        retrying = AsyncRetrying(
            retry=again,
            wait=wait_as_asked,
            stop=tried_enough(attempts=ATTEMPTS, wait=LONGEST_WAIT),
            sleep=self._sleep,
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        response: httpx.Response = await retrying(send)
        return response


def _if_status(statuses: frozenset[int]) -> retry_base:
    return retry_if_result(lambda response: response.status_code in statuses)
