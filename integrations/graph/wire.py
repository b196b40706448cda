"""Reading Graph's JSON with msgspec, each body once, with a second look at what msgspec refuses."""

from __future__ import annotations

import json
import re
from typing import TypeVar

import msgspec

T = TypeVar("T")
_HALF = re.compile("[\ud800-\udfff]")


def decode(data: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[T]) -> T:
    """Decode one JSON body.

    Exchange cuts subjects at 255 UTF-16 units, at times in the middle of an emoji; the half that is left is
    no Unicode, and one such subject would cost everyone in the same answer. What is broken is replaced.

    Raises: ``msgspec.DecodeError`` when it is not JSON, ``msgspec.ValidationError`` (one of those) when it
    is JSON of another shape.
    """
    try:
        return decoder.decode(data)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return decoder.decode(_mended(bytes(data)))


def _mended(data: bytes) -> bytes:
    try:
        value = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise msgspec.DecodeError("not JSON") from error
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", json.dumps(value, ensure_ascii=False)).encode()
