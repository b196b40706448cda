"""Views and messages → HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.model import Kind, Message, Step
from bot.policy_page import PolicyPage
from integrations.pages import words
from integrations.pages.grids import grid_view
from integrations.pages.views import Cell, IndexView, WeekDay, WeekRow, WeekView


@dataclass(frozen=True, slots=True)
class _Column:
    weekday: str
    date: str
    day: WeekDay


@dataclass(frozen=True, slots=True)
class _Remark:
    number: int
    name: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class _Square:
    kind: str
    word: str
    share: str
    today: bool
    remarks: tuple[_Remark, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    squares: tuple[_Square, ...]


def render_message(
    message: Message,
    *,
    to: str,
    step: Step,
    sent_at: datetime,
    changed: bool = False,
    index_href: str | None = None,
) -> str:
    """The message as the person ``to`` (a name) sees it in Teams; ``sent_at`` is shown in its own zone.

    ``changed``: it is the card as it was changed then, in the place of what it said before.
    """
    return _render(
        "message.html",
        message.language,
        message=message,
        sections=[(one, grid_view(one.grid) if one.grid else None) for one in message.sections],
        changed=changed,
        to=to,
        step=words.step_name(step, message.language),
        sent=words.moment(sent_at, message.language),
        clock=sent_at.strftime("%H:%M" if message.language == "en" else "%H.%M"),
        index_href=index_href,
    )


def render_week(view: WeekView, *, index_href: str | None = None) -> str:
    """A team's week as a table: a row a person, a column a day, and under it what is worth a talk."""
    language = view.language
    first, last = view.days[0].date, view.days[-1].date
    numbers = count(1)
    lines = [_line(row, view, numbers) for row in view.rows]
    return _render(
        "week.html",
        language,
        team=view.team,
        week=first.isocalendar().week,
        span=words.span(first, last, language),
        columns=[_Column(*words.short_day(day.date, language), day) for day in view.days],
        lines=lines,
        remarks=[remark for line in lines for square in line.squares for remark in square.remarks],
        legend=[(kind.value, *names) for kind, names in words.kind_names(language).items()],
        index_href=index_href,
    )


def render_index(view: IndexView) -> str:
    """The front page with the links to all others."""
    return _render("index.html", view.language, view=view)


def render_policy(page: PolicyPage) -> str:
    """A policy, or a rule in every policy, as a page to read and to print."""
    return _render("policy.html", page.language, page=page)


def _line(row: WeekRow, view: WeekView, numbers: Iterator[int]) -> _Line:
    days = zip(view.days, row.cells, strict=bool(row.cells))
    return _Line(row.name, tuple(_square(row.name, day, cell, view.language, numbers) for day, cell in days))


def _square(name: str, day: WeekDay, cell: Cell, language: str, numbers: Iterator[int]) -> _Square:
    named = words.long_day(day.date, language)
    remarks = tuple(_Remark(next(numbers), name, named, text) for text in cell.remarks)
    if cell.kind is None:
        return _Square("off", "–", "", day.today, remarks)
    word, _ = words.kind_names(language)[cell.kind]
    share = "" if cell.kind is Kind.ON_SITE else words.share(cell.portion)
    return _Square(cell.kind.value, word, share, day.today, remarks)


def _render(template: str, language: str, **values: object) -> str:
    return (
        _templates().get_template(template).render(language=language, words=words.words(language), **values)
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("integrations.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
