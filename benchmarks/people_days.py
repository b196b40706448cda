"""The days of made-up people, as reading their calendars leaves them: the same ones every time.

A day and a half at home a week, most of it on the weekdays of the agreement or of a habit; holidays, doubts,
work elsewhere, meetings, and what else the rules ask of a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from benchmarks.organisation import WEEKDAYS, WINDOW, dice_of
from bot.agreements import allows
from bot.days import is_scheduled
from bot.kept import window_before
from bot.model import (
    Absence,
    Agreement,
    Certainty,
    Circumstance,
    Day,
    Evidence,
    Kind,
    Organisation,
    Person,
    Placement,
    Window,
)

Days = Mapping[str, Mapping[date, Day]]

EARLIER = window_before(WINDOW)
RARE = tuple(Circumstance)
EVIDENCE = (frozenset({Evidence.SUBJECT}), frozenset({Evidence.CATEGORY}), frozenset({Evidence.WORK_PLAN}))


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody works: the weekdays at home, how often another day is, the series, if there is one, and
    whether the marks say how to reach the person.
    """

    placement: Placement | None
    ad_hoc: float
    series: frozenset[str]
    reachable: bool


def read(people: Iterable[Person], organisation: Organisation, agreed: Mapping[str, Agreement]) -> Days:
    """Return the days of the window of people whose calendars are read: all but one in a hundred."""
    readable = (one for one in people if dice_of("calendar", one.id).random() < 0.99)
    return {one.id: _days(one, organisation, agreed.get(one.id), WINDOW) for one in readable}


def kept(people: Iterable[Person], organisation: Organisation, agreed: Mapping[str, Agreement]) -> Days:
    """Return the days of the eight weeks before the window."""
    return {one.id: _days(one, organisation, agreed.get(one.id), EARLIER) for one in people}


def _days(
    person: Person, organisation: Organisation, agreement: Agreement | None, window: Window
) -> Mapping[date, Day]:
    habit = habit_of(person, agreement)
    dice = dice_of("days", f"{person.id} {window.start}")
    holiday = dice.randrange(1, 53)
    days = {}
    for day in window.days():
        scheduled = is_scheduled(person, organisation, day)
        away = day.isocalendar().week == holiday
        days[day] = work_day(day, habit, dice, away=away) if scheduled else Day(day, scheduled=False)
    return days


def habit_of(person: Person, agreement: Agreement | None) -> Habit:
    """Return the agreement's weekdays; without any, every second person's habit, or else none."""
    dice = dice_of("habit", person.id)
    series = frozenset({f"{dice.getrandbits(64):016x}"} if dice.random() < 0.3 else ())
    reachable = dice.random() < 0.8
    if agreement and not agreement.placement.free:
        return Habit(agreement.placement, 0.1, series, reachable)
    if dice.random() < 0.5:
        return Habit(None, 0.3, series, reachable)
    usual = frozenset(dice.sample(WEEKDAYS, dice.choice((1, 1, 2))))
    return Habit(Placement(usual), 0.05, series, reachable)


def work_day(day: date, habit: Habit, dice: Random, *, away: bool) -> Day:
    """Return one work day of somebody with this habit: usual days at home are kept nine times in ten."""
    chance = dice.random()
    meetings = (dice.randrange(480, 660, 15), dice.randrange(720, 1020, 15)) if chance < 0.8 else None
    if away or dice.random() < 0.03:
        absence = Absence.HOLIDAY if away else dice.choice(list(Absence))
        return Day(day, scheduled=True, kind=Kind.ABSENT, absent=1.0, absences=frozenset({absence}))
    usual = habit.placement is not None and allows(habit.placement, day)
    if dice.random() < (0.9 if usual else habit.ad_hoc):
        home = _home_day(day, habit, dice)
        return replace(home, series=habit.series if usual else home.series, meetings=meetings)
    if dice.random() < 0.03:
        return _doubtful_day(day)
    if dice.random() < 0.04:
        return Day(day, scheduled=True, kind=Kind.ELSEWHERE, elsewhere=1.0, meetings=meetings)
    return Day(day, scheduled=True, meetings=meetings)


def _doubtful_day(day: date) -> Day:
    return Day(
        day,
        scheduled=True,
        kind=Kind.TENTATIVE,
        tentative=1.0,
        certainty=Certainty.TENTATIVE,
        evidence=EVIDENCE[0],
    )


def _home_day(day: date, habit: Habit, dice: Random) -> Day:
    """Return a whole day at home, or one time in seven half of one; one in ten says more than that."""
    portion = 0.5 if dice.random() < 1 / 7 else 1.0
    return Day(
        day,
        scheduled=True,
        kind=Kind.HOME,
        home=portion,
        marked_home=portion,
        evidence=dice.choice(EVIDENCE),
        reachable=habit.reachable,
        circumstances=frozenset({dice.choice(RARE)} if dice.random() < 0.1 else ()),
    )
