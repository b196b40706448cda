"""Checks between rows: who is named twice, who is named and isn't there, and what contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from itertools import combinations
from typing import Protocol, TypeVar

from bot.model import Agreement, Team
from integrations.register.faults import did_you_mean
from integrations.register.row import Checked, Row
from integrations.register.sections import Sections

K = TypeVar("K", bound=Hashable)


class KnownPolicies(Protocol):
    """What the policy profiles hold, so that a register can be checked against them."""

    @property
    def policies(self) -> Set[str]:
        """The ids of the profiles."""
        ...

    def settable(self, policy: str) -> Mapping[str, Callable[[object], str | None]]:
        """The rule values a team may set under a profile, such as ``average-limit.days_per_week``, each with
        a check that says what is wrong with a value, or None.
        """
        ...


def check_references(sections: Sections, known: KnownPolicies | None) -> None:
    """Note every fault between the rows; without ``known`` policies are not checked."""
    _check_people_and_teams(sections)
    _check_agreements(sections.agreements)
    for exception, first in _repeated(
        ((item.value.person, item.value.day), item.row) for item in sections.exceptions if item.row.sound
    ):
        exception.fault("date", f"there is an exception for this person and date already ({_at(first)}).")
    if known is not None:
        _check_policy(sections, known)


def _check_people_and_teams(sections: Sections) -> None:
    teams = {team.value.id for team in sections.teams}
    people = {person.value.id for person in sections.people}
    for row, first in _repeated((item.value.id, item.row) for item in sections.teams):
        row.fault("id", f"there is a team with this id already ({_at(first)}).")
    for row, first in _repeated((item.value.id, item.row) for item in sections.people):
        row.fault("id", f"this person stands in the register already ({_at(first)}).")
    for person in sections.people:
        _check_known(person.row, "team", "team", person.value.team, teams)
    for agreement in sections.agreements:
        _check_known(agreement.row, "person", "person", agreement.value.person, people)
    for exception in sections.exceptions:
        _check_known(exception.row, "person", "person", exception.value.person, people)


def _check_known(row: Row, name: str, kind: str, key: str, known: Set[str]) -> None:
    # An empty key was reported as missing or wrong already.
    if key and key not in known:
        row.fault(
            name, f'there is no {kind} "{key}"{did_you_mean(key, known) or "; add it or mend the name"}'
        )


def _repeated(keyed: Iterable[tuple[K, Row]]) -> Iterable[tuple[Row, Row]]:
    """Return each row whose key an earlier row has, with that row; empty keys are left out."""
    first: dict[K, Row] = {}
    repeated = []
    for key, row in keyed:
        if not key:
            continue
        if key in first:
            repeated.append((row, first[key]))
        first.setdefault(key, row)
    return repeated


def _check_agreements(agreements: Iterable[Checked[Agreement]]) -> None:
    """Note every two agreements of one person that hold at the same time."""
    of_person: dict[str, list[Checked[Agreement]]] = defaultdict(list)
    for agreement in agreements:
        if agreement.row.sound:
            of_person[agreement.value.person].append(agreement)
    for several in of_person.values():
        for earlier, later in combinations(several, 2):
            if earlier.value.period.meets(later.value.period):
                other = _at(earlier.row)
                later.row.fault("from", f"this overlaps another agreement of the person ({other}); end one")


def _check_policy(sections: Sections, known: KnownPolicies) -> None:
    if sections.organisation is None:
        return
    policy, row = sections.organisation.value.policy, sections.organisation.row
    if not policy:
        return
    if policy not in known.policies:
        choices = ", ".join(sorted(known.policies))
        row.fault("policy", f'there is no policy "{policy}"; there are {choices}.')
        return
    settable = known.settable(policy)
    for team in sections.teams:
        _check_values(team, policy, settable)


def _check_values(
    team: Checked[Team], policy: str, settable: Mapping[str, Callable[[object], str | None]]
) -> None:
    child = team.row.row("values") if team.value.values else None
    if child is None:
        return
    for name in child.table.fields:
        if name not in settable:
            near = did_you_mean(name, settable)
            child.fault(
                name, f'unknown rule value; the policy "{policy}" has no "{name}" for a team to set{near}'
            )
        elif name in team.value.values and (wrong := settable[name](team.value.values[name])):
            child.fault(name, wrong)


def _at(row: Row) -> str:
    return str(row.table.place)
