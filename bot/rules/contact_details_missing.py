"""A home day, today or to come, whose marking does not say how its owner can be reached.

Source: Nyborg, "Til ansatte: Råd til den gode hjemmearbejdsplads": mark home days and how one can be reached.

Reading: looser than the text. A number, "Teams" or "ring" in the marking is enough, and so is a phone or hours of
availability in any agreement of the person's, in force or not: whoever has given them once need not do so each
time. What stands in a private marking we do not see, so of those we say nothing.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Circumstance, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    if day.date < case.today or not day.at_home:
        return Verdict(Outcome.NOT_APPLICABLE)
    if day.reachable or _is_agreed_on(case):
        return Verdict(Outcome.OK)
    if Circumstance.MARKED_PRIVATELY in day.circumstances:
        return Verdict(Outcome.UNKNOWN)
    return Verdict(Outcome.VIOLATED, dates=(day.date,))


def _is_agreed_on(case: PersonCase) -> bool:
    return any(one.phone or one.availability_hours for one in case.agreements)


def _da(talk: Talk) -> Words:
    return (
        "Hvordan får kollegerne fat i dig hjemme?",
        f"Der står ikke i din kalender, hvordan man får fat i dig {talk.day()}, når du arbejder hjemme.",
        "Skriv et nummer, »ring« eller »Teams« i markeringen. Et telefonnummer i din aftale er også nok.",
    )


def _en(talk: Talk) -> Words:
    return (
        "How do colleagues get hold of you at home?",
        f"Your calendar does not say how you can be reached on {talk.day()}, when you work from home.",
        "Put a number, “call” or “Teams” in the entry. A phone number in your agreement is enough, too.",
    )


RULE = DayRule(
    audience=Audience.NOTICE,
    says_several=True,
    needs_entries=True,
    wording={
        "da": Wording("Hjemmedag uden kontaktoplysninger", _da),
        "en": Wording("Home day without contact details", _en),
    },
    check=_check,
)
