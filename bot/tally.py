"""The marks of one date, gathered entry by entry, and the minutes of it that they take together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from bot.days import share
from bot.entries import Mark
from bot.model import HALF_A_DAY, Absence, Event, Kind


@dataclass(frozen=True, slots=True)
class Taken:
    """The minutes that one mark takes of a date.

    ``event`` is the entry it comes from; a stretch of the work plan has none. ``outside_hours``: the mark
    names a time, and nothing of it, on any date, is within the working hours.
    """

    mark: Mark
    minutes: int
    event: Event | None = None
    outside_hours: bool = False


@dataclass(slots=True)
class Tally:
    """What is marked on one date, added up for each kind; out of office without words is apart."""

    taken: list[Taken] = field(default_factory=list)
    minutes: dict[Kind, int] = field(default_factory=dict)
    unsaid: int = 0

    def add(self, one: Taken) -> None:
        """Add what a mark takes."""
        self.taken.append(one)
        if one.mark.absence is Absence.UNSAID:
            self.unsaid |= one.minutes
        else:
            self.minutes[one.mark.kind] = self.of(one.mark.kind) | one.minutes

    def of(self, kind: Kind) -> int:
        """Return what the marks of one kind take, whatever others say."""
        return self.minutes.get(kind, 0)

    @property
    def marked_home(self) -> int:
        """What is marked as home without a doubt and not said to be off, whatever else it is taken by."""
        return self.of(Kind.HOME) & ~self.of(Kind.ON_SITE)

    @property
    def home(self) -> int:
        """What is marked as home and not spent elsewhere; absence is not yet taken out."""
        return self.marked_home & ~self.of(Kind.ELSEWHERE)

    @property
    def tentative(self) -> int:
        """What is perhaps at home."""
        return self.of(Kind.TENTATIVE) & ~self.home & ~self.of(Kind.ELSEWHERE) & ~self.of(Kind.ON_SITE)

    def absent(self, hours: int) -> int:
        """Return what is absence; out of office without words only where it is half of ``hours`` or more."""
        said = self.of(Kind.ABSENT)
        return said | self.unsaid if not hours or share(said | self.unsaid, hours) >= HALF_A_DAY else said

    def absent_by(self, absence: Absence) -> int:
        """Return what is without a doubt absence of one kind."""
        certain = (one for one in self.taken if one.mark.absence is absence and not one.mark.weak)
        return reduce(or_, (one.minutes for one in certain), 0)
