"""The parts a card is made of, with texts that Markdown shows as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

Element = dict[str, Any]

LONGEST_TEXT = 1_000  # characters
_NO_BREAK = "\u00a0"
_UNSEEN = "\u200b"
_RUN_OF_SPACES = re.compile(" {2,}")
_SPACES = re.compile(r"[ \t]+")
_EMPHASIS_OR_LINK = re.compile(r"([\\`*_\[\]~])")
_TAG_OR_ENTITY = re.compile(r"(<(?=[A-Za-z!?/])|&(?=#?\w+;))")
_LIST_OR_HEADING = re.compile(r"^([-+*#>]+|\d+[.)]) ")
_QUOTE_OR_BARE_MARK = re.compile(r"^(?=>|[-+#]+$|\d+[.)]$)")


def text_block(text: str, **looks: str | bool) -> Element:
    """Running text; it wraps."""
    return {"type": "TextBlock", "text": plain(text), "wrap": True, **looks}


def fixed_lines(lines: Sequence[str]) -> list[Element]:
    """Lines of equally wide characters, close together; spaces stay as many as they are.

    They do not wrap, which is what a text without ``wrap`` does: a large team has many lines.
    """
    return [
        {
            "type": "TextBlock",
            "text": _RUN_OF_SPACES.sub(_unbroken, _shown_as_it_stands(line)),
            "fontType": "Monospace",
            "size": "Small",
            "spacing": "None" if number else "Small",
        }
        for number, line in enumerate(lines)
    ]


def present(blocks: Iterable[Element]) -> list[Element]:
    """The blocks that say something."""
    return [block for block in blocks if block["text"]]


def plain(text: str) -> str:
    """Make Markdown show the text as it stands, at most ``LONGEST_TEXT`` of it.

    Markdown needs an empty line where we break one.
    """
    lines = (_SPACES.sub(" ", line).strip() for line in cut(text.strip()).splitlines())
    return "\n\n".join(_shown_as_it_stands(line) for line in lines if line)


def cut(text: str) -> str:
    """The text, or its beginning where it is too long."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def size(element: Element) -> int:
    """Bytes of UTF-8 the element takes on the wire."""
    return len(json.dumps(element, ensure_ascii=False, separators=(",", ":")).encode())


def _shown_as_it_stands(line: str) -> str:
    r"""Escape emphasis and links; tell tags, entities, quotes and bare marks apart by an unseen character.

    A list or heading mark at the start of a line ("3. marts") gets a no-break space instead of an escape,
    since Teams on telephones has shown the backslash of "3\." to the reader.
    """
    apart = _QUOTE_OR_BARE_MARK.sub(_UNSEEN, _LIST_OR_HEADING.sub(f"\\1{_NO_BREAK}", line))
    return _EMPHASIS_OR_LINK.sub(r"\\\1", _TAG_OR_ENTITY.sub(f"\\1{_UNSEEN}", apart))


def _unbroken(run: re.Match[str]) -> str:
    return _NO_BREAK * len(run[0])
