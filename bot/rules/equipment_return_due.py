"""The employment ends, and things lent for home work aren't recorded as returned.

Source: Nyborg, "Ved fratrædelse": furniture and IT equipment go back when the employment ends, and can be bought at a
set residual value.

Reading: the document gives no time; the days beforehand are our choice. The rule goes on after the last day. A
thing counts as lent when any of the person's agreements names it, ended ones too, and as returned from the date
on record; a date in the future is a plan. What was bought is recorded as returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.case import PersonCase
from bot.model import Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    ends = case.person.employment_ends_on
    days_ahead = terms.whole("days_ahead", case.window.end)
    if ends is None or ends > case.today + timedelta(days=days_ahead):
        return [Verdict(Outcome.NOT_APPLICABLE)]
    items = _still_lent(case)
    if not items:
        return [Verdict(Outcome.OK)]
    return [Verdict(Outcome.VIOLATED, (ends,), {"items": items, "has_ended": ends < case.today})]


def _still_lent(case: PersonCase) -> list[str]:
    """Return what isn't returned yet, each name once."""
    lent = (thing for agreement in case.agreements for thing in agreement.equipment)
    kept = (thing.item for thing in lent if thing.returned_on is None or thing.returned_on > case.today)
    return list(dict.fromkeys(kept))


def _da(talk: Talk) -> Words:
    ends = "sluttede" if talk.fact("has_ended") else "slutter"
    return (
        "Det udstyr, du har lånt til hjemmearbejdet",
        f"Din ansættelse {ends} {talk.day()}. Det her er ikke registreret som afleveret: {talk.all_of(talk.fact('items'))}.",
        "Aftal med din leder, hvornår du afleverer det, eller køb det til restværdien. Er det gjort, så bed blot om at få datoen registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    ends = "sluttede" if talk.fact("has_ended") else "slutter"
    return (
        f"{talk.first_name}: lånt udstyr ved fratrædelsen",
        f"Ansættelsen {ends} {talk.day()}. Det her er ikke registreret som afleveret: {talk.all_of(talk.fact('items'))}.",
        "Aftal, hvornår det bliver afleveret eller købt til restværdien, og registrér datoen.",
    )


def _en(talk: Talk) -> Words:
    ends = "ended" if talk.fact("has_ended") else "ends"
    return (
        "The equipment you have on loan for home working",
        f"Your employment {ends} on {talk.day()}. This is not on record as returned: {talk.all_of(talk.fact('items'))}.",
        "Agree with your leader when to return it, or buy it at its residual value. If that is done, just ask for the date to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    ends = "ended" if talk.fact("has_ended") else "ends"
    return (
        f"{talk.first_name}: equipment on loan at the end of the employment",
        f"The employment {ends} on {talk.day()}. This is not on record as returned: {talk.all_of(talk.fact('items'))}.",
        "Agree when it will be returned, or bought at its residual value, and register the date.",
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.EMPLOYEE_AND_LEADER,
    values=frozenset({"days_ahead"}),
    wording={
        "da": Wording("Lånt udstyr ved fratrædelse", _da, _da_leader),
        "en": Wording("Equipment on loan when the employment ends", _en, _en_leader),
    },
    check=_check,
)
