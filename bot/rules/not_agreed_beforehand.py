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
            "Et lidt sent ja til dine hjemmedage"
            if talk.several
            else f"Et lidt sent ja til hjemmedagen {talk.day()}",
            _da_late(talk, "Din leders ja til"),
            "Det er der ikke noget at gøre ved nu. Kom svaret tidligere, så bed om at få tidspunktet rettet. Spørg ellers gerne på forhånd næste gang.",
        )
    return (
        "Er hjemmedagene aftalt?" if talk.several else f"Er hjemmedagen {talk.day()} aftalt?",
        f"Der står hjemmearbejde i din kalender {talk.day()}, og der er ikke registreret et ja fra din leder endnu.",
        "Spørg din leder. Har I allerede talt om det, så bed blot om at få svaret registreret.",
    )


def _da_leader(talk: Talk) -> Words:
    several = talk.several
    if talk.fact("approved_on"):
        return (
            f"{talk.first_name}: et lidt sent ja til {'nogle hjemmedage' if several else 'en hjemmedag'}",
            _da_late(talk, "Dit ja til"),
            "Tal sammen om, hvordan I bedst aftaler enkeltstående hjemmedage på forhånd, eller ret tidspunktet, hvis svaret kom før.",
        )
    return (
        f"{talk.first_name}: {'hjemmedage' if several else 'hjemmedag'} uden et registreret ja",
        f"Kalenderen viser hjemmearbejde {talk.day()}, og der er ikke registreret et ja.",
        f"Har I aftalt {'dagene' if several else 'dagen'}, så registrér det. Tal ellers om, hvordan I aftaler enkeltstående hjemmedage.",
    )


def _da_late(talk: Talk, what: str) -> str:
    days = "dagene" if talk.several else "dagen"
    return f"{what} {talk.day()} er registreret {talk.short_date(talk.fact('approved_on'))}, efter at {days} var begyndt."


def _en(talk: Talk) -> Words:
    if talk.fact("approved_on"):
        return (
            "A slightly late yes to your home days"
            if talk.several
            else f"A slightly late yes to the home day on {talk.day()}",
            _en_late(talk, "Your leader's yes"),
            "There is nothing to be done about it now. If the yes came earlier, ask for the time to be corrected. Otherwise please ask beforehand next time.",
        )
    return (
        "Have the home days been agreed?"
        if talk.several
        else f"Has the home day on {talk.day()} been agreed?",
        f"Your calendar shows home working on {talk.day()}, and no yes from your leader is on record yet.",
        "Ask your leader. If you have already talked about it, just ask for the answer to be registered.",
    )


def _en_leader(talk: Talk) -> Words:
    several = talk.several
    if talk.fact("approved_on"):
        return (
            f"{talk.first_name}: a slightly late yes to {'some home days' if several else 'a home day'}",
            _en_late(talk, "Your yes"),
            "Talk about how best to agree single home days beforehand, or correct the time if the answer came earlier.",
        )
    return (
        f"{talk.first_name}: {'home days' if several else 'home day'} without a yes on record",
        f"The calendar shows home working on {talk.day()}, and no yes is on record.",
        f"If you have agreed the {'days' if several else 'day'}, register it. Otherwise talk about how you agree single home days.",
    )


def _en_late(talk: Talk, what: str) -> str:
    days = "days" if talk.several else "day"
    return f"{what} to {talk.day()} is on record for {talk.short_date(talk.fact('approved_on'))}, after the {days} had begun."


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    leader_on_the_day=True,
    says_several=True,
    wording={
        "da": Wording("Hjemmedag uden et registreret ja på forhånd", _da, _da_leader),
        "en": Wording("Home day without a yes on record beforehand", _en, _en_leader),
    },
    check=_check,
)
