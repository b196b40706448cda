"""Home work in nearly every week on changing weekdays, with no pattern and no agreement: a topic for a talk.

Source: the academics' guide, "Udarbejdelse af lokalaftaler ved hjemmearbejde": regularity decides whether home
work needs agreements, not the number of days. Nyborg, "RAMMER FOR HJEMMEARBEJDE": a formal agreement belongs to
home work of a recurring kind.

Reading: neither document says that changing weekdays recur, so the leader alone hears of it, as a topic. Seven of
the eight whole weeks before this one are our choice; a week of holiday is a week without. Home days of any size
count, cancelled ones and those in an exceptional period do not, and the rule rests while one lasts. Silent where
there is any pattern, where an agreement is in force today or was on any of the days, where all fell on one
weekday, and for those whose condition of employment is home work.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import PersonRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, terms: Terms) -> Sequence[Verdict]:
    if case.exceptional(case.today) or case.person.home_work_condition_of_employment:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    weeks = terms.whole("weeks", case.window.end)
    found = [[day for day in week if _counts(case, day)] for week in case.weeks_before(weeks)]
    home_weeks, days = sum(map(bool, found)), [day for week in found for day in week]
    if home_weeks < terms.whole("at_least", case.window.end) or not _is_loose(case, days):
        return [Verdict(Outcome.OK)]
    return [
        Verdict(
            Outcome.VIOLATED,
            dates=tuple(day.date for day in days),
            facts={
                "home_weeks": home_weeks,
                "weeks": weeks,
                "days": round(sum(day.home for day in days), 2),
            },
        )
    ]


def _counts(case: PersonCase, day: Day) -> bool:
    return day.at_home and not case.exceptional(day.date) and not case.cancellation(day.date)


def _is_loose(case: PersonCase, days: Sequence[Day]) -> bool:
    """Whether the days change, and neither a pattern nor an agreement speaks of them."""
    agreed = any(case.agreement_on(day) for day in (case.today, *(one.date for one in days)))
    return not case.patterns and not agreed and len({day.date.weekday() for day in days}) > 1


def _da_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: hjemmedage næsten hver uge, på skiftende dage",
        f"Kalenderen viser hjemmearbejde i {talk.fact('home_weeks')} af de seneste {talk.fact('weeks')} uger, uden et fast mønster og uden en aftale.",
        "Tal sammen om, hvordan det fungerer. Er det blevet en fast del af ugen, kan en aftale være god for jer begge. Er det enkeltstående dage, er det helt fint.",
    )


def _en_leader(talk: Talk) -> Words:
    return (
        f"{talk.first_name}: home days nearly every week, on changing days",
        f"The calendar shows home working in {talk.fact('home_weeks')} of the last {talk.fact('weeks')} weeks, with no fixed pattern and no agreement.",
        "Talk about how it is working. If it has become a fixed part of the week, an agreement may serve you both. If these are single days, all is well.",
    )


RULE = PersonRule(
    scope=Scope.PERIOD,
    audience=Audience.LEADER,
    values=frozenset({"weeks", "at_least"}),
    wording={
        "da": Wording("Hjemmedage næsten hver uge, på skiftende dage", to_leader=_da_leader),
        "en": Wording("Home days nearly every week, on changing days", to_leader=_en_leader),
    },
    check=_check,
)
