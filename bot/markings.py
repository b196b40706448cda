"""One entry → what it says of where its owner works; the entries of a day → the day.

Sources, strongest first: category, subject or location in words, free/busy that nothing contradicts. Where
an entry leaves a doubt it is tentative; where it says nothing of home it says nothing. A false alarm is worse
than a miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from bot.days import is_scheduled, share, spread, working_minutes
from bot.model import (
    Absence,
    Certainty,
    Day,
    Event,
    Evidence,
    FreeBusy,
    Kind,
    Organisation,
    Person,
    Response,
    Window,
)
from bot.vocabulary import Reading, is_home_category, normalise, read

HALF = 0.5


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
    """What one entry says: home, perhaps home, absent or elsewhere, and on what it rests."""

    kind: Kind
    evidence: frozenset[Evidence]
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


def judge(event: Event, leader: str, vocabulary: Vocabulary) -> tuple[Mark, ...]:
    """Return what the entry says of its owner; nothing for most entries.

    Two marks where it says both: a child is sick, and the owner works at home. An invitation counts only when
    it comes from the ``leader`` and is accepted; the absence it speaks of is the leader's own.
    """
    if event.cancelled or event.response in {Response.DECLINED, Response.NOT_RESPONDED}:
        return ()
    if not event.own and event.organizer != leader:
        return ()
    subject = read(event.subject, vocabulary.words)
    evidence = _home_evidence(event, subject, vocabulary)
    marks = list(_home_marks(event, subject, evidence)) if evidence else []
    if subject.absence and event.own:
        marks.append(_absence_mark(event, subject.absence))
    return tuple(marks) or tuple(_free_busy_marks(event, subject))


def read_days(
    person: Person, leader: str, organisation: Organisation, events: Iterable[Event], window: Window
) -> Mapping[date, Day]:
    """Return every day of the window for one person, in order of date."""
    vocabulary = Vocabulary.of(organisation)
    tallies: dict[date, _Tally] = {}
    for event in events:
        marks = judge(event, leader, vocabulary)
        for day, taken in spread(event, window) if marks else ():
            for mark in marks:
                tallies.setdefault(day, _Tally()).add(mark, taken)
    return {
        day: _day(day, person, is_scheduled(person, organisation, day), tallies.get(day))
        for day in window.days()
    }


def _home_evidence(event: Event, subject: Reading, vocabulary: Vocabulary) -> frozenset[Evidence]:
    found = set()
    if is_home_category(event.categories, vocabulary.categories):
        found.add(Evidence.CATEGORY)
    if subject.home:
        found.add(Evidence.SUBJECT)
    if event.home_address or any(read(place, vocabulary.words).home for place in event.locations):
        found.add(Evidence.LOCATION)
    if found and event.free_busy is FreeBusy.WORKING_ELSEWHERE:
        found.add(Evidence.FREE_BUSY)
    return frozenset(found)


def _home_marks(event: Event, subject: Reading, evidence: frozenset[Evidence]) -> Iterator[Mark]:
    doubtful = subject.doubt or event.free_busy is FreeBusy.TENTATIVE or event.response is Response.TENTATIVE
    kind = Kind.TENTATIVE if doubtful else Kind.HOME
    yield Mark(kind, evidence, reachable=subject.reachable, series=event.series)


def _absence_mark(event: Event, absence: Absence) -> Mark:
    out = event.free_busy is FreeBusy.OUT_OF_OFFICE
    return Mark(
        Kind.ABSENT, frozenset({Evidence.SUBJECT} | ({Evidence.FREE_BUSY} if out else set())), absence
    )


def _free_busy_marks(event: Event, subject: Reading) -> Iterator[Mark]:
    """Read an entry whose words say nothing: away, at home, elsewhere, or one cannot tell."""
    evidence = frozenset({Evidence.FREE_BUSY})
    if event.free_busy is FreeBusy.OUT_OF_OFFICE:
        yield Mark(Kind.ABSENT, evidence, Absence.UNSAID)
    elif event.free_busy is FreeBusy.WORKING_ELSEWHERE and event.own:
        if event.locations or event.attendees:
            yield Mark(Kind.ELSEWHERE, evidence)
        elif not subject.words or subject.desk_work:
            yield Mark(Kind.HOME, evidence, series=event.series)
        else:
            yield Mark(Kind.TENTATIVE, evidence, series=event.series)


def _day(day: date, person: Person, scheduled: bool, tally: _Tally | None) -> Day:  # noqa: FBT001
    if tally is None:
        return Day(day, scheduled)
    hours = working_minutes(person.work_hours) if scheduled else 0
    absent = tally.minutes.get(Kind.ABSENT, 0)
    if not scheduled or share(absent | tally.unsaid, hours) >= HALF:
        absent |= tally.unsaid
    home = tally.minutes.get(Kind.HOME, 0)
    elsewhere = tally.minutes.get(Kind.ELSEWHERE, 0) & ~home
    tentative = tally.minutes.get(Kind.TENTATIVE, 0) & ~home & ~elsewhere
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
    """Name a scheduled day: absence over half of it wins, then home; elsewhere needs half the day too."""
    if portions[Kind.ABSENT] >= HALF:
        return Kind.ABSENT
    if portions[Kind.HOME] > 0:
        return Kind.HOME
    if portions[Kind.TENTATIVE] > 0:
        return Kind.TENTATIVE
    return Kind.ELSEWHERE if portions[Kind.ELSEWHERE] >= HALF else Kind.ON_SITE


def _kind_marked(tally: _Tally, absent: int) -> Kind:
    """Name a day without working hours by what is marked on it."""
    if absent:
        return Kind.ABSENT
    kinds = (Kind.HOME, Kind.TENTATIVE, Kind.ELSEWHERE)
    return next((kind for kind in kinds if kind in tally.minutes), Kind.ON_SITE)
