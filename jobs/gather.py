"""Everybody's calendars and work plans → everybody's days, each person's reduced as it arrives."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence

from bot.markings import read_days
from bot.model import Calendar, Person, Reading, Register, RemoteWork, Unreadable, Window
from bot.names import Names, Owner, names_by_team
from bot.ports import CalendarReader, WorkPlans
from integrations.graph.batch import SIZE


class CalendarDays:
    """Implements ``bot.ports.DayReader``.

    ``names``: whom to read of those in the register and the leaders; None: everybody. ``colleagues``: what
    ``names_by_team`` says of the register, for one who reads it chunk by chunk.
    """

    def __init__(
        self,
        register: Register,
        calendars: CalendarReader,
        plans: WorkPlans,
        names: Collection[str] | None = None,
        colleagues: Mapping[str, Names] | None = None,
    ) -> None:
        self._register = register
        self._calendars = calendars
        self._plans = plans
        self._names = list(mailboxes(register) if names is None else names)
        self._colleagues = names_by_team(register) if colleagues is None else colleagues
        self._work_plans = False

    @property
    def work_plans(self) -> bool:
        """Whether work plans could be read too; known when all is read."""
        return self._work_plans

    async def has_work_plans(self, window: Window) -> bool:
        """Whether work plans can be read, found out from the first few people, as ``read`` does."""
        return await self._plans.read(self._people()[:SIZE], window) is not None

    async def read(self, window: Window) -> AsyncGenerator[Reading | Unreadable]:
        """Yield one answer for each; the work plans of all are read first. Raises as ``CalendarReader``
        does.
        """
        plans = await self._plans.read(self._people(), window)
        self._work_plans = plans is not None
        async for answer in self._calendars.read(self._names, window):
            yield answer if isinstance(answer, Unreadable) else self._reduced(answer, plans or {}, window)

    def _people(self) -> list[str]:
        return [name for name in self._names if name in self._register.people]

    def _reduced(
        self, calendar: Calendar, plans: Mapping[str, Sequence[RemoteWork]], window: Window
    ) -> Reading:
        person, organisation = calendar.person, self._register.organisation
        days = read_days(self._owner(person), organisation, calendar.events, window, plans.get(person, ()))
        return Reading(person, days, len(calendar.events), calendar.left_out)

    def _owner(self, name: str) -> Owner:
        """Return who the calendar belongs to; of a leader who is not under people only the address tells."""
        person = self._register.people.get(name)
        if person is None:
            written = name.partition("@")[0].replace(".", " ").title()
            return Owner.of(Person(name, written, team=""), leader="")
        return Owner.of(person, self._register.teams[person.team].leader, self._colleagues[person.team])


def mailboxes(register: Register) -> list[str]:
    """Return the people, then leaders and deputies, who are read for their own leave alone."""
    leaders = (name for team in register.teams.values() for name in (team.leader, team.deputy) if name)
    return list(dict.fromkeys([*register.people, *leaders]))
