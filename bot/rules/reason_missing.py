"""Tasks judged unsuited to home work, and no reason on record.

Source: the Prison and Probation Service, "Fast tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter": the
leader accounts for why the tasks aren't suited to home work.

Reading: stricter than the paper, which does not say that the account is in writing: a recorded reason is how the
employee gets to see it. Looser: whether it is a good reason is not for a program to say. Home days make no
difference, and a team where nobody can work at home is another matter: nobody's own tasks were judged there.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import PersonCase
from bot.model import Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, _terms: Terms) -> Sequence[Verdict]:
    if case.person.tasks_suited:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    return [Verdict(Outcome.OK if case.person.tasks_reason else Outcome.VIOLATED)]


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: begrundelsen er ikke registreret",
        "Det er registreret, at opgaverne ikke egner sig til hjemmearbejde, men ikke hvorfor.",
        "Tal sammen om baggrunden, og registrér den. Så kan I begge se, hvad vurderingen bygger på.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: the reason is not on record",
        "It is on record that the tasks are not suited to home working, but not why.",
        "Talk about what lies behind it, and register the reason. Then you can both see what the judgement rests on.",
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.LEADER,
    wording={
        "da": Wording("Ingen begrundelse, hvor opgaverne ikke egner sig", None, _da_leader),
        "en": Wording("No reason where tasks are not suited", None, _en_leader),
    },
    check=_check,
)
