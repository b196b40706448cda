"""Graph's times: a local time and the name of a zone, and the window of dates that a question covers.

Shape: learn.microsoft.com/graph/api/resources/datetimetimezone.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from tzlocal.windows_tz import tz_win, win_tz

from bot.model import Window

_UTC_NAMES = frozenset({"tzone://microsoft/utc", "utc"})


class DateTimeTimeZone(msgspec.Struct, rename="camel", gc=False):
    """``2026-03-03T08:00:00.0000000`` and the zone it is local to: a Windows or an IANA name."""

    date_time: str
    time_zone: str | None = None


def to_local(wire: DateTimeTimeZone, zone: ZoneInfo) -> datetime:
    """Return the naive local time in ``zone``; a time of an unknown zone, or of none, is taken as it stands.

    Raises: ``ValueError`` or ``OverflowError`` for what is no time.
    """
    return _local(wire.date_time, wire.time_zone or "", zone)


@lru_cache(maxsize=16_384)
def _local(date_time: str, name: str, zone: ZoneInfo) -> datetime:
    """The same few thousand quarters of an hour stand in everybody's calendar."""
    there = datetime.fromisoformat(date_time[:19]).replace(tzinfo=None)  # the zone stands beside it
    if not name or name == tz_win.get(zone.key):
        return there
    return there.replace(tzinfo=_zone(name) or zone).astimezone(zone).replace(tzinfo=None)


def edges_to_ask_for(window: Window) -> tuple[str, str]:
    """Return the instants between which to ask: a day wider on both sides than the window.

    Graph compares instants, and stores an all-day entry as an instant of some zone; what lies outside the
    window's local dates is cut off afterwards with ``touches``.
    """
    start, end = window.start - timedelta(days=1), window.end + timedelta(days=2)
    return f"{start}T00:00:00Z", f"{end}T00:00:00Z"


def touches(window: Window, start: datetime, end: datetime) -> bool:
    """Whether local times, the end exclusive, have a date of the window in common with it."""
    return start.date() <= window.end and (
        start.date() >= window.start or end > datetime.combine(window.start, time())
    )


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    """The zone of a Windows or IANA name; None where nobody knows it, as ``tzone://Microsoft/Custom``."""
    if name.lower() in _UTC_NAMES:
        return ZoneInfo("UTC")
    try:
        return ZoneInfo(win_tz.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # also a name that is no name of a file
        return None
