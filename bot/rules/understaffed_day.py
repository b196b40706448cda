"""Fewer people at the workplace than the team has set as its least.

Source: the team's own registration, ``min_on_site``. None of the five documents names a number; they ask that
the work gets done, and that people can meet.

Reading: only where the team has set a number, and only on dates when somebody of it has a work day; whoever of
the team is in the register counts. On site is who has at least half of the working hours left for it, so a
morning at home does not matter, and who is perhaps at home counts as there. Where a calendar could not be read
its owner may be on site: the rule speaks only if that makes no difference. Each date is judged by what holds on
that date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.case import TeamCase
from bot.model import Audience, Outcome, Place, RegistrationSource, Scope, Verdict
from bot.parameters import Terms
from bot.rules import TeamRule
from bot.talk import Talk
from bot.team_view import team_view
from bot.wording import Wording, Words


def _check(case: TeamCase, terms: Terms) -> Sequence[Verdict]:
    wanted = case.team.min_on_site
    if wanted is None:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    view = team_view(case, [day for day in case.judged_dates() if terms.in_force(day)])
    return [_judge(case, day, view.counts(day), wanted) for day in view.places]


def _judge(case: TeamCase, day: date, counts: Mapping[Place, int], wanted: int) -> Verdict:
    key = day.isoformat()
    if counts[Place.OFF] == len(case.people):
        return Verdict(Outcome.NOT_APPLICABLE, key=key)
    on_site = counts[Place.ON_SITE] + counts[Place.TENTATIVE]
    if on_site >= wanted:
        return Verdict(Outcome.OK, key=key)
    if on_site + counts[Place.UNKNOWN] >= wanted:
        return Verdict(Outcome.UNKNOWN, key=key)
    return Verdict(
        Outcome.VIOLATED,
        dates=(day,),
        facts={"on_site": on_site, "wanted": wanted},
        source=RegistrationSource(f"team {case.team.id}: min_on_site"),
        key=key,
    )


def _da_leader(talk: Talk) -> Words:
    number = talk.fact("on_site")
    on_site = f"{talk.number(number)} {'person' if number == 1 else 'personer'}" if number else "ingen"
    return (
        "Få på arbejdspladsen" if talk.several else f"Få på arbejdspladsen {talk.day()}",
        f"Kalenderne viser {on_site} på arbejdspladsen {talk.day() if talk.several else 'den dag'}. {talk.team} har selv sat bemandingen til mindst {talk.number(talk.fact('wanted'))}.",
        f"Tal sammen om, hvordan I dækker {'dagene' if talk.several else 'dagen'}, og om tallet stadig passer.",
    )


def _en_leader(talk: Talk) -> Words:
    number = talk.fact("on_site")
    on_site = f"{talk.number(number)} {'person' if number == 1 else 'people'}" if number else "nobody"
    return (
        "Few people at the workplace" if talk.several else f"Few people at the workplace on {talk.day()}",
        f"The calendars show {on_site} at the workplace {f'on {talk.day()}' if talk.several else 'that day'}. {talk.team} has set its own minimum at {talk.number(talk.fact('wanted'))}.",
        f"Talk about how to cover the {'days' if talk.several else 'day'}, and whether the number still fits.",
    )


RULE = TeamRule(
    scope=Scope.DAY,
    audience=Audience.LEADER,
    says_several=True,
    wording={
        "da": Wording("Få på arbejdspladsen", None, _da_leader),
        "en": Wording("Few people at the workplace", None, _en_leader),
    },
    check=_check,
)
