"""The leader has taken a home day back, and the calendar still shows it.

Source: Nyborg, "RAMMER FOR HJEMMEARBEJDE": management may at any time, at short notice, cancel an agreed
home day where operations need the employee to be there. The reason on record is shown, and whether the
team gives another day the same week.

Reading: told at once, however far ahead the day is. On that date no other day rule speaks.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    cancellation = case.cancellation(day.date)
    if cancellation is None:
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home:
        return Verdict(Outcome.OK)
    replacement = case.team.replacement_day
    return Verdict(
        Outcome.VIOLATED,
        dates=(day.date,),
        facts={
            "reason": cancellation.note,
            "replacement_day": replacement.value if replacement else None,
        },
    )


RULE = DayRule(
    title="Home day taken back by the leader", audience=Audience.EMPLOYEE, at_once=True, check=_check
)
