"""The reason codes of messages that hang, gathered by what one can do about them."""

from __future__ import annotations

from enum import StrEnum

from bot.model import MessageRecord, MessageState


class Matter(StrEnum):
    """What stands in the way of a message, as operators can act on it."""

    UNKNOWN_PERSON = "unknown-person"
    CLOSED_ACCOUNT = "closed-account"
    NOT_LOOKED_UP = "not-looked-up"
    NO_SIGN_IN = "no-sign-in"
    CATALOGUE = "catalogue"
    NOT_INSTALLED = "not-installed"
    SWITCHED_OFF = "switched-off"
    BLOCKED = "blocked"
    REFUSED = "refused"
    NO_CONVERSATION = "no-conversation"
    NO_SERVICE = "no-service"
    TOO_LARGE = "too-large"
    NO_CLEAR_ANSWER = "no-clear-answer"
    NO_ADDRESS = "no-address"
    MAIL_FORBIDDEN = "mail-forbidden"
    NO_MAIL_SENDER = "no-mail-sender"
    WEBHOOK = "webhook"
    OTHER = "other"


_BY_CODE = {
    "not-in-directory": Matter.UNKNOWN_PERSON,
    "account-disabled": Matter.CLOSED_ACCOUNT,
    "directory-unavailable": Matter.NOT_LOOKED_UP,
    "no-token": Matter.NO_SIGN_IN,
    "app-not-in-catalogue": Matter.CATALOGUE,
    "catalogue-refused": Matter.CATALOGUE,
    "catalogue-unreadable": Matter.CATALOGUE,
    "app-not-installed": Matter.NOT_INSTALLED,
    "install-refused": Matter.NOT_INSTALLED,
    "app-disabled-by-admin": Matter.SWITCHED_OFF,
    "blocked-by-user": Matter.BLOCKED,
    "forbidden": Matter.REFUSED,
    "conversation-not-found": Matter.NO_CONVERSATION,
    "conversation-unreadable": Matter.NO_CONVERSATION,
    "graph-unavailable": Matter.NO_SERVICE,
    "graph-unreachable": Matter.NO_SERVICE,
    "not-ready": Matter.NO_SERVICE,
    "teams-unavailable": Matter.NO_SERVICE,
    "teams-unreachable": Matter.NO_SERVICE,
    "throttled": Matter.NO_SERVICE,
    "too-large": Matter.TOO_LARGE,
    "no-mail-address": Matter.NO_ADDRESS,
    "mail-forbidden": Matter.MAIL_FORBIDDEN,
    "mail-sender-unknown": Matter.NO_MAIL_SENDER,
    "webhook-refused": Matter.WEBHOOK,
    "webhook-unreachable": Matter.WEBHOOK,
}


def matter_of(record: MessageRecord) -> Matter:
    """Return what stands in the way; what Microsoft adds to a code after a colon makes no difference."""
    if record.state is MessageState.UNCLEAR:
        return Matter.NO_CLEAR_ANSWER
    return _BY_CODE.get((record.reason or "").partition(":")[0], Matter.OTHER)
