"""Sends messages as mail from one mailbox. Each is handed in once, unless Graph surely did not take it.

Sources: learn.microsoft.com, "user: sendMail" (202 says accepted, not delivered) and "Exchange Online limits"
(30 messages a minute from one mailbox).
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx
from tenacity import retry_if_exception_type

from bot.model import Delivery, DirectoryUser, Message, MessageState
from integrations.answers import Answer
from integrations.graph.client import GraphClient
from integrations.http import BEFORE_IT_LEFT
from integrations.mail.render import render_html, render_text
from integrations.pace import REAL_TIME, Clock, Pace
from integrations.patience import if_status, patiently

MAILS_PER_SECOND = 1 / 2.1  # 28 in a minute
LONGEST_SUBJECT = 200  # characters; Exchange takes 255
_AGAIN = retry_if_exception_type(BEFORE_IT_LEFT) | if_status({HTTPStatus.TOO_MANY_REQUESTS})
_OF_THE_SET_UP: Mapping[int, str] = {
    HTTPStatus.FORBIDDEN: "mail-forbidden",
    HTTPStatus.NOT_FOUND: "mail-sender-unknown",
}


class MailSender:
    """A ``bot.ports.Sender``. ``sender`` is the mailbox; ``text``: plain text instead of HTML.

    ``fallback``: the mail says at the end that it comes because Teams could not deliver it.
    """

    channel = "mail"

    def __init__(
        self,
        graph: GraphClient,
        *,
        sender: str,
        text: bool = False,
        fallback: bool = True,
        clock: Clock = REAL_TIME,
    ) -> None:
        self._graph = graph
        self._path = f"/users/{quote(sender, safe='@')}/sendMail"
        self._text = text
        self._fallback = fallback
        self._clock = clock
        self._pace = Pace(MAILS_PER_SECOND, under_way=1, clock=clock)

    async def prepare(self, recipient: DirectoryUser) -> Delivery | None:
        """Say what stands in the way, without asking anybody: a closed account, or no address."""
        if not recipient.enabled:
            return Delivery(MessageState.UNDELIVERABLE, "account-disabled")
        return None if recipient.mail else Delivery(MessageState.UNDELIVERABLE, "no-mail-address")

    async def send(self, recipient: DirectoryUser, message: Message) -> Delivery:
        """Hand in one mail to one recipient. Reasons are short codes.

        Raises: ``WrongConfiguration`` when Graph refuses the program's token, ``ServiceDown`` when the
        identity service gives none. Nothing has been sent then.
        """
        if obstacle := await self.prepare(recipient):
            return obstacle
        body = {"message": self._mail(recipient, message), "saveToSentItems": False}

        async def attempt() -> Answer:
            async with self._pace.turn():
                response = await self._graph.request("POST", self._path, body=body)
            return Answer(response.status, response.headers, response.body)

        try:
            answer = await patiently(attempt, again=_AGAIN, pace=self._pace, clock=self._clock)
        except BEFORE_IT_LEFT:
            return Delivery(MessageState.FAILED, "graph-unreachable")
        except httpx.RequestError:
            return Delivery(MessageState.UNCLEAR, "no-answer")
        return _outcome(answer)

    def _mail(self, recipient: DirectoryUser, message: Message) -> dict[str, Any]:
        render = render_text if self._text else render_html
        return {
            "subject": " ".join(message.title.split())[:LONGEST_SUBJECT],
            "body": {
                "contentType": "Text" if self._text else "HTML",
                "content": render(message, fallback=self._fallback),
            },
            "toRecipients": [{"emailAddress": {"address": recipient.mail, "name": recipient.name}}],
        }


def _outcome(answer: Answer) -> Delivery:
    """Return what became of a mail. A 5xx says nothing: it may have been taken."""
    if answer.is_success:
        return Delivery(MessageState.SENT)
    if answer.is_out_of_order:
        return Delivery(MessageState.UNCLEAR, f"answered-{answer.status}")
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Delivery(MessageState.FAILED, "throttled")
    if reason := _OF_THE_SET_UP.get(answer.status):
        return Delivery(MessageState.FAILED, reason)
    if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Delivery(MessageState.UNDELIVERABLE, "too-large")
    return Delivery(MessageState.UNDELIVERABLE, f"refused: {answer.code or answer.status}")
