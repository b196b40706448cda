"""What the pages show, ready to be shown: no lookups and no rules are left to the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model import Kind


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A column of the week: its date, whether the team meets on it, whether it is today."""

    date: date
    team_day: bool = False
    today: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One person's day. ``kind`` None is no working day; ``portion`` is of the working hours, 0 to 1.

    ``remarks`` are the headings of the findings on that day that the reader of the page may see.
    """

    kind: Kind | None = Kind.ON_SITE
    portion: float = 1.0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One person's week, a cell for each of the view's days; no cells where the calendar was not read."""

    name: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekView:
    """A team's week: one row a person, one column a day, at least one day."""

    team: str
    days: tuple[WeekDay, ...]
    rows: tuple[WeekRow, ...]
    language: str = "da"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number worth knowing and what it counts, as in ``Figure("12", "kalendere læst")``."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """The way to another page: where, what it is called, and a few words more."""

    href: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with links under it."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """The front page: whose it is, a summary in a sentence or two, figures and the links."""

    organisation: str
    summary: str
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    language: str = "da"
