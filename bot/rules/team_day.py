"""A home day on one of the team's fixed days.

Source: the team's own registration of its days. Nyborg ("RAMMER FOR HJEMMEARBEJDE", and the leader's
advice on fixed days at the office) and the academics' guide ("Tilgængelighed ved hjemmearbejde", on fixed
and flexible days) give the idea; neither sets the days itself.

Reading: a home day of any size counts, a morning too. Looser than the word "all": a date that leader and
employee have settled (approved, moved to, replacement) is excused.
"""

from __future__ import annotations

from bot.agreements import is_team_day
from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, RegistrationSource, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk, capital
from bot.wording import Wording, Words


def _check(case: PersonCase, day: Day, _terms: Terms) -> Verdict:
    if not day.working or not is_team_day(case.team, day.date):
        return Verdict(Outcome.NOT_APPLICABLE)
    if not day.at_home:
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.EXCUSED if case.covering_exception(day.date) else Outcome.VIOLATED,
        dates=(day.date,),
        facts={"team": case.team.name},
        source=RegistrationSource(f"team {case.team.id}: team_days"),
    )


def _da(talk: Talk) -> Words:
    if talk.several:
        return (
            "Hjemmedage på jeres teamdage",
            f"Der står hjemmearbejde i din kalender {talk.day()}, hvor alle i {talk.team} mødes på arbejdspladsen.",
            "Flyt hjemmedagene i Outlook. Er der en god grund til at være hjemme netop de dage, så aftal det med din leder.",
        )
    return (
        f"{capital(talk.day())} er teamdag",
        f"Der står hjemmearbejde i din kalender den dag, hvor alle i {talk.team} mødes på arbejdspladsen.",
        "Flyt hjemmedagen i Outlook. Er der en god grund til at være hjemme netop den dag, så aftal det med din leder.",
    )


def _da_leader(talk: Talk) -> Words:
    home_days, days = (
        ("hjemmedage på teamdage", "dage") if talk.several else ("hjemmedag på en teamdag", "dag")
    )
    return (
        f"{talk.first_name}: {home_days}",
        f"Kalenderen viser hjemmearbejde {talk.day()}, hvor alle i {talk.team} mødes.",
        f"Find {'andre' if talk.several else 'en anden'} {days} sammen, eller registrér undtagelsen, hvis I har aftalt en.",
    )


def _en(talk: Talk) -> Words:
    if talk.several:
        return (
            "Home days on your team days",
            f"Your calendar shows home working on {talk.day()}, when everyone in {talk.team} meets at the workplace.",
            "Move the home days in Outlook. If you have a good reason to be home on those very days, agree it with your leader.",
        )
    return (
        f"{capital(talk.day())} is a team day",
        f"Your calendar shows home working on a day when everyone in {talk.team} meets at the workplace.",
        "Move the home day in Outlook. If you have a good reason to be home that very day, agree it with your leader.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: {'home days on team days' if talk.several else 'home day on a team day'}",
        f"The calendar shows home working on {talk.day()}, when everyone in {talk.team} meets.",
        f"Find {'other days' if talk.several else 'another day'} together, or register the exception if you have agreed on one.",
    )


RULE = DayRule(
    audience=Audience.EMPLOYEE,
    says_several=True,
    wording={
        "da": Wording("Hjemmedag på en teamdag", _da, _da_leader),
        "en": Wording("Home day on a team day", _en, _en_leader),
    },
    check=_check,
)
