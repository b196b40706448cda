"""One entry → what it says of where its owner works; the entries of a day → the day.

Sources, strongest first: category, work plan, subject or location in words, free/busy that nothing
contradicts. Where an entry leaves a doubt it is tentative; where it says nothing of home it says nothing.
A false alarm is worse than a miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_

from bot.days import WHOLE_DAY, is_scheduled, share, spread, working_minutes
from bot.model import (
    HALF_A_DAY,
    Absence,
    Certainty,
    Day,
    Event,
    Evidence,
    FreeBusy,
    Kind,
    Organisation,
    Person,
    RemoteWork,
    Response,
    Window,
)
from bot.names import Owner
from bot.reading import Reading, is_online_place, read
from bot.vocabulary import is_home_category, is_home_place
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

    ON_SITE says that a home day is off. ``minutes`` is the part of the day that the words name.
    """

    kind: Kind
    evidence: frozenset[Evidence]
    minutes: int = WHOLE_DAY
    absence: Absence | None = None
    reachable: bool = False
    series: str | None = None


@dataclass(slots=True)
class _Tally:
    """The minutes and the marks of one date, gathered entry by entry."""

    minutes: dict[Kind, int] = field(default_factory=dict)
    unsaid: int = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, mark: Mark, taken: int) -> None:
        self.marks.append(mark)
        if mark.absence is Absence.UNSAID:
            self.unsaid |= taken
        else:
            self.minutes[mark.kind] = self.minutes.get(mark.kind, 0) | taken


def judge(event: Event, owner: Owner, vocabulary: Vocabulary) -> tuple[Mark, ...]:
    """Return what the entry says of its owner; nothing for most entries.

    Two marks where it says both: a child is sick, and the owner works at home. An invitation to work at
    home counts only when it comes from the leader and is accepted, and the absence it speaks of is not
    the owner's.
    """
    if event.cancelled or event.response in UNANSWERED:
        return ()
    hours, weekday = working_minutes(owner.person.work_hours), _weekday(event)
    subject = read(event.subject, owner, hours, vocabulary.words, weekday)
    if not event.own and (event.organizer != owner.leader or subject.first_person):
        return tuple(_elsewhere_marks(event, subject))
    marks = [*_home_marks(event, subject, owner, vocabulary)]
    if subject.absence and event.own:
        marks.append(_absence_mark(event, subject))
    return tuple(marks or _elsewhere_marks(event, subject) or _free_busy_marks(event, subject))


def read_days(
    owner: Owner,
    organisation: Organisation,
    events: Iterable[Event],
    window: Window,
    remote: Sequence[RemoteWork] = (),
) -> Mapping[date, Day]:
    """Return every day of the window for one person, in order of date.

    ``remote`` are the stretches that the owner's work plan gives as remote work.
    """
    vocabulary, person = Vocabulary.of(organisation), owner.person
    tallies: dict[date, _Tally] = {}
    for event in events:
        marks = judge(event, owner, vocabulary)
        for day, taken in spread(event, window) if marks else ():
            for mark in marks:
                part = taken & mark.minutes if event.all_day else taken
                tallies.setdefault(day, _Tally()).add(mark, part)
    for stretch in remote:
        for day, taken in spread(stretch, window):
            tallies.setdefault(day, _Tally()).add(WORK_PLAN, taken)
    return {
        day: _day(day, person, is_scheduled(person, organisation, day), tallies.get(day))
        for day in window.days()
    }


WORK_PLAN = Mark(Kind.HOME, frozenset({Evidence.WORK_PLAN}))


def _weekday(event: Event) -> int | None:
    """Return the weekday of an entry within one date, as ``date.weekday()`` does."""
    last = event.end - timedelta(microseconds=1)
    return event.start.weekday() if last.date() <= event.start.date() else None


