"""Words and clock times in a text → which part of the day they mean: "formiddag", "til kl. 12", "8-12",
"½ dag".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.days import MINUTES_A_DAY, WHOLE_DAY, minutes
from bot.vocabulary import ANY_WEEKDAY, MEETING, OFFICE, REACHABLE, REST
from bot.words import Word

NOON = 12 * 60

MORNING = frozenset("morning formid formiddag formiddagen formiddage fm morgen morgenen am formd".split())
AFTERNOON = frozenset("afternoon eftermid eftermiddag eftermiddagen em pm eftm".split())
HALF_ALONE = frozenset({"50%", "50 %", "0,5", "0.5"})
HALF = frozenset("halvdag halvdags halv 1⁄2 1/2 half".split())
UNTIL = frozenset("til till indtil until før inden before".split())
SINCE = frozenset("fra efter from after".split())
NOON_WORDS = frozenset("frokost middag noon lunch".split())
BETWEEN = frozenset("ml mellem between".split())
CLOCK_WORDS = frozenset("kl klokken ca".split())
SMALL = frozenset("dag om hele timer day t og f e m kun resten herefter".split()) | ANY_WEEKDAY
OF_TIME = MORNING | AFTERNOON | HALF | HALF_ALONE | UNTIL | SINCE | NOON_WORDS | CLOCK_WORDS | SMALL
TO_BE_MET = REACHABLE | MEETING


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day named in a text, and where it stands: its minutes of the day, half of the working
    hours, or ``length`` minutes of them.
    """

    at: int
    clause: int
    minutes: int = 0
    half: bool = False
    length: int = 0


def part_of_day(words: Sequence[Word], at: int, hours: int) -> int:
    """Return the minutes that the text gives to the word at ``at``; the whole day where it gives none.

    ``hours`` are the working hours as a set of minutes. What is said of the office is the rest's
    complement; a time to be reached or to meet at says nothing of where one is.
    """
    parts = [part for part in _parts(words) if not _is_appointment(words, part)]
    own = [part for part in parts if _belongs_to(words, part, at)]
    if own:
        nearest = min(own, key=lambda part: _distance(words, part, at))
        return _minutes(nearest, hours)
    if any(word.text in REST and word.clause == words[at].clause for word in words):
        return _after_the_last_time(words, at)
    office = [part for part in parts if _is_at_office(words, part)]
    return WHOLE_DAY & ~_minutes(office[0], hours) if office else WHOLE_DAY


def _after_the_last_time(words: Sequence[Word], at: int) -> int:
    """Return what "the rest of the day" is: from the latest time named before it."""
    times = [word.hours[1] if word.hours else word.clock for word in words[:at]]
    known = [time for time in times if time is not None]
    return minutes(known[-1], MINUTES_A_DAY) if known else WHOLE_DAY


