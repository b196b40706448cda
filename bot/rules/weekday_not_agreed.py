"""A home day outside the weekdays, or the weeks, that the person's agreement names.

Source: the individual agreement itself; Nyborg's form asks for the placing ("Placering af
hjemmearbejdsdage").

Reading: nothing where no agreement is in force or the days are placed freely. Where ad hoc days are free
the employee alone is told, and told that it is fine if arranged: an agreement does not rule out ad hoc
days. A date that leader and employee have settled is excused. Exceptional periods lift the rule.
"""

from __future__ import annotations

from bot.agreements import allows
from bot.case import PersonCase
from bot.model import Day, Outcome, Placement, Verdict
from bot.parameters import Terms
from bot.rhythm import placement
from bot.rules import DayRule
from bot.talk import Talk, capital
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, terms: Terms) -> Verdict:
    agreement = case.agreement_on(day.date)
    if not day.working or agreement is None or agreement.placement.free or case.exceptional(day.date):
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home or (allows(agreement.placement, day.date) and not case.moved_away(day.date)):
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.EXCUSED if case.covering_exception(day.date) else Outcome.VIOLATED,
        dates=(day.date,),
        facts=_facts(case, day, agreement.placement) | {"ad_hoc_free": terms.value("ad_hoc_free", day.date)},
    )


def _facts(case: PersonCase, day: Day, placement: Placement) -> dict[str, object]:
    swap = case.exceptions[day.date] if case.moved_away(day.date) else None
    return {
        "weekdays": [weekday.name.lower() for weekday in sorted(placement.weekdays)],
        "weeks": placement.weeks.value,
        "every_weeks": placement.every_weeks,
        "nth": placement.nth,
        "moved_to": swap.to.isoformat() if swap and swap.to else None,
    }


def _da(talk: Talk) -> Words:
    if talk.fact("moved_to"):
        return _da_moved(talk)
    days, them = ("dagene", "dem") if talk.several else ("dagen", "den")
    fixed = "dine faste dage" if talk.several else "en af dine faste dage"
    if talk.is_notice and talk.fact("ad_hoc_free"):
        what = "enkeltstående hjemmedage" if talk.several else "en enkeltstående hjemmedag"
        advice = f"Det er helt i orden som {what}, når du og din leder har talt om det. Flyt {them} ellers til {fixed}."
    else:
        advice = f"Spørg din leder, om {days} er i orden, eller flyt {them} til {fixed}."
    return (
        "Hjemmedage uden for din aftale"
        if talk.several
        else f"{capital(talk.day())} ligger uden for din aftale",
        f"Din aftale siger {placement(talk)}. Du har markeret hjemmearbejde {talk.day()}.",
        advice,
    )


def _da_moved(talk: Talk) -> Words:
    return (
        f"{capital(talk.day())} er byttet til en anden dag",
        f"I har flyttet hjemmedagen til {talk.short_date(talk.fact('moved_to'))}, men den gamle dag står stadig som hjemmearbejde.",
        "Tag den gamle dag ud af kalenderen. Vil du være hjemme begge dage, så tal med din leder om det.",
    )


def _da_leader(talk: Talk) -> Words:
    if talk.fact("moved_to"):
        return (
            f"{talk.first_name}: byttet hjemmedag står der stadig",
            f"I har flyttet hjemmedagen {talk.day()} til {talk.short_date(talk.fact('moved_to'))}, og kalenderen viser stadig den gamle dag.",
            "Tag en kort snak om, hvilken af dagene der gælder, eller registrér det, hvis begge er aftalt.",
        )
    several = talk.several
    return (
        f"{talk.first_name}: {'hjemmedage' if several else 'hjemmedag'} uden for de aftalte dage",
        f"Aftalen siger {placement(talk)}. Kalenderen viser hjemmearbejde {talk.day()}.",
        f"Er {'dagene' if several else 'dagen'} i orden, så sig ja, og registrér det. Find ellers {'andre dage' if several else 'en anden dag'} sammen.",
    )


def _en(talk: Talk) -> Words:
    if talk.fact("moved_to"):
        return _en_moved(talk)
    are, them = ("days are", "them") if talk.several else ("day is", "it")
    fixed = "your fixed days" if talk.several else "one of your fixed days"
    if talk.is_notice and talk.fact("ad_hoc_free"):
        what = "fine as single home days" if talk.several else "fine as a single home day"
        advice = (
            f"That is {what} once you and your leader have talked about it. Otherwise move {them} to {fixed}."
        )
    else:
        advice = f"Ask your leader whether the {are} all right, or move {them} to {fixed}."
    return (
        "Home days outside your agreement" if talk.several else f"{talk.day()} is outside your agreement",
        f"Your agreement says {placement(talk)}. You have marked home working on {talk.day()}.",
        advice,
    )


def _en_moved(talk: Talk) -> Words:
    return (
        f"{talk.day()} was swapped for another day",
        f"You have moved the home day to {talk.short_date(talk.fact('moved_to'))}, and the old one is still in your calendar.",
        "Take the old day out of the calendar. If you want to be home on both, talk to your leader about it.",
    )


def _en_leader(talk: Talk) -> Words:
    if talk.fact("moved_to"):
        return (
            f"{talk.first_name}: a swapped home day is still there",
            f"You have moved the home day on {talk.day()} to {talk.short_date(talk.fact('moved_to'))}, and the calendar still shows the old day.",
            "Have a quick word about which of the days applies, or register it if both have been agreed.",
        )
    several = talk.several
    return (
        f"{talk.first_name}: {'home days' if several else 'home day'} outside the agreed days",
        f"The agreement says {placement(talk)}. The calendar shows home working on {talk.day()}.",
        f"If the {'days are' if several else 'day is'} all right, say yes and register it. Otherwise find {'other days' if several else 'another day'} together.",
    )


RULE = DayRule(
    audience=None,
    says_several=True,
    values=frozenset({"ad_hoc_free"}),
    wording={
        "da": Wording("Hjemmedag uden for de aftalte dage", _da, _da_leader),
        "en": Wording("Home day outside the agreed days", _en, _en_leader),
    },
    check=_check,
)
