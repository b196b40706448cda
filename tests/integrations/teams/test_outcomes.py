"""What Teams answers is sorted into sent, failed, refused, undeliverable and unclear, with a short reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import httpx
import pytest

from bot.errors import WrongConfiguration
from bot.model import Delivery, MessageState, Receipt
from bot.ports import Change
from integrations.answers import Answer
from integrations.teams.outcomes import connection_error, not_installed, not_opened, posted, updated

BLOCKED = b'{"errorCode": 209, "message": "{\\"subCode\\": \\"MessageWritesBlocked\\"}"}'
OTHER_CLOUD = b'{"error": {"code": "InvalidBotApiHost", "message": "Invalid bot api host."}}'


def error(code: str, message: str = "Something quoted from the message") -> bytes:
    return json.dumps({"error": {"code": code, "message": message}}).encode()


def failed(reason: str) -> Delivery:
    return Delivery(MessageState.FAILED, reason)


def refused(reason: str) -> Delivery:
    return Delivery(MessageState.FAILED, reason, refused=True)


def undeliverable(reason: str) -> Delivery:
    return Delivery(MessageState.UNDELIVERABLE, reason)


def unclear(reason: str) -> Delivery:
    return Delivery(MessageState.UNCLEAR, reason)


def post(status: int, body: bytes = b"") -> Delivery:
    return posted("a:1", Answer(status, {}, body))


def opening(status: int, body: bytes = b"") -> Delivery:
    return not_opened(Answer(status, {}, body))


def change(status: int, body: bytes = b"") -> Change:
    return updated(Answer(status, {}, body))


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, error("BadSyntax"), undeliverable("refused: BadSyntax")),
        (403, BLOCKED, refused("blocked-by-user")),
        (403, error("ConversationBlockedByUser"), refused("blocked-by-user")),
        (403, error("ForbiddenOperationException"), refused("app-not-installed")),
        (403, error("BotNotInConversationRoster"), refused("app-not-installed")),
        (403, error("BotDisabledByAdmin"), refused("app-disabled-by-admin")),
        (403, error("SomethingNew"), refused("refused: SomethingNew")),
        (403, b"", refused("forbidden")),
        (404, error("ConversationNotFound"), refused("conversation-not-found")),
        (404, error("SomethingNew"), refused("refused: SomethingNew")),
        (404, b"<html>", refused("conversation-not-found")),
        (412, error("PreconditionFailed"), failed("not-ready")),
        (413, error("MessageSizeTooBig"), undeliverable("too-large")),
        (429, error("TooManyRequests"), failed("throttled")),
        (302, b"", undeliverable("refused: 302")),
        (499, b"", undeliverable("refused: 499")),
    ],
)
def test_what_is_not_taken_is_sorted_alike_for_a_message_and_for_a_conversation(
    status: int, body: bytes, expected: Delivery
) -> None:
    assert post(status, body) == opening(status, body) == expected


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_service_out_of_order_leaves_a_message_unclear_and_a_conversation_not_opened(status: int) -> None:
    assert post(status, b"<html>") == unclear(f"answered-{status}")
    assert opening(status, b"<html>") == failed("teams-unavailable")


def test_a_message_that_was_sent_has_a_receipt_where_the_answer_gives_an_id() -> None:
    assert post(201, b'{"id": "17"}') == Delivery(MessageState.SENT, receipt=Receipt("a:1", "17"))
    assert post(202) == Delivery(MessageState.SENT)


@pytest.mark.parametrize("judge", [post, opening, change])
def test_refused_credentials_stop_everything_and_say_what_to_check(judge: Callable[[int], object]) -> None:
    with pytest.raises(WrongConfiguration, match="credentials") as raised:
        judge(401)
    assert "HJEMMEDAG_BOT_ID" in raised.value.faults[0]


@pytest.mark.parametrize("judge", [post, opening, change])
def test_a_service_address_of_another_cloud_is_a_wrong_configuration(
    judge: Callable[[int, bytes], object],
) -> None:
    with pytest.raises(WrongConfiguration, match="service address") as raised:
        judge(403, OTHER_CLOUD)
    assert "HJEMMEDAG_BOT_SERVICE_URL" in raised.value.faults[0]


@pytest.mark.parametrize(
    ("statuses", "became"),
    [
        ((200, 202), Change.DONE),
        ((400, 403, 404, 413), Change.GONE),
        ((408, 412, 429, 500, 503), Change.NOT_NOW),
    ],
)
def test_a_card_is_changed_or_gone_or_left_until_later(statuses: Sequence[int], became: Change) -> None:
    assert {change(status) for status in statuses} == {became}


@pytest.mark.parametrize("status", [200, 201, 204, 409])
def test_an_app_that_was_installed_or_is_there_already_is_no_obstacle(status: int) -> None:
    assert not_installed(Answer(status, {}, b"")) is None


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (
            403,
            error("Forbidden", "App is blocked by app permission policy. TenantId: x, UserObjectId: y"),
            refused("install-refused: app-blocked-by-policy"),
        ),
        (403, error("AccessDenied", "x"), refused("install-refused: AccessDenied")),
        (403, b"", refused("install-refused: 403")),
        (404, error("NotFound", "x"), refused("install-refused: NotFound")),
        (
            403,
            error("Forbidden", "Missing role permissions on the request. API requires one of 'x'."),
            failed("install-refused: missing-permission"),
        ),
        (403, error("Authorization_RequestDenied", "x"), failed("install-refused: missing-permission")),
        (400, error("BadRequest", "x"), failed("install-refused: BadRequest")),
        (429, error("TooManyRequests", "x"), failed("throttled")),
        (503, b"", failed("graph-unavailable")),
    ],
)
def test_a_person_is_refused_the_app_or_the_program_is_not_allowed_to_install_it(
    status: int, body: bytes, expected: Delivery
) -> None:
    assert not_installed(Answer(status, {}, body)) == expected


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_what_never_left_has_failed(kind: type[httpx.RequestError]) -> None:
    assert connection_error(kind("x")) == failed("teams-unreachable")


@pytest.mark.parametrize(
    "kind",
    [httpx.ReadTimeout, httpx.ReadError, httpx.WriteTimeout, httpx.WriteError, httpx.RemoteProtocolError],
)
def test_what_had_left_is_unclear(kind: type[httpx.RequestError]) -> None:
    assert connection_error(kind("x")) == unclear("no-answer")
