"""A finding, the clock and what its person has been told → how far up the ladder it is, and why no further.

CONTRACT, "When messages go". To whom it goes and who has had it already is the plan's business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.model import DATED, Audience, Finding, Scope, Status, Step

REMINDER_WORKING_DAYS = 5
NOTICE_WORKING_DAYS = 2
LEADER_WORKING_DAYS = 5
LEADER_FROM = time(12)
AFTER_THE_REMINDER = timedelta(hours=2)
LONGEST_PAUSE = timedelta(days=14)

GONE_BY = "the day has gone by"
FAR_AHEAD = f"more than {REMINDER_WORKING_DAYS} working days ahead"
NOT_TOLD = "the employee has not been written to"
JUST_TOLD = "the employee was written to less than two hours ago"
BEFORE_NOON = "before noon of the working day before"
BEFORE_THE_DAY = "before the day itself"
NOT_YET_STANDING = f"the employee has had less than {LEADER_WORKING_DAYS} working days"


@dataclass(frozen=True, slots=True)
class Rung:
    """The steps that a finding has reached, for its person and for the leader, and why it has no other.

    ``reason``: why the person is told nothing; ``leader_waits``: why the leader is not told yet.
    ``alone``: a notice that is due even if nothing else is said.
    """

    employee: Step | None = None
    leader: Step | None = None
    reason: str | None = None
    leader_waits: str | None = None
    alone: bool = True

    @property
    def step(self) -> Step | None:
        """The highest step reached."""
        return self.leader or self.employee


@dataclass(frozen=True, slots=True)
class Moment:
    """When a finding is looked at, and what its person has been told of it.

    ``now`` is aware, in the organisation's zone; ``told`` when the person was first reminded; ``since`` from
    when the matter has stood without a break, where that is later; ``is_working`` tells the person's working
    days.
    """

    now: datetime
    is_working: Callable[[date], bool]
    told: datetime | None = None
    since: datetime | None = None

    @property
    def today(self) -> date:
        """The date where the organisation is."""
        return self.now.date()

    def working_days(self, after: date, until: date) -> int:
        """Count the working days after one date up to and including the other."""
        return sum(self.is_working(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))

    def working_day_before(self, day: date) -> date:
        """Return the person's last working day before the date; the date before where there is none near."""
        return working_day_before(day, self.is_working)


def working_day_before(day: date, is_working: Callable[[date], bool]) -> date:
    """Return the last working day before the date; the date before where there is none near."""
    before = [day - timedelta(days=n) for n in range(1, LONGEST_PAUSE.days + 1)]
    return next((one for one in before if is_working(one)), before[0])


def climb(finding: Finding, moment: Moment, *, at_once: bool = False, on_the_day: bool = False) -> Rung:
    """Return the finding's place on the ladder.

    ``at_once``: the reminder goes however far ahead the day is; ``on_the_day``: the leader hears of it from
    the day's beginning, not from noon of the working day before.
    """
    if finding.status is not Status.OPEN:
        return Rung(reason=finding.status.value)
    if finding.audience is Audience.LEADER:
        return Rung(leader=Step.DIGEST)
    if finding.audience is Audience.NOTICE:
        return _notice(finding, moment)
    if has_gone_by(finding, moment.today):
        return _gone_by(moment)
    if finding.scope is Scope.DAY:
        return _day(finding.dates[0], moment, at_once=at_once, on_the_day=on_the_day)
    return _standing(finding, moment)


def has_gone_by(finding: Finding, today: date) -> bool:
    """Whether it speaks of days, or of a week, of which nothing is left to come."""
    return finding.scope in DATED and finding.dates[-1] < today


def _gone_by(moment: Moment) -> Rung:
    """A day that went by as it was is a fact for the digest, if its person knew."""
    return Rung(leader=Step.DIGEST) if moment.told else Rung(reason=GONE_BY)


def _day(day: date, moment: Moment, *, at_once: bool, on_the_day: bool) -> Rung:
    if not at_once and moment.working_days(moment.today, day) > REMINDER_WORKING_DAYS:
        return Rung(reason=FAR_AHEAD)
    waits = _too_early(moment)
    if on_the_day:
        waits = BEFORE_THE_DAY if moment.today < day else waits
    elif moment.now.replace(tzinfo=None) < datetime.combine(moment.working_day_before(day), LEADER_FROM):
        waits = BEFORE_NOON
    return Rung(Step.REMINDER, None if waits else Step.ESCALATION, leader_waits=waits)


def _standing(finding: Finding, moment: Moment) -> Rung:
    waits = _too_early(moment)
    if finding.audience is Audience.EMPLOYEE_AND_LEADER:
        return Rung(Step.REMINDER, None if waits else Step.DIGEST, leader_waits=waits)
    if moment.told:
        began = max(moment.told, moment.since or moment.told).astimezone(moment.now.tzinfo).date()
        if moment.working_days(began, moment.today) < LEADER_WORKING_DAYS:
            waits = NOT_YET_STANDING
    return Rung(Step.REMINDER, None if waits else Step.ESCALATION, leader_waits=waits)


def _too_early(moment: Moment) -> str | None:
    """Say why the leader is not to be told on the person's account: the person comes first."""
    if moment.told is None:
        return NOT_TOLD
    # In UTC: two times of one zone are subtracted by the clock on the wall.
    since = moment.now.astimezone(UTC) - moment.told.astimezone(UTC)
    return JUST_TOLD if since < AFTER_THE_REMINDER else None


def _notice(finding: Finding, moment: Moment) -> Rung:
    if finding.scope in {Scope.PERIOD, Scope.REGISTER}:
        return Rung(Step.NOTICE)
    to_come = [day for day in finding.dates if day >= moment.today]
    if not to_come:
        return Rung(reason=GONE_BY)
    near = moment.working_days(moment.today, to_come[0]) <= NOTICE_WORKING_DAYS
    return Rung(Step.NOTICE, alone=near)
