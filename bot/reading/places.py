"""The place of an entry: the owner's home, online, somewhere one goes, or nothing that one can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot import vocabulary as v
from bot.days import working_minutes
from bot.names import Owner
from bot.reading import read
from bot.reading.away import is_online
from bot.reading.context import has_any
from bot.words import clean, normalise, split

_PHONE_OR_ADDRESS = re.compile(r"(\d\D?){8}|@|://")


class Place(StrEnum):
    """What a location is. UNSAID: a telephone, a link, a doubt, or that none is known yet."""

    HOME = "home"
    ONLINE = "online"
    SOMEWHERE = "somewhere"
    UNSAID = "unsaid"


@dataclass(slots=True)
class Places:
    """Reads the locations in one calendar; the same room comes back in many entries and is read once."""

    owner: Owner
    own_words: frozenset[str] = frozenset()
    _known: dict[str, Place] = field(default_factory=dict)

    def are_home(self, places: Sequence[str], *, home_address: bool = False) -> bool:
        """Whether the home is what is named, and nothing but "online" beside it.

        ``home_address``: Outlook itself calls one of the places the home, but not which.
        """
        bodily = [kind for kind in map(self.kind, places) if kind is not Place.ONLINE]
        if home_address and len(bodily) <= 1:
            return True
        return set(bodily) == {Place.HOME}

    def are_away(self, places: Sequence[str]) -> bool:
        """Whether one has to leave home to be there: a place is named, and neither home nor online is."""
        kinds = set(map(self.kind, places))
        return Place.SOMEWHERE in kinds and kinds <= {Place.SOMEWHERE, Place.UNSAID}

    def name_owner(self, places: Sequence[str]) -> bool:
        """Whether the owner's name is in one of them: "Hjemme hos Anna"."""
        return any(self.owner.is_named(word) for place in places for word in split(clean(place)))

    def kind(self, place: str) -> Place:
        """Return what one location is."""
        if place not in self._known:
            self._known[place] = self._read(place)
        return self._known[place]

    def _read(self, place: str) -> Place:
        if is_online_place(place):
            return Place.ONLINE
        words = split(clean(place))
        said = read(place, self.owner, working_minutes(self.owner.person.work_hours), self.own_words)
        if said.doubt or not words or has_any(words, v.DOUBTFUL):
            return Place.UNSAID
        if said.home or normalise(place) in v.HOME_PLACES:
            return Place.HOME
        nowhere = has_any(words, v.NO_PLACE) or _PHONE_OR_ADDRESS.search(place)
        return Place.UNSAID if nowhere else Place.SOMEWHERE


def is_online_place(place: str) -> bool:
    """Whether a location is one where nobody goes: Microsoft Teams-møde."""
    return any(is_online(word) and word.text not in v.HOME_WORDS for word in split(clean(place)))
