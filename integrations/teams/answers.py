"""What Teams answers, as something we can act on: an error's code, and what became of a message. Pure.

The codes stand in Microsoft's "Send proactive messages" and "Optimize your bot with rate limiting in Teams".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import httpx
import msgspec

from bot.errors import WrongConfiguration
from bot.model import Delivery, MessageState

BEFORE_IT_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Errors after which we know that nothing of the request has reached the other side."""

_REASONS = {
    "MessageWritesBlocked": "blocked-by-user",
    "ConversationBlockedByUser": "blocked-by-user",
    "ForbiddenOperationException": "app-not-installed",
    "BotNotInConversationRoster": "app-not-installed",
    "BotDisabledByAdmin": "app-disabled-by-admin",
    "ConversationNotFound": "conversation-not-found",
}
_NOT_FINAL = {
    HTTPStatus.FORBIDDEN: "forbidden",  # not even these two: people come back, apps are installed
    HTTPStatus.NOT_FOUND: "conversation-not-found",
    HTTPStatus.PRECONDITION_FAILED: "not-ready",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
}
_CREDENTIALS = (
    "HJEMMEDAG_BOT_ID must be the app id of an Azure Bot with the Teams channel, and "
    "HJEMMEDAG_BOT_SERVICE_URL and HJEMMEDAG_BOT_TOKEN_SCOPE must belong to the same "
    "Microsoft cloud; check all three."
)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,59}")


def error_code(status: int, body: bytes) -> str:
    """The code in an error of Graph's or the Bot Connector's; the status where there is none.

    Only what looks like a code is taken: an error's message may quote what was sent.
    """
    answer = _decoded(body)
    told = answer.get("error")
    code = told.get("code") if isinstance(told, dict) else None
    found = _sub_code(answer) or code
    return found if isinstance(found, str) and _CODE.fullmatch(found) else str(status)


def not_opened(status: int, body: bytes) -> Delivery:
    """What it means that a conversation could not be opened, however often it was tried."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Delivery(MessageState.FAILED, "teams-unavailable")
    return _refused(status, body)


def posted(status: int, body: bytes) -> Delivery:
    """What became of a message that was posted. A 5xx says nothing: the message may have arrived."""
    if 200 <= status < 300:
        return Delivery(MessageState.SENT)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Delivery(MessageState.UNCLEAR, f"answered-{status}")
    return _refused(status, body)


def _refused(status: int, body: bytes) -> Delivery:
    code = error_code(status, body)
    if status == HTTPStatus.UNAUTHORIZED:
        raise WrongConfiguration("Microsoft Teams refuses the bot's credentials.", [_CREDENTIALS])
    if status in _NOT_FINAL:
        return Delivery(MessageState.FAILED, _REASONS.get(code, _NOT_FINAL[HTTPStatus(status)]))
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Delivery(MessageState.UNDELIVERABLE, "too-large")
    return Delivery(MessageState.UNDELIVERABLE, f"refused: {code}")


def connection_error(error: httpx.RequestError) -> Delivery:
    """What it means for a posted message that its request or the answer to it got lost."""
    if isinstance(error, BEFORE_IT_LEFT):
        return Delivery(MessageState.FAILED, "teams-unreachable")
    return Delivery(MessageState.UNCLEAR, "no-answer")


def _sub_code(answer: Mapping[str, Any]) -> object:
    # {"errorCode": 209, "message": "{\"subCode\": \"MessageWritesBlocked\", ...}"}: JSON within JSON
    told = answer.get("error")
    message = told.get("message") if isinstance(told, dict) else answer.get("message")
    return _decoded(message.encode()).get("subCode") if isinstance(message, str) else None


def _decoded(body: bytes) -> Mapping[str, Any]:
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:  # a proxy's page, or nothing at all
        return {}
    return answer if isinstance(answer, dict) else {}
