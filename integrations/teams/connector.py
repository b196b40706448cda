"""The calls of the Bot Connector that a message takes: open the conversation, post into it, change it there.

Source: learn.microsoft.com, "Send proactive messages". Opening and changing are idempotent and tried again
like a read; posting has no idempotency key and is tried again only where the message surely did not arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote

import httpx
from tenacity import retry_if_exception_type
from tenacity.retry import retry_base

from integrations.answers import Answer
from integrations.http import BEFORE_IT_LEFT
from integrations.pace import (
    CONNECTOR_PER_SECOND,
    CONVERSATION_AT_ONCE,
    CONVERSATION_PER_SECOND,
    UNDER_WAY,
    Clock,
    Pace,
)
from integrations.patience import if_status, patiently

_REFUSED_FOR_NOW = {412, 429}
_LIKE_A_READ = retry_if_exception_type(httpx.TransportError) | if_status(_REFUSED_FOR_NOW | {502, 503, 504})
_DID_NOT_ARRIVE = retry_if_exception_type(BEFORE_IT_LEFT) | if_status(_REFUSED_FOR_NOW)


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
        clock: Clock,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._conversations = f"{service_url.rstrip('/')}/v3/conversations"
        self._scope = scope
        self._tenant_id = tenant_id
        self._bot_id = bot_id
        self._clock = clock
        self._pace = Pace(CONNECTOR_PER_SECOND, under_way=UNDER_WAY, clock=clock)
        self._paces: dict[str, Pace] = {}

    async def sign_in(self) -> None:
        """Get a token, so that a refusal comes before anything is promised to anybody."""
        await self._tokens.token(self._scope)

    async def open_conversation(self, user_id: str) -> Answer:
        """Open the one-to-one conversation with a user (Entra object id), or find it again."""
        body = {
            "bot": {"id": self._bot_id},
            "members": [{"id": user_id}],
            "channelData": {"tenant": {"id": self._tenant_id}},
            "tenantId": self._tenant_id,
            "isGroup": False,
        }
        return await self._ask("POST", self._conversations, body, _LIKE_A_READ, self._pace_of(user_id))

    async def post(self, conversation: str, activity: Mapping[str, Any]) -> Answer:
        """Post an activity; what failed once the request had left is not tried again."""
        url = self._activities(conversation)
        return await self._ask("POST", url, activity, _DID_NOT_ARRIVE, self._pace_of(conversation))

    async def update(self, conversation: str, activity_id: str, activity: Mapping[str, Any]) -> Answer:
        """Put an activity in the place of one that was posted."""
        url = f"{self._activities(conversation)}/{quote(activity_id, safe=':@')}"
        body = {**activity, "id": activity_id}
        return await self._ask("PUT", url, body, _LIKE_A_READ, self._pace_of(conversation))

    def _activities(self, conversation: str) -> str:
        return f"{self._conversations}/{quote(conversation, safe=':@')}/activities"

    def _pace_of(self, conversation: str) -> Pace:
        """Return the pace of one conversation, or of opening the one with a user."""
        if conversation not in self._paces:
            self._paces[conversation] = Pace(
                CONVERSATION_PER_SECOND, under_way=1, clock=self._clock, at_once=CONVERSATION_AT_ONCE
            )
        return self._paces[conversation]

    async def _ask(
        self, method: str, url: str, body: Mapping[str, Any], again: retry_base, conversation: Pace
    ) -> Answer:
        async def attempt() -> Answer:
            # Before the turn: waiting for a token after it would let a crowd leave at once.
            token = await self._tokens.token(self._scope)
            headers = {"Authorization": f"Bearer {token}"}
            async with conversation.turn(), self._pace.turn():
                response = await self._http.request(method, url, json=body, headers=headers)
            return Answer(response.status_code, response.headers, response.content)

        return await patiently(attempt, again=again, pace=self._pace, clock=self._clock)
