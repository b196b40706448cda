"""A whole message as plain text, for the golden files and for searching it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model import Grid, Message, MessageItem, Section


def as_text(message: Message) -> str:
    """Return all that the message says, in the order in which it is read."""
    parts = [
        f"# {message.title}",
        message.greeting,
        *map(_matter, message.items),
        *map(_section, message.sections),
        f"{message.closing}\n({message.button})",
    ]
    return "\n\n".join(parts) + "\n"


def _matter(item: MessageItem) -> str:
    heading = f"✓ {item.heading}" if item.settled else item.heading
    questions = [f"- {question}" for question in item.questions]
    know, rule = f"i: {item.know}" if item.know else "", f"[{item.rule}]" if item.rule else ""
    return "\n".join(filter(None, [heading, item.seen, item.advice, *questions, know, rule]))


def _section(section: Section) -> str:
    head = "\n".join([f"## {section.heading}", *section.lines])
    grid = "\n".join(_grid(section.grid)) if section.grid else ""
    bars = "\n".join(f"{one.label:8}{'▇' * round(one.share * 20):20} {one.text}" for one in section.bars)
    return "\n\n".join(filter(None, [head, *map(_matter, section.items), grid, bars]))


def _grid(grid: Grid) -> Iterator[str]:
    width = max(len(row.name) for row in grid.rows) + 2
    sizes = [len(week.columns) for week in grid.weeks]

    def line(first: str, cells: list[str]) -> str:
        rest = iter(cells)
        weeks = [" ".join(f"{next(rest):2}" for _ in range(size)) for size in sizes]
        return f"{first:{width}}{'  | '.join(weeks)}".rstrip()

    yield " + ".join(week.caption for week in grid.weeks)
    yield line("", [column.short for column in grid.columns])
    for row in grid.rows:
        yield line(row.name, [grid.signs[place].letter for place in row.places])
    for column in grid.columns:
        if column.note:
            yield f"{column.long}: {column.note}"
    yield ", ".join(f"{sign.letter} = {sign.word}" for sign in grid.signs.values())
