"""What was read of some hundred people as one document: MessagePack, each day as a row, equal days once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from bot.model import Day, Reading, Unreadable


@dataclass(frozen=True, slots=True)
class Chunk:
    """What came of reading some people: an answer for each, and the requests that it took."""

    answers: tuple[Reading | Unreadable, ...]
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why nothing of a chunk could be read. Without ``mend`` it passes, with it somebody has to mend it."""

    heading: str
    mend: tuple[str, ...] = ()


class _Packed(msgspec.Struct, tag="chunk", array_like=True):
    """``readings``: person, the place of each day in ``days``, entries, left out."""

    days: list[tuple[Any, ...]]
    readings: list[tuple[str, list[int], int, int]]
    unreadable: list[Unreadable]
    requests: int


class _Faulty(msgspec.Struct, tag="fault", array_like=True):
    heading: str
    mend: tuple[str, ...]


_row = attrgetter(*(field.name for field in fields(Day)))
_ROWS: Any = list[tuple[tuple(get_type_hints(Day).values())]]  # type: ignore[misc]
_DECODER = msgspec.msgpack.Decoder(_Packed | _Faulty)


def packed(content: Chunk | Fault) -> bytes:
    """Return the document."""
    if isinstance(content, Fault):
        return msgspec.msgpack.encode(_Faulty(content.heading, content.mend))
    places: dict[Day, int] = {}
    readings, unreadable = [], []
    for answer in content.answers:
        if isinstance(answer, Unreadable):
            unreadable.append(answer)
            continue
        days = [places.setdefault(day, len(places)) for day in answer.days.values()]
        readings.append((answer.person, days, answer.entries, answer.left_out))
    rows = [_row(day) for day in places]
    return msgspec.msgpack.encode(
        _Packed(rows, readings, unreadable, content.requests), order="deterministic"
    )


def unpacked(document: bytes) -> Chunk | Fault:
    """Return what the document was made from."""
    content = _DECODER.decode(document)
    if isinstance(content, _Faulty):
        return Fault(content.heading, content.mend)
    days = [Day(*row) for row in msgspec.convert(content.days, _ROWS)]
    readings = (
        Reading(person, {days[place].date: days[place] for place in places}, entries, left_out)
        for person, places, entries, left_out in content.readings
    )
    return Chunk((*readings, *content.unreadable), content.requests)
