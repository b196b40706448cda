"""What stands beside a home word: whether it is so, only spoken of, called off, or somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from bot import vocabulary as v
from bot.hours import is_of_time
from bot.names import Owner
from bot.reading.home_words import HomeWord
from bot.words import Word, phrase_at

INITIALS = range(2, 4)


class Saying(StrEnum):
    """What a home word comes to where it stands."""

    HOME = "home"
    DENIED = "denied"
    NOTHING = "nothing"


def what_it_says(words: Sequence[Word], home: HomeWord, owner: Owner, weekday: int | None) -> Saying:
    """Return what the home word comes to. ``weekday`` is the entry's, where it lies within one date."""
    start = with_verb(words, home.start)
    if _is_negated(words, start, home.end) or is_withdrawn(words, start, home.end):
        return Saying.DENIED
    speaks_of_something_else = (
        _is_about(words, home, start, owner)
        or _is_a_visit(words, start, home.end, owner)
        or _is_a_journey(words, home, start)
        or _is_another_day(words, home, weekday)
        or is_somebody_else(words, start, home.end, owner, by_initials=True)
    )
    return Saying.NOTHING if speaks_of_something_else else Saying.HOME


def with_verb(words: Sequence[Word], start: int) -> int:
    """Return where the phrase begins, its verb taken in: "arbejder hjemme"."""
    while start > 0 and words[start - 1].text in v.VERBS and words[start - 1].clause == words[start].clause:
        start -= 1
    return start


def words_before(words: Sequence[Word], start: int, most: int) -> Sequence[Word]:
    """Return up to ``most`` words right before, of the same clause."""
    return [word for word in words[max(0, start - most) : start] if word.clause == words[start].clause]


def words_after(words: Sequence[Word], end: int, most: int) -> Sequence[Word]:
    """Return up to ``most`` words right after, of the same clause."""
    return [word for word in words[end : end + most] if word.clause == words[end - 1].clause]


def has_any(words: Sequence[Word], texts: frozenset[str]) -> bool:
    """Whether one of the texts is among the words."""
    return any(word.text in texts for word in words)


def _is_negated(words: Sequence[Word], start: int, end: int) -> bool:
    if has_any(words_before(words, start, 2), v.NOT) or has_any(words_before(words, start, 3), v.INSTEAD):
        return True
    after = [word.text for word in words_after(words, end, 4)]
    at = next((n for n, text in enumerate(after) if text in v.NOT), None)
    if at is None:
        return has_any(words[start:end], v.NOT)
    follows = after[at + 1 : at + 2]
    return not follows or follows[0] in {"alligevel", "muligt", "mulig", "i", "today", "denne", "possible"}


