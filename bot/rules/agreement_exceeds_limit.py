"""An individual agreement that allows more home days a week, on average, than the profile's maximum.

Source: Kriminalforsorgen, "Fast tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter": no more than
two home days a week on average may be agreed on.

Reading: the average is the agreement's days a week, or else the number of its weekdays, times the share of weeks
that it holds in: a half for odd or even weeks, one in n for every n-th week, twelve of 52 for the n-th weekday
of the month. Freely placed days without a number say nothing of how many they are. Looked at are agreements in
force today or still to come, signed or not; exactly the maximum is fine. The agreement is not turned away: the
leader hears of it. A team may set a number of its own; the rule rests while an exceptional period lasts.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.agreements import has_ended
from bot.averages import TOLERANCE
from bot.case import PersonCase
from bot.model import Agreement, Audience, Outcome, Placement, Scope, Verdict, Weeks
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words

MONTHS, WEEKS_OF_A_YEAR = 12, 52


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    if case.exceptional(case.today):
        return [Verdict(Outcome.NOT_APPLICABLE)]
    limit = terms.number("days_per_week", case.window.end)
    judged = [_judge(case, one, limit) for one in case.agreements if not has_ended(one, case.today)]
    return judged or [Verdict(Outcome.NOT_APPLICABLE)]


def _judge(case: PersonCase, agreement: Agreement, limit: float) -> Verdict:
    start = agreement.period.start
    key = start.isoformat() if start else ""
    days = _days_per_week(agreement)
    if days is None:
        return Verdict(Outcome.NOT_APPLICABLE, key=key)
    if days <= limit + TOLERANCE:
        return Verdict(Outcome.OK, key=key)
    to_come = start is not None and start > case.today
    facts = {"days": round(days, 2), "limit": limit, "starts": key or None, "to_come": to_come}
    return Verdict(Outcome.VIOLATED, facts=facts, key=key)


def _days_per_week(agreement: Agreement) -> float | None:
    """Return the home days a week that the agreement allows on average; None where it does not say."""
    days = agreement.days_per_week
    if days is None and not agreement.placement.free:
        days = len(agreement.placement.weekdays)
    return None if days is None else days * _share_of_weeks(agreement.placement)


def _share_of_weeks(placement: Placement) -> float:
    if placement.nth is not None:
        return MONTHS / WEEKS_OF_A_YEAR
    if placement.every_weeks is not None:
        return 1 / placement.every_weeks
    return 1 if placement.weeks is Weeks.ALL else 1 / 2


def _da_leader(talk: Talk) -> Words:
    days, limit = talk.fact("days"), talk.number(talk.fact("limit"))
    which = "Den kommende aftale" if talk.fact("to_come") else "Aftalen"
    return (
        f"{talk.first_name}: aftalen ligger over rammen",
        f"{which} giver i gennemsnit {talk.number(days)} {'hjemmedag' if days <= 1 else 'hjemmedage'} om ugen. Rammen er højst {limit}.",
        "Tal sammen om, hvordan aftalen kan tilpasses. Er den registreret forkert, er det nok at rette registreringen.",
    )


def _en_leader(talk: Talk) -> Words:
    days, limit = talk.fact("days"), talk.number(talk.fact("limit"))
    which = "The coming agreement" if talk.fact("to_come") else "The agreement"
    return (
        f"{talk.first_name}: the agreement is above the limit",
        f"{which} gives {talk.number(days)} {'home day' if days == 1 else 'home days'} a week on average. The limit is {limit}.",
        "Talk about how the agreement can be adjusted. If it was recorded wrongly, correcting the register is enough.",
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    values=frozenset({"days_per_week"}),
    wording={
        "da": Wording("Aftalen giver flere hjemmedage end rammen", to_leader=_da_leader),
        "en": Wording("The agreement gives more home days than the limit", to_leader=_en_leader),
    },
    check=_check,
)
