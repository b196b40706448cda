"""When the worker makes its passes: five fields that cron and APScheduler, which reads them, take alike.

Two things they read differently and are refused: APScheduler counts the days of the week from Monday, cron
from Sunday; and where days of the month and of the week are named, APScheduler wants both to fit, cron one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from apscheduler.triggers.cron import CronTrigger

EXAMPLE = "0 7-16 * * mon-fri"
NAMES = re.compile("[a-z]+(-[a-z]+)?")
"""What days of the week and months are called: one, or from one to another."""

CHANGING_HOUR = datetime(2026, 1, 1, 2, tzinfo=UTC)
"""The hour that a change of the clock skips in spring and repeats in autumn; on any day."""


def checked_cron(text: str) -> str:
    """Return the five fields in lower case. Raises: ``ValueError`` that reads on after the setting's name."""
    fields = text.lower().split()
    cron = " ".join(fields)
    if len(fields) != 5:
        raise ValueError(f'"{text}" is not five fields; write it like {EXAMPLE}')
    _, _, day, _, weekday = fields
    for part in (part for field in fields for part in field.split(",")):
        if part[:1].isalpha() and not NAMES.fullmatch(part):  # APScheduler would drop what follows the names
            raise ValueError(f'"{part}" in "{text}" cannot be read; write it like {EXAMPLE}')
    if any(sign.isdigit() for sign in weekday):
        raise ValueError(f'"{weekday}" can mean different days of the week; write them like mon-fri')
    if day != "*" and weekday != "*":
        raise ValueError(f'"{text}" names days of the month and of the week; write * for one of them')
    if _first(cron, CHANGING_HOUR - timedelta(days=1)) is None:
        raise ValueError(f'"{text}" names a day that never comes')
    if _strikes_in_changing_hour(cron):
        raise ValueError(
            f'"{text}" has a time between 02 and 03, which the clock skips in spring and repeats in autumn; '
            "write the hours that are meant, such as 7-16"
        )
    return cron


def trigger(cron: str, zone: tzinfo) -> CronTrigger:
    """Return what reckons the times of a schedule in a time zone. Raises: ``ValueError``."""
    try:
        return CronTrigger.from_crontab(cron, timezone=zone)
    except ValueError as error:
        raise ValueError(f'"{cron}" cannot be read ({error}); write it like {EXAMPLE}') from None


def _strikes_in_changing_hour(cron: str) -> bool:
    minute, hour, *_ = cron.split()
    first = _first(f"{minute} {hour} * * *", CHANGING_HOUR)
    return first is not None and first < CHANGING_HOUR + timedelta(hours=1)


def _first(cron: str, since: datetime) -> datetime | None:
    moment: datetime | None = trigger(cron, UTC).get_next_fire_time(None, since)
    return moment
