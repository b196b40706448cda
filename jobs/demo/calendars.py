"""The calendars of the demo's municipality, as Graph would return them: habits, ordinary meetings,
absence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from random import Random
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from bot.model import Register

DOMAIN = "lillehavn.example"
ZONE = "Romance Standard Time"
FIRST, LAST = date(2026, 1, 5), date(2026, 3, 20)
WITHOUT_MAILBOX = f"lars.toft@{DOMAIN}"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)

MEETINGS = (
    "Teammøde",
    "Sagssparring",
    "Borgermøde",
    "Hjemmebesøg",
    "Projektstatus: ny hjemmeside",
    "Budgetopfølgning",
    "Skole-hjem-samtale",
    "Tavlemøde",
)
ROOMS = ("Rådhuset, lokale 3", "Kantinen", "Microsoft Teams-møde", "")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Habit:
    """What a person enters again and again, in the way that person does it. ``hours`` None is all day."""

    person: str
    weekdays: tuple[int, ...]
    text: str
    show_as: str = "free"
    category: str | None = None
    hours: tuple[int, int] | None = None
    every_weeks: int = 1
    series: bool = True
    private: bool = False


ONLINE = "Microsoft Teams-møde"
HABITS = (
    Habit("anna.holm", (MONDAY, THURSDAY), "Hjemmearbejde", "workingElsewhere"),
    Habit("bo.friis", (TUESDAY, FRIDAY), "Fordybelse", "busy", category="Hjemmearbejde"),
    Habit("carla.dam", (WEDNESDAY,), "WFH", hours=(8, 16), every_weeks=2, series=False),
    Habit("david.juhl", (WEDNESDAY,), "Hjemme - ring på 12 34 56 02"),
    Habit("eva.skov", (THURSDAY,), "Arbejder hjemmefra", "workingElsewhere"),
    Habit("freja.berg", (WEDNESDAY, THURSDAY), "Hjemmekontor"),
    Habit("julie.bach", (WEDNESDAY,), "Privat", "workingElsewhere", private=True),
    Habit("karen.moeller", (TUESDAY, FRIDAY), "Hjemme"),
)


def tenant_data(register: Register) -> Json:
    """Return the whole tenant: everyone in the register and their leaders, with their calendars."""
    people = [*register.people, *dict.fromkeys(team.leader for team in register.teams.values())]
    return {
        "users": [_user(name, register) for name in people],
        "events": {name: [*_calendar(name)] for name in people if name != WITHOUT_MAILBOX},
        "work_plan": {},
    }


def entry(
    person: str,
    day: date,
    text: str,
    *,
    until: date | None = None,
    hours: tuple[int, int] | None = None,
    **more: Any,
) -> Json:
    """Return one entry as Graph gives it; all day where no hours are given; ``until`` is the last day."""
    start, end = _span(day, until or day, hours)
    address = f"{person}@{DOMAIN}"
    return {
        "id": _id(person, text, start),
        "subject": text,
        "isAllDay": hours is None,
        "start": {"dateTime": f"{start.isoformat()}.0000000", "timeZone": ZONE},
        "end": {"dateTime": f"{end.isoformat()}.0000000", "timeZone": ZONE},
        "showAs": "busy",
        "categories": [],
        "sensitivity": "normal",
        "isCancelled": False,
        "type": "singleInstance",
        "seriesMasterId": None,
        "location": {"displayName": "", "locationType": "default"},
        "locations": [],
        "isOnlineMeeting": False,
        "isOrganizer": True,
        "organizer": {"emailAddress": {"name": address, "address": address}},
        "attendees": [],
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
    } | more


def _calendar(principal_name: str) -> Iterator[Json]:
    person = principal_name.removesuffix(f"@{DOMAIN}")
    for habit in HABITS:
        if habit.person == person:
            yield from _habit(habit)
    yield from _meetings(person)
    yield from _own(person)


def _habit(habit: Habit) -> Iterator[Json]:
    master = _id(habit.person, habit.text, datetime.combine(FIRST, time()))
    for day in _dates():
        week = day.isocalendar().week
        if day.weekday() in habit.weekdays and week % habit.every_weeks == 0:
            yield entry(
                habit.person,
                day,
                habit.text,
                hours=habit.hours,
                showAs=habit.show_as,
                categories=[habit.category] if habit.category else [],
                sensitivity="private" if habit.private else "normal",
                type="occurrence" if habit.series else "singleInstance",
                seriesMasterId=master if habit.series else None,
            )


def _own(person: str) -> Iterator[Json]:
    """Yield the entries that are one person's alone."""
    if person == "freja.berg":
        yield entry(person, date(2026, 3, 2), "Vinterferie", until=date(2026, 3, 4), showAs="oof")
    if person == "gustav.lind":
        for day in (9, 11, 13):
            yield entry(person, date(2026, 3, day), "Arbejder hjemme, fanges på Teams")
    if person == "hanne.ravn":
        yield entry(person, date(2026, 3, 4), "Hjemme?", showAs="tentative")
    if person == "maja.vest":
        yield entry(person, date(2026, 3, 5), "Kursus i Odense", hours=(9, 15), showAs="workingElsewhere")


def _meetings(person: str) -> Iterator[Json]:
    """Yield ordinary meetings, the same ones each time."""
    dice = Random(person)  # noqa: S311 - nothing secret about it
    for day in _dates():
        at_home = any(habit.person == person and day.weekday() in habit.weekdays for habit in HABITS)
        for hour in dice.sample(range(8, 15), k=2) if day.weekday() <= FRIDAY else ():
            drawn = dice.choice(ROOMS)
            room = ONLINE if at_home else drawn
            yield entry(
                person,
                day,
                dice.choice(MEETINGS),
                hours=(hour, hour + 1),
                location={"displayName": room, "locationType": "default"},
                locations=[{"displayName": room}] if room else [],
                isOrganizer=False,
                responseStatus={"response": dice.choice(("accepted", "accepted", "declined"))},
                organizer={"emailAddress": {"name": "Møder", "address": f"moeder@{DOMAIN}"}},
            )


def _dates() -> Iterator[date]:
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


def _span(first: date, last: date, hours: tuple[int, int] | None) -> tuple[datetime, datetime]:
    if hours is None:
        midnight = datetime.combine(first, time())
        return midnight, datetime.combine(last, time()) + timedelta(days=1)
    return datetime.combine(first, time(hours[0])), datetime.combine(last, time(hours[1]))


def _user(principal_name: str, register: Register) -> Json:
    person = register.people.get(principal_name)
    name = person.name if person else principal_name.split("@")[0].replace(".", " ").title()
    user: Json = {
        "id": str(uuid5(NAMESPACE_DNS, principal_name)),
        "userPrincipalName": principal_name,
        "mail": principal_name,
        "displayName": name,
        "accountEnabled": True,
        "manager": None,
    }
    return user | ({"mailbox": False} if principal_name == WITHOUT_MAILBOX else {})


def _id(person: str, text: str, moment: datetime) -> str:
    return blake2b(f"{person}{text}{moment}".encode(), digest_size=24).hexdigest()
