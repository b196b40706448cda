"""One answer of Teams or Graph, and what can be read off it whoever gave it. Pure.

An error is ``{"error": {"code": ...}}``, or ``{"errorCode": 209, "message": "{\\"subCode\\": ...}"}``
with JSON within JSON. Its message may quote what was sent, so nothing of that is passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec

_NUMBERED = {209: "MessageWritesBlocked"}
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the headers in any case, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether what was asked for is done."""
        return 200 <= self.status < 300

    @property
    def is_refusal(self) -> bool:
        """Whether this person, conversation or message is refused. Never final on first sight."""
        return self.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)

    @property
    def is_out_of_order(self) -> bool:
        """Whether the service is, so that the answer says nothing of what was asked."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status == HTTPStatus.REQUEST_TIMEOUT

    @property
    def id(self) -> str | None:
        """The id of what was made, where the answer gives one."""
        found = _decoded(self.body).get("id")
        return found if isinstance(found, str) and found else None

    @property
    def code(self) -> str | None:
        """The error's code, where there is one and it looks like a code."""
        answer = _decoded(self.body)
        sub_code = _decoded(self.message.encode()).get("subCode")
        found = sub_code or _error(answer).get("code") or _numbered(answer)
        return found if isinstance(found, str) and _CODE.fullmatch(found) else None

    @property
    def message(self) -> str:
        """What the error says in words: to be looked into, never to be passed on."""
        answer = _decoded(self.body)
        found = _error(answer).get("message") or answer.get("message")
        return found if isinstance(found, str) else ""


def _error(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    error = answer.get("error")
    return error if isinstance(error, dict) else {}


def _numbered(answer: Mapping[str, Any]) -> str | None:
    number = answer.get("errorCode")
    return _NUMBERED.get(number) if isinstance(number, int) else None


def _decoded(body: bytes) -> Mapping[str, Any]:
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:  # a proxy's page, or nothing at all
        return {}
    return answer if isinstance(answer, dict) else {}
