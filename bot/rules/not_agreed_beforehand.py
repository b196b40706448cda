"""A single home day that nobody has said yes to beforehand, in a team where the leader approves home days.

Source: Region Sjælland, "Hvornår kan man arbejde hjemme?": one works at home after having agreed on it with
the leader beforehand. Hjørring, "Arbejdsgiverens eller medarbejderens ønske?": by agreement with management.
Nyborg, "Inspirationsspørgsmål til drøftelser i teamet / afdelingen": whether the leader approves home days is
for the team to settle.

Reading: looser than the text. It speaks only in teams that record approvals, for elsewhere an oral word is
enough and we cannot see it. Single days alone: an agreement's own days are agreed, also where it places them
freely; days outside its weekdays are ``weekday-not-agreed``'s and those of a pattern
``recurring-without-agreement``'s. A yes without a time on record counts as given beforehand; one with a time
counts when it lies before the day begins. Our choices: the rule rests in exceptional periods, and for people
whose employment has home work as a condition.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Approval, Audience, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    if not _asks_for_approval(case, day) or not _is_ad_hoc(case, day):
        return Verdict(Outcome.NOT_APPLICABLE)
    settled = case.covering_exception(day.date)
    decided_at = settled.decided_at if settled else None
    if settled and (decided_at is None or decided_at < case.midnight(day.date)):
        return Verdict(Outcome.EXCUSED, dates=(day.date,), facts={"approved_on": None})
    late = decided_at.astimezone(case.zone).date() if decided_at else None
    return Verdict(
        Outcome.VIOLATED, dates=(day.date,), facts={"approved_on": late.isoformat() if late else None}
    )


def _asks_for_approval(case: PersonCase, day: Day) -> bool:
    lifted = case.exceptional(day.date) or case.person.home_work_condition_of_employment
    return case.team.approval is Approval.LEADER and not lifted


def _is_ad_hoc(case: PersonCase, day: Day) -> bool:
    """Whether it is a home day of its own: in no agreement, in no pattern, not beside agreed weekdays."""
    agreement = case.agreement_on(day.date)
    beside_weekdays = agreement is not None and not agreement.placement.free
    recurs = case.agreed(day.date) or case.in_pattern(day.date)
    return day.at_home and not beside_weekdays and not recurs


def _da(talk: Talk) -> Words:
    if talk.fact("approved_on"):
        return (
            f"Ja'et til {talk.day()} kom lidt sent",
            f"Din leders ja er noteret {talk.short_date(talk.fact('approved_on'))}, da dagen var begyndt.",
            "Det er der ikke noget at gøre ved nu. Fik du ja tidligere, så bed om at få tidspunktet rettet, og spørg ellers gerne før dagen næste gang.",
        )
    return (
        "Er hjemmedagene aftalt?" if talk.several else f"Er hjemmedagen {talk.day()} aftalt?",
        f"Der står hjemmearbejde i din kalender {talk.day()}, og vi kan ikke se et ja fra din leder.",
        "Spørg din leder. Har I allerede talt om det, mangler ja'et blot at blive registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    if talk.fact("approved_on"):
        return (
            f"{talk.first_name}: ja til en hjemmedag efter dagens start",
            f"Ja'et til {talk.day()} er noteret {talk.short_date(talk.fact('approved_on'))}.",
            "Tal om, hvordan I bedst aftaler enkelte hjemmedage på forhånd, eller ret tidspunktet.",
        )
    return (
        f"{talk.first_name}: hjemmedag uden et noteret ja",
        f"Kalenderen viser hjemmearbejde {talk.day()}, og der er ikke noteret et ja.",
        "Registrér det, hvis I har aftalt dagen, eller tal om, hvordan I aftaler enkelte hjemmedage.",
    )


def _en(talk: Talk) -> Words:
    if talk.fact("approved_on"):
        return (
            f"The yes to {talk.day()} came a little late",
            f"Your leader's yes is recorded on {talk.short_date(talk.fact('approved_on'))}, when the day had begun.",
            "There is nothing to be done about it now. If you had the yes earlier, ask for the time to be corrected; otherwise please ask before the day next time.",
        )
    return (
        "Are the home days agreed on?" if talk.several else f"Is the home day on {talk.day()} agreed on?",
        f"Your calendar says home on {talk.day()}, and we see no yes from your leader.",
        "Ask your leader. If you have already talked about it, the yes only needs to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    if talk.fact("approved_on"):
        return (
            f"{talk.first_name}: a yes to a home day after it had begun",
            f"The yes to {talk.day()} is recorded on {talk.short_date(talk.fact('approved_on'))}.",
            "Talk about how best to agree on single home days beforehand, or correct the time.",
        )
    return (
        f"{talk.first_name}: home day without a yes on record",
        f"The calendar says home on {talk.day()}, and no yes is recorded.",
        "Register it if you have agreed on the day, or talk about how you agree on single home days.",
    )


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    says_several=True,
    wording={
        "da": Wording("Hjemmedag uden et ja på forhånd", _da, _da_leader),
        "en": Wording("Home day without a yes beforehand", _en, _en_leader),
    },
    check=_check,
)
