"""The few words the pages add by themselves, and dates as people write them.

They are Danish unless English is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_datetime

from bot.model import Kind, Step

_DANISH = {
    "product": "Hjemmedag",
    "back": "Til oversigten",
    "as seen": "Sådan ser {to} beskeden i Teams",
    "as changed": "Sådan ser beskeden til {to} ud, efter at noget faldt på plads",
    "sent": "Sendt {when}",
    "changed": "Ændret {when}, uden lyd og uden en ny besked",
    "grid": "{name}: hvor vi arbejder, dag for dag",
    "week": "Uge {week}",
    "caption": "{team}, uge {week}: hvor vi arbejder, dag for dag",
    "person": "Navn",
    "team day": "Fælles dag",
    "today": "I dag",
    "unread": "Kalenderen kunne ikke læses, så vi ved ikke noget om ugen.",
    "nobody": "Der er ingen i teamet endnu.",
    "off": "Ikke en arbejdsdag",
    "legend": "Det betyder tegnene",
    "remarks": "Værd at tale om",
    "remark": "Punkt {number}",
    "remark meaning": "Tallet viser til et punkt under »Værd at tale om«",
    "no remarks": "Alt er på plads i denne uge.",
    "source": "Bygger på det, I selv har skrevet i Outlook. Grunden til et fravær vises aldrig.",
    "nothing here": "Her er ikke noget endnu.",
}
_ENGLISH = {
    "product": "Hjemmedag",
    "back": "To the overview",
    "as seen": "How {to} sees the message in Teams",
    "as changed": "The message to {to} once something had fallen into place",
    "sent": "Sent {when}",
    "changed": "Changed {when}, without a sound and without a new message",
    "grid": "{name}: where we work, day by day",
    "week": "Week {week}",
    "caption": "{team}, week {week}: where we work, day by day",
    "person": "Name",
    "team day": "Team day",
    "today": "Today",
    "unread": "The calendar could not be read, so we know nothing about this week.",
    "nobody": "There is nobody in the team yet.",
    "off": "Not a working day",
    "legend": "What the signs mean",
    "remarks": "Worth a talk",
    "remark": "Matter {number}",
    "remark meaning": "The number points to a matter under “Worth a talk”",
    "no remarks": "Everything is in order this week.",
    "source": "Based on what you wrote in Outlook yourselves. The reason for an absence is never shown.",
    "nothing here": "There is nothing here yet.",
}
_STEPS = {
    "da": {
        Step.NOTICE: "Til orientering",
        Step.REMINDER: "Påmindelse",
        Step.ESCALATION: "Besked til leder",
        Step.DIGEST: "Ugens overblik",
        Step.OPERATIONS: "Til driften",
    },
    "en": {
        Step.NOTICE: "For your information",
        Step.REMINDER: "Reminder",
        Step.ESCALATION: "Message to the leader",
        Step.DIGEST: "The week at a glance",
        Step.OPERATIONS: "For the operators",
    },
}
_KINDS: dict[str, dict[Kind, tuple[str, str]]] = {
    "da": {
        Kind.HOME: ("Hjemme", "Arbejder hjemmefra"),
        Kind.TENTATIVE: ("Måske", "Måske hjemme, endnu ikke afgjort"),
        Kind.ON_SITE: ("Kontor", "På arbejdspladsen"),
        Kind.ELSEWHERE: ("Ude", "Arbejder et andet sted"),
        Kind.ABSENT: ("Væk", "Ikke på arbejde"),
    },
    "en": {
        Kind.HOME: ("Home", "Works from home"),
        Kind.TENTATIVE: ("Maybe", "Perhaps at home, not settled yet"),
        Kind.ON_SITE: ("Office", "At the workplace"),
        Kind.ELSEWHERE: ("Out", "Works somewhere else"),
        Kind.ABSENT: ("Away", "Not at work"),
    },
}
_FRACTIONS = {0.25: "¼", 0.5: "½", 0.75: "¾"}


def words(language: str) -> Mapping[str, str]:
    """The pages' own words, some with named gaps to fill."""
    return _ENGLISH if language == "en" else _DANISH


def step_name(step: Step, language: str) -> str:
    """What kind of message it is."""
    return _STEPS[_known(language)][step]


def kind_names(language: str) -> Mapping[Kind, tuple[str, str]]:
    """For each kind of day the word in a cell and its meaning in the legend, in the order of the legend."""
    return _KINDS[_known(language)]


def share(portion: float) -> str:
    """A part of a day ("½", "40 %"); nothing for the whole of it."""
    if portion >= 1:
        return ""
    return _FRACTIONS.get(portion, f"{portion:.0%}".replace("%", "\u00a0%"))


def moment(at: datetime, language: str) -> str:
    """An instant, in its own zone: "mandag den 2. marts 2026 kl. 08.00"."""
    pattern = "EEEE d MMMM y, HH:mm" if language == "en" else "EEEE 'den' d. MMMM y 'kl.' HH.mm"
    return format_datetime(at, pattern, locale=_locale(language))


def long_day(day: date, language: str) -> str:
    """A date as in "tirsdag den 3. marts"."""
    pattern = "EEEE d MMMM" if language == "en" else "EEEE 'den' d. MMMM"
    return format_date(day, pattern, locale=_locale(language))


def short_day(day: date, language: str) -> tuple[str, str]:
    """Weekday and date for the head of a column: "Tirs", "3/3"."""
    locale = _locale(language)
    weekday = format_date(day, "EEE", locale=locale).rstrip(".").capitalize()
    return weekday, format_date(day, "d MMM" if language == "en" else "d/M", locale=locale)


def span(first: date, last: date, language: str) -> str:
    """Two dates as one span: "2.–6. marts 2026", "30. marts – 3. april 2026"."""
    locale, dot = _locale(language), "" if language == "en" else "."
    end = format_date(last, f"d{dot} MMMM y", locale=locale)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{dot}–{end}"
    return f"{format_date(first, f'd{dot} MMMM', locale=locale)} – {end}"


def _known(language: str) -> str:
    return "en" if language == "en" else "da"


def _locale(language: str) -> str:
    return "en_GB" if language == "en" else "da_DK"
