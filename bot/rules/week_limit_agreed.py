"""More home days in an ISO week than the person's agreement has.

Source: the individual agreement itself; Nyborg's form asks for the number of days a week ("Omfang af
hjemmearbejde").

Reading: portions are added up, so two mornings are one day. Days that were approved or given as a replacement
do not count; a day that was moved counts in the week it was moved from; a cancelled day does not count. Only
days in an agreement's own period count, and none in an exceptional period. Where one agreement follows another in
the middle of a week, nothing is said as long as the week keeps to the larger of the two, or each to its own part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.averages import TOLERANCE
from bot.case import PersonCase
from bot.days import iso_week
from bot.model import Agreement, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import WeekRule
from bot.talk import Talk
from bot.wording import Wording, Words


def _check(case: PersonCase, week: Sequence[Day], terms: Terms) -> Verdict:
    limits = {one: one.days_per_week for day in week if (one := case.agreement_on(day.date))}
    known = [limit for limit in limits.values() if limit is not None]
    if not known or len(known) < len(limits):
        return Verdict(Outcome.NOT_APPLICABLE)
    counted = list(_counted(case, week))
    total, limit = round(sum(day.home for day in counted), 2), max(known)
    if total <= limit + TOLERANCE or not any(_exceeds(case, one, counted) for one in limits):
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.VIOLATED,
        dates=tuple(sorted(day.date for day in counted)),
        facts={
            "days": total,
            "limit": limit,
            "week": iso_week(week[0].date),
            "ad_hoc_free": terms.value("ad_hoc_free", week[-1].date),
        },
    )


def _exceeds(case: PersonCase, agreement: Agreement, counted: Sequence[Day]) -> bool:
    """Whether the days counted in the agreement's own part of the week are more than it gives."""
    own = sum(day.home for day in counted if case.agreement_on(day.date) is agreement)
    return agreement.days_per_week is not None and own > agreement.days_per_week + TOLERANCE


def _counted(case: PersonCase, week: Sequence[Day]) -> Iterator[Day]:
    dates = {day.date for day in week}
    for day in case.home_days():
        if case.agreement_on(day.date) is None or case.exceptional(day.date):
            continue
        counts_here = day.date in dates and not case.covering_exception(day.date)
        if counts_here or _moved_from(case, day.date) in dates:
            yield day


def _moved_from(case: PersonCase, day: date) -> date | None:
    swap = case.moved_to.get(day)
    return swap.day if swap else None


def _da(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    return (
        f"{days} {_da_noun(talk.fact('days'))} i uge {number}",
        f"Din aftale er på {limit} {_da_noun(talk.fact('limit'))} om ugen. I din kalender står der {days}{_link(talk)}{talk.dates(7)}.",
        f"Har du og din leder talt om det, er alt i orden. Læg ellers {_da_some(talk)} på arbejdspladsen."
        if talk.is_notice and talk.fact("ad_hoc_free")
        else f"Aftal det med din leder, eller læg {_da_some(talk)} på arbejdspladsen.",
    )


def _da_leader(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    return (
        f"{talk.first_name}: {days} {_da_noun(talk.fact('days'))} i uge {number}",
        f"Aftalen er på {limit} om ugen. Kalenderen viser {days}{_link(talk)}{talk.dates(7)}.",
        f"Har I aftalt det, så registrér det. Find ellers sammen ud af at lægge {_da_some(talk)} på arbejdspladsen.",
    )


def _da_noun(days: float) -> str:
    return "hjemmedag" if days <= 1 else "hjemmedage"


def _da_some(talk: Talk) -> str:
    if not talk.several:
        return "noget af dagen"
    return "nogle af dagene" if _are_several_extra(talk) else "en af dagene"


def _en(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    return (
        f"{days} {_en_noun(talk.fact('days'))} in week {number}",
        f"Your agreement is for {limit} {_en_noun(talk.fact('limit'))} a week. Your calendar shows {days}{_link(talk)}{talk.dates(7)}.",
        f"If you and your leader have talked about it, all is well. Otherwise spend {_en_some(talk)} at the workplace."
        if talk.is_notice and talk.fact("ad_hoc_free")
        else f"Settle it with your leader, or spend {_en_some(talk)} at the workplace.",
    )


def _en_leader(talk: Talk) -> Words:
    number, limit, days = _numbers(talk)
    return (
        f"{talk.first_name}: {days} {_en_noun(talk.fact('days'))} in week {number}",
        f"The agreement is for {limit} a week. The calendar shows {days}{_link(talk)}{talk.dates(7)}.",
        f"If you have agreed on it, register it. Otherwise find a way together to place {_en_some(talk)} at the workplace.",
    )


def _en_noun(days: float) -> str:
    return "home day" if days == 1 else "home days"


def _en_some(talk: Talk) -> str:
    if not talk.several:
        return "some of the day"
    return "some of the days" if _are_several_extra(talk) else "one of the days"


def _are_several_extra(talk: Talk) -> bool:
    return bool(talk.fact("days") - talk.fact("limit") > 1)


def _link(talk: Talk) -> str:
    """Say that the days listed are parts of days, where their number is another."""
    parts = {"da": ", fordelt på ", "en": ", spread over "}
    return ": " if talk.fact("days") == len(talk.finding.dates) else parts[talk.language]


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
