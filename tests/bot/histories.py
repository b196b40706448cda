"""Some weeks of three small teams, made up: marks come and go, calendars cannot be read, messages get lost.

Kirsten leads Borgerservice and is an employee of Stab, which Ole leads; Jens is her deputy and one of her
team. Anna is one of Borgerservice and leads Vej, where Vera works on Tuesdays, Thursdays and Saturdays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import cycle

from hypothesis import strategies as st

from bot.decide import Decision
from bot.known import DigestMode, Known
from bot.model import Approval, Day, Event, MessageState, Person, Response, Team, TeamDay, Weekday, Window
from config.policies import load_policy, policy_ids
from tests.bot.builders import (
    ANNA,
    BO,
    KIRSTEN,
    MONDAY,
    PERSON,
    TEAM,
    ZONE,
    all_day,
    days_of,
    policy,
    register,
    timed,
)
from tests.bot.passes import Kept, Memory, at

JENS, OLE, VERA = "jens@proeve.example", "ole@proeve.example", "vera@proeve.example"
TUESDAYS = (TeamDay(weekday=Weekday.TUESDAY),)
TEAMS = (
    replace(TEAM, deputy=JENS, team_days=TUESDAYS, min_on_site=2),
    Team("stab", "Stab", leader=OLE, team_days=TUESDAYS),
    Team("vej", "Vej", leader=ANNA, deputy=BO, approval=Approval.LEADER, team_days=TUESDAYS),
)
PEOPLE = (
    PERSON,
    Person(BO, "Bo Lund", TEAM.id),
    Person(JENS, "Jens Krogh", TEAM.id),
    Person(KIRSTEN, "Kirsten Dahl", "stab"),
    Person(
        VERA,
        "Vera Lind",
        "vej",
        work_days=frozenset({Weekday.TUESDAY, Weekday.THURSDAY, Weekday.SATURDAY}),
    ),
)
REGISTER = register(PEOPLE, teams=TEAMS)
POLICIES = {name: policy(*load_policy(name).terms, profile=name) for name in policy_ids()}

Entry = tuple[str, str, int]
"""Whose, what, and how many days after the Monday on which it all begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens until a pass, and to it. ``gone`` counts marks from the first; ``outcomes`` become of its
    messages in turn.
    """

    days: int
    clock: time
    new: frozenset[Entry]
    gone: int | None
    unread: frozenset[str]
    digest: DigestMode
    outcomes: Sequence[MessageState]


@dataclass(frozen=True, slots=True)
class Played:
    """A pass: what it knew, what it decided, what it sent, and what was sent before."""

    known: Known
    decision: Decision
    sent: Sequence[Kept]
    before: Sequence[Kept]

    def day_of(self, name: str) -> Day:
        """Return somebody's day today, as far as it is known."""
        today, read = self.known.today, self.known.days.get(name)
        person = REGISTER.people.get(name) or Person(name, name, "")
        window = Window(today, today)
        return (
            (read or {}).get(today)
            or self.known.leaders.get(name)
            or days_of(person=person, window=window)[today]
        )


days_after = st.sampled_from([0, 1, 1, 1, 2, 3, 4, 7, 8, 8, 10, 15, 17, 22, 28, 30])
entries = st.one_of(
    st.tuples(
        st.sampled_from([*(one.id for one in PEOPLE), OLE]),
        st.sampled_from(["home", "home", "habit", "leave", "meeting"]),
        days_after,
    ),
    # What makes work for deputies.
    st.tuples(st.just(KIRSTEN), st.just("leave"), days_after),
    st.tuples(st.sampled_from([ANNA, JENS]), st.sampled_from(["home", "habit"]), days_after),
)
outcomes = st.sampled_from(
    [
        MessageState.SENT,
        MessageState.SENT,
        MessageState.UNCLEAR,
        MessageState.FAILED,
        MessageState.UNDELIVERABLE,
    ]
)
steps = st.builds(
    Step,
    days=st.sampled_from([0, 0, 0, 0, 1, 1, 1, 3, 4, 7, 28]),
    clock=st.sampled_from(
        [time(6, 59), time(7), time(8), time(9, 30), time(12), time(14), time(16), time(17)]
    ),
    new=st.frozensets(entries, max_size=2),
    gone=st.none() | st.integers(0, 9),
    unread=st.just(frozenset()) | st.frozensets(st.sampled_from([ANNA, BO, KIRSTEN, OLE]), max_size=2),
    digest=st.sampled_from([DigestMode.AUTO, DigestMode.AUTO, DigestMode.SKIP, DigestMode.FORCE]),
    outcomes=st.lists(outcomes, min_size=1, max_size=4),
)


@dataclass(frozen=True, slots=True)
class History:
    """A policy, the marks at the beginning, and what happens then."""

    policy: str
    marks: frozenset[Entry]
    steps: Sequence[Step]

    def play(self) -> Iterator[Played]:
        """Make the passes, one after the other, each remembering what went before."""
        memory, marks = Memory(), self.marks
        now = at(MONDAY, "00:00")
        for step in self.steps:
            now, marks = _later(now, step), _changed(marks, step)
            yield self._pass(memory, marks, now, step, tuple(memory.attempts))

    def _pass(
        self, memory: Memory, marks: frozenset[Entry], now: datetime, step: Step, before: Sequence[Kept]
    ) -> Played:
        window, turns = Window.around(now.date()), cycle(step.outcomes)
        calendars = {one.id: _calendar(marks, one.id) for one in PEOPLE if one.id not in step.unread}
        ole = days_of(*_calendar(marks, OLE), person=Person(OLE, "Ole Bak", ""), window=window)
        known, decision = memory.make(
            calendars,
            now,
            lambda _: next(turns),
            register=REGISTER,
            policy=POLICIES[self.policy],
            digest_mode=step.digest,
            leaders={} if OLE in step.unread else {OLE: ole[now.date()]},
        )
        return Played(known, decision, memory.attempts[len(before) :], before)


histories = st.builds(
    History,
    policy=st.sampled_from(sorted(POLICIES)),
    marks=st.frozensets(entries, min_size=3, max_size=10),
    steps=st.lists(steps, min_size=4, max_size=12),
)


def _later(now: datetime, step: Step) -> datetime:
    """Return the moment of the next pass: another day, or later today if there is a later."""
    at_the_clock = datetime.combine(now.date() + timedelta(days=step.days), step.clock, ZONE)
    return at_the_clock if at_the_clock > now else at_the_clock + timedelta(days=1)


def _changed(marks: frozenset[Entry], step: Step) -> frozenset[Entry]:
    there = sorted(marks)
    gone = {there[step.gone % len(there)]} if step.gone is not None and there else set()
    return (marks - gone) | step.new


def _calendar(marks: frozenset[Entry], name: str) -> list[Event]:
    mine = sorted((kind, offset) for whose, kind, offset in marks if whose == name)
    return [event for kind, offset in mine for event in _events(kind, MONDAY + timedelta(days=offset))]


def _events(kind: str, day: date) -> Iterator[Event]:
    if kind == "habit":
        yield from (all_day("Hjemme", day + timedelta(weeks=n), series="s") for n in range(-4, 5))
    elif kind == "meeting":
        accepted = {"own": False, "response": Response.ACCEPTED, "organizer": OLE, "attendees": (ANNA,)}
        yield timed("Møde", day, "13:00", "14:00", locations=("Rådhuset",), **accepted)
    else:
        yield all_day("Hjemme", day) if kind == "home" else all_day("Ferie", day, days=2)
