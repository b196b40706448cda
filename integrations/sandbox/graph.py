"""Microsoft Graph v1.0: who may ask, which resource answers, how much a mailbox takes at once."""

from __future__ import annotations

import re

from integrations.sandbox.exchange import Answer, Call, RefusedError
from integrations.sandbox.latency import Latency
from integrations.sandbox.mailboxes import Mailboxes
from integrations.sandbox.odata import Route, graph_error, refuse
from integrations.sandbox.signin import Tokens
from integrations.sandbox.tenant import Tenant
from integrations.sandbox.throttle import Throttle

_USER = re.compile(r"/v1\.0/users/([^/]+)", re.IGNORECASE)


class Graph:
    """Serves the routes of all resources to those who bring a token for ``audience``."""

    def __init__(
        self,
        tenant: Tenant,
        tokens: Tokens,
        audience: str,
        routes: list[Route],
        throttle: Throttle,
        latency: Latency,
    ) -> None:
        """``latency`` is how long a mailbox takes over each request."""
        self._tenant = tenant
        self._tokens = tokens
        self._audience = audience
        self._routes = routes
        self._throttle = throttle
        self._mailboxes = Mailboxes(throttle, latency)

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
        person = self.person(call)
        mailbox = (person or arguments["user"]) if entry.mailbox else None
        wait = self._throttle.graph(call, person, mailbox=mailbox, units=_units(entry, call))
        if wait is not None:
            raise RefusedError(graph_error(429).retry_after(wait))
        if mailbox is None:
            return entry.serve(call, **arguments)
        return await self._mailboxes.work(call, mailbox, lambda: entry.serve(call, **arguments))


def _units(entry: Route, call: Call) -> int:
    """Return how many identity resource units a request costs: fewer with ``$select`` or a small page."""
    if not entry.units:
        return 0
    top = call.option("$top") or ""
    small = top.isdecimal() and int(top) < 20
    return max(1, entry.units - (call.option("$select") is not None) - small)
