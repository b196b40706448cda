"""Everything the rules may know of one person, or of one team: the register's word, the days that were read,
today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.agreements import allows, in_force
from bot.days import monday_of
from bot.model import (
    Agreement,
    Day,
    DayException,
    ExceptionKind,
    LocalAgreement,
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
    zone: ZoneInfo

    def judged_days(self) -> list[Day]:
        """Return the dates that rules on single days look at: a week back, a fortnight ahead."""
        return [self.days[day] for day in judged_dates(self.window, self.today)]

    def judged_weeks(self) -> list[list[Day]]:
        """Return the days of every ISO week that the judged days touch, as far as they were read."""
        weeks: dict[date, list[Day]] = {monday_of(day.date): [] for day in self.judged_days()}
        for day in self.days.values():
            if (monday := monday_of(day.date)) in weeks:
                weeks[monday].append(day)
        return list(weeks.values())

    def weeks_before(self, number: int) -> list[list[Day]]:
        """Return the whole ISO weeks before the current one, oldest first, as far as they were read."""
        this_week = monday_of(self.today)
        mondays = [this_week - timedelta(weeks=n) for n in range(number, 0, -1)]
        weeks = [[monday + timedelta(days=n) for n in range(7)] for monday in mondays]
        return [[self.days[day] for day in week] for week in weeks if week[0] in self.days]

    def home_days(self) -> list[Day]:
        """Return the home days in all that was read, past and to come; those taken back are none."""
        return [day for day in self.days.values() if day.at_home and not self.cancellation(day.date)]

    def cancellation(self, day: date) -> DayException | None:
        """Return the leader's cancellation of a home day on the date, if there is one."""
        exception = self.exceptions.get(day)
        return exception if exception and exception.kind is ExceptionKind.CANCELLED else None

    def covering_exception(self, day: date) -> DayException | None:
        """Return the exception that allows a home day on the date: approved, moved to it, or a
        replacement.
        """
        if day in self.moved_to and not self.moved_away(day):
            return self.moved_to[day]
        exception = self.exceptions.get(day)
        return exception if exception and exception.kind in COVERING else None

    def moved_away(self, day: date) -> bool:
        """Whether an agreed home day on the date was swapped for another date."""
        exception = self.exceptions.get(day)
        return exception is not None and exception.kind is ExceptionKind.SWAPPED

    def agreement_on(self, day: date) -> Agreement | None:
        """Return the agreement whose period holds on the date; the register has one at most."""
        for one in self.agreements:
            if in_force(one, day):
                return one
        return None

    def agreed(self, day: date) -> bool:
        """Whether an agreement in force allows a home day on the date."""
        agreement = self.agreement_on(day)
        return agreement is not None and allows(agreement.placement, day) and not self.moved_away(day)

    def in_pattern(self, day: date) -> bool:
        """Whether the date is one of a recurring pattern's."""
        return any(day in pattern.dates for pattern in self.patterns)

    def exceptional(self, day: date) -> bool:
        """Whether the date lies in one of the organisation's exceptional periods."""
        return is_exceptional(self.organisation, day)

    def midnight(self, day: date) -> datetime:
        """Return the start of the date where the organisation is."""
        return datetime.combine(day, time(), tzinfo=self.zone)


@dataclass(frozen=True, slots=True)
class TeamCase:
    """One team as the rules see it. ``people`` are all of it; ``members`` those whose calendars were read,
    ``unread`` the others.

    ``earlier`` holds the days of the eight weeks before the window for those members of whom they were kept.
    """

    team: Team
    organisation: Organisation
    people: tuple[Person, ...]
    members: tuple[PersonCase, ...]
    unread: frozenset[str]
    window: Window
    today: date
    earlier: Mapping[str, Mapping[date, Day]] = field(default_factory=dict)

    def judged_dates(self) -> list[date]:
        """Return the dates that rules on single days look at: a week back, a fortnight ahead."""
        return judged_dates(self.window, self.today)

    def exceptional(self, day: date) -> bool:
        """Whether the date lies in one of the organisation's exceptional periods."""
        return is_exceptional(self.organisation, day)

    @property
    def unread_people(self) -> list[Person]:
        """Return the members whose calendars could not be read."""
        return [one for one in self.people if one.id in self.unread]

    def local_agreements(self, group: str | None) -> Sequence[LocalAgreement]:
        """Return the local agreements in force today that cover the personnel group."""
        return [
            one
            for one in self.team.local_agreements
            if one.period.holds_on(self.today) and _covers(one.personnel_group, group)
        ]


def _covers(agreed_for: str | None, group: str | None) -> bool:
    """Whether an agreement for one group, or for all, covers another; a group not on record may be any."""
    return agreed_for is None or group is None or agreed_for.casefold() == group.casefold()


def judged_dates(window: Window, today: date) -> list[date]:
    """Return the dates of the window that rules on single days look at: a week back, a fortnight ahead."""
    return [day for day in window.days() if today - DAYS_BACK <= day <= today + DAYS_AHEAD]


def people_by_team(register: Register) -> Mapping[str, Sequence[Person]]:
    """Return the people of every team in the register, by the team's id."""
    members: dict[str, list[Person]] = {team: [] for team in register.teams}
    for person in register.people.values():
        members[person.team].append(person)
    return members


def is_exceptional(organisation: Organisation, day: date) -> bool:
    """Whether the date lies in one of the organisation's exceptional periods."""
    for one in organisation.extraordinary_periods:  # noqa: SIM110 asked hundreds of times a person
        if one.period.holds_on(day):
            return True
    return False


class CaseFiles:
    """The register sorted by person and team."""

    def __init__(self, register: Register, window: Window, today: date, zone: ZoneInfo) -> None:
        self._register = register
        self._window = window
        self._today = today
        self._zone = zone
        self._agreements = by_person(register.agreements)
        self._exceptions = by_person(register.exceptions)
        self._members = people_by_team(register)

    def case(self, person: Person, days: Mapping[date, Day]) -> PersonCase:
        """Return the case of one person with the days that were read."""
        organisation = self._register.organisation
        exceptions = self._exceptions.get(person.id, [])
        taken_back = {one.day for one in exceptions if one.kind is ExceptionKind.CANCELLED}
        return PersonCase(
            person=person,
            team=self._register.teams[person.team],
            organisation=organisation,
            agreements=tuple(self._agreements.get(person.id, ())),
            exceptions={one.day: one for one in exceptions},
            moved_to={one.to: one for one in exceptions if one.to is not None},
            days=days,
            patterns=find_patterns(days, lambda day: day in taken_back or is_exceptional(organisation, day)),
            window=self._window,
            today=self._today,
            zone=self._zone,
        )

    def team_case(
        self,
        team: Team,
        days: Mapping[str, Mapping[date, Day]],
        earlier: Mapping[str, Mapping[date, Day]] | None = None,
    ) -> TeamCase:
        """Return the case of one team; ``days`` holds those who were read, of this team and others."""
        members = self._members[team.id]
        return TeamCase(
            team=team,
            organisation=self._register.organisation,
            people=tuple(members),
            members=tuple(self.case(one, days[one.id]) for one in members if one.id in days),
            unread=frozenset(one.id for one in members if one.id not in days),
            window=self._window,
            today=self._today,
            earlier=earlier or {},
        )


def by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each person of whom there are any, in their order."""
    sorted_rows: dict[str, list[Row]] = {}
    for row in rows:
        sorted_rows.setdefault(row.person, []).append(row)
    return sorted_rows
