"""A home marking with a time that lies wholly outside the person's working hours or working days.

Source: Region Sjælland, "Hvornår kan man arbejde hjemme?": home work keeps within the usual, agreed working
hours. Nyborg, "Inspirationsspørgsmål til drøftelser i teamet / afdelingen": whether working time may lie
outside the ordinary hours is for the team. The academics' guide, "Tilgængelighed ved hjemmearbejde": say within
which hours people are available. In the last two a team switches the rule on.

Reading: looser than the text. A marking that lies partly within the hours is let be, and so is one that gives
no time, and one on a day of absence. The hours are those on record; flexitime we know nothing of.
"""

from __future__ import annotations

from datetime import time

from bot.case import PersonCase
from bot.model import Audience, Circumstance, Day, Kind, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, terms: Terms) -> Verdict:
    if not terms.value("on", day.date) or _is_off(day):
        return Verdict(Outcome.NOT_APPLICABLE)
    if Circumstance.OUTSIDE_HOURS not in day.circumstances:
        return Verdict(Outcome.OK)
    hours = case.person.work_hours
    return Verdict(
        Outcome.VIOLATED,
        dates=(day.date,),
        facts={
            "starts": hours.start.isoformat("minutes"),
            "ends": hours.end.isoformat("minutes"),
            "work_day": day.scheduled,
        },
    )


def _is_off(day: Day) -> bool:
    """Whether it is a day of absence, a Saturday in the middle of a holiday included."""
    return not day.working if day.scheduled else day.kind is Kind.ABSENT


def _da(talk: Talk) -> Words:
    return (
        "Hjemmearbejde uden for din arbejdstid",
        f"Hjemmearbejdet {talk.day()} ligger uden for kl. {_hours(talk, '.')}, som er din registrerede arbejdstid."
        if talk.fact("work_day")
        else f"Der står hjemmearbejde i din kalender {talk.day()}, hvor du ikke har arbejdsdag.",
        "Flyt det gerne ind i arbejdstiden. Har I aftalt andre tider, så bed om at få dem registreret.",
    )


def _en(talk: Talk) -> Words:
    return (
        "Home working outside your working hours",
        f"The home working on {talk.day()} lies outside {_hours(talk, ':')}, your working hours on record."
        if talk.fact("work_day")
        else f"Your calendar shows home working on {talk.day()}, when you have no working day.",
        "You are welcome to move it into your working hours. If you have agreed on others, ask for them to be registered.",
    )


def _hours(talk: Talk, mark: str) -> str:
    """Return the working hours as they are written: 8.00–16.00."""
    start, end = (time.fromisoformat(talk.fact(name)) for name in ("starts", "ends"))
    return f"{start.hour}{mark}{start.minute:02}–{end.hour}{mark}{end.minute:02}"


RULE = DayRule(
    audience=Audience.NOTICE,
    says_several=True,
    values=frozenset({"on"}),
    needs_entries=True,
    wording={
        "da": Wording("Hjemmearbejde uden for arbejdstiden", _da),
        "en": Wording("Home working outside the working hours", _en),
    },
    check=_check,
)
