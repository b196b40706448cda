"""What a rule's findings are called, and what is said of them to the employee and to the leader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.talk import Talk

Words = tuple[str, str, str]
"""A heading, what was seen, and what one can do."""

Say = Callable[[Talk], Words]


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words. ``topic`` is what a finding is called where it is only named.

    A rule whose findings the employee, or the leader, never hears of has no words for them.
    """

    topic: str
    to_employee: Say | None = None
    to_leader: Say | None = None


Wordings = Mapping[str, Wording]
"""By language: da, en."""
