"""What the parts of one team's digest are written with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.letter import TeamWeek
from bot.model import Finding, MessageItem, Scope
from bot.rules import all_rules
from bot.texts.catalogue import Digest
from bot.texts.desk import Desk
from bot.texts.languages import all_of, long_date
from bot.texts.people import alphabetical


@dataclass(frozen=True, slots=True)
class TeamWords:
    """One team's week, ready to be put in words.

    ``names`` says what its people are called; ``more_above``: the letter tells of people of the team before
    the digest begins.
    """

    week: TeamWeek
    desk: Desk
    names: Mapping[str, str]
    more_above: bool = False

    @property
    def texts(self) -> Digest:
        """The language's words for a digest."""
        return self.desk.texts.digest

    def matter(self, finding: Finding) -> MessageItem:
        """Return what the leader is told of one finding in the rule's own words."""
        return self.desk.to_leader(finding, self.names)

    def topic(self, rule: str) -> str:
        """Return what findings of the rule are called."""
        return all_rules()[rule].wording[self.desk.language].topic

    def date(self, day: date) -> str:
        """Return a date as it is written: tirsdag den 3. marts."""
        return long_date(day, self.desk.language)

    def all_of(self, parts: Iterable[str], most: int | None = None) -> str:
        """Join with commas and a last "and"; beyond ``most`` the others are counted."""
        shown = [*parts]
        if most is not None and len(shown) > most:
            others = self.texts.and_more.format(number=len(shown) - most + 1)
            shown = [*shown[: most - 1], others]
        return all_of(shown, self.desk.language)

    def people(self, ids: Iterable[str], most: int) -> str:
        """Return people by name, given by id."""
        return self.all_of(sorted((self.names.get(one, one) for one in ids), key=alphabetical), most)

    def in_order(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings by name, those on the team itself first, and by date."""
        return sorted(findings, key=lambda one: (alphabetical(self.name(one)), one.dates))

    def about(self, finding: Finding) -> str:
        """Return whom or which day a finding of the team is about; empty where it is about the team."""
        if finding.person is not None:
            return self.name(finding)
        return self.all_of(map(self.date, finding.dates)) if finding.scope is Scope.DAY else ""

    def who(self, findings: Iterable[Finding], most: int) -> str:
        """Return whom the findings are about, each once; empty where all are about the team."""
        return self.all_of(filter(None, dict.fromkeys(map(self.about, findings))), most)

    def name(self, finding: Finding) -> str:
        """Return what the person is called whom a finding is about; empty where it is about the team."""
        name = finding.person or ""
        return self.names.get(name, name)
