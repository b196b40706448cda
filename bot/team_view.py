"""Days of many people → who of a team is where, date by date. An absence is told without its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.averages import TOLERANCE
from bot.case import TeamCase, people_by_team
from bot.days import is_scheduled
from bot.model import HALF_A_DAY, Day, Organisation, Person, Place, Register


@dataclass(frozen=True, slots=True)
class TeamView:
    """Where each member is on each date, by the member's id."""

    places: Mapping[date, Mapping[str, Place]]

    def counts(self, day: date) -> Mapping[Place, int]:
        """Return how many members are at each place on the date; every place is named."""
        counted = Counter(self.places[day].values())
        return {place: counted[place] for place in Place}


def is_on_site(day: Day) -> bool:
    """Whether at least half of the working hours are neither at home nor elsewhere nor away.

    Who perhaps works at home is on site until it is said.
    """
    return day.working and _gone(day) <= HALF_A_DAY + TOLERANCE


def team_view(case: TeamCase, dates: Iterable[date]) -> TeamView:
    """Return where the members of a team are on the dates."""
    days = {member.person.id: member.days for member in case.members}
    return view_of(case.people, days, case.organisation, dates)


def view_of(
    people: Iterable[Person],
    days: Mapping[str, Mapping[date, Day]],
    organisation: Organisation,
    dates: Iterable[date],
) -> TeamView:
    """Return where people are on the dates; ``days`` holds those whose calendars were read."""
    rows = [(one, days.get(one.id, {})) for one in people]
    return TeamView(
        {
            day: {one.id: _place(one, theirs.get(day), organisation, day) for one, theirs in rows}
            for day in dates
        }
    )


def views_by_team(
    register: Register, days: Mapping[str, Mapping[date, Day]], dates: Sequence[date]
) -> Iterator[tuple[str, TeamView]]:
    """Yield every team's id in the register and its view, each made when its turn comes."""
    for team, people in people_by_team(register).items():
        theirs = {one.id: days[one.id] for one in people if one.id in days}
        yield team, view_of(people, theirs, register.organisation, dates)


def _place(person: Person, day: Day | None, organisation: Organisation, on: date) -> Place:
    if day is None:
        return Place.UNKNOWN if is_scheduled(person, organisation, on) else Place.OFF
    if not day.scheduled:
        return Place.OFF
    if not day.working:
        return Place.AWAY
    if is_on_site(day):
        in_doubt = _gone(day) + day.tentative > HALF_A_DAY + TOLERANCE
        return Place.TENTATIVE if in_doubt else Place.ON_SITE
    shares = {Place.HOME: day.home, Place.ELSEWHERE: day.elsewhere, Place.AWAY: day.absent}
    return max(shares, key=lambda place: shares[place])


def _gone(day: Day) -> float:
    """Return the share of the working hours that is surely not worked on site."""
    return day.home + day.elsewhere + day.absent
