"""One finding for everything that a rule's text may have to say to the employee, as the rule makes it.

The case files hold the rules to these facts; the golden files show the texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.model import Audience, Finding, RegistrationSource, Scope
from tests.bot.builders import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, finding, policy

POLICY = policy()
FIRST_TUESDAYS = (date(2026, 1, 6), date(2026, 2, 3), TUESDAY)
NOTICE, EMPLOYEE = Audience.NOTICE, Audience.EMPLOYEE


def every(weeks: int) -> tuple[date, ...]:
    """Return three Tuesdays, so many weeks apart."""
    return tuple(TUESDAY - n * timedelta(weeks=weeks) for n in (2, 1, 0))


TUESDAYS = every(1)


def weekday(**facts: Any) -> dict[str, Any]:
    usual = {
        "weekdays": ["monday", "thursday"],
        "weeks": "all",
        "every_weeks": None,
        "nth": None,
        "moved_to": None,
        "ad_hoc_free": True,
    }
    return {"dates": (FRIDAY,), "audience": NOTICE, "facts": usual | facts}


def limit(audience: Audience, days: float = 3, agreed: float = 2) -> dict[str, Any]:
    return {
        "dates": (MONDAY, WEDNESDAY, FRIDAY),
        "scope": Scope.WEEK,
        "audience": audience,
        "facts": {"days": days, "limit": agreed, "week": "2026-W10", "ad_hoc_free": True},
    }


def habit(*patterns: Mapping[str, Any], dates: tuple[date, ...] = TUESDAYS) -> dict[str, Any]:
    facts = {"patterns": list(patterns), "in_writing": True}
    return {"dates": dates, "scope": Scope.PERIOD, "facts": facts}


def agreement(audience: Audience = EMPLOYEE, **facts: Any) -> dict[str, Any]:
    usual = {"starts": None, "ended": None, "unsigned_by": []}
    return {"dates": TUESDAYS, "scope": Scope.REGISTER, "audience": audience, "facts": usual | facts}


def cancelled(reason: str = "Hastemøde", replacement_day: str | None = None) -> dict[str, Any]:
    return {"facts": {"reason": reason, "replacement_day": replacement_day}}


VARIANTS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "agreement-not-in-force": {
        "after its end": agreement(ended="2026-02-16"),
        "before its start": agreement(starts="2026-03-15"),
        "both signatures missing": agreement(unsigned_by=["employee", "leader"]),
        "the employee's signature missing": agreement(unsigned_by=["employee"]),
    },
    "day-cancelled": {
        "with a reason": cancelled(),
        "with a reason that ends in a full stop": cancelled("Vi er for få i borgerservice."),
        "without a reason": cancelled(""),
        "another day is given": cancelled(replacement_day="allowed"),
        "no other day is given": cancelled(replacement_day="not_allowed"),
    },
    "recurring-without-agreement": {
        "every week": habit({"kind": "weekly", "weekdays": ["tuesday"], "every": 1}),
        "every second week": habit({"kind": "weekly", "weekdays": ["tuesday"], "every": 2}, dates=every(2)),
        "every third week": habit({"kind": "weekly", "weekdays": ["tuesday"], "every": 3}, dates=every(3)),
        "every fourth week": habit({"kind": "weekly", "weekdays": ["tuesday"], "every": 4}, dates=every(4)),
        "the first of the month": habit(
            {"kind": "monthly", "weekdays": ["tuesday"], "nth": 1}, dates=FIRST_TUESDAYS
        ),
        "a series": habit({"kind": "series", "weekdays": ["monday", "thursday"]}, dates=(MONDAY, THURSDAY)),
        "several at once": habit(
            {"kind": "series", "weekdays": ["monday"]},
            {"kind": "weekly", "weekdays": ["tuesday"], "every": 1},
            {"kind": "weekly", "weekdays": ["friday"], "every": 2},
        ),
    },
    "team-day": {
        "a day": {"dates": (TUESDAY,), "source": RegistrationSource("team borgerservice: team_days")}
    },
    "week-limit-agreed": {
        "a notice": limit(NOTICE),
        "approvals are recorded": limit(EMPLOYEE),
        "half days": limit(NOTICE, 2.5, 1.5),
        "one day where half a day is agreed": limit(NOTICE, 1, 0.5) | {"dates": (MONDAY,)},
    },
    "weekday-not-agreed": {
        "a notice": weekday(),
        "approvals are recorded": weekday() | {"audience": EMPLOYEE},
        "odd weeks": weekday(weekdays=["friday"], weeks="odd"),
        "even weeks": weekday(weekdays=["monday", "thursday"], weeks="even"),
        "every second week": weekday(weekdays=["friday"], every_weeks=2),
        "every sixth week": weekday(weekdays=["friday"], every_weeks=6),
        "the third of the month": weekday(weekdays=["friday"], nth=3),
        "moved, and the old day stands": weekday(moved_to=(FRIDAY + timedelta(days=5)).isoformat()),
    },
}


def variant(rule: str, name: str) -> Finding:
    """Return the finding of a variant, with the source that the profile gives."""
    return finding(**{"rule": rule, "source": POLICY.terms[rule].source} | VARIANTS[rule][name])
