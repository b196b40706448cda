"""What is read off an answer: its kind, the id of what was made, and an error's code, never its words."""

from __future__ import annotations

import json

import pytest

from integrations.answers import Answer

DETAILS = {"subCode": "MessageWritesBlocked", "details": "Thread is blocked.", "errorSubCode": None}
BLOCKED = json.dumps({"errorCode": 209, "message": json.dumps(DETAILS, indent=2)}).encode()
INSIDE = json.dumps({"error": {"code": "Other", "message": json.dumps(DETAILS)}}).encode()


def error(code: str) -> bytes:
    return json.dumps({"error": {"code": code, "message": "Something quoted from the message"}}).encode()


def answer(status: int, body: bytes = b"") -> Answer:
    return Answer(status, {}, body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BLOCKED, "MessageWritesBlocked"),
        (b'{"errorCode": 209, "message": "Thread is blocked from message writes."}', "MessageWritesBlocked"),
        (INSIDE, "MessageWritesBlocked"),
        (error("BotNotInConversationRoster"), "BotNotInConversationRoster"),
        (error("the whole text that was sent"), None),
        (b'{"errorCode": 210, "message": "x"}', None),
        (b'{"errorCode": [209]}', None),
        (b'{"error": "invalid"}', None),
        (b'{"message": "not json"}', None),
        (b'["x"]', None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_only_what_looks_like_a_code_is_taken_from_an_error(body: bytes, code: str | None) -> None:
    assert answer(403, body).code == code


@pytest.mark.parametrize(
    ("body", "found"),
    [(b'{"id": "a:1"}', "a:1"), (b'{"id": ""}', None), (b'{"id": 7}', None), (b"{}", None), (b"?", None)],
)
def test_the_id_of_what_was_made_is_a_text(body: bytes, found: str | None) -> None:
    assert answer(201, body).id == found


@pytest.mark.parametrize(
    ("status", "success", "refusal", "out_of_order"),
    [
        (200, True, False, False),
        (202, True, False, False),
        (302, False, False, False),
        (400, False, False, False),
        (403, False, True, False),
        (404, False, True, False),
        (408, False, False, True),
        (429, False, False, False),
        (500, False, False, True),
        (504, False, False, True),
    ],
)
def test_a_status_says_what_kind_of_answer_it_is(
    status: int, success: bool, refusal: bool, out_of_order: bool
) -> None:
    one = answer(status)
    assert (one.is_success, one.is_refusal, one.is_out_of_order) == (success, refusal, out_of_order)
