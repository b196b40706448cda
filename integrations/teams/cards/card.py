"""The whole card, made to fit: bars give way first, then the week gone by, then grids and matters from the
last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain

from bot.model import Message
from integrations.teams.cards.elements import Element, cut, present, size, text_block
from integrations.teams.cards.matters import matter
from integrations.teams.cards.sections import Detail, Piece, section_pieces
from integrations.teams.cards.words import more

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
LARGEST_CARD = 26_000  # bytes; the rest of the 28 KB is for the activity around the card


def adaptive_card(message: Message) -> Element:
    """The card, ready to be serialised as JSON. What does not fit is counted, not shown."""
    pieces: list[Piece] = []
    for detail, grids in _details(message):
        pieces = list(_pieces(message, detail, grids))
        card = _card(message, pieces, left_out=0)
        if size(card) <= LARGEST_CARD:
            return card
    return _with_what_fits(message, pieces)


def _details(message: Message) -> Iterator[tuple[Detail, int]]:
    """Yield ever less detail, and in how many sections from the first a grid is shown."""
    grids = sum(1 for section in message.sections if section.grid)
    yield Detail(), grids
    yield Detail(bars=False), grids
    for shown in range(grids, -1, -1):
        yield Detail(bars=False, past=False), shown


def _pieces(message: Message, detail: Detail, grids: int) -> Iterator[Piece]:
    for item in message.items:
        yield Piece((matter(item, message.title),), matters=1)
    before = 0
    for section in message.sections:
        yield from section_pieces(section, message.language, replace(detail, grid=before < grids))
        before += section.grid is not None


def _with_what_fits(message: Message, pieces: Sequence[Piece]) -> Element:
    matters = sum(piece.matters for piece in pieces)
    room = LARGEST_CARD - size(_card(message, (), left_out=matters))
    used = accumulate(sum(size(element) + 1 for element in piece.elements) for piece in pieces)
    fitting = sum(1 for total in used if total <= room)
    shown = pieces[:fitting]
    return _card(message, shown, left_out=matters - sum(piece.matters for piece in shown))


def _card(message: Message, pieces: Sequence[Piece], left_out: int) -> Element:
    opening = [
        text_block(message.title, size="Large", weight="Bolder", style="heading"),
        text_block(message.greeting),
    ]
    ending = [
        text_block(more(left_out, message.language)),
        text_block(message.closing, isSubtle=True, spacing="Medium"),
    ]
    shown = chain.from_iterable(piece.elements for piece in pieces)
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": message.language,
        "speak": cut(". ".join(part for part in (message.title, message.greeting) if part)),
        "fallbackText": cut(f"{message.title}\n\n{message.greeting}"),
        "body": [*present(opening), *shown, *present(ending)],
        "actions": [
            {"type": "Action.OpenUrl", "title": cut(message.button), "url": message.button_url},
        ],
    }
