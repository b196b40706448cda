"""What a policy profile says: which rules are in force, with which values from which date, and where it
says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.model import Source

Value = bool | int | float | str


class Force(StrEnum):
    """Whether the document demands it or advises it."""

    DEMAND = "demand"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that holds from a date until the next one; None takes it out of force. Never edited, only
    added to.
    """

    since: date
    value: Value | None
    source: Source


@dataclass(frozen=True, slots=True)
class Terms:
    """One rule in one profile. ``settable``: the values that a team may set for itself."""

    rule: str
    source: Source
    force: Force
    reading: str = ""
    values: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    settable: frozenset[str] = frozenset()

    def value(self, name: str, on: date) -> Value | None:
        """Return the value in force on the date; None where there is none yet or any more.

        Raises: KeyError for a name the profile does not give; the loader refuses such profiles.
        """
        return value_on(self.values[name], on)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy profile: one document made into terms."""

    id: str
    name: str
    document: str
    title: str
    terms: Mapping[str, Terms]


def value_on(values: tuple[DatedValue, ...], on: date) -> Value | None:
    """Return the latest value whose date has come."""
    current = [dated for dated in values if dated.since <= on]
    return max(current, key=lambda dated: dated.since).value if current else None
