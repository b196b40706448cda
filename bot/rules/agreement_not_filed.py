"""An agreement in force that is not recorded as filed on the personnel file.

Source: Nyborg, "Individuel aftale om hjemmearbejde af tilbagevendende karakter" (Bilag 1): the agreement is filed
on the employee's personnel file under "Aftale om hjemmearbejde". "Øvrigt" says the same.

Reading: looser than the form: an agreement that is not in force yet, or lacks a signature, is left alone, since
there is nothing whole to file. We see the date in the register, not the personnel file; a date still to come
is none. The matter is the leader's. Silent while an exceptional period lasts.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import PersonCase
from bot.model import Agreement, Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, _terms: Terms) -> Sequence[Verdict]:
    agreement = case.agreement_on(case.today)
    if agreement is None or not _is_signed(agreement) or case.exceptional(case.today):
        return [Verdict(Outcome.NOT_APPLICABLE)]
    filed, start = agreement.filed_on, agreement.period.start
    if filed is not None and filed <= case.today:
        return [Verdict(Outcome.OK)]
    key = start.isoformat() if start else ""
    facts = {"starts": key or None, "filed_on": filed.isoformat() if filed else None}
    return [Verdict(Outcome.VIOLATED, facts=facts, key=key)]


def _is_signed(agreement: Agreement) -> bool:
    return agreement.signed_by_employee_on is not None and agreement.signed_by_leader_on is not None


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: aftalen er ikke noteret som journaliseret",
        "Aftalen gælder og er skrevet under af jer begge. Registeret har ingen dato for, at den er lagt på personalesagen.",
        "Læg den på sagen med overskriften »Aftale om hjemmearbejde«. Er det gjort, mangler datoen blot at blive registreret.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: the agreement is not recorded as filed",
        "It is in force and signed by you both. The register has no date on which it was put on the personnel file.",
        'File it under the heading "Aftale om hjemmearbejde". If that is done, only the date needs to be registered.',
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    wording={
        "da": Wording("Aftalen er ikke noteret som journaliseret", to_leader=_da_leader),
        "en": Wording("The agreement is not recorded as filed", to_leader=_en_leader),
    },
    check=_check,
)
