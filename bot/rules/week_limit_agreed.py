"""More home days in an ISO week than the person's agreement has.

Source: the individual agreement itself; Nyborg's form asks for the number of days a week ("Omfang af
hjemmearbejde").

Reading: portions are added up, so two mornings are one day. Days that were approved or given as a replacement
do not count; a day that was moved counts in the week it was moved from; a cancelled day does not count. Only
days in the agreement's own period count, and the agreement in force last in the week is the one that judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.case import PersonCase
from bot.days import iso_week
from bot.model import Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import WeekRule

TOLERANCE = 1e-6


def _check(case: PersonCase, week: Sequence[Day], _terms: Terms) -> Verdict:
    agreement = next((a for day in reversed(week) if (a := case.agreement_on(day.date))), None)
    if agreement is None or agreement.days_per_week is None:
        return Verdict(Outcome.NOT_APPLICABLE)
    counted = {day.date: day.home for day in _counted(case, week)}
    total = round(sum(counted.values()), 2)
    if total <= agreement.days_per_week + TOLERANCE:
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.VIOLATED,
        dates=tuple(sorted(counted)),
        facts={"days": total, "limit": agreement.days_per_week, "week": iso_week(week[0].date)},
    )


def _counted(case: PersonCase, week: Sequence[Day]) -> Iterator[Day]:
    dates = {day.date for day in week}
    for day in case.days.values():
        if not day.at_home or case.agreement_on(day.date) is None or case.cancellation(day.date):
            continue
        counts_here = day.date in dates and not case.covering_exception(day.date)
        if counts_here or _moved_from(case, day.date) in dates:
            yield day


def _moved_from(case: PersonCase, day: date) -> date | None:
    swap = case.moved_to.get(day)
    return swap.day if swap else None


RULE = WeekRule(title="More home days than agreed in a week", audience=None, check=_check)
