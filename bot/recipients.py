"""Who is at work today, and to whom a team's matters go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.days import is_scheduled
from bot.model import Day, Person, Register, Team
from bot.plan import Recipient


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people of the register and the leaders of its teams, today.

    ``days`` holds today's day of whoever was read. Of whom nothing was read it is taken that they work as
    usual; who is not under people works from Monday to Friday.
    """

    register: Register
    days: Mapping[str, Day]
    last_notices: Mapping[str, date]
    today: date

    def of(self, name: str) -> Recipient:
        """Return what the plan must know of a recipient."""
        day = self.days.get(name) or self._usual(name)
        return Recipient(
            working_today=day.scheduled,
            on_leave_today=day.scheduled and not day.working,
            last_notice=self.last_notices.get(name),
        )

    def at_work(self, name: str) -> bool:
        """Whether somebody works today and is not on leave."""
        found = self.of(name)
        return found.working_today and not found.on_leave_today

    def leaders_of(self, team: Team, about: str | None) -> tuple[str, ...]:
        """Return to whom an escalation goes, and after that who else may have had it already.

        The leader; while the leader is away and the deputy is not, the deputy. Nobody is told of
        themselves: what concerns the one who leads the team goes no further.
        """
        if about == team.leader:
            return ()
        deputy = team.deputy if team.deputy != about else None
        if deputy and not self.at_work(team.leader) and self.at_work(deputy):
            return deputy, team.leader
        return (team.leader, team.deputy) if team.deputy else (team.leader,)

    def _usual(self, name: str) -> Day:
        person = self.register.people.get(name) or Person(name, name, team="")
        return Day(self.today, scheduled=is_scheduled(person, self.register.organisation, self.today))
