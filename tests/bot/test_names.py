"""Whom the members of a team may have noted down: everybody's names, and the initials of those near."""

from __future__ import annotations

from benchmarks.organisation import made_up
from bot.names import names_by_team


def test_everybodys_names_are_held_once_for_all_teams() -> None:
    register = made_up(60, "nyborg")
    known = names_by_team(register)
    assert len({id(names.wider) for names in known.values()}) == 1
    for person in register.people.values():
        given, family = person.name.lower().split()
        assert all(names.has_given(given) and names.has_family(family) for names in known.values())


def test_initials_are_those_of_the_team_alone() -> None:
    register = made_up(60, "nyborg")
    known = names_by_team(register)
    first, second = list(register.teams)[:2]
    mine = {
        "".join(part[0] for part in one.name.lower().split())
        for one in register.people.values()
        if one.team == first
    }
    assert mine <= known[first].initials
    assert not mine <= known[second].initials
