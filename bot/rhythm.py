"""How often home days come, in words: hver anden torsdag, the first Monday of the month, in odd weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.talk import Talk

WEEKS: Mapping[str, Mapping[str, str]] = {
    "da": {"odd": " i ulige uger", "even": " i lige uger"},
    "en": {"odd": " in odd weeks", "even": " in even weeks"},
}
EVERY: Mapping[str, Mapping[int, str]] = {
    "da": {
        0: "som en fast serie ({day})",
        1: "hver {day}",
        2: "hver anden {day}",
        3: "hver tredje {day}",
        4: "hver fjerde {day}",
    },
    "en": {
        0: "as a fixed series ({day})",
        1: "every {day}",
        2: "every second {day}",
        3: "every third {day}",
        4: "every fourth {day}",
    },
}
SELDOM: Mapping[str, str] = {"da": "{day} hver {every}. uge", "en": "{day} every {every} weeks"}
NTH: Mapping[str, Mapping[int, str]] = {
    "da": {1: "første", 2: "anden", 3: "tredje", 4: "fjerde", 5: "femte"},
    "en": {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"},
}
OF_MONTH: Mapping[str, str] = {"da": "den {nth} {day} i måneden", "en": "the {nth} {day} of the month"}
ON: Mapping[str, str] = {"da": "", "en": "on "}


def placement(talk: Talk) -> str:
    """Say which days an agreement names, from the facts weekdays, weeks, every_weeks and nth."""
    language, days = talk.language, talk.weekdays(talk.fact("weekdays"))
    every, nth = talk.fact("every_weeks"), talk.fact("nth")
    if nth:
        return OF_MONTH[language].format(nth=NTH[language][nth], day=days)
    if every:
        return EVERY[language].get(every, SELDOM[language]).format(day=days, every=every)
    return days + WEEKS[language].get(talk.fact("weeks"), "")


def rhythms(talk: Talk) -> str:
    """Say the rhythms in the fact patterns, each once: hver tirsdag og den første mandag i måneden."""
    return talk.all_of(dict.fromkeys(_rhythm(talk, one) for one in talk.fact("patterns")))


def _rhythm(talk: Talk, pattern: Mapping[str, Any]) -> str:
    language, days = talk.language, talk.weekdays(pattern["weekdays"])
    if "nth" in pattern:
        return ON[language] + OF_MONTH[language].format(nth=NTH[language][pattern["nth"]], day=days)
    return EVERY[language][pattern.get("every", 0)].format(day=days)
