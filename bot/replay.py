"""What is kept of people's days → what the passes of a period would have found and sent, under any rules.

Nothing is sent. The days are those known at the end, for the last state of each is all that is kept. What
was found and told is carried from pass to pass in memory, from nothing at the start; what would have been
sent counts as told. Nothing is said of people of whom nothing is kept. Leaders who are not under people count
as present, for of their days nothing is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.daybook import DayBook
from bot.days import iso_week
from bot.decide import Decision, Placed, decide
from bot.kept import Kept, KeptDays, days_before
from bot.known import Known
from bot.ladder import BEFORE_NOON, JUST_TOLD, NOT_TOLD
from bot.model import (
    TO_EMPLOYEES,
    Finding,
    MessageState,
    PlannedMessage,
    Register,
    Scope,
    Status,
    Step,
    Telling,
    Weekday,
    Window,
)
from bot.parameters import Policy
from bot.rules import all_rules, look_back

HOURS = (time(8), time(13))
"""When passes are made on a weekday, local time. Employees and digests wait for no hour of the day; the
leader's other news waits for noon, and for two hours after the employee's.
"""

UNTIL_LATER_TODAY = frozenset({NOT_TOLD, JUST_TOLD, BEFORE_NOON})
STANDING = frozenset({Status.OPEN, Status.EXCUSED})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a replay rests on; ``policy`` holds replayable rules alone."""

    register: Register
    policy: Policy
    kept: Kept
    timezone: str
    language: str


@dataclass(frozen=True, slots=True)
class Pass:
    """What was new at one pass. ``findings`` holds all that it found, by id; ``messages`` those sent."""

    at: datetime
    findings: Mapping[str, Finding]
    opened: tuple[Finding, ...]
    resolved: tuple[Finding, ...]
    messages: tuple[PlannedMessage, ...]

    @property
    def told(self) -> frozenset[str]:
        """The findings that an employee was told of."""
        return self.told_at(*TO_EMPLOYEES)

    @property
    def topics(self) -> frozenset[str]:
        """The findings that a leader, or the deputy, was told of."""
        return self.told_at(Step.ESCALATION, Step.DIGEST)

    def told_at(self, *steps: Step) -> frozenset[str]:
        """Return the findings that somebody was told of at one of the steps."""
        return frozenset(
            one.finding for message in self.messages for one in message.tells if one.step in steps
        )


@dataclass(slots=True)
class Totals:
    """What a period came to; a finding opened or told twice counts once. ``topics`` are findings that leaders
    were told of; ``messages`` are counted by the highest step in them.
    """

    findings: dict[str, str] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    messages: Counter[Step] = field(default_factory=Counter)

    def add(self, one: Pass) -> None:
        """Count a pass."""
        self.findings |= {finding.id: finding.rule for finding in one.opened}
        self.topics |= one.topics
        self.messages.update(message.step for message in one.messages)

    def by_rule(self) -> Mapping[str, int]:
        """Return how many findings each rule had."""
        return Counter(self.findings.values())


def replayable(policy: Policy) -> Policy:
    """Return the profile without the rules that rest on what is never kept."""
    left_out = not_replayable(policy)
    terms = {rule: terms for rule, terms in policy.terms.items() if rule not in left_out}
    return replace(policy, terms=terms)


def not_replayable(policy: Policy) -> list[str]:
    """Return the profile's rules that rest on what is never kept of a day."""
    return [rule for rule in policy.terms if all_rules()[rule].needs_entries]


def moments(period: Window, timezone: str) -> Iterator[datetime]:
    """Yield when passes are made in the period: each weekday, at the hours above."""
    zone = ZoneInfo(timezone)
    for day in period.days():
        if day.weekday() < Weekday.SATURDAY:
            yield from (datetime.combine(day, hour, zone) for hour in HOURS)


def replay(basis: Basis, period: Window) -> Iterator[Pass]:
    """Yield the passes of the period, in order; of the later ones of a day those that something waits for."""
    memory = _Memory()
    for now in moments(period, basis.timezone):
        if now.time() == HOURS[0] or memory.waits:
            known = _known(basis, memory, now)
            yield memory.after(decide(known), known)


@dataclass(slots=True)
class _Memory:
    """What the store would hold between two passes, and whether anything waits for a later hour.

    ``digests`` holds who has had the digest of which ISO week.
    """

    standing: dict[str, Finding] = field(default_factory=dict)
    tellings: list[Telling] = field(default_factory=list)
    last_notices: dict[str, date] = field(default_factory=dict)
    digests: set[tuple[str | None, str]] = field(default_factory=set)
    open_since: dict[str, datetime] = field(default_factory=dict)
    waits: bool = False

    def after(self, decision: Decision, known: Known) -> Pass:
        """Remember what a pass came to, and return what was new."""
        found = {placed.finding.id: placed.finding for placed in decision.findings}
        were_open = {key for key, finding in self.standing.items() if finding.status is Status.OPEN}
        sent = tuple(one for one in decision.messages if one.state is MessageState.PLANNED)
        for message in sent:
            self._tell(message, known.now)
        for key, one in found.items():
            if one.status is Status.OPEN and key not in were_open:
                self.open_since[key] = known.now
        closed = {finding.id: finding for finding in decision.lapsed}
        seen = self.standing | found | closed
        self.standing = {key: finding for key, finding in seen.items() if finding.status in STANDING}
        self.waits = any(_may_go_today(placed, known) for placed in decision.findings)
        return Pass(
            at=known.now,
            findings=found,
            opened=tuple(
                one for key, one in found.items() if one.status is Status.OPEN and key not in were_open
            ),
            resolved=tuple(
                one for key, one in found.items() if one.status is Status.RESOLVED and key in were_open
            ),
            messages=sent,
        )

    def had_digest(self, week: str) -> frozenset[str]:
        """Return who has had the digest of an ISO week."""
        return frozenset(recipient for of_week, recipient in self.digests if of_week == week)

    def _tell(self, message: PlannedMessage, now: datetime) -> None:
        self.tellings += [
            Telling(one.finding, message.recipient, one.step, MessageState.SENT, now) for one in message.tells
        ]
        if message.step is Step.NOTICE:
            self.last_notices[message.recipient] = now.date()
        if message.step is Step.DIGEST:
            self.digests.add((message.week, message.recipient))


def _may_go_today(placed: Placed, known: Known) -> bool:
    """Whether the leader may hear of a finding later in the day: of a day before which its person has no
    other working day. All else waits for days, or for the digest, which goes at the first hour.
    """
    finding = placed.finding
    if finding.scope is not Scope.DAY or placed.leader_waits not in UNTIL_LATER_TODAY:
        return False
    days = known.days.get(finding.person or "", {})
    return not any(days[day].working for day in days if known.today < day < finding.dates[0])


def _known(basis: Basis, memory: _Memory, now: datetime) -> Known:
    window = Window.around(now.date())
    looks_back = look_back(basis.policy.terms)
    return Known(
        register=basis.register,
        policy=basis.policy,
        days=DayBook.of(window, KeptDays(basis.register, basis.kept, window).items()),
        previous=list(memory.standing.values()),
        tellings=memory.tellings,
        last_notices=memory.last_notices,
        marked_before={},
        window=window,
        now=now,
        timezone=basis.timezone,
        language=basis.language,
        earlier=days_before(basis.register, basis.kept, window) if looks_back else {},
        open_since=memory.open_since,
        digests=memory.had_digest(iso_week(now.date())),
    )
