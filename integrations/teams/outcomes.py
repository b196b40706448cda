"""What became of a message, by what was answered to each of the steps it takes. Pure.

The codes stand in Microsoft's "Status codes from bot conversational APIs"; those with which Graph won't
install an app are as people who met them have reported. A 403 or 404 is ``refused``: it is about this person
and may pass. What is wrong with the organisation's own set-up is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import httpx

from bot.errors import WrongConfiguration
from bot.model import Delivery, MessageState, Receipt
from bot.ports import Change
from integrations.answers import Answer
from integrations.http import BEFORE_IT_LEFT

_INSTALLED = frozenset({200, 201, 204, 409})  # 409: it is there already
_REASONS = {
    "MessageWritesBlocked": "blocked-by-user",
    "ConversationBlockedByUser": "blocked-by-user",
    "ForbiddenOperationException": "app-not-installed",
    "BotNotInConversationRoster": "app-not-installed",
    "BotDisabledByAdmin": "app-disabled-by-admin",
    "ConversationNotFound": "conversation-not-found",
}
_WITHOUT_CODE: Mapping[int, str] = {
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "conversation-not-found",
}
_NOT_NOW: Mapping[int, str] = {
    HTTPStatus.PRECONDITION_FAILED: "not-ready",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
}
_OTHER_CLOUD = "InvalidBotApiHost"
_CREDENTIALS = (
    "HJEMMEDAG_BOT_ID must be the app id of an Azure Bot with the Teams channel, and "
    "HJEMMEDAG_BOT_SERVICE_URL and HJEMMEDAG_BOT_TOKEN_SCOPE must belong to the same "
    "Microsoft cloud; check all three."
)


def posted(conversation: str, answer: Answer) -> Delivery:
    """What became of a message that was posted. A 5xx says nothing: the message may have arrived."""
    if answer.is_success:
        receipt = Receipt(conversation, answer.id) if answer.id else None
        return Delivery(MessageState.SENT, receipt=receipt)
    if answer.is_out_of_order:
        return Delivery(MessageState.UNCLEAR, f"answered-{answer.status}")
    return _not_taken(answer)


def connection_error(error: httpx.RequestError) -> Delivery:
    """What it means for a posted message that its request or the answer to it got lost."""
    if isinstance(error, BEFORE_IT_LEFT):
        return Delivery(MessageState.FAILED, "teams-unreachable")
    return Delivery(MessageState.UNCLEAR, "no-answer")


def not_opened(answer: Answer) -> Delivery:
    """What it means that a conversation could not be opened, however often it was tried."""
    if answer.is_out_of_order:
        return Delivery(MessageState.FAILED, "teams-unavailable")
    return _not_taken(answer)


def updated(answer: Answer) -> Change:
    """What became of a message that was to be changed where it stands."""
    _check_set_up(answer)
    if answer.is_out_of_order or answer.status in _NOT_NOW:
        return Change.NOT_NOW
    return Change.DONE if answer.is_success else Change.GONE


def not_installed(answer: Answer) -> Delivery | None:
    """Why a person doesn't have the app, however often installing it was tried; None: they have it."""
    if answer.status in _INSTALLED:
        return None
    if answer.is_out_of_order:
        return Delivery(MessageState.FAILED, "graph-unavailable")
    if answer.status in _NOT_NOW:
        return Delivery(MessageState.FAILED, _NOT_NOW[answer.status])
    if answer.code == "Authorization_RequestDenied" or "Missing role permissions" in answer.message:
        return Delivery(MessageState.FAILED, "install-refused: missing-permission")
    blocked = "blocked by app permission policy" in answer.message
    code = "app-blocked-by-policy" if blocked else answer.code or answer.status
    return Delivery(MessageState.FAILED, f"install-refused: {code}", refused=answer.is_refusal)


def _not_taken(answer: Answer) -> Delivery:
    _check_set_up(answer)
    if answer.status in _NOT_NOW:
        return Delivery(MessageState.FAILED, _NOT_NOW[answer.status])
    if answer.is_refusal:
        return Delivery(MessageState.FAILED, _reason(answer), refused=True)
    if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Delivery(MessageState.UNDELIVERABLE, "too-large")
    return Delivery(MessageState.UNDELIVERABLE, f"refused: {answer.code or answer.status}")


def _reason(answer: Answer) -> str:
    if answer.code is None:
        return _WITHOUT_CODE[answer.status]
    return _REASONS.get(answer.code, f"refused: {answer.code}")


def _check_set_up(answer: Answer) -> None:
    if answer.status == HTTPStatus.UNAUTHORIZED:
        raise WrongConfiguration("Microsoft Teams refuses the bot's credentials.", [_CREDENTIALS])
    if answer.status == HTTPStatus.FORBIDDEN and answer.code == _OTHER_CLOUD:
        raise WrongConfiguration("Microsoft Teams refuses the bot's service address.", [_CREDENTIALS])
