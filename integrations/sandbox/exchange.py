"""One request and its answer, free of any web framework: the same handlers serve HTTP and $batch items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import msgspec

JSON_TYPE = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Call:
    """A request: ``path`` is decoded and without the query, names of ``headers`` are in lower case.

    ``inner`` marks an item of a $batch.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    inner: bool = False

    @classmethod
    def to(
        cls, method: str, target: str, headers: Mapping[str, str], body: bytes, *, inner: bool = False
    ) -> Call:
        """Read a call off a request target such as ``/v1.0/users?%24top=5``."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        lowered = {name.lower(): value for name, value in headers.items()}
        return cls(method.upper(), unquote(parts.path), query, lowered, body, inner)

    def option(self, name: str) -> str | None:
        """Return a query option; Graph takes its names in any case."""
        wanted = name.lower()
        return next((value for key, value in self.query.items() if key.lower() == wanted), None)

    def json_object(self) -> dict[str, Any] | None:
        """Return the body when it is a JSON object, else None."""
        try:
            value = msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            return None
        return value if isinstance(value, dict) else None

    def target(self, **changed: str) -> str:
        """Return the path and query again, encoded, with some options (named without ``$``) replaced."""
        wanted = {f"${name}": value for name, value in changed.items()}
        query = {key: value for key, value in self.query.items() if key.lower() not in wanted} | wanted
        encoded = urlencode(query, quote_via=quote, safe="$,:'()")
        return quote(self.path, safe="/$@(),='") + (f"?{encoded}" if encoded else "")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: ``body`` is a JSON value, None for no body; ``text`` stands in for what isn't JSON."""

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None

    def content(self) -> bytes:
        """Return the body as it goes over the wire."""
        if self.text is not None:
            return self.text.encode()
        return b"" if self.body is None else msgspec.json.encode(self.body)

    def all_headers(self) -> dict[str, str]:
        """Return the headers with a content type where there is a body."""
        has_body = self.text is not None or self.body is not None
        return ({"Content-Type": JSON_TYPE} if has_body else {}) | dict(self.headers)

    def retry_after(self, wait: str) -> Answer:
        """Return the same answer, and with it when to come back."""
        return replace(self, headers={**self.headers, "Retry-After": wait})


class RefusedError(Exception):
    """Raised by a handler that turns a request down; holds the answer to give."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Service(Protocol):
    """One of the services behind the front: sign-in, Graph, the batch of Graph, the Bot Connector."""

    async def answer(self, call: Call) -> Answer:
        """Answer a call; never raises for what the caller did."""
        ...

    def person(self, call: Call, /) -> str | None:
        """Return the principal name, in lower case, of the person the call is about, if any."""
        ...

    def error(self, status: int, code: str | None = None, message: str | None = None) -> Answer:
        """Return an error in this service's own shape, with its usual code and words where none are given."""
        ...
