"""A finding's facts as people write them: dates, weekdays, numbers and lists, by Babel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.model import Audience, Finding, Weekday

DATE = {"da": "EEEE 'den' d. MMMM", "en": "EEEE d MMMM"}
SHORT_DATE = {"da": "'den' d. MMMM", "en": "d MMMM"}
LOCALE = {"da": "da", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Talk:
    """One finding, ready to be put in words in one language. ``name``: the person's whom it is about;
    ``called``: what sets that person apart from colleagues of the same first name.
    """

    finding: Finding
    team: str
    language: str
    name: str = ""
    called: str = ""

    @property
    def is_notice(self) -> bool:
        """Whether the employee alone hears of it."""
        return self.finding.audience is Audience.NOTICE

    @property
    def first_name(self) -> str:
        """What the person is called."""
        return self.called or (self.name.split()[0] if self.name else "")

    def fact(self, name: str) -> Any:
        """Return one of the facts that the rule gave."""
        return self.finding.facts.get(name)

    @property
    def several(self) -> bool:
        """Whether it speaks of more than one date."""
        return len(self.finding.dates) > 1

    def day(self) -> str:
        """Return the finding's date, or its dates: torsdag den 5. marts og torsdag den 19. marts."""
        return self.all_of([self.date(day) for day in self.finding.dates])

    def date(self, day: date) -> str:
        """Return a date with its weekday."""
        return format_date(day, DATE[self.language], locale=LOCALE[self.language])

    def short_date(self, iso: str) -> str:
        """Return a date without its weekday, from its ISO form: den 28. februar."""
        return format_date(date.fromisoformat(iso), SHORT_DATE[self.language], locale=LOCALE[self.language])

    def full_date(self, iso: str) -> str:
        """Return a date with its year, from its ISO form: den 1. marts 2021."""
        return f"{self.short_date(iso)} {iso[:4]}"

    def dates(self, most: int = 4) -> str:
        """Return the finding's latest dates, a few of them, in order."""
        return self.all_of([self.date(day) for day in self.finding.dates[-most:]])

    def weekdays(self, names: Iterable[str]) -> str:
        """Return the names of weekdays, given in English, as a list: mandag og torsdag."""
        numbers = [Weekday[name.upper()] for name in names]
        return self.all_of([str(get_day_names("wide", locale=LOCALE[self.language])[n]) for n in numbers])

    def number(self, value: float) -> str:
        """Return a number as it is written: 2,5."""
        return format_decimal(value, locale=LOCALE[self.language])

    def all_of(self, parts: Sequence[str] | Iterable[str]) -> str:
        """Join with commas and a last "and"."""
        return format_list(list(parts), locale=LOCALE[self.language])


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def heading(text: str) -> str:
    """Return a document's heading as one writes it in a sentence: not all in capitals."""
    return text.capitalize() if text.isupper() else text
