"""One entry → what it says of where its owner works.

Sources, strongest first: category, work plan, subject or location in words, free/busy that nothing
contradicts. Where an entry leaves a doubt it is tentative; where it says nothing of home it says nothing.
A false alarm is worse than a miss.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.days import WHOLE_DAY, working_minutes
from bot.model import Absence, Event, Evidence, FreeBusy, Kind, Organisation, Response
from bot.names import Owner
from bot.reading import Reading, read
from bot.reading.places import Places, is_online_place
from bot.vocabulary import is_home_category
from bot.words import normalise

UNANSWERED = frozenset({Response.DECLINED, Response.NOT_RESPONDED})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The organisation's own names for home work, normalised."""

    categories: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, organisation: Organisation) -> Vocabulary:
        return cls(
            frozenset(map(normalise, organisation.home_categories)),
            frozenset(map(normalise, organisation.home_words)),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """What one entry says: home, perhaps home, absent or elsewhere, and on what it rests.

    ON_SITE says that a home day is off. ``minutes`` is the part of the day that the words name. ``weak``:
    enough for the day, and too little to say more of it: an absence in doubt, or something else than desk
    work of which the home is but the place.
    """

    kind: Kind
    evidence: frozenset[Evidence]
    minutes: int = WHOLE_DAY
    absence: Absence | None = None
    reachable: bool = False
    series: str | None = None
    weak: bool = False


def judge(
    event: Event, owner: Owner, vocabulary: Vocabulary, places: Places | None = None
) -> tuple[Mark, ...]:
    """Return what the entry says of its owner; nothing for most entries.

    Two marks where it says both: a child is sick, and the owner works at home. An invitation to work at
    home counts only when it comes from the leader and is accepted, and the absence it speaks of is not
    the owner's. ``places`` is the reader of the calendar's places, for who has many entries to judge.
    """
    if event.cancelled or event.response in UNANSWERED:
        return ()
    hours, weekday = working_minutes(owner.person.work_hours), _weekday(event)
    subject = read(event.subject, owner, hours, vocabulary.words, weekday)
    if not event.own and (event.organizer != owner.leader or subject.first_person):
        return tuple(_elsewhere_marks(event, subject))
    marks = [*_home_marks(event, subject, vocabulary, places or Places(owner, vocabulary.words))]
    if subject.absence and event.own:
        marks.append(_absence_mark(event, subject))
    return tuple(marks or _elsewhere_marks(event, subject) or _free_busy_marks(event, subject))


def _weekday(event: Event) -> int | None:
    """Return the weekday of an entry within one date, as ``date.weekday()`` does."""
    first = event.start.date()
    within = event.end.date() == first or (event.end - timedelta(microseconds=1)).date() <= first
    return first.weekday() if within else None


def _home_marks(event: Event, subject: Reading, vocabulary: Vocabulary, places: Places) -> Iterator[Mark]:
    by_category = is_home_category(event.categories, vocabulary.categories)
    evidence = {
        Evidence.CATEGORY: by_category,
        Evidence.SUBJECT: bool(subject.home),
        Evidence.LOCATION: places.are_home(event.locations, home_address=event.home_address),
    }
    found = frozenset(source for source, holds in evidence.items() if holds)
    if found and event.free_busy is FreeBusy.WORKING_ELSEWHERE:
        found |= {Evidence.FREE_BUSY}
    if found == {Evidence.SUBJECT} and _is_held_somewhere(event):
        return
    if not found:
        if subject.denied and event.own:
            yield Mark(Kind.ON_SITE, frozenset({Evidence.SUBJECT}))
        return
    if subject.denied:
        found |= {Evidence.SUBJECT}
    doubtful = _is_doubtful(event, subject) or subject.denied
    yield Mark(
        Kind.TENTATIVE if doubtful else Kind.HOME,
        found,
        minutes=subject.home or WHOLE_DAY,
        reachable=subject.reachable,
        series=event.series,
        weak=Evidence.CATEGORY not in found and not subject.home and not subject.desk_work,
    )


def _is_doubtful(event: Event, subject: Reading) -> bool:
    return subject.doubt or event.free_busy is FreeBusy.TENTATIVE or event.response is Response.TENTATIVE


def _is_held_somewhere(event: Event) -> bool:
    """Whether others are invited to a place: a meeting on home work, then, rather than a day of it."""
    places = [place for place in event.locations if not is_online_place(place)]
    return bool(event.attendees and places and not event.all_day)


def _absence_mark(event: Event, subject: Reading) -> Mark:
    out = event.free_busy is FreeBusy.OUT_OF_OFFICE
    evidence = frozenset({Evidence.SUBJECT} | ({Evidence.FREE_BUSY} if out else set()))
    return Mark(
        Kind.ABSENT,
        evidence,
        minutes=subject.absent,
        absence=subject.absence,
        weak=_is_doubtful(event, subject),
    )


def _elsewhere_marks(event: Event, subject: Reading) -> list[Mark]:
    """Read an entry, an accepted invitation too, for a course, a conference, a trip."""
    if not subject.elsewhere or event.online:
        return []
    doubtful = subject.doubt or event.response is Response.TENTATIVE
    return [] if doubtful else [Mark(Kind.ELSEWHERE, frozenset({Evidence.SUBJECT}))]


def _free_busy_marks(event: Event, subject: Reading) -> Iterator[Mark]:
    """Read an entry whose words say nothing: away, at home, elsewhere, or one cannot tell."""
    evidence = frozenset({Evidence.FREE_BUSY})
    if subject.denied:
        return
    if event.free_busy is FreeBusy.OUT_OF_OFFICE:
        yield Mark(Kind.ABSENT, evidence, absence=Absence.UNSAID)
    elif event.free_busy is FreeBusy.WORKING_ELSEWHERE and event.own:
        yield Mark(_working_elsewhere(event, subject), evidence, series=event.series)


def _working_elsewhere(event: Event, subject: Reading) -> Kind:
    if subject.outing or event.locations or event.attendees:
        return Kind.ELSEWHERE
    return Kind.HOME if subject.desk_work and not subject.doubt else Kind.TENTATIVE
