"""On a home day, one of the organisation's cars is booked in the hours worked at home.

Source: Nyborg, "RAMMER FOR HJEMMEARBEJDE": the municipality's cars cannot be used in connection with home work.

Reading: only the cars on record (``car_resources``) are known, and only a booking within the person's own entry
counts. Looser than the text: a car booked for the half of the day that is spent at the workplace is let be. A
yes to the home day is no yes to the car, so no exception excuses it.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Circumstance, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    if not case.organisation.car_resources or not day.at_home:
        return Verdict(Outcome.NOT_APPLICABLE)
    if Circumstance.CAR not in day.circumstances:
        return Verdict(Outcome.OK)
    return Verdict(Outcome.VIOLATED, dates=(day.date,))


def _da(talk: Talk) -> Words:
    return (
        "En af kommunens biler på en hjemmedag",
        f"Du har booket en af kommunens biler {talk.day()} i de timer, hvor kalenderen viser hjemmearbejde.",
        "Afbestil bilen, eller flyt hjemmearbejdet. Er du i tvivl om turen, så tal med din leder.",
    )


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: bil booket på en hjemmedag",
        f"Kalenderen viser både en af kommunens biler og hjemmearbejde i de samme timer {talk.day()}.",
        "Tal sammen om, hvad der kan flyttes: bilen eller hjemmearbejdet.",
    )


def _en(talk: Talk) -> Words:
    return (
        "One of the municipality's cars on a home day",
        f"You have booked one of the municipality's cars on {talk.day()}, in hours when your calendar shows home working.",
        "Cancel the car, or move the home day. If you are in doubt about the trip, talk to your leader.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: car booked on a home day",
        f"The calendar shows both one of the municipality's cars and home working in the same hours on {talk.day()}.",
        "Talk about what can be moved: the car or the home day.",
    )


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    says_several=True,
    needs_entries=True,
    wording={
        "da": Wording("Bil booket på en hjemmedag", _da, _da_leader),
        "en": Wording("Car booked on a home day", _en, _en_leader),
    },
    check=_check,
)
