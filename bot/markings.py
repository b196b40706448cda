"""The entries of a person, and what each of them says → the person's days: what kind, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

from bot.circumstances import circumstances_of, home_marks
from bot.days import WHOLE_DAY, hours_on, is_scheduled, share, spread, working_minutes
from bot.entries import Mark, Vocabulary, judge
from bot.meetings import AtHome, Meetings
from bot.model import (
    HALF_A_DAY,
    Certainty,
    Circumstance,
    Day,
    Event,
    Evidence,
    Kind,
    Organisation,
    RemoteWork,
    Window,
)
from bot.names import Owner
from bot.reading.places import Places
from bot.tally import Taken, Tally

WEEK = timedelta(weeks=1)
WORK_PLAN = Mark(Kind.HOME, frozenset({Evidence.WORK_PLAN}))


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
    reader = _Reader(owner, organisation, window)
    for event in events:
        reader.take_entry(event)
    for stretch in remote:
        reader.take_plan(stretch)
    return reader.days()


@dataclass(slots=True)
class _Reader:
    """One person's calendar, gathered date by date and then read."""

    owner: Owner
    organisation: Organisation
    window: Window
    tallies: dict[date, Tally] = field(default_factory=dict)
    work: int = field(init=False)
    vocabulary: Vocabulary = field(init=False)
    meetings: Meetings = field(init=False)

    def __post_init__(self) -> None:
        self.work = working_minutes(self.owner.person.work_hours)
        self.vocabulary = Vocabulary.of(self.organisation)
        places = Places(self.owner, self.vocabulary.words)
        self.meetings = Meetings(self.owner, self.organisation, places)

    def take_entry(self, event: Event) -> None:
        self.meetings.add(event)
        marks = judge(event, self.owner, self.vocabulary, self.meetings.places)
        outside = any(self._is_outside_hours(event, mark) for mark in marks)
        for day, taken in spread(event, self.window) if marks else ():
            tally = self.tallies.setdefault(day, Tally())
            for mark in marks:
                tally.add(Taken(mark, _part(event, mark, taken), event, outside))

    def take_plan(self, stretch: RemoteWork) -> None:
        for day, taken in spread(stretch, self.window):
            self.tallies.setdefault(day, Tally()).add(Taken(WORK_PLAN, taken))

    def days(self) -> Mapping[date, Day]:
        at_home = frozenset(day for day, tally in self.tallies.items() if tally.marked_home)
        company = self.meetings.on(at_home, self.window)
        return {day: self._day(day, company.get(day, ())) for day in self.window.days()}

    def _day(self, day: date, company: Sequence[tuple[Event, int]]) -> Day:
        scheduled = is_scheduled(self.owner.person, self.organisation, day)
        times, tally = self.meetings.times.get(day), self.tallies.get(day)
        if tally is None:
            return Day(day, scheduled, meetings=times)
        hours = self.work if scheduled else 0
        circumstances = frozenset(self._circumstances(tally, hours, company) if tally.marked_home else ())
        return replace(_marked(day, scheduled, hours, tally), circumstances=circumstances, meetings=times)

    def _circumstances(
        self, tally: Tally, hours: int, company: Sequence[tuple[Event, int]]
    ) -> Iterator[Circumstance]:
        yield from circumstances_of(tally, self.work, hours)
        if company:
            marks = [one.event for one in home_marks(tally) if one.event]
            at_home = AtHome(tally.marked_home, tally.home & ~tally.absent(hours), marks)
            yield from self.meetings.circumstances(company, at_home)

    def _is_outside_hours(self, event: Event, mark: Mark) -> bool:
        """Whether a mark of home names a time, of which nothing, on any date, is to be worked.

        A week on either side of the window is looked at too, for what runs across its edges.
        """
        if mark.kind is not Kind.HOME or mark.weak or (event.all_day and mark.minutes == WHOLE_DAY):
            return False
        dates = Window(self.window.start - WEEK, self.window.end + WEEK)
        return not any(
            _part(event, mark, taken) & hours_on(self.owner.person, self.organisation, day)
            for day, taken in spread(event, dates)
        )


def _part(event: Event, mark: Mark, taken: int) -> int:
    """Return what a mark takes of a date: of an all-day entry the part that its words name."""
    return taken & mark.minutes if event.all_day else taken


def _marked(day: date, scheduled: bool, hours: int, tally: Tally) -> Day:  # noqa: FBT001
    absent = tally.absent(hours)
    portions = {
        Kind.ABSENT: share(absent, hours),
        Kind.HOME: share(tally.home & ~absent, hours),
        Kind.TENTATIVE: share(tally.tentative & ~absent, hours),
        Kind.ELSEWHERE: share(tally.of(Kind.ELSEWHERE) & ~absent, hours),
    }
    kind = _kind_of(portions) if scheduled else _kind_marked(tally, absent)
    marks = [one.mark for one in tally.taken]
    of_home = [mark for mark in marks if mark.kind is Kind.HOME]
    return Day(
        date=day,
        scheduled=scheduled,
        kind=kind,
        home=portions[Kind.HOME],
        tentative=portions[Kind.TENTATIVE],
        absent=portions[Kind.ABSENT],
        elsewhere=portions[Kind.ELSEWHERE],
        marked_home=share(tally.home, hours),
        certainty=Certainty.TENTATIVE if kind is Kind.TENTATIVE else Certainty.CERTAIN,
        evidence=reduce(or_, (mark.evidence for mark in marks if mark.kind is kind), frozenset()),
        series=frozenset(mark.series for mark in of_home if mark.series),
        absences=frozenset(mark.absence for mark in marks if mark.absence and kind is Kind.ABSENT),
        reachable=any(mark.reachable for mark in of_home),
    )


def _kind_of(portions: Mapping[Kind, float]) -> Kind:
    """Name a scheduled day: half of it absent or elsewhere decides; then home, a doubt, a shorter absence."""
    if portions[Kind.ABSENT] >= HALF_A_DAY:
        return Kind.ABSENT
    if portions[Kind.ELSEWHERE] >= HALF_A_DAY:
        return Kind.ELSEWHERE
    shorter = (Kind.HOME, Kind.TENTATIVE, Kind.ABSENT)
    return next((kind for kind in shorter if portions[kind] > 0), Kind.ON_SITE)


def _kind_marked(tally: Tally, absent: int) -> Kind:
    """Name a day without working hours by what is marked on it."""
    if absent:
        return Kind.ABSENT
    kinds = (Kind.HOME, Kind.TENTATIVE, Kind.ELSEWHERE)
    return next((kind for kind in kinds if kind in tally.minutes), Kind.ON_SITE)
