"""Entries and marks → civil days: whose work day it is, and how much of it each mark takes.

A stretch of a day is an int used as a set of minutes, bit 0 being midnight: union, difference and size are
then one operation each, whatever the number of entries.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.model import Event, Organisation, Person, RemoteWork, Weekday, Window, WorkHours

MINUTES_A_DAY = 24 * 60
WHOLE_DAY = (1 << MINUTES_A_DAY) - 1


def minutes(start: int, end: int) -> int:
    """Return the set of minutes from ``start`` to before ``end``, both counted from midnight."""
    return ((1 << max(0, end - start)) - 1) << start


@lru_cache(maxsize=64)
def working_minutes(hours: WorkHours) -> int:
    """Return the working hours as a set of minutes."""
    return minutes(_of_day(hours.start), _of_day(hours.end))


def hours_on(person: Person, organisation: Organisation, day: date) -> int:
    """Return the person's working hours of a date, as a set of minutes; none where it is no work day."""
    return working_minutes(person.work_hours) if is_scheduled(person, organisation, day) else 0


def stretches(part: int) -> Iterator[tuple[int, int]]:
    """Yield the beginning and the end of each unbroken stretch of a set of minutes, in order."""
    end = 0
    while part >> end:
        start = end + _lowest(part >> end)
        end = start + _lowest(~(part >> start))
        yield start, end


def share(part: int, whole: int) -> float:
    """Return how much of ``whole`` is in ``part``, from 0 to 1; nothing of an empty whole."""
    return (part & whole).bit_count() / whole.bit_count() if whole else 0.0


def spread(stretch: Event | RemoteWork, window: Window) -> Iterator[tuple[date, int]]:
    """Yield each date of the window that the stretch touches, with the minutes it takes of that date.

    The end is exclusive: an entry until midnight does not touch the next day. An entry without any length
    touches nothing.
    """
    if stretch.end <= stretch.start:
        return
    last = (stretch.end - timedelta(microseconds=1)).date()
    day = max(stretch.start.date(), window.start)
    while day <= min(last, window.end):
        yield day, _taken(stretch, day)
        day += timedelta(days=1)


def is_scheduled(person: Person, organisation: Organisation, day: date) -> bool:
    """Whether it is one of the person's work days, within the employment, and neither a public holiday nor a
    closing day.
    """
    return (
        Weekday(day.weekday()) in person.work_days
        and (person.employment_starts_on is None or person.employment_starts_on <= day)
        and (person.employment_ends_on is None or day <= person.employment_ends_on)
        and day not in organisation.closing_days
        and day not in public_holidays(day.year)
    )


def is_open(organisation: Organisation, day: date) -> bool:
    """Whether the organisation works on the date: no weekend, public holiday or closing day."""
    closed = day in organisation.closing_days or day in public_holidays(day.year)
    return day.weekday() < Weekday.SATURDAY and not closed


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return Denmark's public holidays of the year.

    Days off by custom or agreement alone (1 May, 5 June, 24 and 31 December) are not among them: an
    organisation that closes then says so in its ``closing_days``.
    """
    from holidays import country_holidays  # half a second to import, so only where a day is judged

    return frozenset(country_holidays("DK", years=year))


def iso_week(day: date) -> str:
    """Return the ISO week as text, e.g. 2026-W53."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(day: date) -> date:
    """Return the Monday of the ISO week."""
    return day - timedelta(days=day.weekday())


def months_before(day: date, months: int) -> date:
    """Return the date so many calendar months before; the last of the month where there is no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _lowest(bits: int) -> int:
    """Return the number of the lowest bit that is set."""
    return (bits & -bits).bit_length() - 1


def _taken(stretch: Event | RemoteWork, day: date) -> int:
    midnight = datetime.combine(day, time())
    start = max(stretch.start, midnight)
    end = min(stretch.end, midnight + timedelta(days=1))
    return minutes(_since(midnight, start), _since(midnight, end))


def _since(midnight: datetime, moment: datetime) -> int:
    return int((moment - midnight).total_seconds() // 60)


def _of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute
