"""Being away, being elsewhere, and the plain desk work that one may well do at home."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot import vocabulary as v
from bot.model import Absence
from bot.names import Owner
from bot.reading.context import has_any, is_somebody_else, is_withdrawn, with_verb, words_after, words_before
from bot.words import Word


def absence_in(words: Sequence[Word], owner: Owner) -> tuple[Absence, int] | None:
    """Return the kind of absence and the word that says so."""
    found = _absence_word(words)
    if found is None or has_any(words, v.AWAY_TOPIC) or is_withdrawn(words, found[1], found[1] + 1):
        return None
    kind, at = found
    before = [word.text for word in words_before(words, at, 2)]
    spoken_of = has_any(words[:at], v.ABOUT) or bool(set(before) & v.NOT)
    back = (bool(before) and before[-1] in v.BACK_FROM) or any(word.text == "hjem" for word in words)
    if spoken_of or back:
        return None
    return None if is_somebody_else(words, with_verb(words, at), at + 1, owner) else (kind, at)


def _absence_word(words: Sequence[Word]) -> tuple[Absence, int] | None:
    for at, word in enumerate(words):
        if word.text in v.CHILD_SICK_DAY or (word.text in v.SICK and has_any(words, v.CHILD)):
            # Policies speak of the first and the second day; a later one is leave like any other.
            return Absence.LEAVE if _is_a_later_day(words) else Absence.CHILD_ILLNESS, at
    for at, word in enumerate(words):
        for texts, kind in v.ABSENCE:
            if word.text in texts:
                return kind, at
        if word.text.startswith("afspads") and not word.text.endswith(("saldo", "regnskab", "regler")):
            return Absence.TIME_OFF, at
        if _is_time_off(words, at):
            return Absence.TIME_OFF, at
    return None


def _is_a_later_day(words: Sequence[Word]) -> bool:
    """Whether a third day or a later one is named: "barns 3. sygedag"."""
    return any(
        word.text in v.LATER and after.text.endswith(("dag", "day")) for word, after in pairwise(words)
    )


def _is_time_off(words: Sequence[Word], at: int) -> bool:
    """Whether it is the word "fri" in the sense of a day off."""
    if words[at].text not in {"fri", "off", "frihed"} or has_any(
        words_before(words, at, 2), v.NOT_ONE_S_OWN_TIME_OFF
    ):
        return False
    after = words_after(words, at + 1, 1)
    if after and after[0].text in v.NOT_TIME_OFF_AFTER:
        return False
    before = words_before(words, at, 1)
    return not before or before[0].text in v.TIME_OFF_VERBS or before[0].capital


def is_elsewhere(words: Sequence[Word], owner: Owner) -> bool:
    """Whether a course, a trip and the like is the owner's, held somewhere, and not only planned."""
    at = next((n for n, word in enumerate(words) if _is_away_word(words, n)), None)
    if (
        at is None
        or any(is_online(word) for word in words)
        or has_any(words, v.NOT_THERE_YET)
        or has_any(words, v.WITHDRAWN)
        or (at > 0 and words[at - 1].text in v.BACK_FROM)
    ):
        return False
    return not is_somebody_else(words, at, at + 1, owner) and not has_any(
        words_before(words, at, 2), v.NOT | v.ABOUT
    )


def is_online(word: Word) -> bool:
    """Whether the word is of something held online."""
    return word.text in v.ONLINE or word.text.startswith(v.ONLINE_BEGINNINGS)


def _is_away_word(words: Sequence[Word], at: int) -> bool:
    """Whether it is a course, a trip and the like, or begins "works in Slagelse"."""
    text = words[at].text
    works_in = text == "arbejder" and has_place(words, at + 1)
    return text in v.ELSEWHERE or text.endswith(v.ELSEWHERE_ENDINGS) or works_in


def has_place(words: Sequence[Word], at: int) -> bool:
    """Whether "in", "from" or "to" and a name with a capital stand there."""
    preposition = words[at].text if at < len(words) else ""
    return preposition in {"i", "fra", "til", "hos", "på"} and at + 1 < len(words) and words[at + 1].capital


def is_desk_work(words: Sequence[Word]) -> bool:
    """Whether nothing but plain desk work is named."""
    if words and words[0].text in v.DESK_VERBS:
        return True
    return all(
        word.text in v.DESK_WORK or word.text in v.FILLERS or word.text.endswith(v.DESK_ENDINGS)
        for word in words
        if word.clock is None and word.hours is None
    )


def is_outing(words: Sequence[Word]) -> bool:
    """Whether a place, trip, event or visit is named."""
    if has_any(words, v.ELSEWHERE) or has_any(words, v.ELSEWHERE_FREE_BUSY) or has_any(words, v.OFFICE):
        return True
    return any(word.text.endswith("besøg") or has_place(words, n) for n, word in enumerate(words))
