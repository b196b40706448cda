"""An agreement in force that is not recorded as filed on the personnel file.

Source: Nyborg, "Individuel aftale om hjemmearbejde af tilbagevendende karakter" (Bilag 1): the agreement is filed
on the employee's personnel file under "Aftale om hjemmearbejde". "Øvrigt" says the same.

Reading: looser than the form: an agreement that is not in force yet, or lacks a signature, is left alone, since
there is nothing whole to file. We see the date in the register, not the personnel file; a date still to come
is none. The matter is the leader's. Silent while an exceptional period lasts.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.agreements import missing_signatures
from bot.case import PersonCase
from bot.model import Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, _terms: Terms) -> Sequence[Verdict]:
    agreement = case.agreement_on(case.today)
    if agreement is None or missing_signatures(agreement, case.today) or case.exceptional(case.today):
        return [Verdict(Outcome.NOT_APPLICABLE)]
    filed, start = agreement.filed_on, agreement.period.start
    if filed is not None and filed <= case.today:
        return [Verdict(Outcome.OK)]
    key = start.isoformat() if start else ""
    facts = {"starts": key or None, "filed_on": filed.isoformat() if filed else None}
    return [Verdict(Outcome.VIOLATED, facts=facts, key=key)]


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: ligger aftalen på personalesagen?",
        "Aftalen gælder, og I har begge skrevet under. Der er endnu ikke registreret en dato for, hvornår den kom på sagen.",
        "Læg aftalen på personalesagen med overskriften »Aftale om hjemmearbejde«. Er det gjort, så registrér blot datoen.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: is the agreement on the personnel file?",
        "The agreement is in force, and you have both signed it. No date is on record yet for when it was filed.",
        "Put the agreement on the personnel file under the heading “Aftale om hjemmearbejde”. If that is done, just register the date.",
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    wording={
        "da": Wording("Aftale, der hører til på personalesagen", to_leader=_da_leader),
        "en": Wording("Agreement for the personnel file", to_leader=_en_leader),
    },
    check=_check,
)
