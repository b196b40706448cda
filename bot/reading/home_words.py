"""Finding the words for working at home: spelt out, abbreviated, run together, signed or misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot import vocabulary as v
from bot.hours import is_of_time
from bot.names import Owner
from bot.words import Word, phrase_at

LONG_ENOUGH_TO_MISSPELL = 5
LONG_WORD = 9
BESIDE = v.DOUBTFUL | v.EVERYBODY | v.BESIDE_A_SIGN | v.DESK_WORK


@dataclass(frozen=True, slots=True)
class HomeWord:
    """A home word: where it begins and ends, and whether it says "I am at home" rather than naming home
    work.
    """

    start: int
    end: int
    states: bool


def home_words(words: Sequence[Word], own: frozenset[str], owner: Owner) -> Iterator[HomeWord]:
    at = 0
    while at < len(words):
        found = _home_word(words, at, own, owner)
        if found:
            yield found
        at = found.end if found else at + 1


def _home_word(words: Sequence[Word], at: int, own: frozenset[str], owner: Owner) -> HomeWord | None:
    text = words[at].text
    for phrases, states in ((v.AT_HOME_PHRASES, True), (v.HOME_WORK_PHRASES, False)):
        if length := phrase_at(words, at, phrases):
            return HomeWord(at, at + length, states)
    if text in v.AT_HOME or text in own or _says_so_alone(words, at, owner):
        return HomeWord(at, at + 1, states=True)
    if text in v.HOME_WORK or _is_home_compound(text):
        return HomeWord(at, at + 1, states=False)
    meant = _meant(text)
    return HomeWord(at, at + 1, states=meant in v.AT_HOME) if meant else None


def _says_so_alone(words: Sequence[Word], at: int, owner: Owner) -> bool:
    """Whether it is a sign or an abbreviation that nothing but time, names and desk work stands with."""
    word = words[at]
    abbreviated = (
        word.upper
        and not word.glued
        and word.text in v.ABBREVIATIONS
        and word.text not in owner.known.initials
    )
    if not abbreviated and word.text not in v.AT_HOME_ALONE:
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    last = len(words)
    if abbreviated and following and following.text in v.AFTER_AN_ABBREVIATION:
        last = at
    beside = [o for n, o in enumerate(words[:last]) if o.clause == word.clause and n != at]
    return all(
        is_of_time(other) or owner.is_named(other) or owner.is_another(other) or other.text in BESIDE
        for other in beside
    )


def _is_home_compound(text: str) -> bool:
    """Whether it is a day or a week of something done at home: hjemmeskrivedag, hjemmearbejdsfredag."""
    return text.startswith("hjemme") and text.endswith(("dag", "dage", "dagen")) and text != "hjemmebanedag"


@lru_cache(maxsize=4096)
def _meant(text: str) -> str | None:
    """Return the home word that a word is a slip of the finger away from, where that is safe to say."""
    if len(text) < LONG_ENOUGH_TO_MISSPELL or text in v.NOT_SPELLED_WRONG or text[0] not in "hjtd":
        return None
    for word in v.SPELLED_WRONG:
        slips = 2 if len(word) > LONG_WORD else 1
        if abs(len(word) - len(text)) <= slips and OSA.distance(word, text, score_cutoff=slips) <= slips:
            return word
    return None