def _home_marks(event: Event, subject: Reading, owner: Owner, vocabulary: Vocabulary) -> Iterator[Mark]:
    by_category = is_home_category(event.categories, vocabulary.categories)
    by_place = event.home_address or _is_at_home(event.locations, owner, vocabulary)
    evidence = {
        Evidence.CATEGORY: by_category,
        Evidence.SUBJECT: bool(subject.home),
        Evidence.LOCATION: by_place,
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
    doubtful = (
        subject.doubt
        or subject.denied
        or event.free_busy is FreeBusy.TENTATIVE
        or event.response is Response.TENTATIVE
    )
    yield Mark(
        Kind.TENTATIVE if doubtful else Kind.HOME,
        found,
        minutes=subject.home or WHOLE_DAY,
        reachable=subject.reachable,
        series=event.series,
    )


def _is_held_somewhere(event: Event) -> bool:
    """Whether others are invited to a place: a meeting on home work, then, rather than a day of it."""
    places = [place for place in event.locations if not is_online_place(place)]
    return bool(event.attendees and places and not event.all_day)


def _is_at_home(places: Sequence[str], owner: Owner, vocabulary: Vocabulary) -> bool:
    """Whether the home is named as the place, and no other place than an online one beside it."""
    hours = working_minutes(owner.person.work_hours)
    bodily = [place for place in places if not is_online_place(place)]
    return bool(bodily) and all(
        is_home_place(place) or read(place, owner, hours, vocabulary.words).home for place in bodily
    )


def _absence_mark(event: Event, subject: Reading) -> Mark:
    out = event.free_busy is FreeBusy.OUT_OF_OFFICE
    evidence = frozenset({Evidence.SUBJECT} | ({Evidence.FREE_BUSY} if out else set()))
    return Mark(Kind.ABSENT, evidence, minutes=subject.absent, absence=subject.absence)


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


def _day(day: date, person: Person, scheduled: bool, tally: _Tally | None) -> Day:  # noqa: FBT001
    if tally is None:
        return Day(day, scheduled)
    hours = working_minutes(person.work_hours) if scheduled else 0
    absent = tally.minutes.get(Kind.ABSENT, 0)
    if not scheduled or share(absent | tally.unsaid, hours) >= HALF_A_DAY:
        absent |= tally.unsaid
    elsewhere = tally.minutes.get(Kind.ELSEWHERE, 0)
    marked = tally.minutes.get(Kind.HOME, 0) & ~elsewhere
    denied = tally.minutes.get(Kind.ON_SITE, 0)
    home = marked & ~denied
    tentative = tally.minutes.get(Kind.TENTATIVE, 0) & ~home & ~elsewhere & ~denied
    portions = {
        Kind.ABSENT: share(absent, hours),
        Kind.HOME: share(home & ~absent, hours),
        Kind.TENTATIVE: share(tentative & ~absent, hours),
        Kind.ELSEWHERE: share(elsewhere & ~absent, hours),
    }
    kind = _kind_of(portions) if scheduled else _kind_marked(tally, absent)
    decisive = [mark for mark in tally.marks if mark.kind is kind]
    home_marks = [mark for mark in tally.marks if mark.kind is Kind.HOME]
    return Day(
        date=day,
        scheduled=scheduled,
        kind=kind,
        home=portions[Kind.HOME],
        tentative=portions[Kind.TENTATIVE],
        absent=portions[Kind.ABSENT],
        elsewhere=portions[Kind.ELSEWHERE],
        marked_home=share(home, hours),
        certainty=Certainty.TENTATIVE if kind is Kind.TENTATIVE else Certainty.CERTAIN,
        evidence=reduce(or_, (mark.evidence for mark in decisive), frozenset()),
        series=frozenset(mark.series for mark in home_marks if mark.series),
        absences=frozenset(mark.absence for mark in tally.marks if mark.absence and kind is Kind.ABSENT),
        reachable=any(mark.reachable for mark in home_marks),
    )


def _kind_of(portions: Mapping[Kind, float]) -> Kind:
    """Name a scheduled day: half of it absent or elsewhere decides; then home, a doubt, a shorter absence."""
    if portions[Kind.ABSENT] >= HALF_A_DAY:
        return Kind.ABSENT
    if portions[Kind.ELSEWHERE] >= HALF_A_DAY:
        return Kind.ELSEWHERE
    shorter = (Kind.HOME, Kind.TENTATIVE, Kind.ABSENT)
    return next((kind for kind in shorter if portions[kind] > 0), Kind.ON_SITE)


def _kind_marked(tally: _Tally, absent: int) -> Kind:
    """Name a day without working hours by what is marked on it."""
    if absent:
        return Kind.ABSENT
    kinds = (Kind.HOME, Kind.TENTATIVE, Kind.ELSEWHERE)
    return next((kind for kind in kinds if kind in tally.minutes), Kind.ON_SITE)
