"""Whose day is explained, and what was read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.model import Event, Person, Register, RemoteWork, Window
from bot.names import Owner, names_by_team


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose day it is, and when that day is explained."""

    person: Person
    day: date
    window: Window
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The date where the organisation is, when the day is explained."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of one person: the calendar's entries and the work plan's remote stretches."""

    events: Sequence[Event]
    remote: Sequence[RemoteWork]


def owner_of(person: Person, register: Register) -> Owner:
    """Return the person as the owner of the calendar."""
    return Owner.of(person, register.teams[person.team].leader, names_by_team(register)[person.team])
