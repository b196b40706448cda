"""More home days in an ISO week than the person's agreement has.

Source: the individual agreement itself; Nyborg's form asks for the number of days a week ("Omfang af
hjemmearbejde").

Reading: portions are added up, so two mornings are one day. Days that were approved or given as a replacement
do not count; a day that was moved counts in the week it was moved from; a cancelled day does not count. Only
days in the agreement's own period count, and none in an exceptional period, and the agreement in force last in the week is the one that judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.case import PersonCase
from bot.days import iso_week
from bot.model import Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import WeekRule
from bot.talk import Talk
from bot.wording import Wording, Words

TOLERANCE = 1e-6


def _check(case: PersonCase, week: Sequence[Day], terms: Terms) -> Verdict:
    agreement = next((a for day in reversed(week) if (a := case.agreement_on(day.date))), None)
    if agreement is None or agreement.days_per_week is None:
        return Verdict(Outcome.NOT_APPLICABLE)
    counted = {day.date: day.home for day in _counted(case, week)}
    total = round(sum(counted.values()), 2)
    if total <= agreement.days_per_week + TOLERANCE:
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.VIOLATED,
        dates=tuple(sorted(counted)),
        facts={
            "days": total,
            "limit": agreement.days_per_week,
            "week": iso_week(week[0].date),
            "ad_hoc_free": terms.value("ad_hoc_free", week[-1].date),
        },
    )


def _counted(case: PersonCase, week: Sequence[Day]) -> Iterator[Day]:
    dates = {day.date for day in week}
    for day in case.home_days():
        agreed = case.agreement_on(day.date) and not case.exceptional(day.date)
        if not agreed or case.cancellation(day.date):
            continue
        counts_here = day.date in dates and not case.covering_exception(day.date)
        if counts_here or _moved_from(case, day.date) in dates:
            yield day


def _moved_from(case: PersonCase, day: date) -> date | None:
    swap = case.moved_to.get(day)
    return swap.day if swap else None


def _da(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    noun = "hjemmedag" if talk.fact("days") <= 1 else "hjemmedage"
    return (
        f"{days} {noun} i uge {number}",
        f"Din aftale er på {limit} {'hjemmedag' if limit == '1' else 'hjemmedage'} om ugen. Kalenderen viser {days}: {talk.dates(7)}.",
        "Er en af dem en enkelt hjemmedag, som I har talt om, så er alt, som det skal være. Ellers flyt en af dem."
        if talk.is_notice and talk.fact("ad_hoc_free")
        else "Aftal den ekstra dag med din leder, eller flyt en af dem.",
    )


def _da_leader(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    return (
        f"{talk.first_name}: {days} hjemmedage i uge {number}",
        f"Aftalen er på {limit} om ugen. Kalenderen viser {talk.dates(7)}.",
        "Registrér den ekstra dag, hvis I har aftalt den, eller find sammen en dag, der kan flyttes.",
    )


def _en(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    noun = "home day" if talk.fact("days") == 1 else "home days"
    return (
        f"{days} {noun} in week {number}",
        f"Your agreement is for {limit} {'home day' if limit == '1' else 'home days'} a week. The calendar shows {days}: {talk.dates(7)}.",
        "If one of them is a single home day that you have talked about, all is well. Otherwise move one of them."
        if talk.is_notice and talk.fact("ad_hoc_free")
        else "Settle the extra day with your leader, or move one of them.",
    )


def _en_leader(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    return (
        f"{talk.first_name}: {days} home days in week {number}",
        f"The agreement is for {limit} a week. The calendar shows {talk.dates(7)}.",
        "Register the extra day if you have agreed on it, or find one together that can be moved.",
    )


def _numbers(talk: Talk) -> tuple[int, str, str]:
    """Return the week's number, the agreed days and the days found, as they are written."""
    return int(talk.fact("week")[-2:]), talk.number(talk.fact("limit")), talk.number(talk.fact("days"))


RULE = WeekRule(
    audience=None,
    values=frozenset({"ad_hoc_free"}),
    wording={
        "da": Wording("Flere hjemmedage end aftalt", _da, _da_leader),
        "en": Wording("More home days than agreed", _en, _en_leader),
    },
    check=_check,
)
