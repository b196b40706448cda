"""Posts a message to a channel in Teams through the webhook of a Workflows flow.

Source: learn.microsoft.com, "Create incoming webhooks with Workflows for Microsoft Teams". 2xx says that the
flow has taken it. Whoever has the address can write in the channel, so it is a secret and never shown.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, retry_if_result

from bot.model import Delivery, Message, MessageState
from integrations.http import BEFORE_IT_LEFT
from integrations.retry import tried_enough, wait_as_asked
from integrations.teams.cards import CONTENT_TYPE, adaptive_card

ATTEMPTS = 4
LONGEST_WAIT = 60.0  # seconds; the next pass tries again anyway


class Webhook:
    """Writes in the one channel behind ``url``; ``http`` is the caller's to close."""

    channel = "webhook"

    def __init__(
        self,
        *,
        url: str,
        http: httpx.AsyncClient,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._url = httpx.URL(url)
        self._http = http
        self._sleep = sleep

    async def send_to_channel(self, message: Message) -> Delivery:
        """Post once; again only where the message surely did not arrive. Raises what ``sleep`` raises."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(BEFORE_IT_LEFT) | retry_if_result(_is_throttled),
            wait=wait_as_asked,
            stop=tried_enough(attempts=ATTEMPTS, wait=LONGEST_WAIT),
            sleep=self._sleep,
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        try:
            with _unlogged(self._url):
                answer: httpx.Response = await retrying(self._http.post, self._url, json=_activity(message))
        except BEFORE_IT_LEFT:
            return Delivery(MessageState.FAILED, "webhook-unreachable")
        except httpx.RequestError:
            return Delivery(MessageState.UNCLEAR, "no-answer")
        return _outcome(answer.status_code)


def _outcome(status: int) -> Delivery:
    """Return what became of the message. A 5xx says nothing: the flow may have taken it."""
    if 200 <= status < 300:
        return Delivery(MessageState.SENT)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Delivery(MessageState.UNCLEAR, f"answered-{status}")
    return Delivery(MessageState.FAILED, f"webhook-refused: {status}")


def _is_throttled(answer: httpx.Response) -> bool:
    return answer.status_code == HTTPStatus.TOO_MANY_REQUESTS


def _activity(message: Message) -> Mapping[str, Any]:
    card = {"contentType": CONTENT_TYPE, "contentUrl": None, "content": adaptive_card(message)}
    return {"type": "message", "attachments": [card]}


@contextmanager
def _unlogged(url: httpx.URL) -> Iterator[None]:
    """Keep the line out of the log that httpx writes of every request, with its address."""

    def says_nothing_of_it(record: logging.LogRecord) -> bool:
        return str(url) not in record.getMessage()

    log = logging.getLogger("httpx")
    log.addFilter(says_nothing_of_it)
    try:
        yield
    finally:
        log.removeFilter(says_nothing_of_it)
