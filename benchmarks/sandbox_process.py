"""The sandbox in a process of its own, with Microsoft's rate limits on, and a sender to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot.model import DirectoryUser
from integrations.graph.client import GraphClient
from integrations.http import new_client, tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.sandbox import Limits, Sandbox, Tenant, TurnedAway
from integrations.sandbox.connector import conversation_with
from integrations.teams.sender import TeamsSender

LATENCY = 0.2
"""Seconds from a request to the Bot Connector to its answer, more or less."""


class Conversations(dict[str, str]):
    """The part of the store that the sender uses, in memory."""

    def conversation(self, recipient: str) -> str | None:
        """Return the conversation with a person, where there is one."""
        return self.get(recipient)

    def remember_conversation(self, recipient: str, conversation: str) -> None:
        """Keep the conversation with a person."""
        self[recipient] = conversation


@dataclass(frozen=True, slots=True)
class Seen:
    """How often each person was written to, and which requests came too often."""

    arrived: Mapping[str, int]
    turned_away: Sequence[TurnedAway]


@dataclass(frozen=True, slots=True)
class FarSandbox:
    """A sandbox that is running elsewhere: its settings, and the line to it."""

    settings: Mapping[str, str]
    line: Connection

    def seen(self) -> Seen:
        """Ask what it has seen; once."""
        self.line.send("what did you see?")
        seen: Seen = self.line.recv()
        return seen


@contextmanager
def far_sandbox(people: Sequence[DirectoryUser]) -> Iterator[FarSandbox]:
    """Run a sandbox whose tenant is these people."""
    processes = get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=_serve, args=(people, there))
    process.start()
    there.close()
    try:
        yield FarSandbox(here.recv(), here)
    finally:
        here.close()  # which ends the sandbox, whatever it waits for
        process.join()


def conversations_with(people: Sequence[DirectoryUser]) -> dict[str, str]:
    """Return the conversation that each person has in the sandbox, by principal name."""
    return {one.principal_name: conversation_with({"id": one.id}) for one in people}


@asynccontextmanager
async def sender_to(
    settings: Mapping[str, str], conversations: Mapping[str, str]
) -> AsyncIterator[TeamsSender]:
    """Build the program's own sender to a sandbox with these settings, which knows these conversations."""
    given = {name.removeprefix("HJEMMEDAG_"): value for name, value in settings.items()}
    tls = tls_context(Path(given["CA_FILE"]))
    tokens = TokenSource(
        tenant_id=given["TENANT_ID"],
        client_id=given["CLIENT_ID"],
        authority=given["AUTHORITY"],
        credential=ClientSecret(given["CLIENT_SECRET"]),
        tls=tls,
    )
    try:
        async with new_client(tls) as graph_http, new_client(tls) as teams_http:
            yield TeamsSender(
                http=teams_http,
                tokens=tokens,
                graph=GraphClient(graph_url=given["GRAPH_URL"], tokens=tokens, http=graph_http),
                service_url=given["BOT_SERVICE_URL"],
                scope="https://api.botframework.com/.default",
                tenant_id=given["TENANT_ID"],
                bot_id=given["CLIENT_ID"],
                teams_app_id=given["TEAMS_APP_ID"],
                conversations=Conversations(conversations),
                graph_url=given["GRAPH_URL"],
            )
    finally:
        tokens.close()


def _serve(people: Sequence[DirectoryUser], line: Connection) -> None:
    users = [{"id": one.id, "userPrincipalName": one.principal_name} for one in people]
    tenant = Tenant.from_data({"users": users, "events": {}})
    with Sandbox(tenant, limits=Limits(), teams_latency=LATENCY) as sandbox, suppress(EOFError):
        line.send(sandbox.settings())
        line.recv()
        line.send(Seen(Counter(one.recipient for one in sandbox.messages), sandbox.turned_away))
        line.recv()
