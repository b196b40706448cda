"""What happens in the demo's municipality during one week: what people and leaders do between the passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from integrations.sandbox import Tenant
from jobs.demo.calendars import DOMAIN

CANCELLED = (
    "  - {{person: eva.skov@{domain}, date: 2026-03-05, kind: cancelled, by: mette.lund@{domain}, "
    "note: Vi mangler folk i borgerservice}}\n"
)


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


@dataclass(frozen=True, slots=True)
class Scene:
    """One morning: when the pass runs, and what has happened since the last."""

    at: datetime
    happened: str
    change: Callable[[World], None]


def _nothing(_world: World) -> None:
    """Leave everything as it is."""


def _tuesday(world: World) -> None:
    world.clear("bo.friis", date(2026, 3, 3))
    with world.register.open("a", encoding="utf-8") as register:
        register.write(CANCELLED.format(domain=DOMAIN))


def _wednesday(world: World) -> None:
    world.clear("eva.skov", date(2026, 3, 5))


def _friday(world: World) -> None:
    world.clear("gustav.lind", date(2026, 3, 13))


def _morning(day: int) -> datetime:
    return datetime(2026, 3, day, 8, tzinfo=ZoneInfo("Europe/Copenhagen"))


SCENES = (
    Scene(_morning(2), "The week begins. Nobody has been written to before.", _nothing),
    Scene(_morning(3), "Bo has moved Tuesday's home day. Eva's leader has taken Thursday back.", _tuesday),
    Scene(_morning(4), "Eva has changed Thursday.", _wednesday),
    Scene(_morning(5), "Freja is back from her holiday.", _nothing),
    Scene(_morning(6), "Gustav has dropped one of next week's three home days.", _friday),
)
