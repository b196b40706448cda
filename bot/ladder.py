"""A finding and today → how far up the ladder it is: nothing yet, a notice, a reminder, the digest.

CONTRACT, "When messages go". Who has been told already is the plan's business, not the ladder's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import Audience, Finding, Scope, Status, Step

REMINDER_WORKING_DAYS = 5
NOTICE_WORKING_DAYS = 2
GONE_BY = "the day has gone by"


@dataclass(frozen=True, slots=True)
class Rung:
    """A finding's step, or why it has none. ``alone``: a notice that is due even if nothing else is said."""

    step: Step | None
    reason: str | None = None
    alone: bool = True


def climb(finding: Finding, today: date, is_working: Callable[[date], bool], *, at_once: bool) -> Rung:
    """Return the finding's place on the ladder. ``is_working`` tells the person's working days."""
    if finding.status is not Status.OPEN:
        return Rung(None, finding.status.value)
    if finding.audience is Audience.LEADER:
        return Rung(Step.DIGEST)
    if finding.audience is Audience.NOTICE:
        return _notice(finding, today, is_working)
    if finding.scope is Scope.WEEK and finding.dates[-1] < today:
        return Rung(None, GONE_BY)
    if finding.scope is not Scope.DAY:
        return Rung(Step.REMINDER)
    return _day_reminder(finding.dates[0], today, is_working, at_once=at_once)


def working_days_ahead(today: date, day: date, is_working: Callable[[date], bool]) -> int:
    """Count the working days after today up to and including the date."""
    ahead = (day - today).days
    return sum(is_working(today + timedelta(days=n)) for n in range(1, ahead + 1))


def _day_reminder(day: date, today: date, is_working: Callable[[date], bool], *, at_once: bool) -> Rung:
    if day < today:
        return Rung(None, GONE_BY)
    if not at_once and working_days_ahead(today, day, is_working) > REMINDER_WORKING_DAYS:
        return Rung(None, f"more than {REMINDER_WORKING_DAYS} working days ahead")
    return Rung(Step.REMINDER)


def _notice(finding: Finding, today: date, is_working: Callable[[date], bool]) -> Rung:
    if finding.scope in {Scope.PERIOD, Scope.REGISTER}:
        return Rung(Step.NOTICE)
    to_come = [day for day in finding.dates if day >= today]
    if not to_come:
        return Rung(None, GONE_BY)
    near = working_days_ahead(today, to_come[0], is_working) <= NOTICE_WORKING_DAYS
    return Rung(Step.NOTICE, alone=near)
