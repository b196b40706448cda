"""The web application around the front, and the pages for a person or a script under ``/sandbox``.

``GET /sandbox/messages``, ``/sandbox/mails``, ``/sandbox/requests``, ``/sandbox/turned-away`` and
``/sandbox/counts`` give JSON; ``POST /sandbox/clear`` forgets all five.
"""

from __future__ import annotations

import asyncio

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from integrations.sandbox.exchange import Answer, Call
from integrations.sandbox.front import Front
from integrations.sandbox.journal import Journal

TRANSPORT = "hjemmedag.transport"


def build_app(front: Front, journal: Journal) -> Starlette:
    """Return the application that serves the front and shows its journal."""

    async def messages(_: Request) -> Response:
        return _json(journal.messages)

    async def mails(_: Request) -> Response:
        return _json(journal.mails)

    async def requests(_: Request) -> Response:
        return _json(journal.requests)

    async def turned_away(_: Request) -> Response:
        return _json(journal.turned_away)

    async def counts(_: Request) -> Response:
        return _json(journal.counts())

    async def clear(_: Request) -> Response:
        journal.clear()
        return Response(status_code=204)

    async def everything(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await front.handle(await _call(Request(scope, receive)))
        except (asyncio.CancelledError, ClientDisconnect):  # the server is stopping, or the client has gone
            return
        if answer is None:
            await _hang_up(scope, receive)
        else:
            await _response(answer)(scope, receive, send)

    pages = [
        Route("/sandbox/messages", messages),
        Route("/sandbox/mails", mails),
        Route("/sandbox/requests", requests),
        Route("/sandbox/turned-away", turned_away),
        Route("/sandbox/counts", counts),
        Route("/sandbox/clear", clear, methods=["POST"]),
    ]
    return Starlette(routes=[*pages, Mount("/", everything)])


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _response(answer: Answer) -> Response:
    return Response(answer.content(), answer.status, answer.all_headers())


async def _call(request: Request) -> Call:
    headers = {name: ", ".join(request.headers.getlist(name)) for name in request.headers}
    raw_path: bytes = request.scope["raw_path"]
    target = b"?".join(part for part in (raw_path, request.scope["query_string"]) if part)
    return Call.to(request.method, target.decode("ascii"), headers, await request.body())


async def _hang_up(scope: Scope, receive: Receive) -> None:
    scope[TRANSPORT].abort()
    while (await receive())["type"] != "http.disconnect":
        pass
