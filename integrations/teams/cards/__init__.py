"""A message as an Adaptive Card 1.5, readable in light and dark mode and by a screen reader.

Schema: https://adaptivecards.io/schemas/1.5.0/adaptive-card.json. A card stays under 28 KB of UTF-8 with the
activity around it, which every Teams channel takes.
"""

from integrations.teams.cards.card import CONTENT_TYPE, LARGEST_CARD, adaptive_card
from integrations.teams.cards.elements import size

__all__ = ["CONTENT_TYPE", "LARGEST_CARD", "adaptive_card", "size"]
