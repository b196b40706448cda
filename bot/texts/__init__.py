"""Findings → the neutral message a person reads. Danish and English, no channel's format, no vendor's
markup.

Every item says what was seen, which rule of which document says so, and what one can do; the closing says
who else hears of it and how to tell that it is wrong. A topic, never an offence.
"""

from bot.texts.items import Setting, item, item_for_leader
from bot.texts.languages import LANGUAGES

__all__ = ["LANGUAGES", "Setting", "item", "item_for_leader"]
