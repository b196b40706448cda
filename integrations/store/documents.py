"""Values of ``bot.model`` to and from JSON documents; ``database`` has the columns written with ``to_json``.

Dates and times become ISO texts, sets sorted lists, enumerations their values; all come back as they were.
What is typed ``object`` (a team's ``values``, a finding's ``facts``) comes back as JSON has it: there a date
stays an ISO text and a tuple becomes a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from bot.model import DocumentSource, LawSource, RegistrationSource, Source

T = TypeVar("T")

_SOURCES: Mapping[str, type[Source]] = {
    "document": DocumentSource,
    "registration": RegistrationSource,
    "law": LawSource,
}


def to_json(value: object) -> str:
    """Return the value's JSON; the same value always gives the same text."""
    return msgspec.json.encode(value, order="deterministic").decode()


def from_document(document: object, kind: type[T]) -> T:
    """Return the value that the document was made from."""
    return msgspec.convert(document, kind)


class Reader(dict[str, T]):
    """From JSON text to a value of this kind. A text is read once, and what it gave is given again."""

    def __init__(self, kind: type[T]) -> None:
        super().__init__()
        self._decoder = msgspec.json.Decoder(kind)

    def __missing__(self, text: str) -> T:
        value = self[text] = self._decoder.decode(text)
        return value


class SourceReader(dict[str, Source]):
    """From JSON text to a source, as ``Reader``; its kind shows in the field that only this kind has."""

    def __missing__(self, text: str) -> Source:
        document = msgspec.json.decode(text)
        kind = next(_SOURCES[field] for field in document if field in _SOURCES)
        source = self[text] = msgspec.convert(document, kind)
        return source
