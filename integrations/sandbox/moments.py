"""Times as Graph writes them: ``{"dateTime": "2026-03-05T08:00:00.0000000", "timeZone": "UTC"}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import win_tz

# Graph's documented names are the Windows ones and the IANA zone each of them stands for; that leaves out
# Europe/Copenhagen, which is refused by the real service too.
_PREFERABLE = frozenset(win_tz) | frozenset(win_tz.values())


@cache
def zone(name: str) -> ZoneInfo | None:
    """Return the zone of a Windows or IANA name, None when there is no such zone."""
    # tzone://Microsoft/Custom and /Utc stand for zones Exchange has no name for; it gives their times in UTC.
    known = "UTC" if name.startswith("tzone://") else win_tz.get(name, name)
    try:
        return ZoneInfo(known)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def preferable(name: str) -> ZoneInfo | None:
    """Return the zone of a name that ``Prefer: outlook.timezone`` takes, else None."""
    return zone(name) if name in _PREFERABLE else None


def instant(point: Mapping[str, str]) -> datetime:
    """Return a dateTimeTimeZone in UTC. Raises ``ValueError`` with what is wrong."""
    return _instant(point["dateTime"], point["timeZone"])


# Checking a calendar and then serving it reads each time of it several times over.
@lru_cache(maxsize=4096)
def _instant(date_time: str, time_zone: str) -> datetime:
    where = zone(time_zone)
    if where is None:
        raise ValueError(f"{time_zone} is no time zone; use a Windows or an IANA name")
    local = datetime.fromisoformat(date_time)
    if local.tzinfo is not None:
        raise ValueError(f"{date_time} has an offset; leave it out, timeZone says it")
    return local.replace(tzinfo=where).astimezone(UTC)


def written(moment: datetime, name: str, where: ZoneInfo) -> dict[str, str]:
    """Return an instant as a dateTimeTimeZone in the named zone."""
    local = moment.astimezone(where).replace(tzinfo=None)
    return {"dateTime": f"{local.isoformat(timespec='microseconds')}0", "timeZone": name}


def window_edge(text: str) -> datetime | None:
    """Return startDateTime or endDateTime in UTC, None when it can't be read. Without an offset it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
