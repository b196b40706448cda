"""The program's own sender, to a sandbox that is running elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from benchmarks.service import Service
from bot.model import DirectoryUser
from integrations.graph.client import GraphClient
from integrations.http import new_client
from integrations.sandbox import Tenant
from integrations.sandbox.connector import conversation_with
from integrations.teams.sender import TeamsSender


class Conversations(dict[str, str]):
    """The part of the store that the sender uses, in memory."""

    def conversation(self, recipient: str) -> str | None:
        """Return the conversation with a person, where there is one."""
        return self.get(recipient)

    def remember_conversation(self, recipient: str, conversation: str) -> None:
        """Keep the conversation with a person."""
        self[recipient] = conversation


def conversations_with(people: Sequence[DirectoryUser]) -> dict[str, str]:
    """Return the conversation that each person has in the sandbox, by principal name."""
    return {one.principal_name: conversation_with({"id": one.id}) for one in people}


def tenant_of(people: Sequence[DirectoryUser]) -> Tenant:
    """Return a tenant that is these people, without any calendars."""
    users = [{"id": one.id, "userPrincipalName": one.principal_name} for one in people]
    return Tenant.from_data({"users": users, "events": {}})


@asynccontextmanager
async def sender_to(
    settings: Mapping[str, str], conversations: Mapping[str, str]
) -> AsyncIterator[TeamsSender]:
    """Build the program's own sender to a sandbox with these settings, which knows these conversations."""
    service = Service.of(settings)
    with service.tokens() as tokens:
        async with new_client(service.tls) as graph_http, new_client(service.tls) as teams_http:
            yield TeamsSender(
                http=teams_http,
                tokens=tokens,
                graph=GraphClient(graph_url=service.graph_url, tokens=tokens, http=graph_http),
                service_url=settings["HJEMMEDAG_BOT_SERVICE_URL"],
                scope="https://api.botframework.com/.default",
                tenant_id=service.tenant_id,
                bot_id=service.client_id,
                teams_app_id=settings["HJEMMEDAG_TEAMS_APP_ID"],
                conversations=Conversations(conversations),
                graph_url=service.graph_url,
            )
