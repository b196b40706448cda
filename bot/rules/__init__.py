"""The rules: one module each, found by walking this package; the module's name is the rule's id.

A module holds ``RULE``. Its docstring says what the rule demands, where the documents say so, and where our
reading is looser or stricter than the text.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.case import PersonCase
from bot.model import Approval, Audience, Day, Scope, Team, Verdict
from bot.parameters import Terms

CheckDay = Callable[[PersonCase, Day, Terms], Verdict]
CheckWeek = Callable[[PersonCase, Sequence[Day], Terms], Verdict]
CheckPerson = Callable[[PersonCase, Terms], Sequence[Verdict]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What all rules have. ``audience`` None: the employee where the team records approvals, else a
    notice.

    ``values`` names the dated values that a profile must give; ``at_once``: told however far ahead the
    day is.
    """

    title: str
    scope: Scope
    audience: Audience | None
    values: frozenset[str] = frozenset()
    at_once: bool = False

    def audience_in(self, team: Team) -> Audience:
        """Return who hears of a finding in this team."""
        if self.audience:
            return self.audience
        return Audience.EMPLOYEE if team.approval is Approval.LEADER else Audience.NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule(Rule):
    """Judges one date at a time."""

    check: CheckDay
    scope: Scope = Scope.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRule(Rule):
    """Judges one ISO week at a time."""

    check: CheckWeek
    scope: Scope = Scope.WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRule(Rule):
    """Judges a person over the window, or a person's place in the register."""

    check: CheckPerson


AnyRule = DayRule | WeekRule | PersonRule


@lru_cache(maxsize=1)
def all_rules() -> Mapping[str, AnyRule]:
    """Return every rule by id, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {rule_id(name): importlib.import_module(f"{__name__}.{name}").RULE for name in names}


def rule_id(module: str) -> str:
    """Return the rule's id for its module's name: ``team_day`` → ``team-day``."""
    return module.replace("_", "-")
