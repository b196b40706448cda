"""The rules: one module each, found by walking this package; the module's name is the rule's id.

A module holds ``RULE``. Its docstring says what the rule demands, where the documents say so, and where our
reading is looser or stricter than the text; its words are what people are told of a finding.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from bot.case import PersonCase, TeamCase
from bot.model import Approval, Audience, Day, Scope, Team, Verdict
from bot.parameters import Terms
from bot.wording import Wordings

CheckDay = Callable[[PersonCase, Day, Terms], Verdict]
CheckWeek = Callable[[PersonCase, Sequence[Day], Terms], Verdict]
CheckPerson = Callable[[PersonCase, Terms], Sequence[Verdict]]
CheckTeam = Callable[[TeamCase, Terms], Sequence[Verdict]]

REPEAT_AFTER = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What all rules have. ``audience`` None: the employee where the team records approvals, else a
    notice.

    ``values`` names the dated values that a profile must give; ``at_once``: told however far ahead the
    day is; ``says_several``: its words can speak of several dates at once; ``again_after``: when a matter
    that stands may be brought up again, where that differs from the usual; ``needs_entries``: it asks for
    what is never kept of a day, so a replay leaves it out; ``looks_back``: it asks for the eight weeks before
    the window, too; ``leader_on_the_day``: the leader hears of it from the day's beginning, not from noon
    of the working day before.
    """

    scope: Scope
    audience: Audience | None
    wording: Wordings
    values: frozenset[str] = frozenset()
    at_once: bool = False
    says_several: bool = False
    again_after: timedelta | None = None
    looks_back: bool = False
    needs_entries: bool = False
    leader_on_the_day: bool = False

    @property
    def title(self) -> str:
        """What a finding is called, in English."""
        return self.wording["en"].topic

    def audience_in(self, team: Team) -> Audience:
        """Return who hears of a finding in this team."""
        if self.audience:
            return self.audience
        return Audience.EMPLOYEE if team.approval is Approval.LEADER else Audience.NOTICE

    def repeated_after(self, audience: Audience) -> timedelta | None:
        """Return when a matter that stands may be told again; None: never. Notices are told once."""
        if self.again_after is not None:
            return self.again_after
        return None if self.scope is Scope.DAY or audience is Audience.NOTICE else REPEAT_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule(Rule):
    """Judges one date of one person at a time."""

    check: CheckDay
    scope: Scope = Scope.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRule(Rule):
    """Judges one ISO week of one person at a time."""

    check: CheckWeek
    scope: Scope = Scope.WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRule(Rule):
    """Judges a person over the window, or a person's place in the register."""

    check: CheckPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRule(Rule):
    """Judges a team as a whole; a verdict may speak of one of its members."""

    check: CheckTeam


AnyRule = DayRule | WeekRule | PersonRule | TeamRule


@lru_cache(maxsize=1)
def all_rules() -> Mapping[str, AnyRule]:
    """Return every rule by id, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {rule_id(name): importlib.import_module(f"{__name__}.{name}").RULE for name in names}


def look_back(rules: Iterable[str]) -> bool:
    """Whether one of the rules asks for the days before the window."""
    return any(all_rules()[rule].looks_back for rule in rules)


def rule_id(module: str) -> str:
    """Return the rule's id for its module's name: ``team_day`` → ``team-day``."""
    return module.replace("_", "-")
