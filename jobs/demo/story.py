"""What happens in the demo's municipality in a week and on the Monday after: what people and leaders do
between the passes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from integrations.sandbox import Tenant
from jobs.demo.calendars import DOMAIN, entry

ZONE = ZoneInfo("Europe/Copenhagen")
CANCELLED = (
    f"  - {{person: eva.skov@{DOMAIN}, date: 2026-03-05, kind: cancelled, by: mette.lund@{DOMAIN}, "
    "note: Vi mangler folk i borgerservice}\n"
)
REPLACEMENT_DAY = "    replacement_day: allowed\n"
AT_LEAST_FOUR = f"{REPLACEMENT_DAY}    min_on_site: 4\n"


@dataclass(frozen=True, slots=True)
class World:
    """What the story changes: the calendars and the register's file."""

    tenant: Tenant
    register: Path

    def clear(self, person: str, day: date) -> None:
        """Take a person's whole-day entries of a date out of the calendar."""
        start = f"{day.isoformat()}T00:00"
        self.tenant.remove_events(
            f"{person}@{DOMAIN}",
            lambda event: event["isAllDay"] and event["start"]["dateTime"].startswith(start),
        )

    def away(self, person: str, first: date, last: date) -> None:
        """Put a holiday in a person's calendar."""
        self.tenant.add_event(f"{person}@{DOMAIN}", entry(person, first, "Ferie", until=last, showAs="oof"))

    def register_more(self, lines: str) -> None:
        """Add lines at the end of the register."""
        with self.register.open("a", encoding="utf-8") as register:
            register.write(lines)

    def register_anew(self, old: str, new: str) -> None:
        """Change something in the register, where it stands first."""
        text = self.register.read_text(encoding="utf-8")
        self.register.write_text(text.replace(old, new, 1), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Scene:
    """One pass: when it runs, and what has happened since the last."""

    at: datetime
    happened: str
    change: Callable[[World], None]


def _nothing(_world: World) -> None:
    """Leave everything as it is."""


def _tuesday(world: World) -> None:
    world.clear("bo.friis", date(2026, 3, 3))
    world.register_more(CANCELLED)


def _wednesday(world: World) -> None:
    world.clear("eva.skov", date(2026, 3, 5))
    world.away("jakob.winther", date(2026, 3, 5), date(2026, 3, 6))


def _friday(world: World) -> None:
    world.clear("gustav.lind", date(2026, 3, 13))
    world.register_anew(REPLACEMENT_DAY, AT_LEAST_FOUR)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date(2026, 3, day), time(hour, minute), ZONE)


SCENES = (
    Scene(_at(2, 6, 30), "A first pass before seven: quiet hours, so everything waits.", _nothing),
    Scene(_at(2, 8), "The week begins: reminders, and a digest to every leader.", _nothing),
    Scene(_at(2, 12, 30), "Past noon, and Bo is still at home tomorrow, a team day: Mette hears.", _nothing),
    Scene(_at(3, 8), "Bo has moved Tuesday. Mette has taken Eva's Thursday back.", _tuesday),
    Scene(_at(4, 8), "Eva has changed Thursday, so Mette never hears. Jakob goes on leave.", _wednesday),
    Scene(_at(5, 8), "Freja is back from her holiday, at home on a team day.", _nothing),
    Scene(_at(5, 12, 30), "It is still there. Jakob is on leave: Ismail, his deputy, hears.", _nothing),
    Scene(_at(6, 8), "Gustav has dropped a home day. Mette wants four people on site a day.", _friday),
    Scene(_at(9, 8), "A new week: a digest with topics, one with a fact, one with nothing.", _nothing),
)
