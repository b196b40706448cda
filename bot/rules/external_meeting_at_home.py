"""On a home day, a meeting with people from outside whose stated place is the person's home.

Source: Nyborg, "RAMMER FOR HJEMMEARBEJDE": meetings with participants from outside are not held in an employee's
private home; internal ones may be.

Reading: from outside is an address outside the organisation's domains. Looser than the text: online meetings
are fine, no stated place says nothing, and where it cannot be told who is from outside, or whose home is meant,
we are silent. A yes to the home day is no yes to such a meeting, so no exception excuses it.
"""

from __future__ import annotations

from bot.case import PersonCase
from bot.model import Audience, Circumstance, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(_case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    if not day.at_home:
        return Verdict(Outcome.NOT_APPLICABLE)
    if Circumstance.EXTERNAL_AT_HOME in day.circumstances:
        return Verdict(Outcome.VIOLATED, dates=(day.date,))
    uncertain = Circumstance.EXTERNAL_UNCERTAIN in day.circumstances
    return Verdict(Outcome.UNKNOWN if uncertain else Outcome.OK)


def _da(talk: Talk) -> Words:
    if talk.several:
        return (
            "Møder med gæster udefra hjemme hos dig",
            f"Der står møder med deltagere udefra i din kalender {talk.day()}, og stedet er dit hjem.",
            "Hold møderne på arbejdspladsen eller online. Er stedet et andet, så ret det i Outlook.",
        )
    return (
        "Et møde med gæster udefra hjemme hos dig",
        f"Der står et møde med deltagere udefra i din kalender {talk.day()}, og stedet er dit hjem.",
        "Hold mødet på arbejdspladsen eller online. Er stedet et andet, så ret det i Outlook.",
    )


def _da_leader(talk: Talk) -> Words:
    a_meeting, it = ("møder", "dem") if talk.several else ("et møde", "det")
    return (
        f"{talk.first_name}: {a_meeting} med gæster udefra i hjemmet",
        f"Kalenderen viser {a_meeting} med deltagere udefra {talk.day()}, og stedet er hjemmet.",
        f"Tal sammen om at holde {it} på arbejdspladsen eller online.",
    )


def _en(talk: Talk) -> Words:
    if talk.several:
        return (
            "Meetings with guests from outside at your home",
            f"Your calendar shows meetings with people from outside on {talk.day()}, and the place is your home.",
            "Hold the meetings at the workplace or online. If they are somewhere else, correct the place in Outlook.",
        )
    return (
        "A meeting with guests from outside at your home",
        f"Your calendar shows a meeting with people from outside on {talk.day()}, and the place is your home.",
        "Hold the meeting at the workplace or online. If it is somewhere else, correct the place in Outlook.",
    )


def _en_leader(talk: Talk) -> Words:
    a_meeting, it = ("meetings", "them") if talk.several else ("a meeting", "it")
    return (
        f"{talk.first_name}: {a_meeting} with guests from outside at home",
        f"The calendar shows {a_meeting} with people from outside on {talk.day()}, and the place is the employee's home.",
        f"Talk about holding {it} at the workplace or online.",
    )


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    says_several=True,
    needs_entries=True,
    wording={
        "da": Wording("Møde med gæster udefra i hjemmet", _da, _da_leader),
        "en": Wording("Meeting with guests from outside at home", _en, _en_leader),
    },
    check=_check,
)
