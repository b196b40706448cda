"""A home day outside the weekdays, or the weeks, that the person's agreement names.

Source: the individual agreement itself; Nyborg's form asks for the placing ("Placering af
hjemmearbejdsdage").

Reading: nothing where no agreement is in force or the days are placed freely. Where ad hoc days are free
the employee alone is told, and told that it is fine if arranged: an agreement does not rule out ad hoc
days. A date that leader and employee have settled is excused.
"""

from __future__ import annotations

from bot.agreements import allows
from bot.case import PersonCase
from bot.model import Day, Outcome, Placement, Verdict
from bot.parameters import Terms
from bot.rules import DayRule


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    agreement = case.agreement_on(day.date)
    if not day.working or agreement is None or agreement.placement.free:
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home or (allows(agreement.placement, day.date) and not case.moved_away(day.date)):
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.EXCUSED if case.covering_exception(day.date) else Outcome.VIOLATED,
        dates=(day.date,),
        facts=_facts(case, day, agreement.placement),
    )


def _facts(case: PersonCase, day: Day, placement: Placement) -> dict[str, object]:
    swap = case.exceptions[day.date] if case.moved_away(day.date) else None
    return {
        "weekdays": [weekday.name.lower() for weekday in sorted(placement.weekdays)],
        "weeks": placement.weeks.value,
        "every_weeks": placement.every_weeks,
        "nth": placement.nth,
        "moved_to": swap.to.isoformat() if swap and swap.to else None,
    }


RULE = DayRule(title="Home day outside the agreed weekdays", audience=None, check=_check)
