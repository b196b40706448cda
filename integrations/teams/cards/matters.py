"""One matter of a message on a card."""

from __future__ import annotations

from bot.model import MessageItem
from integrations.teams.cards.elements import Element, present, text_block


def matter(item: MessageItem, above: str) -> Element:
    """The matter on a shade of the background; ``above`` is the heading it stands under, not said twice.

    One that has been settled says so, and nothing more.
    """
    heading = text_block("" if item.heading == above else item.heading, **_HEADING)
    lines = [text_block(f"✓ {item.seen}", spacing="Small")] if item.settled else _open(item)
    return {
        "type": "Container",
        "style": "emphasis",  # a shade of the background in every theme
        "spacing": "Medium",
        "items": present([heading, *lines]),
    }


_HEADING = {"size": "Default", "weight": "Bolder", "style": "heading"}


def _open(item: MessageItem) -> list[Element]:
    return [
        text_block(item.seen, spacing="Small"),
        text_block(item.advice, spacing="Small"),
        *(text_block(f"•\u00a0{question}", spacing="Small") for question in item.questions),
        text_block(item.know, spacing="Small", size="Small"),
        text_block(item.rule, spacing="Small", size="Small", isSubtle=True),
    ]
