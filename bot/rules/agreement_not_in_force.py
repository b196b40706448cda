"""An agreement's home days are used before it starts, after it ends, or while a signature is missing.

Source: Nyborg's form ends in date and signatures of employee and leader ("Dato og underskrift"), and
recurring home work needs a formal agreement ("RAMMER FOR HJEMMEARBEJDE").

Reading: a day is the agreement's when its weekdays and weeks allow it; where it names none, any home day
is. Dates on which another agreement is in force, or that an exception covers, are not counted. Looser
than the text: days before the first signature are left alone, for there was no agreement yet to use. A
day is held against the nearest agreement alone: the one that ended last, or else the first to come. Where
only the leader's signature is missing the leader is told, not the employee. Exceptional periods lift the
rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.agreements import allows, in_force
from bot.case import PersonCase, is_exceptional
from bot.model import Agreement, Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    if not case.agreements:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    return [_judge(case, one, terms) for one in case.agreements]


def _judge(case: PersonCase, agreement: Agreement, terms: Terms) -> Verdict:
    needed = bool(terms.value("signatures_required", case.window.end))
    missing = _missing_signatures(agreement) if needed else []
    unsigned = [day for day in _used(case, agreement) if missing and in_force(agreement, day)]
    before = [day for day in _outside(case, agreement) if _is_before(agreement, day)]
    after = [day for day in _outside(case, agreement) if not _is_before(agreement, day)]
    if not (unsigned or before or after):
        return Verdict(Outcome.OK)
    only_leader = missing == ["leader"] and not before and not after
    return Verdict(
        Outcome.VIOLATED,
        dates=tuple(sorted({*unsigned, *before, *after})),
        facts={
            "starts": _iso(agreement.period.start) if before else None,
            "ended": _iso(agreement.period.end) if after else None,
            "has_ended": bool(after) and not in_force(agreement, case.today),
            "unsigned_by": missing if unsigned else [],
        },
        audience=Audience.LEADER if only_leader else None,
        key=f"{agreement.period.start}..{agreement.period.end}",
    )


def _used(case: PersonCase, agreement: Agreement) -> Iterator[date]:
    """Yield the home days that are the agreement's by weekday and week, in or out of its period."""
    for day in case.days.values():
        if day.at_home and allows(agreement.placement, day.date):
            lifted = is_exceptional(case.organisation, day.date) or case.cancellation(day.date)
            if not lifted and not case.covering_exception(day.date) and not case.moved_away(day.date):
                yield day.date


def _outside(case: PersonCase, agreement: Agreement) -> Iterator[date]:
    """Yield the agreement's days on which no agreement is in force, where this one is the nearest."""
    first_signature = min(filter(None, _signatures(agreement)), default=date.min)
    for day in _used(case, agreement):
        too_early = _is_before(agreement, day) and day < first_signature
        if case.agreement_on(day) is None and _nearest(case, day) is agreement and not too_early:
            yield day


def _nearest(case: PersonCase, day: date) -> Agreement:
    """Return the agreement that ended last before the day, or else the first to start after it."""
    ended = [one for one in case.agreements if one.period.end is not None and one.period.end < day]
    if ended:
        return max(ended, key=lambda one: one.period.end or date.min)
    return min(case.agreements, key=lambda one: one.period.start or date.min)


def _signatures(agreement: Agreement) -> tuple[date | None, date | None]:
    return agreement.signed_by_employee_on, agreement.signed_by_leader_on


def _missing_signatures(agreement: Agreement) -> list[str]:
    names = ("employee", "leader")
    return [name for name, signed in zip(names, _signatures(agreement), strict=True) if signed is None]


def _is_before(agreement: Agreement, day: date) -> bool:
    return agreement.period.start is not None and day < agreement.period.start


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


RULE = PersonRule(
    title="Home days outside the agreement's period or without its signatures",
    scope=Scope.REGISTER,
    audience=Audience.EMPLOYEE,
    values=frozenset({"signatures_required"}),
    check=_check,
)
