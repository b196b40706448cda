"""Sends messages in Teams: known conversation, or install and open one; then post the card. Changes it there.

A message is posted at most once, unless it is certain that Teams did not take it.
"""

from __future__ import annotations

from typing import Any, Protocol

import httpx

from bot.model import Delivery, DirectoryUser, Message, MessageState, Receipt
from bot.ports import Change
from integrations.graph.client import GraphClient
from integrations.pace import REAL_TIME, Clock
from integrations.teams.cards import CONTENT_TYPE, adaptive_card
from integrations.teams.connector import BotConnector, Tokens
from integrations.teams.installation import AppInstaller
from integrations.teams.outcomes import connection_error, not_opened, posted, updated

LONGEST_SUMMARY = 200  # characters; it is the line in the toast and in the list of chats


class Conversations(Protocol):
    """Remembers the Teams conversation with each person, by principal name."""

    def conversation(self, recipient: str) -> str | None: ...

    def remember_conversation(self, recipient: str, conversation: str) -> None: ...


class TeamsSender:
    """A ``bot.ports.Sender``, and the ``Cards``, of one-to-one chats in Teams.

    ``graph`` is used to install the app alone. All that one sender does, whatever is asked of it at once,
    keeps Microsoft's rate limits.
    """

    channel = "teams"

    def __init__(
        self,
        *,
        http: httpx.AsyncClient,
        tokens: Tokens,
        graph: GraphClient,
        service_url: str,
        scope: str,
        tenant_id: str,
        bot_id: str,
        teams_app_id: str | None,
        conversations: Conversations,
        graph_url: str = "https://graph.microsoft.com",
        clock: Clock = REAL_TIME,
    ) -> None:
        self._connector = BotConnector(
            http=http,
            tokens=tokens,
            service_url=service_url,
            scope=scope,
            tenant_id=tenant_id,
            bot_id=bot_id,
            clock=clock,
        )
        self._installer = (
            AppInstaller(graph, graph_url=graph_url, teams_app_id=teams_app_id, clock=clock)
            if teams_app_id
            else None
        )
        self._conversations = conversations

    async def prepare(self, recipient: DirectoryUser) -> Delivery | None:
        """Sign in and, for a person not written to before, install the app and open the conversation."""
        if not recipient.enabled:
            return Delivery(MessageState.UNDELIVERABLE, "account-disabled")
        await self._connector.sign_in()
        if self._conversations.conversation(recipient.principal_name) is not None:
            return None
        opened = await self._open(recipient)
        return opened if isinstance(opened, Delivery) else None

    async def send(self, recipient: DirectoryUser, message: Message) -> Delivery:
        """Try once, within the channel's own retries. Reasons are short codes.

        Raises: ``WrongConfiguration`` when Microsoft refuses the bot's credentials, ``ServiceDown`` when the
        identity service gives no token. Nothing has been posted then.
        """
        if not recipient.enabled:
            return Delivery(MessageState.UNDELIVERABLE, "account-disabled")
        activity = _activity(message)
        known = self._conversations.conversation(recipient.principal_name)
        if known is not None:
            delivery = await self._post(known, activity)
            if not delivery.refused:
                return delivery
        opened = await self._open(recipient)
        if isinstance(opened, Delivery):
            return opened
        return await self._post(opened, activity)

    async def update(self, receipt: Receipt, message: Message) -> Change:
        """Put the message in the place of an earlier one. Return what became of it.

        GONE where the card or its reader is, NOT_NOW where Teams is out of order. Safe to repeat.

        Raises: as ``send`` does.
        """
        try:
            answer = await self._connector.update(receipt.conversation, receipt.activity, _activity(message))
        except httpx.RequestError:
            return Change.NOT_NOW
        return updated(answer)

    async def _open(self, recipient: DirectoryUser) -> str | Delivery:
        if self._installer is not None:
            obstacle = await self._installer.install(recipient.id)
            if obstacle is not None:
                return obstacle
        try:
            answer = await self._connector.open_conversation(recipient.id)
        except httpx.RequestError:
            return Delivery(MessageState.FAILED, "teams-unreachable")
        if not answer.is_success:
            return not_opened(answer)
        if answer.id is None:
            return Delivery(MessageState.FAILED, "conversation-unreadable")
        self._conversations.remember_conversation(recipient.principal_name, answer.id)
        return answer.id

    async def _post(self, conversation: str, activity: dict[str, Any]) -> Delivery:
        try:
            answer = await self._connector.post(conversation, activity)
        except httpx.RequestError as error:
            return connection_error(error)
        return posted(conversation, answer)


def _activity(message: Message) -> dict[str, Any]:
    return {
        "type": "message",
        "summary": message.title[:LONGEST_SUMMARY],
        "locale": message.language,
        "attachments": [{"contentType": CONTENT_TYPE, "content": adaptive_card(message)}],
    }
