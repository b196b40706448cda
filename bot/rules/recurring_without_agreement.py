"""Home work in a recurring pattern, and no individual agreement that covers it.

Source: Nyborg, "RAMMER FOR HJEMMEARBEJDE": a formal agreement is to be made where home work recurs. The
academics' guide and the Prison and Probation Service ask for the same; regularity decides, not the number
of days.

Reading: a pattern is what ``bot.patterns`` finds, so a habit is judged like an entered series. It is
covered when the agreement in force today allows all of its days, or when each day was allowed on its own
date by the agreement of that time or by an exception. An agreement whose signatures are missing covers
here: that is ``agreement-not-in-force``, and saying it twice helps nobody. Exceptional periods lift the
rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.agreements import allows
from bot.case import PersonCase, is_exceptional
from bot.model import Audience, Outcome, Scope, Verdict, Weekday
from bot.parameters import Terms
from bot.patterns import Pattern
from bot.rules import PersonRule


def _check(case: PersonCase, _terms: Terms) -> Sequence[Verdict]:
    if is_exceptional(case.organisation, case.today) or not case.patterns:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    uncovered = [pattern for pattern in case.patterns if not _is_covered(case, pattern)]
    if not uncovered:
        return [Verdict(Outcome.OK)]
    return [
        Verdict(
            Outcome.VIOLATED,
            dates=tuple(sorted({day for pattern in uncovered for day in pattern.dates})),
            facts={"patterns": [_describe(pattern) for pattern in uncovered]},
        )
    ]


def _is_covered(case: PersonCase, pattern: Pattern) -> bool:
    today = case.agreement_on(case.today)
    if today and all(allows(today.placement, day) for day in pattern.dates):
        return True
    return all(case.agreed(day) or case.covering_exception(day) for day in pattern.dates)


def _describe(pattern: Pattern) -> dict[str, object]:
    weekdays = [Weekday(number).name.lower() for number in sorted({day.weekday() for day in pattern.dates})]
    facts = {"kind": pattern.kind.value, "weekdays": weekdays, "every": pattern.every, "nth": pattern.nth}
    return {name: value for name, value in facts.items() if value is not None}


RULE = PersonRule(
    title="Recurring home work without an agreement",
    scope=Scope.PERIOD,
    audience=Audience.EMPLOYEE,
    check=_check,
)
