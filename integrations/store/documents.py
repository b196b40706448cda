"""Values of ``bot.model`` to and from JSON documents.

Dates and times become ISO texts, sets sorted lists, enumerations their values; all come back as they were.
What is typed ``object`` (a team's ``values``, a finding's ``facts``) comes back as JSON has it: there a date
stays an ISO text and a tuple becomes a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from bot.model import DocumentSource, LawSource, RegistrationSource, Source

T = TypeVar("T")

_SOURCES: Mapping[str, type[Source]] = {
    "document": DocumentSource,
    "registration": RegistrationSource,
    "law": LawSource,
}


def to_document(value: object) -> Any:
    """Return what ``json`` can write; the same value always gives the same document."""
    return msgspec.to_builtins(value, order="deterministic")


def from_document(document: object, kind: type[T]) -> T:
    """Return the value that ``to_document`` was given."""
    return msgspec.convert(document, kind)


def source_from_document(document: Mapping[str, str]) -> Source:
    """Return the source; its kind shows in the field that only this kind has."""
    kind = next(_SOURCES[field] for field in document if field in _SOURCES)
    return msgspec.convert(document, kind)
