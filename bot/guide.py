"""What a document says one should know, and what it offers for the leader's talk, in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]
"""The same text by language: da, en."""


@dataclass(frozen=True, slots=True)
class GoodToKnow:
    """A line for the employee, shown with messages on ``rules``; ``heading`` is its place in the document.

    ``voluntary``: it says that home work is a free choice, which it is not where it was a condition of
    employment. ``always``: the rules with which it comes before the other lines.
    """

    id: str
    heading: str
    rules: frozenset[str]
    text: Texts
    voluntary: bool = False
    always: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TalkTopic:
    """A topic or checklist for the leader's talk on ``rules``: questions, in the document's order."""

    id: str
    heading: str
    title: Texts
    rules: frozenset[str]
    points: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """All that a document has of these."""

    know: tuple[GoodToKnow, ...] = ()
    talk: tuple[TalkTopic, ...] = ()

    def known_with(self, rule: str) -> tuple[GoodToKnow, ...]:
        """Return what is good to know where the rule speaks."""
        return tuple(one for one in self.know if rule in one.rules)

    def talk_on(self, rule: str) -> tuple[TalkTopic, ...]:
        """Return what a leader may talk about where the rule speaks."""
        return tuple(one for one in self.talk if rule in one.rules)
