"""A message as mail: HTML for light and dark, wide and narrow, and the same as plain text. Nothing remote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.model import Grid, GridColumn, GridRow, GridWeek, Message, MessageItem, Place, Section, Sign
from integrations.fixed_width import bar_lines, blocks, grid_lines, legend, noted_days
from integrations.mail.words import words

WIDTH = 72  # characters of a line of the grid in plain text


@dataclass(frozen=True, slots=True)
class WeekTable:
    """One week of a grid: a line is a person's name and, for each column, the place and its sign."""

    caption: str
    columns: tuple[GridColumn, ...]
    lines: tuple[tuple[str, tuple[tuple[Place, Sign], ...]], ...]


def render_html(message: Message, *, fallback: bool) -> str:
    """The mail as a page of HTML; ``fallback``: it says at the end that Teams could not deliver it."""
    return _template().render(
        message=message,
        words=words(message.language),
        fallback=fallback,
        week_tables=week_tables,
        legend=legend,
        noted_days=noted_days,
        blocks=blocks,
    )


def render_text(message: Message, *, fallback: bool) -> str:
    """The mail as plain text; ``fallback`` as for HTML."""
    parts = [_underlined(message.title, "="), message.greeting]
    parts += [_item(item, message.title) for item in message.items]
    parts += [part for section in message.sections for part in _section(section)]
    parts += [message.closing, f"{message.button}: {message.button_url}"]
    parts += [words(message.language)["why mail"]] if fallback else []
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def week_tables(grid: Grid) -> Iterator[WeekTable]:
    """Yield the grid week by week: so wide that words have room."""
    first = 0
    for week in grid.weeks:
        yield WeekTable(week.caption, week.columns, tuple(_line(row, week, first, grid) for row in grid.rows))
        first += len(week.columns)


def _line(row: GridRow, week: GridWeek, first: int, grid: Grid) -> tuple[str, tuple[tuple[Place, Sign], ...]]:
    places = row.places[first : first + len(week.columns)]
    return row.name, tuple((place, grid.signs[place]) for place in places)


def _section(section: Section) -> Iterator[str]:
    yield _underlined(section.heading, "-")
    yield "\n".join(section.lines)
    yield from (_item(item, section.heading) for item in section.items)
    if section.grid is not None:
        yield "\n".join((", ".join(legend(section.grid)), *noted_days(section.grid)))
        yield "\n".join(grid_lines(section.grid, width=WIDTH, letters=2))
    yield "\n".join(bar_lines(section.bars))


def _item(item: MessageItem, above: str) -> str:
    heading = "" if item.heading == above else f"* {item.heading}"
    if item.settled:
        said = [heading, f"✓ {item.seen}"]
    else:
        questions = "\n".join(f"- {question}" for question in item.questions)
        rule = f"[{item.rule}]" if item.rule else ""
        said = [heading, item.seen, item.advice, questions, item.know, rule]
    return "\n".join(line for line in said if line)


def _underlined(heading: str, stroke: str) -> str:
    return f"{heading}\n{stroke * len(heading)}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("integrations.mail"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("message.html")
