"""What rests on health data, and is therefore shown to the person alone (docs/decisions/0021)."""

from __future__ import annotations

from bot.model import Circumstance

HEALTH_RULE = "home-day-on-absence"
HEALTH_DATA = frozenset({Circumstance.DURING_ILLNESS, Circumstance.DURING_CHILD_ILLNESS})
