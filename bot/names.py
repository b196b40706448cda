"""Whose home day an entry notes: the owner's own, or somebody else's.

Colleagues note each other's home days in their own calendars. The given names and initials of everyone in the
register and of their leaders are known; common given names stand in for those who are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.model import Person, Register
from bot.words import Word, normalise

LONGEST_ALIAS = 5

# Given names that are everyday words too; only a capital tells.
WORDS_TOO = frozenset(
    "ask dag dan eva fri kai liv lone mai mark may mia my ny pil rose sol storm tim".split()
)

COMMON = frozenset(
    """
    anders andreas ane anja anna anne annette arne astrid bent benny bente birgit birgitte birthe bjarne
    britta brian camilla carina carl carsten charlotte christian christina christine claus dennis ditte
    dorte dorthe elisabeth ellen else emil emma erik esben eva finn flemming frank freja frida frederik
    gitte grethe gustav hanne hans heidi helle henning henriette henrik ida inge inger ingrid ivan jacob
    jakob jan janne jens jeppe jesper jette joan johan johanne john jonas jørgen julie jytte kaj karen karin
    karina karl karsten kasper katrine kenneth kim kirsten kjeld klaus knud kristian kristina kristine lars
    laura leif lena lene line linda lis lisa lisbeth lise lone lotte louise mads magnus maja malene maria
    marianne marie martin mathias mette michael mikael mikkel mogens morten nanna nicolai niels nikolaj nina
    ole oliver otto palle per pernille peter pia poul preben randi rasmus rikke rita ruth sanne sara signe
    simon sofie sonja steen steffen sten stine susan susanne søren tage thomas tina tine tobias tom torben
    tove trine troels ulla uffe ulrik vibeke viggo vivi winnie yvonne
""".split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """What people are called, in lower case: given and family names, and initials or aliases.

    ``wider``: those of more people, held once for all of whom some are near. Their initials are anybody's.
    """

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    wider: Names | None = None

    def has_given(self, word: str) -> bool:
        """Whether somebody is called so."""
        return word in self.given or (self.wider is not None and self.wider.has_given(word))

    def has_family(self, word: str) -> bool:
        """Whether it is somebody's family name."""
        return word in self.family or (self.wider is not None and self.wider.has_family(word))

    @classmethod
    def of(cls, people: Iterable[tuple[str, str]]) -> Names:
        """Return the names of people given as (name, principal name)."""
        given, family, initials = set(), set(), set()
        for name, principal_name in people:
            parts = normalise(name).split()
            if parts:
                given.add(parts[0])
                family.add(parts[-1])
                initials |= {"".join(part[0] for part in parts), parts[0][0] + parts[-1][0]}
            alias = principal_name.split("@")[0]
            if len(alias) <= LONGEST_ALIAS:
                initials.add(alias)
        return cls(frozenset(given), frozenset(family), frozenset(one for one in initials if len(one) > 1))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is. ``names`` are the owner's own, ``known`` everybody's."""

    person: Person
    leader: str = ""
    names: Names = field(default_factory=Names)
    known: Names = field(default_factory=Names)

    @classmethod
    def of(cls, person: Person, leader: str, known: Names | None = None) -> Owner:
        """Return the owner of a calendar; ``known`` are the names of those who may be noted down in it."""
        return cls(person, leader, Names.of([(person.name, person.id)]), known or Names())

    def is_named(self, word: Word) -> bool:
        """Whether the word is the owner's own name, the genitive too, or initials."""
        stems = {word.text, word.text.removesuffix("s")}
        return bool(stems & self.names.given) or word.text in self.names.initials

    def is_another(self, word: Word) -> bool:
        """Whether the word names somebody else; a name in the genitive counts."""
        if self.is_named(word):
            return False
        if word.upper and word.text in self.known.initials:
            return True
        return any(self._is_given(stem, word) for stem in (word.text, word.text.removesuffix("s")))

    def _is_given(self, stem: str, word: Word) -> bool:
        if stem in self.names.given:
            return False
        known = stem in COMMON or self.known.has_given(stem)
        return known and (word.capital or stem not in WORDS_TOO)


def names_by_team(register: Register) -> Mapping[str, Names]:
    """Return, for each team, whom its members may have noted down.

    Given names are those of everyone in the register. Initials are the team's own and its leader's: in a
    large organisation any two letters are somebody's.
    """
    everybody = Names.of((person.name, person.id) for person in register.people.values())
    members: dict[str, list[tuple[str, str]]] = {team: [] for team in register.teams}
    for person in register.people.values():
        members[person.team].append((person.name, person.id))
    for team in register.teams.values():
        members[team.id] += [(_spelt_out(name), name) for name in (team.leader, team.deputy) if name]
    return {team: replace(Names.of(people), wider=everybody) for team, people in members.items()}


def _spelt_out(principal_name: str) -> str:
    return principal_name.split("@")[0].replace(".", " ").replace("_", " ")
