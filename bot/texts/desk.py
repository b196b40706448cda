"""What a letter is written with: the register, the policy, the language and the date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.case import people_by_team
from bot.model import Finding, MessageItem, Person, Register, Team
from bot.parameters import Policy
from bot.texts.catalogue import Language
from bot.texts.items import Setting, item_for_leader
from bot.texts.languages import LANGUAGES
from bot.texts.people import called


@dataclass(frozen=True)
class Desk:
    """All that letters need beside their matters. ``language`` is da or en; ``today`` the date they go.

    One serves a whole pass.
    """

    register: Register
    policy: Policy
    language: str
    today: date

    @property
    def texts(self) -> Language:
        """The language's words."""
        return LANGUAGES[self.language]

    @property
    def week(self) -> int:
        """The number of the ISO week that the letter goes in."""
        return self.today.isocalendar().week

    @property
    def contact(self) -> str | None:
        """Whom to tell that something is wrong."""
        return self.register.organisation.hr_contact

    def team(self, name: str) -> Team:
        """Return a team by id; one that has left the register has no leader and is called by its id."""
        return self.register.teams.get(name) or Team(id=name, name=name, leader="")

    def person(self, name: str, team: str) -> Person:
        """Return a person by id; one who is not under people has no name."""
        return self.register.people.get(name) or Person(id=name, name="", team=team)

    def names_in(self, teams: Collection[str]) -> Mapping[str, str]:
        """Return what the people of the teams are called where they are spoken of, by id."""
        return called(one for team in teams for one in self._members.get(team, ()))

    def setting(self, person: Person, called: str = "") -> Setting:
        """Return what the matters of a person need."""
        team, organisation = self.team(person.team), self.register.organisation
        return Setting(person, team.name, organisation, self.policy, self.language, self.week, called)

    def to_leader(self, finding: Finding, names: Mapping[str, str]) -> MessageItem:
        """Return what the leader is told of a finding; ``names`` says what the people are called."""
        name = finding.person or ""
        return item_for_leader(finding, self.setting(self.person(name, finding.team), names.get(name, name)))

    @cached_property
    def _members(self) -> Mapping[str, Sequence[Person]]:
        return people_by_team(self.register)
