"""What a policy profile says: which rules are in force from when, with which dated values, and where it
says so. Organisation → team → agreement: the nearest one wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.guide import Guide, Texts
from bot.model import RegistrationSource, Source, Team

Value = bool | int | float | str


class Force(StrEnum):
    """Whether the document demands it or advises it."""

    DEMAND = "demand"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """A value that no document gives: chosen by us, and why, by language."""

    reason: Texts


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that holds from a date until the next one; None takes it out of force. Never edited, only
    added to.
    """

    since: date
    value: Value | None
    source: Source | OwnChoice


@dataclass(frozen=True, slots=True)
class Terms:
    """One rule in one profile, in force from ``since``. ``settable``: what a team may set for itself, to
    ``at_most`` a figure where the document sets one.

    ``asks`` is what the document asks in our words, ``reading`` where we are looser or stricter, each by
    language. ``shared`` names values that are another rule's: ``average-limit.days_per_week``.
    """

    rule: str
    source: Source
    force: Force
    since: date = date.min
    asks: Texts = field(default_factory=dict)
    reading: Texts = field(default_factory=dict)
    values: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    settable: frozenset[str] = frozenset()
    at_most: Mapping[str, float] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    _turns: tuple[tuple[date, bool], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for every day and rule of everybody, so when it comes into force and goes out is found once.
        dates = {self.since, *(one.since for values in self.values.values() for one in values)}
        turns = ((on, self._holds(on)) for on in sorted(dates, reverse=True))
        object.__setattr__(self, "_turns", tuple(turns))

    def value(self, name: str, on: date) -> Value | None:
        """Return the value in force on the date; None where there is none yet or any more.

        Raises: KeyError for a name the profile does not give; the loader refuses such profiles.
        """
        return value_on(self.values[name], on)

    def number(self, name: str, on: date) -> float:
        """Return a value that is a number; the rule must be in force on the date."""
        value = self.value(name, on)
        if not isinstance(value, int | float):
            raise TypeError(f"{self.rule}.{name} is {value!r}, no number")
        return value

    def whole(self, name: str, on: date) -> int:
        """Return a value that is a whole number: weeks, days, months."""
        return int(self.number(name, on))

    def source_of(self, name: str, on: date) -> Source | OwnChoice:
        """Return where the value in force on the date comes from; the rule must be in force then."""
        dated = dated_on(self.values[name], on)
        if dated is None:
            raise LookupError(f"{self.rule}.{name} has no value on {on}")
        return dated.source

    def in_force(self, on: date) -> bool:
        """Whether the rule, with every one of its values, holds on the date."""
        for turn, holds in self._turns:
            if turn <= on:
                return holds
        return False

    def _holds(self, on: date) -> bool:
        return self.since <= on and all(value_on(values, on) is not None for values in self.values.values())

    def full_name(self, name: str) -> str:
        """Return the name under which a team sets the value: ``average-limit.days_per_week``."""
        return self.shared.get(name, f"{self.rule}.{name}")


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy profile: one document made into terms."""

    id: str
    name: str
    document: str
    title: str
    terms: Mapping[str, Terms]
    guide: Guide = field(default_factory=Guide)

    def for_team(self, team: Team) -> Policy:
        """Return the profile with the values that the team has set for itself; the loader has checked
        them.
        """
        if not team.values:
            return self
        return replace(self, terms={rule: _with(terms, team) for rule, terms in self.terms.items()})


def dated_on(values: tuple[DatedValue, ...], on: date) -> DatedValue | None:
    """Return the latest entry whose date has come."""
    latest: DatedValue | None = None
    for dated in values:
        if dated.since <= on and (latest is None or latest.since < dated.since):
            latest = dated
    return latest


def value_on(values: tuple[DatedValue, ...], on: date) -> Value | None:
    """Return the latest value whose date has come."""
    dated = dated_on(values, on)
    return dated.value if dated else None


def _with(terms: Terms, team: Team) -> Terms:
    """Return the terms with the team's own values in place of the profile's, while the profile has one."""
    source = RegistrationSource(f"team {team.id}: values")
    own = {
        name: tuple(
            one if one.value is None else DatedValue(one.since, team.values[terms.full_name(name)], source)
            for one in values
        )
        for name, values in terms.values.items()
        if terms.full_name(name) in team.values
    }
    return replace(terms, values={**terms.values, **own}) if own else terms
