"""From the text of one value to what it means. Each raises ``ValueError`` with what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.model import Weekday, WorkHours
from integrations.register.faults import did_you_mean

E = TypeVar("E", bound=Enum)
V = TypeVar("V")

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DOMAIN = re.compile(r"[^@\s]+\.[^@\s]+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
NUMBER = re.compile(r"\d+(\.\d+)?")
WHOLE = re.compile(r"-?\d+")
# These turn the order of the letters around them and can make a text read as something else.
DIRECTION_MARKS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def paragraphs(text: str) -> str:
    """Text that may run over several lines."""
    for character in text:
        if character in "\n\t":
            continue
        control = unicodedata.category(character) in {"Cc", "Cs"}
        if control or unicodedata.bidirectional(character) in DIRECTION_MARKS:
            raise ValueError(f"there is an invisible control character (U+{ord(character):04X}); remove it")
    return unicodedata.normalize("NFC", text)


def line(text: str) -> str:
    """Text on one line."""
    if "\n" in text or "\t" in text:
        raise ValueError("there is a line break or a tab in it; write it on one line")
    return paragraphs(text)


def identifier(text: str) -> str:
    """An id: capitals make no difference."""
    return line(text).lower()


def address(text: str) -> str:
    """A user principal name or mail address, in lower case."""
    if not ADDRESS.fullmatch(text):
        raise ValueError(f'"{text}" is not a user principal name; write one such as anna@kommune.dk')
    return identifier(text)


def domain(text: str) -> str:
    """A domain name, in lower case."""
    if not DOMAIN.fullmatch(text):
        raise ValueError(f'"{text}" is not a domain; write one such as kommune.dk')
    return identifier(text)


def day(text: str) -> date:
    """A date."""
    if DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f'there is no date "{text}" in the calendar') from None
    raise ValueError(f'"{text}" is not a date; write year-month-day, such as 2026-03-31')


def instant(text: str) -> datetime:
    """A date and a time of day, with or without an offset; a date alone is its first moment."""
    try:
        if DATE.match(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f'"{text}" is not a date and time; write one such as 2026-03-31 14:30')


def number(text: str) -> float:
    """A number that is not negative, with a decimal point."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f'"{text}" is not a number; write one such as 2 or 1.5')
    return float(text)


def whole(text: str) -> int:
    """A whole number."""
    if not WHOLE.fullmatch(text):
        raise ValueError(f'"{text}" is not a whole number')
    return int(text)


def whole_between(low: int, high: int) -> Callable[[str], int]:
    """A whole number from ``low`` to ``high``."""

    def convert(text: str) -> int:
        value = whole(text)
        if not low <= value <= high:
            raise ValueError(f"{value} is outside {low} to {high}")
        return value

    return convert


def not_negative(text: str) -> int:
    """A count."""
    value = whole(text)
    if value < 0:
        raise ValueError(f"{value} is negative")
    return value


def days_per_week(text: str) -> float:
    """A number of days in a week; halves and the like are fine."""
    value = number(text)
    if not 0 < value <= 7:
        raise ValueError(f"{text} days a week is not possible; write more than 0 and at most 7")
    return value


def work_hours(text: str) -> WorkHours:
    """A span within a day, such as 08:00-16:00."""
    match = HOURS.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" are not working hours; write them such as 08:00-16:00')
    hours = [int(part) for part in match.groups()]
    try:
        start, end = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError:
        raise ValueError(f'there is no such time of day as in "{text}"') from None
    if end <= start:
        raise ValueError(f'"{text}" ends before it starts')
    return WorkHours(start, end)


def time_zone(text: str) -> str:
    """The IANA name of a time zone."""
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f'"{text}" is no time zone; write one such as Europe/Copenhagen') from None


def setting(text: str) -> bool | int | float | str:
    """A value of a rule: a number, true or false, or else text."""
    if WHOLE.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text):
        return float(text)
    return {"true": True, "false": False}.get(text.lower(), line(text))


def one_of(choices: Mapping[str, V]) -> Callable[[str], V]:
    """One of a few words, in either case."""

    def convert(text: str) -> V:
        if text.lower() in choices:
            return choices[text.lower()]
        raise ValueError(f'"{text}" is none of {", ".join(choices)}{did_you_mean(text, choices)}')

    return convert


def member(kind: type[E]) -> Callable[[str], E]:
    """A member of an enumeration by its value."""
    return one_of({str(item.value): item for item in kind})


weekday = one_of({item.name.lower(): item for item in Weekday})
flag = one_of({"true": True, "false": False, "yes": True, "no": False})
