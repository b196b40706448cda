"""An agreement in use ends within a fortnight, and none follows.

Source: the last day that the organisation has registered with the individual agreement. None of the five
documents says how long an agreement runs or that one should be warned; all of them rest regular home work on an
agreement (Region Sjælland "Hvornår kan man arbejde hjemme?", Hjørring "Arbejdsgiverens eller medarbejderens
ønske?", Nyborg "RAMMER FOR HJEMMEARBEJDE", the academics' guide "Udarbejdelse af lokalaftaler ved
hjemmearbejde", Kriminalforsorgen "Fast tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter").

Reading: the fortnight is our choice; the last day itself and the fourteenth day ahead count. In use means at least
one home day that the agreement allows in what was read. Any agreement that starts after the last day follows,
however late. Silent about an agreement without a last day, about people who leave by then, and while an
exceptional period lasts. What is used after the last day is ``agreement-not-in-force``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.agreements import in_force
from bot.case import PersonCase
from bot.model import Agreement, Audience, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    agreement = case.agreement_on(case.today)
    end = agreement.period.end if agreement else None
    if agreement is None or end is None or case.exceptional(case.today) or _leaves_by(case, end):
        return [Verdict(Outcome.NOT_APPLICABLE)]
    last_day_ahead = case.today + timedelta(days=terms.whole("days_ahead", case.window.end))
    if end > last_day_ahead or _is_followed(case, end) or not _is_used(case, agreement):
        return [Verdict(Outcome.OK)]
    return [Verdict(Outcome.VIOLATED, dates=(end,), facts={"ends": end.isoformat()}, key=end.isoformat())]


def _leaves_by(case: PersonCase, end: date) -> bool:
    leaves = case.person.employment_ends_on
    return leaves is not None and leaves <= end


def _is_followed(case: PersonCase, end: date) -> bool:
    return any(one.period.start is not None and one.period.start > end for one in case.agreements)


def _is_used(case: PersonCase, agreement: Agreement) -> bool:
    return any(case.agreed(day.date) and in_force(agreement, day.date) for day in case.home_days())


def _da(talk: Talk) -> Words:
    return (
        f"Din aftale om hjemmearbejde løber til og med {talk.short_date(talk.fact('ends'))}",
        "Du bruger dine aftalte hjemmedage, og der er endnu ikke registreret en ny aftale.",
        "Tal med din leder om, hvad der gælder derefter. Har I allerede en ny aftale, så bed blot om at få den registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: aftalen løber til og med {talk.short_date(talk.fact('ends'))}",
        "Aftalens hjemmedage er i brug, og der er endnu ikke registreret en ny aftale.",
        "Tal sammen om, hvad der gælder derefter, eller registrér den nye aftale, hvis I har lavet den.",
    )


def _en(talk: Talk) -> Words:
    return (
        f"Your home working agreement runs up to and including {talk.short_date(talk.fact('ends'))}",
        "You use your agreed home days, and no new agreement is on record yet.",
        "Talk to your leader about what applies after that. If you already have a new agreement, just ask for it to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: the agreement runs up to and including {talk.short_date(talk.fact('ends'))}",
        "Its home days are in use, and no new agreement is on record yet.",
        "Talk about what applies after that, or register the new agreement if you have made it.",
    )


RULE = PersonRule(
    scope=Scope.REGISTER,
    audience=Audience.EMPLOYEE_AND_LEADER,
    values=frozenset({"days_ahead"}),
    wording={
        "da": Wording("Aftalen udløber snart", _da, _da_leader),
        "en": Wording("The agreement ends soon", _en, _en_leader),
    },
    check=_check,
)
