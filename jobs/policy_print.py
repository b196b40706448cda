"""Prints a policy's page in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.policy_page import KnowPart, PolicyPage, TalkPart, TermsPart, ValuePart

WIDEST = 100
Row = tuple[str, RenderableType]


def print_page(page: PolicyPage) -> None:
    """Print the page, in lines that are no longer than one reads with ease."""
    console = Console(highlight=False)
    console.width = min(console.width, WIDEST)
    console.print(Text(page.title, style="bold"))
    for line in filter(None, (page.lead, page.eyebrow)):
        console.print(Text(line))
    console.print(_pairs([(label, Text(said)) for label, said in page.facts]))
    if page.about:
        _print_heading(console, page.labels["about"])
        console.print(Text("\n\n".join(page.about)))
    _print_heading(console, page.parts_title)
    for part in page.parts:
        _print_part(console, part, page)
    _print_know(console, page.know, page)
    _print_talk(console, page.talk, page)


def _print_heading(console: Console, heading: str) -> None:
    console.print()
    console.rule(Text(heading, style="bold"), align="left", style="dim")
    console.print()


def _print_part(console: Console, part: TermsPart, page: PolicyPage) -> None:
    console.print(Text.assemble((part.title, "bold"), "  ", (part.id, "dim")))
    console.print(_indented(_pairs(list(_rows(part, page)))))
    console.print()


def _rows(part: TermsPart, page: PolicyPage) -> Iterator[Row]:
    labels = page.labels
    yield labels["place"], Text(f"{part.force} · {part.place}")
    if part.since:
        yield labels["since"], Text(part.since)
    yield labels["asks"], Text(part.asks)
    yield labels["reading"], Text(part.reading)
    if part.told:
        yield labels["told"], Text(part.told)
    if part.values:
        yield labels["values"], _values(part.values, page)


def _values(values: Sequence[ValuePart], page: PolicyPage) -> RenderableType:
    return Group(*(line for value in values for line in _value_lines(value, page)))


def _value_lines(value: ValuePart, page: PolicyPage) -> Iterator[RenderableType]:
    for line in value.lines:
        since = page.labels["from date"].format(date=line.since)
        yield Text.assemble(f"{value.what}: ", (line.value, "bold"), f", {since}")
        yield _indented(Text(line.source))
    if value.team:
        yield _indented(Text(value.team))


def _print_know(console: Console, know: Sequence[KnowPart], page: PolicyPage) -> None:
    if know:
        _print_heading(console, page.labels["know"])
    for one in know:
        console.print(_item(Text.assemble(one.text, "\n", (one.place, "dim"))))


def _print_talk(console: Console, talk: Sequence[TalkPart], page: PolicyPage) -> None:
    if talk:
        _print_heading(console, page.labels["talk"])
    for topic in talk:
        console.print(Text(topic.title, style="bold"))
        console.print(Text(topic.place, style="dim"))
        for point in topic.points:
            console.print(_item(Text(point)))
        console.print()


def _indented(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 2))


def _item(text: Text) -> RenderableType:
    """Return a line of a list, its text hanging from the sign."""
    table = Table.grid(padding=(0, 1))
    table.add_row("•", text)
    return table


def _pairs(rows: Sequence[Row]) -> RenderableType:
    """Return labels with what they say beside them."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for label, said in rows:
        table.add_row(label, said)
    return table
