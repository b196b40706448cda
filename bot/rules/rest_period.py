"""Fewer hours than the law's rest between the last meeting and the next day's first, around a home day.

Source: Hjørring, "Hvileperiode og fridøgn": 11 hours of rest in a row hold for home work too. The academics'
guide, "Løn og arbejdstid ved hjemmearbejde", says the same. Both add that they may be departed from by those who
arrange their work at home themselves. The figure is the law's own.

Reading: information only. Looser than the text: we see meetings, not work, so a night without a meeting on either
side of it is not looked at, nor is one that a single entry spans. A night between two home days is told once,
with the first of them. Hours are those that pass, also when the clocks change; exactly as many as the law asks
for are fine. The weekly day off is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from bot.case import PersonCase
from bot.model import Audience, Day, Outcome, Verdict
from bot.parameters import Terms
from bot.rules import DayRule
from bot.talk import Talk
from bot.wording import Wording, Words

ONE_DAY = timedelta(days=1)


def _check(case: PersonCase, day: Day, terms: Terms) -> Verdict:
    rests = {evening.date: rest for evening, rest in _rests(case, day)} if day.at_home else {}
    if not rests:
        return Verdict(Outcome.NOT_APPLICABLE)
    limit = terms.number("hours", day.date)
    short = {evening: rest for evening, rest in rests.items() if rest < limit * 60}
    if not short:
        return Verdict(Outcome.OK)
    return Verdict(
        Outcome.VIOLATED,
        dates=(day.date,),
        facts={
            "hours": _hours(min(short.values())),
            "limit": limit,
            "evenings": [evening.isoformat() for evening in sorted(short)],
        },
    )


def _rests(case: PersonCase, day: Day) -> Iterator[tuple[Day, int]]:
    """Yield the evenings whose nights the home day speaks of, with the minutes of rest that follow."""
    before, after = case.days.get(day.date - ONE_DAY), case.days.get(day.date + ONE_DAY)
    pairs = [
        (before, day) if before and not _speaks_for_itself(case, before) else None,
        (day, after) if after else None,
    ]
    for evening, morning in filter(None, pairs):
        rest = _rest(case, evening, morning)
        if rest is not None:
            yield evening, rest


def _speaks_for_itself(case: PersonCase, day: Day) -> bool:
    """Whether the rule looks at the day in its own right, and so at the night that follows it."""
    return day.at_home and case.cancellation(day.date) is None


def _rest(case: PersonCase, evening: Day, morning: Day) -> int | None:
    """Return the minutes from the last meeting to the first of the next day; None where there is no gap.

    In the nights when the clocks change they are those that pass, not those on the wall.
    """
    if evening.meetings is None or morning.meetings is None:
        return None
    end = case.midnight(evening.date) + timedelta(minutes=evening.meetings[1])
    start = case.midnight(morning.date) + timedelta(minutes=morning.meetings[0])
    rest = int((start.astimezone(UTC) - end.astimezone(UTC)) / timedelta(minutes=1))
    return rest if rest > 0 else None


def _hours(minutes: int) -> float:
    """Return hours with one decimal, never rounded up to a limit they do not reach."""
    return minutes // 6 / 10


def _da(talk: Talk) -> Words:
    hours, limit, evenings = _numbers(talk)
    down_to = "ned til " if len(talk.fact("evenings")) > 1 else ""
    return (
        f"Kort hviletid omkring {talk.day()}",
        f"Fra sidste møde {evenings} til første møde dagen efter er der {down_to}{hours} timer. Udgangspunktet er {limit} timers hvile.",
        "Det er kun til orientering. Tilrettelægger du selv din tid hjemme, kan andet være aftalt. Ellers kan et af møderne måske flyttes.",
    )


def _en(talk: Talk) -> Words:
    hours, limit, evenings = _numbers(talk)
    down_to = "as little as " if len(talk.fact("evenings")) > 1 else ""
    return (
        f"Short rest around {talk.day()}",
        f"Between the last meeting on {evenings} and the first one the next day there are {down_to}{hours} hours. The norm is {limit} hours of rest.",
        "This is just for your information. If you arrange your own time at home, something else may have been agreed. Otherwise, perhaps one of the meetings can be moved.",
    )


def _numbers(talk: Talk) -> tuple[str, str, str]:
    """Return the hours found, the law's, and the evenings, as they are written."""
    evenings = [talk.date(date.fromisoformat(iso)) for iso in talk.fact("evenings")]
    return talk.number(talk.fact("hours")), talk.number(talk.fact("limit")), talk.all_of(evenings)


RULE = DayRule(
    audience=Audience.NOTICE,
    values=frozenset({"hours"}),
    needs_entries=True,
    wording={
        "da": Wording("Kort hviletid omkring en hjemmedag", _da),
        "en": Wording("Short rest around a home day", _en),
    },
    check=_check,
)
