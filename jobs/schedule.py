"""When a pass is due: reckoned from the schedule and the clock alone, whatever fired or did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.cron import trigger

FIRST_PAUSE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times of the passes: five fields as cron has them, in a time zone."""

    cron: str
    timezone: str

    def latest(self, now: datetime) -> datetime | None:
        """Return the latest time of today that has come; None where none has.

        What was missed on an earlier day is not made up for: at night nobody could be written to, and the
        first pass of the morning sees all of it.
        """
        zone = ZoneInfo(self.timezone)
        times = trigger(self.cron, zone)
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        latest, following = None, times.get_next_fire_time(None, midnight)
        while following is not None and following <= now:
            latest, following = following, times.get_next_fire_time(following, now)
        return latest

    def following(self, now: datetime) -> datetime | None:
        """Return the next time of the schedule; None where none comes any more."""
        moment: datetime | None = trigger(self.cron, ZoneInfo(self.timezone)).get_next_fire_time(now, now)
        return moment


def may_be_tried(now: datetime, failures: int, last: datetime | None) -> bool:
    """Whether to try again after so many failures, the last of them begun then: 2, 4, 8 … minutes later."""
    return last is None or now >= last + FIRST_PAUSE * 2 ** (failures - 1)