def _minutes(part: Part, hours: int) -> int:
    if part.half or part.length:
        return _first_of(hours, part.length or hours.bit_count() // 2)
    return part.minutes


def _first_of(hours: int, length: int) -> int:
    """Return the first minutes of the working hours, so many of them."""
    if not hours:
        return WHOLE_DAY
    start = (hours & -hours).bit_length() - 1
    return minutes(start, start + length)


def _belongs_to(words: Sequence[Word], part: Part, at: int) -> bool:
    if part.clause == words[at].clause:
        between = words[min(part.at, at) : max(part.at, at)]
        return not any(word.text in OFFICE for word in between)
    return not _is_at_office(words, part) and _stands_alone(words, part)


def _stands_alone(words: Sequence[Word], part: Part) -> bool:
    """Whether the part's clause holds nothing but words on time."""
    others = (word for word in words if word.clause == part.clause)
    return all(is_of_time(word) for word in others)


def is_of_time(word: Word) -> bool:
    """Whether the word is a time, or a small word that goes with times."""
    return word.hours is not None or word.clock is not None or word.text in OF_TIME


def _is_at_office(words: Sequence[Word], part: Part) -> bool:
    return any(word.clause == part.clause and word.text in OFFICE for word in words)


def _is_appointment(words: Sequence[Word], part: Part) -> bool:
    before = words[max(0, part.at - 4) : part.at]
    return any(
        word.clause == part.clause
        and (word.text in TO_BE_MET or word.text.endswith(("møde", "mødet", "kursus")))
        for word in before
    )


def _distance(words: Sequence[Word], part: Part, at: int) -> tuple[int, int]:
    """Order parts by nearness; of two as near, the one after, unless the text begins with a part."""
    before = part.at < at
    return abs(part.at - at), int(before) if words[0].text in OFFICE else int(not before)


def _parts(words: Sequence[Word]) -> Iterator[Part]:
    at = 0
    while at < len(words):
        length, part = _part_at(words, at)
        if part:
            yield part
        at += max(1, length)


def _part_at(words: Sequence[Word], at: int) -> tuple[int, Part | None]:
    """Return how many words the part that begins there takes, and the part."""
    for reader in (_named, _amount, _bounded, _between):
        length, part = reader(words, at)
        if part:
            return length, part
    return 1, None


def _named(words: Sequence[Word], at: int) -> tuple[int, Part | None]:
    """Read "8-12", "formiddag", "e.m."."""
    word = words[at]
    if word.hours:
        return 1, Part(at, word.clause, minutes(*word.hours))
    if word.text in {"f", "e"} and _text(words, at + 1) == "m":
        return 2, Part(at, word.clause, _half_day(morning=word.text == "f"))
    if word.text in MORNING or word.text in AFTERNOON:
        return 1, Part(at, word.clause, _half_day(morning=word.text in MORNING))
    return 1, None


def _amount(words: Sequence[Word], at: int) -> tuple[int, Part | None]:
    """Read "½ dag", "50 %", "4 timer"."""
    word, after = words[at], _text(words, at + 1)
    if word.text in HALF_ALONE or word.text.startswith("halvd"):
        return 1, Part(at, word.clause, half=True)
    if word.text in HALF and after.endswith(("dag", "day", "dags")):
        return 2, Part(at, word.clause, half=True)
    if word.clock and word.text.isdigit() and after in {"timer", "hours"}:
        return 2, Part(at, word.clause, length=word.clock)
    return 1, None


def _bounded(words: Sequence[Word], at: int) -> tuple[int, Part | None]:
    """Read "til kl. 12", "fra 10", "fra kl. 10 til 14", "12 til 16", "efter frokost"."""
    word = words[at]
    if word.clock is not None and _text(words, at + 1) in UNTIL:
        length, end = _moment(words, at + 2)
        sensible = end is not None and word.clock < end
        return 2 + length, Part(at, word.clause, minutes(word.clock, end or 0)) if sensible else None
    length, moment = _moment(words, at + 1) if word.text in UNTIL | SINCE else (0, None)
    if moment is None:
        return 1, None
    if word.text in UNTIL:
        return 1 + length, Part(at, word.clause, minutes(0, moment))
    after = at + 1 + length
    more, end = _moment(words, after + 1) if _text(words, after) in UNTIL else (0, None)
    if end is not None and end > moment:
        return 2 + length + more, Part(at, word.clause, minutes(moment, end))
    return 1 + length, Part(at, word.clause, minutes(moment, MINUTES_A_DAY))


def _between(words: Sequence[Word], at: int) -> tuple[int, Part | None]:
    """Read "mellem 9 og 12"."""
    if words[at].text not in BETWEEN:
        return 1, None
    length, start = _moment(words, at + 1)
    and_at = at + 1 + length
    more, end = _moment(words, and_at + 1)
    if start is None or end is None or _text(words, and_at) not in {"og", "and"} or start >= end:
        return 1, None
    return 2 + length + more, Part(at, words[at].clause, minutes(start, end))


def _moment(words: Sequence[Word], at: int) -> tuple[int, int | None]:
    """Return how many words a time of day takes, and the time in minutes from midnight."""
    length = _event_before_a_clock(words, at)
    while _text(words, at + length) in CLOCK_WORDS:
        length += 1
    if _text(words, at + length) in NOON_WORDS:
        return length + 1, NOON
    clock = words[at + length].clock if at + length < len(words) else None
    after = _text(words, at + length + 1)
    if clock is not None and after in {"am", "pm"}:
        return length + 2, clock + (NOON if after == "pm" and clock < NOON else 0)
    return length + 1, clock


def _event_before_a_clock(words: Sequence[Word], at: int) -> int:
    """Return how many words name an event before its time: "til personalemødet kl. 14"."""
    named = (n for n in (1, 2) if _text(words, at + n) in {"kl", "klokken"})
    return next(named, 0) if _text(words, at).isalpha() and _text(words, at) not in CLOCK_WORDS else 0


def _half_day(*, morning: bool) -> int:
    return minutes(0, NOON) if morning else minutes(NOON, MINUTES_A_DAY)


def _text(words: Sequence[Word], at: int) -> str:
    return words[at].text if at < len(words) else ""
