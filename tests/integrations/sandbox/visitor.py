"""A sandbox without a server and a visitor with a token, for virtual time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from integrations.sandbox import Fault, FaultBook, Tenant
from integrations.sandbox.exchange import Answer, Call
from integrations.sandbox.front import Front
from integrations.sandbox.journal import Journal
from integrations.sandbox.services import Load, build_front
from integrations.sandbox.signin import CLIENT_ID, TENANT_ID

URL = "https://localhost"
SECRET = "in virtual time"
MARCH = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z"
AT_ONCE = Load(0, 0, None)


def crowd(people: int) -> Tenant:
    """Make a tenant of people with empty calendars."""
    users = [{"id": f"id-{n}", "userPrincipalName": f"p{n}@proeve.example"} for n in range(people)]
    return Tenant.made_to_order(users, lambda upn: ())


def view(person: int) -> str:
    """Return the path and query of somebody's calendar."""
    return f"/users/p{person}@proeve.example/calendarView?{MARCH}"


@dataclass
class Visitor:
    """Asks the front of a tenant directly."""

    tenant: Tenant
    load: Load = AT_ONCE
    faults: Sequence[Fault] = ()
    journal: Journal = field(default_factory=Journal)
    token: str = ""

    def __post_init__(self) -> None:
        self.front: Front = build_front(
            self.tenant, FaultBook(self.faults), self.journal, URL, SECRET, self.load
        )

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"")

    async def batch(self, *paths: str) -> dict[str, dict[str, Any]]:
        """Post reads of these paths and return the answers by path."""
        items = [{"id": path, "method": "GET", "url": path} for path in paths]
        answer = await self._ask("POST", "/$batch", json.dumps({"requests": items}).encode())
        return {item["id"]: item for item in json.loads(answer.content())["responses"]}

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        headers = {"Authorization": f"Bearer {await self._signed_in()}"}
        answer = await self.front.handle(Call.to(method, f"/v1.0{path}", headers, body))
        assert answer
        return answer

    async def _signed_in(self) -> str:
        if not self.token:
            proof = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": SECRET}
            form = urlencode(proof | {"scope": f"{URL}/.default"})
            call = Call.to("POST", f"/{TENANT_ID}/oauth2/v2.0/token", {}, form.encode())
            answer = await self.front.handle(call)
            assert answer
            self.token = json.loads(answer.content())["access_token"]
        return self.token
