"""The leader has taken a home day back, and the calendar still shows it.

Source: Nyborg, "RAMMER FOR HJEMMEARBEJDE": management may at any time, at short notice, cancel an agreed
home day where operations need the employee to be there. The reason on record is shown, and whether the
team gives another day the same week. Region Sjælland, "Hvornår kan man arbejde hjemme?": whoever is at home can
come in as quickly as possible where something acute calls for it. The academics' guide, "Vilkår for undtagelser":
plans change, and it is good to have settled how one tells the other. The Prison and Probation Service, "Fast
tilbagevendende hjemmearbejde (fastlagt mønster) forudsætter": coming in may be necessary. Hjørring says nothing of
it; there it rests on what the leader has registered.

Reading: told at once, however far ahead the day is. On that date no other day rule speaks.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    cancellation = case.cancellation(day.date)
    if cancellation is None:
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home:
        return Verdict(Outcome.OK)
    replacement = case.team.replacement_day
    return Verdict(
        Outcome.VIOLATED,
        dates=(day.date,),
        facts={
            "reason": cancellation.note,
            "replacement_day": replacement.value if replacement else None,
        },
    )


DA_REPLACEMENT = {
    "allowed": "Du kan lægge hjemmedagen på en anden dag i samme uge.",
    "not_allowed": "I dit team bliver en aflyst dag ikke lagt på en anden dag.",
    None: "Spørg din leder, om du kan få en anden hjemmedag i samme uge.",
}
EN_REPLACEMENT = {
    "allowed": "You may move the home day to another day in the same week.",
    "not_allowed": "In your team a cancelled day is not moved to another day.",
    None: "Ask your leader whether you can have another home day in the same week.",
}


def _da(talk: Talk) -> Words:
    reason = f" Begrundelsen er: {talk.fact('reason').rstrip('.')}." if talk.fact("reason") else ""
    return (
        f"Der er brug for dig på arbejdspladsen {talk.day()}",
        f"Din leder har aflyst hjemmedagen, og den står stadig i din kalender.{reason}",
        f"Ret dagen i Outlook. {DA_REPLACEMENT[talk.fact('replacement_day')]}",
    )


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: den aflyste hjemmedag står der stadig",
        f"Hjemmedagen {talk.day()} er aflyst, og kalenderen viser den endnu.",
        "Tag en kort snak om dagen. Måske er beskeden ikke nået frem.",
    )


def _en(talk: Talk) -> Words:
    reason = f" The reason given: {talk.fact('reason').rstrip('.')}." if talk.fact("reason") else ""
    return (
        f"You are needed at the workplace on {talk.day()}",
        f"Your leader has cancelled the home day, and it is still in your calendar.{reason}",
        f"Change the day in Outlook. {EN_REPLACEMENT[talk.fact('replacement_day')]}",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: the cancelled home day is still there",
        f"The home day on {talk.day()} has been cancelled, and the calendar still shows it.",
        "Have a quick word about the day. Perhaps the message has not got through.",
    )


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    at_once=True,
    wording={
        "da": Wording("Aflyst hjemmedag i kalenderen", _da, _da_leader),
        "en": Wording("Cancelled home day in the calendar", _en, _en_leader),
    },
    check=_check,
)
