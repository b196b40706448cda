"""A message as an Adaptive Card 1.5, readable in light and dark mode and by a screen reader.

Schema: https://adaptivecards.io/schemas/1.5.0/adaptive-card.json. A card stays under 28 KB of UTF-8, which
every Teams channel takes; matters beyond that are counted, not shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from bot.model import Message, MessageItem

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
LARGEST_CARD = 26_000  # bytes; the rest of the 28 KB is for the activity around the card
LONGEST_TEXT = 1_000  # characters, so that one matter alone always fits

Element = dict[str, Any]

_MORE = {
    "da": (
        "Der er 1 punkt mere, som der ikke er plads til her. Se det via knappen “{button}”.",
        "Der er {count} punkter mere, som der ikke er plads til her. Se dem via knappen “{button}”.",
    ),
    "en": (
        "There is 1 more matter than fits here. Use the button “{button}” to see it.",
        "There are {count} more matters than fit here. Use the button “{button}” to see them.",
    ),
}
_EMPHASIS_OR_LINK = re.compile(r"([\\`*_\[\]~])")
_LIST_OR_HEADING = re.compile(r"^([ \t]*(?:[-+*#>]+|\d+[.)])) ", re.MULTILINE)


def adaptive_card(message: Message) -> Element:
    """The card, ready to be serialised as JSON."""
    matters = [_matter(item, message.title) for item in message.items]
    shown = matters[: _how_many_fit(message, matters)]
    return _card(message, shown, left_out=len(matters) - len(shown))


def size(element: Element) -> int:
    """Bytes of UTF-8 the element takes on the wire."""
    return len(json.dumps(element, ensure_ascii=False, separators=(",", ":")).encode())


def _how_many_fit(message: Message, matters: Sequence[Element]) -> int:
    room = LARGEST_CARD - size(_card(message, [], left_out=len(matters)))
    used = accumulate(size(matter) + 1 for matter in matters)
    return sum(1 for total in used if total <= room)


def _card(message: Message, matters: Sequence[Element], left_out: int) -> Element:
    opening = [
        _text(message.title, size="Large", weight="Bolder", style="heading"),
        _text(message.greeting),
    ]
    ending = [_text(_more(message, left_out)), _text(message.closing, isSubtle=True, spacing="Medium")]
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": message.language,
        "fallbackText": _cut(f"{message.title}\n\n{message.greeting}"),
        "body": [*_present(opening), *matters, *_present(ending)],
        "actions": [
            {"type": "Action.OpenUrl", "title": _cut(message.button), "url": message.button_url},
        ],
    }


def _matter(item: MessageItem, title: str) -> Element:
    lines = [
        _text("" if item.heading == title else item.heading, weight="Bolder"),
        _text(item.seen, spacing="Small"),
        _text(item.advice, spacing="Small"),
        _text(item.know, spacing="Small", size="Small"),
        _text(item.rule, spacing="Small", size="Small", isSubtle=True),
    ]
    return {
        "type": "Container",
        "style": "emphasis",  # a shade of the background in every theme
        "spacing": "Medium",
        "items": _present(lines),
    }


def _text(text: str, **looks: str | bool) -> Element:
    return {"type": "TextBlock", "text": _plain(text), "wrap": True, **looks}


def _present(blocks: Sequence[Element]) -> list[Element]:
    return [block for block in blocks if block["text"]]


def _more(message: Message, left_out: int) -> str:
    if not left_out:
        return ""
    one, many = _MORE.get(message.language, _MORE["da"])
    return (one if left_out == 1 else many).format(count=left_out, button=_cut(message.button))


def _plain(text: str) -> str:
    r"""Make Markdown show the text as it stands.

    Emphasis and links are escaped. A list or heading mark at the start of a line ("3. marts") gets a no-break
    space instead, since Teams on telephones has shown the backslash of "3\." to the reader. Markdown needs
    an empty line where we break one.
    """
    bounded = _LIST_OR_HEADING.sub("\\1\u00a0", _cut(text.strip()))
    return re.sub(r"\n+", "\n\n", _EMPHASIS_OR_LINK.sub(r"\\\1", bounded))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
