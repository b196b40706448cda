"""The few things that the tests of the core are about, with all that does not matter filled in.

Today is Monday 2 March 2026, in ISO week 10; Anna works Monday to Friday from 8 to 16 in Borgerservice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.guide import Guide
from bot.markings import read_days
from bot.model import (
    Audience,
    Day,
    DocumentSource,
    Event,
    Finding,
    Kind,
    Organisation,
    Person,
    Register,
    Scope,
    Status,
    Team,
    Window,
)
from bot.names import Owner
from bot.parameters import Policy
from config.policies import load_policy

MONDAY = TODAY = date(2026, 3, 2)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))
SATURDAY = MONDAY + timedelta(days=5)
WINDOW = Window.around(TODAY)
ZONE = ZoneInfo("Europe/Copenhagen")

ANNA, BO, KIRSTEN = "anna@proeve.example", "bo@proeve.example", "kirsten@proeve.example"
ORGANISATION = Organisation(name="Prøvekommunen", policy="nyborg", hr_contact="hr@proeve.example")
TEAM = Team(id="borgerservice", name="Borgerservice", leader=KIRSTEN)
PERSON = Person(id=ANNA, name="Anna Holm", team=TEAM.id)
SOURCE = DocumentSource("document.txt", "RAMMER FOR HJEMMEARBEJDE")


# The rules that most tests of the core speak of; what the others say has tests of its own.
ON_DAYS_AND_AGREEMENTS = (
    "team-day",
    "weekday-not-agreed",
    "week-limit-agreed",
    "recurring-without-agreement",
    "agreement-not-in-force",
    "day-cancelled",
)


def policy(*rules: str, profile: str = "nyborg") -> Policy:
    """Return a profile with these rules of it alone, and without its guide."""
    whole = load_policy(profile)
    terms = {rule: whole.terms[rule] for rule in rules or ON_DAYS_AND_AGREEMENTS}
    return replace(whole, terms=terms, guide=Guide())


def weekdays(day: date) -> bool:
    """Whether somebody who works Monday to Friday works that day."""
    return day.weekday() < 5


def all_day(subject: str, first: date, days: int = 1, **fields: Any) -> Event:
    """Return an all-day entry of so many days."""
    start = datetime.combine(first, time())
    return Event(subject, start, start + timedelta(days=days), all_day=True, **fields)


def timed(subject: str, day: date, start: str, end: str, **fields: Any) -> Event:
    """Return an entry from a time of the day to another one: 08:00, 12:00."""
    return Event(
        subject,
        datetime.combine(day, time.fromisoformat(start)),
        datetime.combine(day, time.fromisoformat(end)),
        **fields,
    )


def days_of(*events: Event, person: Person = PERSON, window: Window = WINDOW) -> Mapping[date, Day]:
    """Return Anna's days, or another's, with these entries."""
    return read_days(Owner.of(person, KIRSTEN), ORGANISATION, events, window)


def home(day: date, **fields: Any) -> Day:
    """Return a whole working day at home."""
    return Day(day, scheduled=True, kind=Kind.HOME, home=1.0, marked_home=1.0, **fields)


def on_site(day: date) -> Day:
    """Return a working day without any mark."""
    return Day(day, scheduled=True)


def register(people: Iterable[Person] = (PERSON,), **fields: Any) -> Register:
    """Return a register of one team, ``team``, or of several, ``teams``."""
    teams: Iterable[Team] = fields.pop("teams", None) or (fields.pop("team", TEAM),)
    return Register(
        organisation=fields.pop("organisation", ORGANISATION),
        teams={one.id: one for one in teams},
        people={one.id: one for one in people},
        **fields,
    )


def finding(**fields: Any) -> Finding:
    """Return an open finding on Anna's Thursday."""
    known: dict[str, Any] = {
        "id": "f1",
        "rule": "team-day",
        "person": ANNA,
        "team": TEAM.id,
        "dates": (THURSDAY,),
        "status": Status.OPEN,
        "facts": {},
        "source": SOURCE,
        "scope": Scope.DAY,
        "audience": Audience.EMPLOYEE,
    }
    return Finding(**known | fields)
