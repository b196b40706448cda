"""Long things a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

IN_PIECES = {"yield_per": 2_000}
"""How to execute a question with very many rows, so that they are not all held at once."""


def in_chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Give the things in lists of at most this size, each made when it is asked for."""
    rest = iter(things)
    while chunk := list(islice(rest, size)):
        yield chunk
