"""Microsoft Graph v1.0: who may ask, which resource answers, how much a mailbox takes at once."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable

from integrations.sandbox.exchange import Answer, Call, RefusedError
from integrations.sandbox.odata import Route, graph_error, refuse
from integrations.sandbox.signin import Tokens
from integrations.sandbox.tenant import Tenant

_AT_ONCE = 4
_USER = re.compile(r"/v1\.0/users/([^/]+)", re.IGNORECASE)


class Graph:
    """Serves the routes of all resources to those who bring a token for ``audience``."""

    def __init__(
        self, tenant: Tenant, tokens: Tokens, audience: str, routes: list[Route], latency: float
    ) -> None:
        """``latency`` is how many seconds a mailbox takes for each request."""
        self._tenant = tenant
        self._tokens = tokens
        self._audience = audience
        self._routes = routes
        self._gate = _MailboxGate(latency)

    async def answer(self, call: Call) -> Answer:
        """Answer one request."""
        try:
            self.authorise(call)
            return await self._route(call)
        except RefusedError as refused:
            return refused.answer

    def authorise(self, call: Call) -> None:
        """Refuse a call without a token for Graph."""
        if self._tokens.audience(call) != self._audience:
            raise refuse(401)

    def person(self, call: Call) -> str | None:
        """Return the principal name of the user in the path."""
        found = _USER.match(call.path)
        user = self._tenant.find(found[1]) if found else None
        return None if user is None else str(user["userPrincipalName"]).lower()

    def error(self, status: int, code: str | None = None, message: str | None = None) -> Answer:
        """Return an error as Graph writes it."""
        return graph_error(status, code, message)

    async def _route(self, call: Call) -> Answer:
        found = [(entry, match) for entry in self._routes if (match := entry.pattern.fullmatch(call.path))]
        if not found:
            raise refuse(404, "ResourceNotFound", f"Resource not found for the path '{call.path}'.")
        for entry, match in found:
            if entry.method == call.method:
                return await self._serve(entry, call, match.groupdict())
        raise refuse(405)

    async def _serve(self, entry: Route, call: Call, arguments: dict[str, str]) -> Answer:
        if not entry.mailbox:
            return entry.serve(call, **arguments)
        mailbox = self.person(call) or arguments["user"]
        return await self._gate.run(mailbox, lambda: entry.serve(call, **arguments))


class _MailboxGate:
    """Lets four requests at a time work on a mailbox and turns the fifth away, as Exchange does."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._busy: Counter[str] = Counter()

    async def run(self, mailbox: str, work: Callable[[], Answer]) -> Answer:
        if self._busy[mailbox] >= _AT_ONCE:
            message = "Application is over its MailboxConcurrency limit."
            raise refuse(429, "ApplicationThrottled", message)
        self._busy[mailbox] += 1
        try:
            # Without any time passing here, requests made at once would never meet.
            await asyncio.sleep(self._latency)
            return work()
        finally:
            self._busy[mailbox] -= 1
