"""Grids and trends as lines: every column under its weekday, names shortened, nothing wider than asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Bar, Grid, GridColumn, GridRow, GridWeek, Place, Sign
from integrations.fixed_width import bar_lines, blocks, grid_lines, last_week_alone, legend, noted_days
from tests.integrations.sample_messages import grid

SIGNS = {
    Place.ON_SITE: Sign("K", "på kontoret"),
    Place.HOME: Sign("H", "hjemme"),
    Place.AWAY: Sign("F", "fraværende"),
}
K, H, F = Place.ON_SITE, Place.HOME, Place.AWAY
SMALL = Grid(
    (
        GridWeek(
            "Uge 9", (GridColumn("ma", "mandag"), GridColumn("ti", "tirsdag den 24. februar", "teamdag"))
        ),
        GridWeek("Uge 10", (GridColumn("ma", "mandag"), GridColumn("ti", "tirsdag den 3. marts", "teamdag"))),
    ),
    (GridRow("Anna Holm", (H, K, K, H)), GridRow("Bo", (K, K, H, K))),
    SIGNS,
)


def renamed(*names: str) -> Grid:
    return replace(SMALL, rows=tuple(GridRow(name, (H, K, K, H)) for name in names))


def test_a_grid_stands_in_columns_under_its_weeks_and_weekdays() -> None:
    assert grid_lines(SMALL, width=38, letters=1) == (
        "           Uge 9  Uge 10",
        "           M T    M T",
        "             •      •",
        "Anna Holm  H K    K H",
        "Bo         K K    H K",
    )


def test_with_more_room_the_weekdays_have_two_letters() -> None:
    assert grid_lines(SMALL, width=72, letters=2)[1:4] == (
        "           Ma Ti  Ma Ti",
        "              •      •",
        "Anna Holm  H  K   K  H",
    )


def test_without_noted_days_there_is_no_line_of_marks() -> None:
    plain = [replace(week, columns=(GridColumn("ma", "mandag"),) * 2) for week in SMALL.weeks]
    lines = grid_lines(replace(SMALL, weeks=tuple(plain)), width=38, letters=1)
    assert [line for line in lines if "•" in line] == []
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Dorthe Overgaard Mikkelsen", "Dorthe Mikkelsen"),
        ("Anna-Margrethe Lundgaard", "Anna-Margrethe…"),
        ("Emil Lundgaard-Christoffersen", "Emil Lundgaard-…"),
        ("Wolfeschlegelsteinhausen", "Wolfeschlegelst…"),
        ("Bo  \n Lund", "Bo Lund"),
        ("Andre\u0301", "Andr\u00e9"),
        ("", ""),
    ],
)
def test_a_long_name_is_shortened_to_first_and_last_and_then_cut(name: str, shown: str) -> None:
    line = grid_lines(renamed(name, "x" * 50), width=31, letters=1)[3]
    assert line == f"{shown:<16}  H K    K H"


@pytest.mark.parametrize("people", [1, 40])
@pytest.mark.parametrize("letters", [1, 2])
def test_no_line_is_wider_than_asked(people: int, letters: int) -> None:
    width = 38 if letters == 1 else 72
    assert max(map(len, grid_lines(grid(people, "da"), width=width, letters=letters))) <= width


def test_an_empty_team_has_its_weekdays_alone() -> None:
    assert grid_lines(renamed(), width=38, letters=1)[1:] == ("  M T    M T", "    •      •")


def test_the_legend_names_the_places_that_occur_alone() -> None:
    assert legend(SMALL) == ("K = på kontoret", "H = hjemme")


def test_noted_days_are_named_note_by_note() -> None:
    eve = GridWeek("Uge 15", (GridColumn("to", "torsdag den 2. april", "helligdag"),))
    assert noted_days(replace(SMALL, weeks=(*SMALL.weeks, eve))) == (
        "• teamdag: tirsdag den 24. februar, tirsdag den 3. marts",
        "• helligdag: torsdag den 2. april",
    )


def test_the_last_week_alone_keeps_the_places_of_its_columns() -> None:
    coming = last_week_alone(SMALL)
    assert [week.caption for week in coming.weeks] == ["Uge 10"]
    assert [row.places for row in coming.rows] == [(K, H), (H, K)]


def test_a_trend_stands_in_columns() -> None:
    bars = (Bar("uge 9", 0.38, "38 %"), Bar("uge 10", 1, "100 %"), Bar("x" * 40, 0, "0 %"))
    assert bar_lines(bars) == (
        "uge 9                38 %  ████░░░░░░",
        "uge 10              100 %  ██████████",
        "xxxxxxxxxxxxxxxxx…    0 %  ░░░░░░░░░░",
    )


@pytest.mark.parametrize(("share", "full"), [(-1, 0), (0.04, 0), (0.06, 1), (0.96, 10), (7, 10)])
def test_a_bar_has_ten_blocks_whatever_the_share(share: float, full: int) -> None:
    assert blocks(share) == "█" * full + "░" * (10 - full)
