"""On a home day, today or to come, a meeting at a place that is neither the home nor online.

Source: what each document says of it: Nyborg, "RAMMER FOR HJEMMEARBEJDE", Region Sjælland, "Hvornår kan man
arbejde hjemme?", and the academics' guide, "Transport på hjemmearbejdsdage", all on travel time; the Prison and
Probation Service, under recurring home work, that a meeting may call for coming in.

Reading: nobody forbids such a meeting and nothing is to be done; the notice brings what the profile says one
should know. Travel time is not worked out. Days gone by are let be.
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
    if Circumstance.ON_SITE_MEETING not in day.circumstances:
        return Verdict(Outcome.OK)
    return Verdict(Outcome.VIOLATED, dates=(day.date,))


def _da(talk: Talk) -> Words:
    if talk.several:
        return (
            "Fysiske møder på dine hjemmedage",
            f"I din kalender står der både hjemmearbejde og fysiske møder andre steder {talk.day()}.",
            "Det er helt i orden, og du behøver ikke gøre noget.",
        )
    return (
        "Et fysisk møde på en hjemmedag",
        f"I din kalender står der både hjemmearbejde og et fysisk møde et andet sted {talk.day()}.",
        "Det er helt i orden, og du behøver ikke gøre noget.",
    )


def _en(talk: Talk) -> Words:
    if talk.several:
        return (
            "Meetings in person on your home days",
            f"Your calendar shows both home working and meetings in person elsewhere on {talk.day()}.",
            "That is quite all right, and there is nothing you need to do.",
        )
    return (
        "A meeting in person on a home day",
        f"Your calendar shows both home working and a meeting in person elsewhere on {talk.day()}.",
        "That is quite all right, and there is nothing you need to do.",
    )


RULE = DayRule(
    audience=Audience.NOTICE,
    says_several=True,
    needs_entries=True,
    wording={
        "da": Wording("Fysisk møde på en hjemmedag", _da),
        "en": Wording("Meeting in person on a home day", _en),
    },
    check=_check,
)
