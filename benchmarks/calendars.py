"""Whole calendars for a made-up employer, in the shape that Graph has them: sixty entries for everybody.

People who work in the same way share some calendars, and all of these are put together from the same few
thousand entries, so that a region's take little room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from random import Random
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from benchmarks.entries import ENTRIES_A_PERSON, KINDS, Kind, any_of, entry, moment
from benchmarks.organisation import WINDOW, dice_of
from benchmarks.people_days import Habit, habit_of, work_day
from bot.days import is_scheduled
from bot.model import Absence, Day, Evidence, Organisation, Person, Register
from bot.model import Kind as DayKind
from integrations.sandbox import Entry, Tenant

VARIANTS = 40
"""So many calendars for one way to work: with fewer, more days would be alike than in life."""

MEETINGS = 2_000
ABSENT = {
    Absence.HOLIDAY: "Ferie",
    Absence.ILLNESS: "Syg",
    Absence.CHILD_ILLNESS: "Barns 1. sygedag",
    Absence.TIME_OFF: "Afspadsering",
    Absence.LEAVE: "Orlov",
    Absence.CARE_DAY: "Omsorgsdag",
    Absence.UNSAID: "Fravær",
}
HOME = ("Hjemmearbejde", "Arbejder hjemme", "Hjemme", "WFH", "hj.arb.")
HALF = ("Hjemme til kl. 12", "Hjemmearbejde formiddag")
SERIES = "AAMkADAwATM0MDAAMS0xMjM0LWFiY2QtMDACLTAwCgBGAAADs"

_OTHERS = tuple(kind for kind in KINDS if kind.meeting or not kind.all_day)
_ANYBODY = Person("", "", "")
_ORGANISATION = Organisation("Prøvekommunen", "nyborg")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What lies in a mailbox: the calendar, and the work plan."""

    events: tuple[Entry, ...]
    plan: tuple[Entry, ...]


class Mailboxes:
    """The mailboxes of everybody in a register, made when they are first asked for."""

    def __init__(self, register: Register) -> None:
        self._people = register.people
        self._agreed = {one.person: one for one in register.agreements}

    def events(self, principal_name: str) -> Sequence[Entry]:
        """Return a person's calendar."""
        return self._of(principal_name).events

    def plan(self, principal_name: str) -> Sequence[Entry]:
        """Return a person's work plan."""
        return self._of(principal_name).plan

    def _of(self, principal_name: str) -> Mailbox:
        habit = habit_of(self._people[principal_name], self._agreed.get(principal_name))
        variant = dice_of("variant", principal_name).randrange(VARIANTS)
        return _mailbox(replace(habit, series=frozenset({SERIES} if habit.series else ())), variant)


def tenant_of(register: Register) -> Tenant:
    """Return a tenant with everybody in the register."""
    mailboxes = Mailboxes(register)
    users = [_user(person) for person in register.people.values()]
    return Tenant.made_to_order(users, mailboxes.events, mailboxes.plan)


def _user(person: Person) -> dict[str, Any]:
    return {
        "id": str(uuid5(NAMESPACE_DNS, person.id)),
        "userPrincipalName": person.id,
        "displayName": person.name,
        "mail": person.id,
        "accountEnabled": True,
    }


@cache
def _mailbox(habit: Habit, variant: int) -> Mailbox:
    """Put the marks of a habit among meetings."""
    dice = dice_of("mailbox", f"{_written(habit)} {variant}")
    days = list(_work_days(habit, dice))
    marks = [mark for day in days if (mark := _mark(day, dice))]
    others = dice.sample(_meetings(), max(0, ENTRIES_A_PERSON - len(marks)))
    return Mailbox((*marks, *others), tuple(_planned(day) for day in days if _is_planned(day)))


def _written(habit: Habit) -> str:
    """Return what tells one habit from another: the same text in every process."""
    where = habit.placement
    weekdays = where and (sorted(where.weekdays or ()), where.weeks.value, where.nth, where.every_weeks)
    return f"{weekdays} {habit.ad_hoc} {len(habit.series)} {habit.reachable}"


def _work_days(habit: Habit, dice: Random) -> Iterator[Day]:
    holiday = dice.randrange(1, 53)
    for day in WINDOW.days():
        if is_scheduled(_ANYBODY, _ORGANISATION, day):
            yield work_day(day, habit, dice, away=day.isocalendar().week == holiday)


@cache
def _meetings() -> Sequence[Entry]:
    """Return the entries that say nothing of where somebody works."""
    dice = dice_of("meetings", MEETINGS)
    return [Entry.of(entry(dice, any_of(_OTHERS, dice))) for _ in range(MEETINGS)]


def _mark(day: Day, dice: Random) -> Entry | None:
    """Return the entry that says where somebody is on this day; None where none says it."""
    if day.kind is DayKind.ABSENT:
        [absence] = day.absences
        return _one_mark(day.date, ABSENT[absence], show_as="oof")
    if day.kind is DayKind.TENTATIVE:
        return _one_mark(day.date, "Hjemme?")
    if day.kind is DayKind.ELSEWHERE:
        return _one_mark(day.date, "Kursus i Odense")
    if day.kind is not DayKind.HOME or _is_planned(day):
        return None
    category = "Hjemmearbejde" if Evidence.CATEGORY in day.evidence and day.home == 1.0 else ""
    words = "Fordybelse" if category else dice.choice(HOME if day.home == 1.0 else HALF)
    said = f"{words}, tlf. 12345678" if day.reachable else words
    return _one_mark(day.date, said, category=category, series=bool(day.series))


def _is_planned(day: Day) -> bool:
    return day.kind is DayKind.HOME and Evidence.WORK_PLAN in day.evidence


@cache
def _one_mark(
    day: date, words: str, *, show_as: str = "free", category: str = "", series: bool = False
) -> Entry:
    """Return a mark of the whole day, the same one for everybody who writes the same."""
    master = {"type": "occurrence", "seriesMasterId": SERIES} if series else {}
    fields = {"showAs": show_as, "categories": [category] if category else [], **master}
    kind = Kind(1, (words,), all_day=True, fields=fields)
    return Entry.of(entry(dice_of("mark", f"{day} {words} {series}"), kind, day))


@cache
def _planned(day: Day) -> Entry:
    """Return the stretch of a work plan that says remote."""
    at, until = (
        datetime.combine(day.date, time(8)),
        datetime.combine(day.date, time(12 if day.home < 1 else 16)),
    )
    return Entry.of(
        {
            "id": f"{at:%Y%m%d%H}",
            "start": moment(at),
            "end": moment(until),
            "workLocationType": "remote",
        }
    )
