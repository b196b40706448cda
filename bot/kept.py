"""What is kept of people's days → whole days again: every date, a plain working day where nothing is kept.

Of a day its kind is kept, the portion of that kind, its certainty, evidence and series. Why somebody was
away, meetings, and what else an entry said are never kept, so rules that ask for them cannot be judged anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.days import is_scheduled
from bot.model import Day, Organisation, Person, Register, Window

Kept = Mapping[str, Sequence[Day]]
"""What is kept, by person."""

WEEK = timedelta(weeks=1)
WEEKS_BEFORE = 8


def whole_days(
    person: Person, organisation: Organisation, kept: Iterable[Day], window: Window
) -> dict[date, Day]:
    """Return every date of the window. Which of them are work days is asked of the register anew."""
    by_date = {one.date: one for one in kept}
    whole: dict[date, Day] = {}
    for day in window.days():
        scheduled = is_scheduled(person, organisation, day)
        whole[day] = replace(by_date[day], scheduled=scheduled) if day in by_date else Day(day, scheduled)
    return whole


class KeptDays(Mapping[str, Mapping[date, Day]]):
    """Everybody's days over one window, made whole when they are asked for: that takes far more room than
    what is kept. The people in the register of whom anything is kept; the others are left out.
    """

    def __init__(self, register: Register, kept: Kept, window: Window) -> None:
        self._register = register
        self._kept = {person: kept[person] for person in register.people if kept.get(person)}
        self._window = window

    def __getitem__(self, person: str) -> Mapping[date, Day]:
        register, kept = self._register, self._kept[person]
        return whole_days(register.people[person], register.organisation, kept, self._window)

    def __contains__(self, person: object) -> bool:
        return person in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def window_before(window: Window) -> Window:
    """Return the eight weeks before the window."""
    return Window(window.start - WEEKS_BEFORE * WEEK, window.start - timedelta(days=1))


def days_before(register: Register, kept: Kept, window: Window) -> KeptDays:
    """Return the days of the eight weeks before the window of those of whom anything is kept then.

    Nobody's, where nothing at all is kept of the first of these weeks: nobody read the calendars then, and a
    week that was not read would look like a week at the workplace.
    """
    before = window_before(window)
    within = {
        person: mine
        for person, days in kept.items()
        if (mine := [day for day in days if before.start <= day.date <= before.end])
    }
    reaches_back = any(days[0].date < before.start + WEEK for days in within.values())
    return KeptDays(register, within if reaches_back else {}, before)