def is_withdrawn(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether it is called off or moved: beside the words, or at the beginning of a neighbouring clause."""
    withdrawn = [
        n
        for n, word in enumerate(words)
        if word.text in v.WITHDRAWN
        and not (n + 1 < len(words) and words[n + 1].text in {"fra", "from", "hertil"})
    ]
    clause = words[start].clause
    beside = [n for n in withdrawn if words[n].clause == clause and start - 2 <= n < end + 4]
    neighbours = {clause - 1, clause + 1}
    return bool(beside) or any(words[n].clause in neighbours and begins_clause(words, n) for n in withdrawn)


def begins_clause(words: Sequence[Word], at: int) -> bool:
    """Whether the word is the first of its clause."""
    return at == 0 or words[at - 1].clause != words[at].clause


def _is_about(words: Sequence[Word], home: HomeWord, start: int, owner: Owner) -> bool:
    """Whether home work is the matter of the entry rather than what its owner does."""
    spoken_of = words[:start] if not home.states else words_before(words, start, 2)
    if has_any(spoken_of, v.ABOUT):
        return True
    if not _may_precede(words, start, owner):
        return True
    if home.states:
        return False
    topical = any(_is_topic(words, n) for n in range(len(words)) if not _is_what_one_does(words, n, home))
    announced = any(
        word.text in v.TOPIC_BEFORE or word.text.endswith(v.TOPIC_ENDINGS) for word in words[:start]
    ) or any(
        word.upper and word.text in v.COMMITTEES  # MED is a committee, "med" is a preposition
        for n, word in enumerate(words)
        if n < start or word.clause <= words[home.start].clause + 1
    )
    rest = has_any(words, v.REST)
    return topical or (announced and not rest)


def _is_what_one_does(words: Sequence[Word], at: int, home: HomeWord) -> bool:
    """Whether the word is in a later clause that begins with the work one does: "…, skriver på
    politikken".
    """
    first = next(word for word in words if word.clause == words[at].clause)
    return words[at].clause > words[home.start].clause and first.text in v.DESK_VERBS


def _is_topic(words: Sequence[Word], at: int) -> bool:
    text = words[at].text
    named = text in v.TOPIC or text.endswith(v.ABOUT_ENDINGS) or text.startswith("drøft")
    return named and not (at > 0 and words[at - 1].text in v.ACCORDING_TO)


_SMALL_WORDS = (
    v.BEFORE_HOME_WORK | v.EVERYBODY | v.DESK_WORK | v.DESK_VERBS | v.FILLERS | v.DOUBTFUL | v.SPEAKS_TO
) | (v.WITHDRAWN | v.NOT | v.INSTEAD | v.OFFICE | v.VERBS)


def _may_precede(words: Sequence[Word], start: int, owner: Owner) -> bool:
    """Whether a home word is still a mark with what stands before it in its clause."""
    clause = [word for word in words[:start] if word.clause == words[start].clause]
    if clause and clause[0].text in v.DESK_VERBS:
        return True
    return all(
        is_of_time(word)
        or len(word.text) == 1
        or word.text in _SMALL_WORDS
        or word.text.endswith(v.DESK_ENDINGS)
        or word.text.startswith(v.ONLINE_BEGINNINGS)
        or owner.is_named(word)
        or owner.is_another(word)
        for word in clause
    )


def _is_another_day(words: Sequence[Word], home: HomeWord, weekday: int | None) -> bool:
    """Whether the home day it speaks of is another than the entry's; ``weekday`` None: one cannot tell."""
    after = [word.text for word in words_after(words, home.end, 3)]
    if set(after) & v.OTHER_DAYS or ("i", "morgen") in pairwise(after):
        return True
    named = {n for n in range(7) if _speaks_of_weekday(words, home, v.WEEKDAYS[n])}
    return weekday is not None and bool(named) and weekday not in named


def _speaks_of_weekday(words: Sequence[Word], home: HomeWord, names: frozenset[str]) -> bool:
    """Whether a weekday stands in the home word's clause, or by itself in the next."""
    clause = words[home.start].clause
    for n, word in enumerate(words):
        if word.text not in names or (n > 0 and words[n - 1].text in {"fra", "for", "from"}):
            continue
        alone = all(is_of_time(one) or one is word for one in words if one.clause == word.clause)
        if word.clause == clause or (word.clause == clause + 1 and alone):
            return True
    return False


def _is_a_visit(words: Sequence[Word], start: int, end: int, owner: Owner) -> bool:
    after = words_after(words, end, 2)
    hosted = len(after) > 1 and after[0].text in v.HOSTED
    elsewhere = hosted and after[1].text not in v.OWN_PLACE and not owner.is_named(after[1])
    before = words[:start]
    return elsewhere or has_any(before, v.VISIT) or has_any(before, v.PRIVATE_LIFE)


def _is_a_journey(words: Sequence[Word], home: HomeWord, start: int) -> bool:
    """Whether it tells of going from, or coming back, home: "kører hjemmefra kl. 7", "hjemme igen kl. 17"."""
    before = words_before(words, start, 2)
    if has_any(before, v.JOURNEY_BEFORE) and before[-1].text not in {"den", "det", "dagen"}:
        return True
    after = words_after(words, home.end, 3)
    if not after or not home.states:
        return False
    if after[0].text in v.JOURNEY_AFTER and start == home.start:
        timely = len(after) > 1 and after[0].text == "efter" and is_of_time(after[1])
        return not timely and not any(
            word.hours or word.text in {"til", "to"} for word in words_after(words, home.end, 4)
        )
    return after[0].text == "fra" and len(after) > 1 and after[1].clock is None and after[1].text not in _FROM


_FROM = frozenset("kl klokken morgenen middag frokost i start formiddag nu".split()) | v.ANY_WEEKDAY


def is_somebody_else(
    words: Sequence[Word], start: int, end: int, owner: Owner, *, by_initials: bool = False
) -> bool:
    """Whether the home day is another person's. The owner's own name, "jeg" or "alle" make it the owner's
    too.
    """
    clause = words[start].clause
    before = [word for word in words[:start] if word.clause == clause]
    after = [word for word in words[end:] if word.clause == clause]
    if has_any(before, v.OTHERS):
        return True
    if any(owner.is_named(word) or word.text in v.EVERYBODY for word in before):
        return False
    named = [n for n, _ in enumerate(before) if _names_another(before, n, owner)]
    if any(n == 0 or before[n - 1].text not in v.SPEAKS_TO for n in named):
        return True
    if by_initials and before and not _is_shouted(words) and _may_be_initials(before[-1]):
        return True
    beside = {0, clause - 1, clause + 1} - {clause}
    lists = [[word for word in words if word.clause == other] for other in beside]
    return any(_is_list_of_others(names, owner) for names in [after, *lists])


def _is_shouted(words: Sequence[Word]) -> bool:
    """Whether all is written in capitals, so that these tell nothing."""
    return all(word.upper for word in words if len(word.text) > 1 and word.text.isalpha())


def _names_another(words: Sequence[Word], at: int, owner: Owner) -> bool:
    word = words[at]
    after_initial = at > 0 and len(words[at - 1].text) == 1 and words[at - 1].capital
    return (
        owner.is_another(word)
        or word.text in v.SOMEBODY
        or (after_initial and word.capital and owner.known.has_family(word.text))
    )


def _may_be_initials(word: Word) -> bool:
    """Whether a word right before a home word looks like somebody's initials."""
    return word.upper and len(word.text) in INITIALS and word.text not in v.NO_INITIALS


def _is_list_of_others(words: Sequence[Word], owner: Owner) -> bool:
    """Whether the words are names and nothing else, none of them the owner's."""
    named = [word for word in words if owner.is_another(word)]
    listed = all(
        owner.is_another(word)
        or word.text in {"og", "and", "samt"}
        or is_of_time(word)
        or owner.known.has_family(word.text)
        for word in words
    )
    return bool(named) and words[0] is named[0] and listed and not any(owner.is_named(word) for word in words)


def is_doubtful(words: Sequence[Word], at: int) -> bool:
    """Whether a doubt stands with the word at ``at``: in its clause, or at the beginning of another."""
    doubts = [
        n for n, word in enumerate(words) if word.text in v.DOUBTFUL or phrase_at(words, n, v.DOUBT_PHRASES)
    ]
    return any(
        words[n].clause == words[at].clause
        or begins_clause(words, n)
        or _is_all_small(words, words[n].clause)
        for n in doubts
    )


def _is_all_small(words: Sequence[Word], clause: int) -> bool:
    return all(word.text in _SMALL_WORDS for word in words if word.clause == clause)
