"""The days of many people, in little room: a day that many have alike is held once.

A region's people have more than a million days in a window, of which a few ten thousand are different.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Self, TypeVar

from bot.model import Day, Kind, Window

T = TypeVar("T")


class DayBook(Mapping[str, Mapping[date, Day]]):
    """Every date of one window for each person; who was not read is not in it.

    What it gives is made when it is asked for, so ask once and keep that while working on it.
    """

    def __init__(self, window: Window) -> None:
        self._dates = window.days()
        self._days: dict[str, tuple[Day, ...]] = {}
        self._alike: dict[Day, Day] = {}
        self._parts: defaultdict[str, dict[Any, Any]] = defaultdict(dict)

    @classmethod
    def of(cls, window: Window, people: Iterable[tuple[str, Mapping[date, Day]]]) -> Self:
        """Return the book of these people's days, each with every date of the window in order."""
        book = cls(window)
        for person, days in people:
            book.add(person, days)
        return book

    def add(self, person: str, days: Mapping[date, Day]) -> None:
        """Put in one person's days: every date of the window, in order."""
        alike = self._alike
        for day in days.values():
            if day not in alike:
                lean = self._lean(day)
                alike[lean] = lean
        self._days[person] = tuple([alike[day] for day in days.values()])

    def _lean(self, day: Day) -> Day:
        """Return the day with the parts of others like them: apart they would take more room than the day."""
        return replace(
            day,
            home=self._same("portion", day.home),
            tentative=self._same("portion", day.tentative),
            absent=self._same("portion", day.absent),
            elsewhere=self._same("portion", day.elsewhere),
            marked_home=self._same("portion", day.marked_home),
            evidence=self._same("evidence", day.evidence),
            series=self._same("series", day.series),
            absences=self._same("absences", day.absences),
            circumstances=self._same("circumstances", day.circumstances),
            meetings=self._same("meetings", day.meetings),
        )

    def _same(self, what: str, part: T) -> T:
        shared: T = self._parts[what].setdefault(part, part)
        return shared

    def in_order(self, people: Iterable[str]) -> None:
        """Put the people in this order, once all of them are in; those who are not named come out."""
        self._days = {person: self._days[person] for person in people if person in self._days}
        self._alike, self._parts = {}, defaultdict(dict)

    def on(self, day: date) -> dict[str, Day]:
        """Return everybody's day on one date."""
        place = (day - self._dates[0]).days
        return {person: days[place] for person, days in self._days.items()}

    def marked(self) -> Iterator[tuple[str, Sequence[Day]]]:
        """Yield each person's days that are not plainly on site."""
        for person, days in self._days.items():
            yield person, [day for day in days if day.kind is not Kind.ON_SITE]

    def __getitem__(self, person: str) -> Mapping[date, Day]:
        return dict(zip(self._dates, self._days[person], strict=True))

    def __contains__(self, person: object) -> bool:
        return person in self._days

    def __iter__(self) -> Iterator[str]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)
