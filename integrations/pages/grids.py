"""A message's grid → what its table shows: letters to see, words to hear, and what the signs mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import Grid, GridColumn, GridRow, GridWeek, Place, Sign


@dataclass(frozen=True, slots=True)
class GridHead:
    """The head of a column; ``apart``: another week begins with it."""

    column: GridColumn
    apart: bool


@dataclass(frozen=True, slots=True)
class GridSquare:
    """One person's place on one date."""

    place: Place
    sign: Sign
    apart: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """One person's places."""

    name: str
    squares: tuple[GridSquare, ...]


@dataclass(frozen=True, slots=True)
class GridView:
    """A grid ready to be shown. ``legend`` names the places that occur, ``notes`` the dates of each note."""

    weeks: tuple[GridWeek, ...]
    heads: tuple[GridHead, ...]
    lines: tuple[GridLine, ...]
    legend: tuple[tuple[Place, Sign], ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]


def grid_view(grid: Grid) -> GridView:
    """Return the grid as its table shows it."""
    heads = tuple(_heads(grid))
    shown = {place for row in grid.rows for place in row.places}
    noted = dict.fromkeys(column.note for column in grid.columns if column.note)
    return GridView(
        weeks=grid.weeks,
        heads=heads,
        lines=tuple(_line(row, heads, grid) for row in grid.rows),
        legend=tuple((place, grid.signs[place]) for place in Place if place in shown),
        notes=tuple(
            (note, tuple(column.long for column in grid.columns if column.note == note)) for note in noted
        ),
    )


def _heads(grid: Grid) -> Iterator[GridHead]:
    for week in grid.weeks:
        for number, column in enumerate(week.columns):
            yield GridHead(column, apart=number == 0 and week != grid.weeks[0])


def _line(row: GridRow, heads: tuple[GridHead, ...], grid: Grid) -> GridLine:
    squares = (
        GridSquare(place, grid.signs[place], head.apart)
        for place, head in zip(row.places, heads, strict=True)
    )
    return GridLine(row.name, tuple(squares))
