"""``POST /v1.0/$batch``: up to 20 requests, four worked on at a time, answered in no order."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from integrations.sandbox.exchange import Answer, Call, RefusedError
from integrations.sandbox.latency import Latency
from integrations.sandbox.odata import graph_error, refuse

PATH = "/v1.0/$batch"
_MOST = 20
_AT_ONCE = 4

Dispatch = Callable[[Call], Awaitable[Answer | None]]


class Batch:
    """Takes a batch apart and hands its items to ``dispatch`` under the token of the whole."""

    def __init__(self, authorise: Callable[[Call], None], dispatch: Dispatch, latency: Latency) -> None:
        """``latency`` is how long a batch takes beside its items."""
        self._authorise = authorise
        self._latency = latency
        self._dispatch = dispatch
        self._random = random.Random(20)  # noqa: S311 - a repeatable disorder, no secret

    def person(self, _call: Call, /) -> str | None:
        """Nobody in particular."""
        return None

    def error(self, status: int, code: str | None = None, message: str | None = None) -> Answer:
        """Return an error as Graph writes it."""
        return graph_error(status, code, message)

    async def answer(self, call: Call) -> Answer:
        """Answer a batch; a malformed one is turned down as a whole."""
        try:
            self._authorise(call)
            if call.method != "POST":
                raise refuse(405)
            items = _items(call)
        except RefusedError as refused:
            return refused.answer
        await self._latency.pass_by()
        limit = asyncio.Semaphore(_AT_ONCE)
        responses = await asyncio.gather(*(self._one(call, item, limit) for item in items))
        self._random.shuffle(responses)
        return Answer(200, {"responses": responses})

    async def _one(self, batch: Call, item: dict[str, Any], limit: asyncio.Semaphore) -> dict[str, Any]:
        async with limit:
            # A back end that hangs up on Graph shows as a gateway timeout of that item.
            answer = await self._dispatch(_inner(batch, item)) or graph_error(504)
        response = {"id": item["id"], "status": answer.status, "headers": answer.all_headers()}
        body = answer.body if answer.text is None else answer.text
        return response if body is None else response | {"body": body}


def _inner(batch: Call, item: dict[str, Any]) -> Call:
    token = {"Authorization": batch.headers["authorization"]}
    body = msgspec.json.encode(item["body"]) if "body" in item else b""
    target = f"/v1.0/{item['url'].lstrip('/')}"
    return Call.to(item["method"], target, item.get("headers", {}) | token, body, inner=True)


def _items(call: Call) -> list[dict[str, Any]]:
    items = (call.json_object() or {}).get("requests")
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise refuse(400, "BadRequest", "Invalid batch payload format.")
    if len(items) > _MOST:
        message = f"Number of batch request steps exceeds the maximum value of {_MOST}."
        raise refuse(400, "BadRequest", message)
    for item in items:
        _check(item)
    if max(Counter(item["id"] for item in items).values()) > 1:
        raise refuse(400, "BadRequest", "Request Id has to be unique in a batch.")
    return items


def _check(item: dict[str, Any]) -> None:
    if any(not isinstance(item.get(key), str) or not item[key] for key in ("id", "method", "url")):
        raise refuse(400, "BadRequest", "Each request of a batch needs an id, a method and a url.")
    url = item["url"]
    if "://" in url.partition("?")[0] or url.lower().lstrip("/").startswith("$batch"):
        raise refuse(400, "BadRequest", "The url of a request in a batch must be relative, and no batch.")
    if "dependsOn" in item:
        raise refuse(501, message="dependsOn is not part of the sandbox.")
    headers = item.get("headers", {})
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise refuse(400, "BadRequest", "The headers of a request in a batch must be strings.")
    if "body" in item and "content-type" not in {name.lower() for name in headers}:
        raise refuse(400, "BadRequest", "A request with a body needs a Content-Type header.")
