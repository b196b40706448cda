"""A register as text values with their places, before anything is known of what they mean.

Readers of files make such a tree; ``sections`` checks it into ``bot.model``. A value is kept as it was
written, so that ``name: No`` or ``phone: 0123`` stay text; what type it must have is the checker's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value stands; ``line`` and ``column`` count from 1, and 0 means the whole file."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.source}, line {self.line}, column {self.column}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written; empty text is an absent one."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Fields by name; ``names`` says where each name stands."""

    fields: Mapping[str, Node]
    names: Mapping[str, Place]
    place: Place


Node = Scalar | Items | Table


def is_absent(node: Node | None) -> bool:
    """Whether there is no value: no field, null, or nothing between the quotes."""
    return node is None or (isinstance(node, Scalar) and not node.text)
