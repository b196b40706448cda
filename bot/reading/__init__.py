"""A subject or a place in words → what it says of where its owner works.

The home word alone says little: who is at home, whether it is so, or only spoken of, stands beside it.
What cannot be told apart stays silent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from bot import vocabulary as v
from bot.hours import part_of_day
from bot.model import Absence
from bot.names import Owner
from bot.reading.away import absence_in, is_desk_work, is_elsewhere, is_outing
from bot.reading.context import Saying, has_any, is_doubtful, what_it_says
from bot.reading.home_words import home_words
from bot.words import Word, clean, split

# Nothing is worth a closer look without one of these; nearly all entries stop here.
_WORTH_A_LOOK = re.compile(
    r"h[jme]{2,}|hj|h j e|arbejder|\bH[AO]\b|w\.?f\.?h|home|remote|tele|distan|fjern|bopæl|privat|🏠|🏡"
    r"|kontor|hus|fri|off"
    r"|fer[ie]|syg|sick|ill|barn|børn|orlov|barsel|omsorg|senior|afsp|flex|fleks|leave|holiday|vacation|pto"
    r"|kurs|konfer|semin|messe|studie|rejse|trip|internat|møde|kongres|ekskur|besøg|uddan|eksam|course|training"
    r"|fag|netværk|undervis|🤒|🤧|😷|🏖|🌴|⛱|sengel|influenz|migræ|fair|congress|tjenestefri|aternity",
    re.IGNORECASE,
)

DIGITS_OF_A_PHONE = 8
MOST_HOME_WORDS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cleaned text says of its owner. Minutes are sets of minutes of the day, the whole day where no
    part is named.

    ``denied``: it says that a home day is off.
    """

    text: str = ""
    known_words: tuple[Word, ...] = ()
    home: int = 0
    denied: bool = False
    doubt: bool = False
    absence: Absence | None = None
    absent: int = 0
    elsewhere: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the text. Of most entries nobody asks, so those are split only then."""
        return self.known_words or split(self.text)

    @property
    def desk_work(self) -> bool:
        """Whether nothing but plain desk work is named, or nothing at all."""
        return is_desk_work(self.words)

    @property
    def outing(self) -> bool:
        """Whether a place, trip, event or visit is named."""
        return is_outing(self.words)

    @property
    def reachable(self) -> bool:
        """Whether it says how to be reached: a telephone number, Teams, "ring"."""
        return _is_reachable(self.words)

    @property
    def first_person(self) -> bool:
        """Whether its writer speaks as "jeg"."""
        return has_any(self.words, v.FIRST_PERSON)


def read(
    text: str,
    owner: Owner,
    hours: int,
    own_words: frozenset[str] = frozenset(),
    weekday: int | None = None,
) -> Reading:
    """Read a text. ``hours`` are the working hours as minutes; ``own_words`` the organisation's,
    normalised.
    """
    cleaned = clean(text)
    if not (_WORTH_A_LOOK.search(cleaned) or _has_own_word(cleaned, own_words)):
        return Reading(cleaned, doubt="?" in cleaned)
    words = split(cleaned)
    found = islice(home_words(words, own_words, owner), MOST_HOME_WORDS)
    sayings = [(home, what_it_says(words, home, owner, weekday)) for home in found]
    at_home = [home for home, saying in sayings if saying is Saying.HOME]
    absence = absence_in(words, owner)
    return Reading(
        cleaned,
        words,
        home=part_of_day(words, at_home[0].start, hours) if at_home else 0,
        denied=not at_home and any(saying is Saying.DENIED for _, saying in sayings),
        doubt=is_doubtful(words, at_home[0].start if at_home else 0),
        absence=absence[0] if absence else None,
        absent=part_of_day(words, absence[1], hours) if absence else 0,
        elsewhere=is_elsewhere(words, owner),
    )


def _has_own_word(text: str, own_words: frozenset[str]) -> bool:
    return bool(own_words) and has_any(split(text), own_words)


def _is_reachable(words: Sequence[Word]) -> bool:
    numbers = "".join(word.text if word.text.isdigit() else " " for word in words).split()
    return has_any(words, v.REACHABLE) or any(len(number) == DIGITS_OF_A_PHONE for number in numbers)
