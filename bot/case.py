"""Everything the rules may know of one person: the register's word, the days that were read, today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.agreements import allows, in_force
from bot.days import monday_of
from bot.model import (
    Agreement,
    Day,
    DayException,
    ExceptionKind,
    Organisation,
    Person,
    Register,
    Team,
    Window,
)
from bot.patterns import Pattern, find_patterns

DAYS_BACK = timedelta(days=7)
DAYS_AHEAD = timedelta(days=14)
Row = TypeVar("Row", Agreement, DayException)
COVERING = frozenset({ExceptionKind.APPROVED, ExceptionKind.REPLACEMENT})


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One person as the rules see them. ``days`` holds every date of the window."""

    person: Person
    team: Team
    organisation: Organisation
    agreements: tuple[Agreement, ...]
    exceptions: Mapping[date, DayException]
    moved_to: Mapping[date, DayException]
    days: Mapping[date, Day]
    patterns: tuple[Pattern, ...]
    window: Window
    today: date

    def judged_days(self) -> list[Day]:
        """Return the dates that rules on single days look at: a week back, a fortnight ahead."""
        return [
            day for day in self.days.values() if self.today - DAYS_BACK <= day.date <= self.today + DAYS_AHEAD
        ]

    def judged_weeks(self) -> list[list[Day]]:
        """Return the days of every ISO week that the judged days touch, as far as they were read."""
        weeks: dict[date, list[Day]] = {monday_of(day.date): [] for day in self.judged_days()}
        for day in self.days.values():
            if monday_of(day.date) in weeks:
                weeks[monday_of(day.date)].append(day)
        return list(weeks.values())

    def cancellation(self, day: date) -> DayException | None:
        """Return the leader's cancellation of a home day on the date, if there is one."""
        exception = self.exceptions.get(day)
        return exception if exception and exception.kind is ExceptionKind.CANCELLED else None

    def covering_exception(self, day: date) -> DayException | None:
        """Return the exception that allows a home day on the date: approved, moved to it, or a
        replacement.
        """
        if day in self.moved_to:
            return self.moved_to[day]
        exception = self.exceptions.get(day)
        return exception if exception and exception.kind in COVERING else None

    def moved_away(self, day: date) -> bool:
        """Whether an agreed home day on the date was swapped for another date."""
        exception = self.exceptions.get(day)
        return exception is not None and exception.kind is ExceptionKind.SWAPPED

    def agreement_on(self, day: date) -> Agreement | None:
        """Return the agreement whose period holds on the date; the register has one at most."""
        return next((one for one in self.agreements if in_force(one, day)), None)

    def agreed(self, day: date) -> bool:
        """Whether an agreement in force allows a home day on the date."""
        agreement = self.agreement_on(day)
        return agreement is not None and allows(agreement.placement, day) and not self.moved_away(day)


def is_exceptional(organisation: Organisation, day: date) -> bool:
    """Whether the date lies in one of the organisation's exceptional periods."""
    return any(one.period.holds_on(day) for one in organisation.extraordinary_periods)


class CaseFiles:
    """The register sorted by person."""

    def __init__(self, register: Register, window: Window, today: date) -> None:
        self._register = register
        self._window = window
        self._today = today
        self._agreements = _by_person(register.agreements)
        self._exceptions = _by_person(register.exceptions)

    def case(self, person: Person, days: Mapping[date, Day]) -> PersonCase:
        """Return the case of one person with the days that were read."""
        organisation = self._register.organisation
        exceptions = self._exceptions.get(person.id, [])
        return PersonCase(
            person=person,
            team=self._register.teams[person.team],
            organisation=organisation,
            agreements=tuple(self._agreements.get(person.id, ())),
            exceptions={one.day: one for one in exceptions},
            moved_to={one.to: one for one in exceptions if one.to is not None},
            days=days,
            patterns=find_patterns(days, lambda day: is_exceptional(organisation, day)),
            window=self._window,
            today=self._today,
        )


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    sorted_rows: dict[str, list[Row]] = {}
    for row in rows:
        sorted_rows.setdefault(row.person, []).append(row)
    return sorted_rows
