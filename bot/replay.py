"""What is kept of people's days → what the passes of a period would have found and sent, under any rules.

Nothing is sent. The days are those known at the end, for the last state of each is all that is kept. What
was found and told is carried from pass to pass in memory, from nothing at the start; what would have been
sent counts as told. Nothing is said of people of whom nothing is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.decide import Decision, Known, decide
from bot.kept import Kept, days_before, everybodys_days
from bot.model import (
    Audience,
    Finding,
    MessageState,
    PlannedMessage,
    Register,
    Status,
    Step,
    Telling,
    Weekday,
    Window,
)
from bot.parameters import Policy
from bot.rules import all_rules, look_back

HOURS = (time(8),)
"""When a pass is made on a weekday, local time: nothing that is told today waits for a later hour."""

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
        return frozenset(one for message in self.messages for one in message.findings)

    @property
    def topics(self) -> frozenset[str]:
        """The findings that became topics for a leader, no sooner than the employee was told of them."""
        for_leader = {one.id for one in self.opened if one.audience is Audience.LEADER}
        shared = {key for key in self.told if self.findings[key].audience is Audience.EMPLOYEE_AND_LEADER}
        return frozenset(for_leader | shared)


@dataclass(slots=True)
class Totals:
    """What a period came to; a finding opened twice counts once. ``topics`` are findings for leaders."""

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
    """Yield each pass of the period, in order."""
    memory = _Memory()
    for now in moments(period, basis.timezone):
        yield memory.after(decide(_known(basis, memory, now)), now)


@dataclass(slots=True)
class _Memory:
    """What the store would hold between two passes."""

    standing: dict[str, Finding] = field(default_factory=dict)
    tellings: list[Telling] = field(default_factory=list)
    last_notices: dict[str, date] = field(default_factory=dict)

    def after(self, decision: Decision, now: datetime) -> Pass:
        """Remember what a pass came to, and return what was new."""
        found = {placed.finding.id: placed.finding for placed in decision.findings}
        were_open = {key for key, finding in self.standing.items() if finding.status is Status.OPEN}
        sent = tuple(one for one in decision.messages if one.state is MessageState.PLANNED)
        for message in sent:
            self._tell(message, now)
        closed = {finding.id: finding for finding in decision.lapsed}
        known = self.standing | found | closed
        self.standing = {key: finding for key, finding in known.items() if finding.status in STANDING}
        return Pass(
            at=now,
            findings=found,
            opened=tuple(
                one for key, one in found.items() if one.status is Status.OPEN and key not in were_open
            ),
            resolved=tuple(
                one for key, one in found.items() if one.status is Status.RESOLVED and key in were_open
            ),
            messages=sent,
        )

    def _tell(self, message: PlannedMessage, now: datetime) -> None:
        state = MessageState.SENT
        self.tellings += [
            Telling(one, message.recipient, message.step, state, now) for one in message.findings
        ]
        if message.step is Step.NOTICE:
            self.last_notices[message.recipient] = now.date()


def _known(basis: Basis, memory: _Memory, now: datetime) -> Known:
    window = Window.around(now.date())
    looks_back = look_back(basis.policy.terms)
    return Known(
        register=basis.register,
        policy=basis.policy,
        days=everybodys_days(basis.register, basis.kept, window),
        previous=list(memory.standing.values()),
        tellings=memory.tellings,
        last_notices=memory.last_notices,
        marked_before={},
        window=window,
        now=now,
        timezone=basis.timezone,
        language=basis.language,
        earlier=days_before(basis.register, basis.kept, window) if looks_back else {},
    )
