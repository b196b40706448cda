"""What Teams answers is sorted into sent, failed, undeliverable and unclear, with a short reason."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.errors import WrongConfiguration
from bot.model import Delivery, MessageState
from integrations.teams.answers import connection_error, error_code, not_opened, posted

BLOCKED = (
    b'{"errorCode": 209, "message": "{\\"subCode\\": \\"MessageWritesBlocked\\", \\"details\\": \\"x\\"}"}'
)


def error(code: str) -> bytes:
    return json.dumps({"error": {"code": code, "message": "Something quoted from the message"}}).encode()


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (201, b"", Delivery(MessageState.SENT)),
        (202, b"{}", Delivery(MessageState.SENT)),
        (400, error("BadSyntax"), Delivery(MessageState.UNDELIVERABLE, "refused: BadSyntax")),
        (403, BLOCKED, Delivery(MessageState.FAILED, "blocked-by-user")),
        (403, error("ForbiddenOperationException"), Delivery(MessageState.FAILED, "app-not-installed")),
        (403, error("SomethingNew"), Delivery(MessageState.FAILED, "forbidden")),
        (404, error("ConversationNotFound"), Delivery(MessageState.FAILED, "conversation-not-found")),
        (404, b"<html>", Delivery(MessageState.FAILED, "conversation-not-found")),
        (408, b"", Delivery(MessageState.UNCLEAR, "answered-408")),
        (412, error("PreconditionFailed"), Delivery(MessageState.FAILED, "not-ready")),
        (413, error("MessageSizeTooBig"), Delivery(MessageState.UNDELIVERABLE, "too-large")),
        (429, error("TooManyRequests"), Delivery(MessageState.FAILED, "throttled")),
        (500, b"", Delivery(MessageState.UNCLEAR, "answered-500")),
        (502, b"<html>", Delivery(MessageState.UNCLEAR, "answered-502")),
        (504, b"", Delivery(MessageState.UNCLEAR, "answered-504")),
        (302, b"", Delivery(MessageState.UNDELIVERABLE, "refused: 302")),
    ],
)
def test_answer_to_a_posted_message(status: int, body: bytes, expected: Delivery) -> None:
    assert posted(status, body) == expected


@pytest.mark.parametrize(
    ("status", "reason"), [(500, "teams-unavailable"), (503, "teams-unavailable"), (429, "throttled")]
)
def test_a_conversation_that_could_not_be_opened_leaves_nothing_unclear(status: int, reason: str) -> None:
    assert not_opened(status, b"") == Delivery(MessageState.FAILED, reason)


@pytest.mark.parametrize("judge", [posted, not_opened])
def test_refused_credentials_stop_everything_and_say_what_to_check(judge: object) -> None:
    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_BOT_ID"):
        judge(401, b"")  # type: ignore[operator]


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_what_never_left_has_failed(kind: type[httpx.RequestError]) -> None:
    assert connection_error(kind("x")) == Delivery(MessageState.FAILED, "teams-unreachable")


@pytest.mark.parametrize(
    "kind",
    [httpx.ReadTimeout, httpx.ReadError, httpx.WriteTimeout, httpx.WriteError, httpx.RemoteProtocolError],
)
def test_what_had_left_is_unclear(kind: type[httpx.RequestError]) -> None:
    assert connection_error(kind("x")) == Delivery(MessageState.UNCLEAR, "no-answer")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BLOCKED, "MessageWritesBlocked"),
        (error("BadSyntax"), "BadSyntax"),
        (error("the whole text that was sent"), "400"),
        (b'{"error": "invalid"}', "400"),
        (b'{"message": "not json"}', "400"),
        (b'["x"]', "400"),
        (b"", "400"),
    ],
)
def test_only_what_looks_like_a_code_is_taken_from_an_error(body: bytes, code: str) -> None:
    assert error_code(400, body) == code
