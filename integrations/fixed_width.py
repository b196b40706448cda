"""Grids and trends as lines of equally wide characters, for a card in Teams and for mail as text. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.model import Bar, Grid, GridColumn, GridRow, GridWeek

SHORTEST_NAME = 8  # characters left for a name, however many columns there are
LONGEST_LABEL = 18
LONGEST_CAPTION = 8  # of a week with few days: "Week 10"
MARK = "•"
_GAP = "  "  # before each week
_BAR = 10  # blocks; full and light ones are in every fixed-width font
_FULL, _LIGHT = "█", "░"


def grid_lines(grid: Grid, *, width: int, letters: int) -> tuple[str, ...]:
    """Return a grid as lines: captions, weekdays, marks under the noted days, and one for each row.

    A weekday or a place takes ``letters`` characters, a line ``width`` at most; names are shortened to fit.
    """
    frame = _frame(grid, width, letters)
    weekdays = [[one.short.capitalize() for one in week.columns] for week in grid.weeks]
    marks = [[MARK if one.note else "" for one in week.columns] for week in grid.weeks]
    noted = any(one.note for one in grid.columns)
    return (
        frame.line("", [_caption(week, letters) for week in grid.weeks]),
        frame.cells("", weekdays),
        *([frame.cells("", marks)] if noted else []),
        *(frame.cells(row.name, _letters(row, grid)) for row in grid.rows),
    )


def legend(grid: Grid) -> tuple[str, ...]:
    """Return what the letters mean, for the places that occur alone: "H = hjemme"."""
    seen = {place for row in grid.rows for place in row.places}
    return tuple(f"{sign.letter} = {sign.word}" for place, sign in grid.signs.items() if place in seen)


def noted_days(grid: Grid) -> tuple[str, ...]:
    """Return each note with its dates: "• teamdag: tirsdag den 3. marts"."""
    dates: dict[str, list[str]] = {}
    for column in grid.columns:
        if column.note:
            dates.setdefault(column.note, []).append(column.long)
    return tuple(f"{MARK} {note}: {', '.join(days)}" for note, days in dates.items())


def last_week_alone(grid: Grid) -> Grid:
    """Return the grid without all but its last week, the coming one; weeks stand in order of time."""
    coming = grid.weeks[-1:]
    columns: tuple[GridColumn, ...] = coming[0].columns if coming else ()
    first = len(grid.columns) - len(columns)
    return replace(
        grid, weeks=coming, rows=tuple(replace(row, places=row.places[first:]) for row in grid.rows)
    )


def bar_lines(bars: Sequence[Bar]) -> tuple[str, ...]:
    """Return a trend as lines, the figure before its bar: "uge 9   38 %  ████░░░░░░"."""
    labels = [_cut(bar.label, LONGEST_LABEL) for bar in bars]
    label_width = max(map(len, labels), default=0)
    text_width = max((len(bar.text) for bar in bars), default=0)
    return tuple(
        f"{label:<{label_width}}  {bar.text:>{text_width}}  {blocks(bar.share)}"
        for label, bar in zip(labels, bars, strict=True)
    )


def blocks(share: float) -> str:
    """Return a share from 0 to 1 as ten blocks."""
    full = round(min(max(share, 0), 1) * _BAR)
    return _FULL * full + _LIGHT * (_BAR - full)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the columns of a grid stand: characters for the names, for each week, and for each place."""

    names: int
    weeks: tuple[int, ...]
    letters: int

    def line(self, name: str, weeks: Iterable[str]) -> str:
        shown = _short_name(name, self.names).ljust(self.names)
        padded = (week.ljust(width) for week, width in zip(weeks, self.weeks, strict=True))
        return (shown + "".join(_GAP + week for week in padded)).rstrip()

    def cells(self, name: str, weeks: Iterable[Sequence[str]]) -> str:
        letters = self.letters
        return self.line(name, (" ".join(cell[:letters].ljust(letters) for cell in week) for week in weeks))


def _frame(grid: Grid, width: int, letters: int) -> _Frame:
    weeks = tuple(max(len(_caption(week, letters)), _span(week, letters)) for week in grid.weeks)
    room = max(SHORTEST_NAME, width - sum(len(_GAP) + week for week in weeks))
    return _Frame(max((len(_short_name(row.name, room)) for row in grid.rows), default=0), weeks, letters)


def _caption(week: GridWeek, letters: int) -> str:
    return _cut(week.caption, max(LONGEST_CAPTION, _span(week, letters)))


def _span(week: GridWeek, letters: int) -> int:
    return len(week.columns) * (letters + 1) - 1


def _letters(row: GridRow, grid: Grid) -> Iterator[list[str]]:
    first = 0
    for week in grid.weeks:
        places = row.places[first : first + len(week.columns)]
        yield [grid.signs[place].letter for place in places]
        first += len(week.columns)


def _short_name(name: str, room: int) -> str:
    """Return the whole name where there is room, else the first and the last, as far as they go."""
    whole = " ".join(unicodedata.normalize("NFC", name).split())
    if len(whole) <= room:
        return whole
    first, _, others = whole.partition(" ")
    return _cut(f"{first} {others.rpartition(' ')[2]}".strip(), room)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
