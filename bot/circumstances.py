"""What else the home marks of a day say that a rule asks for: outside hours, shown as away, ill, private."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model import Absence, Circumstance, FreeBusy, Kind
from bot.tally import Taken, Tally

ILLNESSES = {
    Absence.ILLNESS: Circumstance.DURING_ILLNESS,
    Absence.CHILD_ILLNESS: Circumstance.DURING_CHILD_ILLNESS,
}


def circumstances_of(tally: Tally, work: int, hours: int) -> Iterator[Circumstance]:
    """Yield what the home marks of a date say.

    ``work`` are the person's working hours, ``hours`` those of this date: none on a day that is not to be
    worked.
    """
    marks = [one for one in home_marks(tally) if one.event]
    if any(one.outside_hours for one in marks):
        yield Circumstance.OUTSIDE_HOURS
    if any(_is_shown_away(one, tally, work) for one in marks):
        yield Circumstance.SHOWN_AWAY
    if any(one.event and one.event.private for one in marks):
        yield Circumstance.MARKED_PRIVATELY
    for absence, circumstance in ILLNESSES.items():
        if tally.home & hours & tally.absent_by(absence):
            yield circumstance


def home_marks(tally: Tally) -> list[Taken]:
    """Return the certain home marks of which something is left when it is said that a day is off."""
    return [
        one for one in tally.taken if one.mark.kind is Kind.HOME and one.minutes & ~tally.of(Kind.ON_SITE)
    ]


def _is_shown_away(one: Taken, tally: Tally, work: int) -> bool:
    """Whether an entry marks the whole day as home and shows "out of office" for no other reason."""
    if one.event is None or one.event.free_busy is not FreeBusy.OUT_OF_OFFICE or work & ~one.minutes:
        return False
    return not any(other.event is one.event and other.mark.kind is Kind.ABSENT for other in tally.taken)
