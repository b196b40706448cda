"""The format of Graph's ``$batch``: twenty reads in one post, each answer taken on its own.

An outer 200 says nothing of the reads inside; a throttled one carries a 429 and a Retry-After of its own.
(learn.microsoft.com/graph/json-batching, /graph/throttling)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from integrations.graph.wire import decode

PATH = "/$batch"
SIZE = 20
UNREADABLE = 0
"""The status of an answer that was no JSON, or not that of a batch."""
OUT_OF_TIME = -1
"""The status of a read whose turn did not come in time."""

_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Read:
    """A GET; ``id`` tells it from the others, ``path`` is relative to Graph's version."""

    id: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one read."""

    id: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | msgspec.Raw = b""


def outer(reads: Sequence[Read]) -> dict[str, object]:
    """Return the body of a post for these reads, at most ``SIZE``."""
    return {
        "requests": [
            {"id": str(number), "method": "GET", "url": read.path, "headers": read.headers}
            for number, read in enumerate(reads)
        ]
    }


def answers_to(reads: Sequence[Read], body: bytes) -> list[Answer]:
    """Give each read its answer, in their order: the first with its id; 503 where there is none."""
    try:
        items = _items(body)
    except msgspec.DecodeError:
        return [Answer(read.id, UNREADABLE) for read in reads]
    by_number: dict[str, _Item] = {}
    for item in items:
        by_number.setdefault(str(item.id), item)
    return [_answer(read, by_number.get(str(number))) for number, read in enumerate(reads)]


class _Item(msgspec.Struct):
    id: str | int
    status: int
    headers: dict[str, object] | None = None
    body: msgspec.Raw = msgspec.Raw(b"")


class _Strict(msgspec.Struct):
    responses: list[_Item]


class _Loose(msgspec.Struct):
    responses: list[msgspec.Raw]


_STRICT = msgspec.json.Decoder(_Strict)
_LOOSE = msgspec.json.Decoder(_Loose)
_ONE = msgspec.json.Decoder(_Item)


def _answer(read: Read, item: _Item | None) -> Answer:
    if item is None:
        return Answer(read.id, _UNAVAILABLE)
    headers = {name: str(value) for name, value in (item.headers or {}).items()}
    return Answer(read.id, item.status, headers, item.body)


def _items(body: bytes) -> list[_Item]:
    try:
        return decode(body, _STRICT).responses
    except msgspec.ValidationError:
        return [item for raw in decode(body, _LOOSE).responses if (item := _one(raw)) is not None]


def _one(raw: msgspec.Raw) -> _Item | None:
    try:
        return decode(raw, _ONE)
    except msgspec.DecodeError:
        return None
