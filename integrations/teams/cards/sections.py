"""The parts of a longer message on a card, in pieces that are shown whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.model import Bar, Grid, Section
from integrations.fixed_width import bar_lines, grid_lines, last_week_alone, legend, noted_days
from integrations.teams.cards.elements import Element, fixed_lines, present, text_block
from integrations.teams.cards.matters import matter
from integrations.teams.cards.words import too_big

WIDTH = 38  # characters of 12 px in a fixed-width font: what a card 320 px wide holds beside its margins
WIDTH_OF_ONE_WEEK = 28  # with names no longer than beside two weeks: it is to take less room
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a section is shown: bars, or else their figures; the grid, and in it the weeks gone by."""

    bars: bool = True
    grid: bool = True
    past: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """Elements that belong together, and how many matters they tell of."""

    elements: tuple[Element, ...]
    matters: int = 0


def section_pieces(section: Section, language: str, detail: Detail) -> Iterator[Piece]:
    """Yield the section's pieces in reading order; its heading comes with the first of them."""
    heading = present([text_block(section.heading, **_HEADING)])
    first, *others = [*_content(section, language, detail)] or [Piece(())]
    yield replace(first, elements=(*heading, *first.elements))
    yield from others


_HEADING: dict[str, str | bool] = {
    "size": "Medium",
    "weight": "Bolder",
    "style": "heading",
    "spacing": "Large",
    "separator": True,
}


def _content(section: Section, language: str, detail: Detail) -> Iterator[Piece]:
    for line in present(text_block(line, spacing="Small") for line in section.lines):
        yield Piece((line,), matters=1)
    for item in section.items:
        yield Piece((matter(item, section.heading),), matters=1)
    if section.grid is not None:
        yield Piece(tuple(_grid(section.grid, language, detail)))
    if section.bars:
        yield Piece(tuple(_bars(section.bars) if detail.bars else _figures(section.bars)))


def _grid(grid: Grid, language: str, detail: Detail) -> list[Element]:
    if not detail.grid:
        return [text_block(too_big(language), spacing="Small")]
    shown, width = (grid, WIDTH) if detail.past else (last_week_alone(grid), WIDTH_OF_ONE_WEEK)
    letters = " · ".join(one.replace(" ", _NO_BREAK) for one in legend(shown))
    keys = [text_block(one, spacing="Small", size="Small") for one in (letters, *noted_days(shown))]
    return [*present(keys), *fixed_lines(grid_lines(shown, width=width, letters=1))]


def _bars(bars: Sequence[Bar]) -> list[Element]:
    return fixed_lines(bar_lines(bars))


def _figures(bars: Sequence[Bar]) -> list[Element]:
    return [text_block(" · ".join(f"{bar.label}: {bar.text}" for bar in bars), spacing="Small")]
