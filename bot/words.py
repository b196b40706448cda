"""A line of text → words, with what their spelling tells: capitals, clauses, clock times.

Everything here is linear in the length of the text: one pass to clean it, one to split it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

LONGEST = 400
FEWEST_SPACED = 4

Phrases = Mapping[str, Sequence[list[str]]]
"""Phrases by their first word, the longest first."""

# A word, a stretch of hours, a clock time or number, a half, a question mark or one of the signs people use.
_TOKEN = re.compile(
    r"(?P<hours>(?<![\d/])(?<!\d\.)(?:\d{1,2}(?:[:.]\d{2})?\s?[-–]\s?\d{1,2}(?:[:.]\d{2})?|\d{4}[-–]\d{4})"
    r"(?![\d/]|\.\d))"
    r"|(?P<half>1[/⁄]2|0[.,]5(?=\s?dag)|50\s?%)"
    r"|(?P<time>\d{1,2}[:.]\d{2}(?!\d))"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[?🏠🏡💻🤒🤧😷🏖🌴⛱])"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?|(\d{2})(\d{2})")
_ABBREVIATIONS = frozenset("tlf evt inkl vedr hjem arb nr".split())
_CLAUSE = re.compile(r"[,;:/+&|()\[\]–—=]|\s-|-\s")


@dataclass(frozen=True, slots=True)
class Word:
    """One word in lower case. ``clause`` counts the stretches between commas, brackets, dashes and the like.

    ``glued``: a bracket follows without a space, as in HA(jur.). ``hours`` is a stretch in minutes from
    midnight, such as (480, 720) for 8-12; ``clock`` one time of day.
    """

    text: str
    clause: int
    capital: bool = False
    upper: bool = False
    glued: bool = False
    hours: tuple[int, int] | None = None
    clock: int | None = None


def clean(text: str) -> str:
    """Return the text in composed form, without invisible characters, and cut if it is very long."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST])
    if not composed.isprintable():
        composed = "".join(map(_visible, composed))
    return composed.strip()


def normalise(text: str) -> str:
    """Return the cleaned text in lower case."""
    return clean(text).casefold()


def split(text: str) -> tuple[Word, ...]:
    """Return the words of a cleaned text, in order. L e t t e r s  s p a c e d  o u t make one word."""
    words: list[Word] = []
    for spaced, run in groupby(_words(text), lambda word: len(word.text) == 1 and word.text.isalpha()):
        letters = list(run)
        if spaced and len(letters) >= FEWEST_SPACED:
            words.append(replace(letters[0], text="".join(letter.text for letter in letters), upper=True))
        else:
            words += letters
    return tuple(words)


def phrase_at(words: Sequence[Word], at: int, phrases: Phrases) -> int:
    """Return how many words the longest of the phrases that stands there takes; 0 where none does."""
    for phrase in phrases.get(words[at].text, ()):
        if [word.text for word in words[at : at + len(phrase)]] == phrase:
            return len(phrase)
    return 0


def _words(text: str) -> Iterator[Word]:
    clause, end, before = 0, 0, ""
    for match in _TOKEN.finditer(text):
        if _CLAUSE.search(text, end, match.start()) or _new_sentence(
            text[end : match.start()], before, match
        ):
            clause += 1
        end, before = match.end(), match.group().casefold()
        yield _word(match, clause)


def _new_sentence(between: str, before: str, match: re.Match[str]) -> bool:
    ends = between.startswith(". ") and len(before) > 2 and before not in _ABBREVIATIONS
    return ends and match.group()[0].isupper()


def _word(match: re.Match[str], clause: int) -> Word:
    raw = match.group()
    if match.lastgroup == "hours":
        start, end = (_minutes(part) for part in re.split("[-–]", raw))
        sensible = start is not None and end is not None and start < end
        return Word(raw, clause, hours=(start, end) if sensible else None)  # type: ignore[arg-type]
    if match.lastgroup in {"time", "number"}:
        return Word(raw, clause, clock=_minutes(raw))
    capital = raw[0].isupper()
    glued = match.string.startswith("(", match.end())
    return Word(raw.casefold(), clause, capital, upper=len(raw) > 1 and raw.isupper(), glued=glued)


def _minutes(text: str) -> int | None:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"} else character
