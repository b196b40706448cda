"""The languages of the texts, with what Babel knows of them: plurals, lists, dates, shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from babel.core import Locale
from babel.dates import format_date, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.talk import DATE, LOCALE
from bot.texts.catalogue import Forms, Language
from bot.texts.da import DANISH
from bot.texts.en import ENGLISH

LANGUAGES: Mapping[str, Language] = {"da": DANISH, "en": ENGLISH}


def plural(forms: Forms, number: int, language: str, **gaps: Any) -> str:
    """Return the form that goes with the number, with ``{number}`` and ``{word}`` filled in."""
    locale, words = Locale.parse(LOCALE[language]), LANGUAGES[language].numbers
    figures = format_decimal(number, locale=locale)
    word = words[number] if number < len(words) else figures
    return forms[locale.plural_form(number)].format(number=figures, word=word, **gaps)


def all_of(parts: Iterable[str], language: str) -> str:
    """Join with commas and a last "and"."""
    return format_list(list(parts), locale=LOCALE[language])


def long_date(day: date, language: str) -> str:
    """Return a date with its weekday: tirsdag den 3. marts."""
    return format_date(day, DATE[language], locale=LOCALE[language])


def weekday(day: date, language: str) -> str:
    """Return the name of the date's weekday: tirsdag."""
    return str(get_day_names("wide", locale=LOCALE[language])[day.weekday()])


def short_weekday(day: date, language: str) -> str:
    """Return the date's weekday in two letters: ti."""
    return str(get_day_names("short", locale=LOCALE[language])[day.weekday()]).rstrip(".")


def percent(share: float, language: str) -> str:
    """Return a share from 0 to 1 in whole percent: 38 %."""
    return format_percent(share, locale=LOCALE[language])


def sentence(text: str) -> str:
    """End the text with a full stop, unless a name such as "Anna H." ends it with one already."""
    return text if text.endswith(".") else f"{text}."


def inside(text: str) -> str:
    """Return a heading as it stands within a sentence: its first letter in lower case."""
    return text[:1].lower() + text[1:]
