"""What was read and what is known → findings, their steps, and the messages to send. The middle of a pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.case import DAYS_BACK, CaseFiles
from bot.evaluate import Judged, findings_of, judge_all
from bot.ladder import Rung, climb
from bot.model import (
    Day,
    Finding,
    Kind,
    Message,
    Outcome,
    Person,
    PlannedMessage,
    Register,
    Scope,
    Status,
    Step,
    Telling,
    Window,
)
from bot.parameters import Policy
from bot.plan import TOLD, Due, Recipient, due, gather, group, mute, silenced_teams
from bot.rules import all_rules
from bot.texts import Setting, compose


@dataclass(frozen=True, slots=True)
class Known:
    """All that a decision rests on.

    ``days`` holds only the people whose calendars were read. ``marked_before`` counts marked days by
    person as the last pass left them; ``last_notices`` the latest message of notices alone. ``now`` is
    aware. ``earlier`` holds the days that were kept of the eight weeks before the window.
    """

    register: Register
    policy: Policy
    days: Mapping[str, Mapping[date, Day]]
    previous: Sequence[Finding]
    tellings: Sequence[Telling]
    last_notices: Mapping[str, date]
    marked_before: Mapping[str, int]
    window: Window
    now: datetime
    timezone: str
    language: str
    earlier: Mapping[str, Mapping[date, Day]] = field(default_factory=dict)

    @property
    def local(self) -> datetime:
        """Now in the organisation's time zone, naive."""
        return self.now.astimezone(ZoneInfo(self.timezone)).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """Today in the organisation's time zone."""
        return self.local.date()


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with its step, or the reason why it has none."""

    finding: Finding
    step: Step | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a pass comes to. ``lapsed`` are findings to close without a word: their days are long gone."""

    findings: tuple[Placed, ...]
    messages: tuple[PlannedMessage, ...]
    silenced: frozenset[str]
    lapsed: tuple[Finding, ...] = ()


def decide(known: Known) -> Decision:
    """Return the findings and the messages. Nothing is said of anyone whose calendar was not read."""
    judged = [*_judged(known)]
    current = findings_of(judged)
    rungs = [(finding, _rung(finding, known)) for finding in current]
    silenced = _silenced(known)
    tellings = _by_finding(known.tellings)
    messages = tuple(_messages(rungs, known, tellings, silenced))
    told = {finding for message in messages for finding in message.findings}
    told |= {one.finding for one in known.tellings if one.state in TOLD}
    unknown = {one.finding for one in judged if one.verdict.outcome is Outcome.UNKNOWN}
    closed = _closed(known, {finding.id for finding in current} | unknown, silenced)
    return Decision(
        findings=tuple(
            [_placed(finding, rung, told) for finding, rung in rungs]
            + [Placed(finding, None, "resolved") for finding in closed if not _is_long_gone(finding, known)]
        ),
        messages=messages,
        silenced=silenced,
        lapsed=tuple(finding for finding in closed if _is_long_gone(finding, known)),
    )


def _judged(known: Known) -> Iterator[Judged]:
    """Yield every verdict that a finding may rest on, team by team; what does not apply is left out."""
    files = CaseFiles(known.register, known.window, known.today, ZoneInfo(known.timezone))
    kept = {Outcome.VIOLATED, Outcome.EXCUSED, Outcome.UNKNOWN}
    for team in known.register.teams.values():
        case = files.team_case(team, known.days, known.earlier)
        yield from (one for one in judge_all(case, known.policy) if one.verdict.outcome in kept)


def _placed(finding: Finding, rung: Rung, told: set[str]) -> Placed:
    """Say where a finding is: a notice that has not been told yet still waits."""
    if rung.step is Step.NOTICE and finding.id not in told:
        return Placed(finding, None, "a notice: waits for another message, or for the day")
    return Placed(finding, rung.step, rung.reason)


def _silenced(known: Known) -> frozenset[str]:
    """Return the teams that have lost all their marks; who was not read now does not count."""
    before = {person: number for person, number in known.marked_before.items() if person in known.days}
    return silenced_teams(_by_team(before, known.register), _by_team(marks(known.days), known.register))


def _by_finding(tellings: Iterable[Telling]) -> Mapping[str, Sequence[Telling]]:
    sorted_out: dict[str, list[Telling]] = {}
    for telling in tellings:
        sorted_out.setdefault(telling.finding, []).append(telling)
    return sorted_out


def marks(days: Mapping[str, Mapping[date, Day]]) -> dict[str, int]:
    """Count each person's days with a home mark, doubtful ones too."""
    marked = {Kind.HOME, Kind.TENTATIVE}
    return {person: sum(day.kind in marked for day in theirs.values()) for person, theirs in days.items()}


def _rung(finding: Finding, known: Known) -> Rung:
    days = known.days.get(finding.person or "", {})
    return climb(
        finding,
        known.today,
        lambda day: days[day].working,
        at_once=all_rules()[finding.rule].at_once,
    )


def _messages(
    rungs: Iterable[tuple[Finding, Rung]],
    known: Known,
    tellings: Mapping[str, Sequence[Telling]],
    silenced: frozenset[str],
) -> Iterable[PlannedMessage]:
    waiting: dict[str, list[Due]] = {}
    for finding, rung in rungs:
        again = all_rules()[finding.rule].repeated_after(finding.audience)
        if one := due(finding, rung, tellings.get(finding.id, ()), known.now, again):
            waiting.setdefault(one.recipient, []).append(one)
    for person_id, all_due in waiting.items():
        person = known.register.people[person_id]
        recipient = _recipient(person, known, silenced)
        if mine := gather(all_due, recipient, known.today):
            yield mute(group(mine, _compose(mine, person, known)), recipient, known.local)


def _recipient(person: Person, known: Known, silenced: frozenset[str]) -> Recipient:
    today = known.days[person.id][known.today]
    return Recipient(
        working_today=today.scheduled,
        on_leave_today=today.scheduled and not today.working,
        last_notice=known.last_notices.get(person.id),
        team_silenced=person.team in silenced,
    )


def _compose(those: Sequence[Due], person: Person, known: Known) -> Message:
    team = known.register.teams[person.team]
    organisation, week = known.register.organisation, known.today.isocalendar().week
    setting = Setting(person, team.name, organisation, known.policy, known.language, week)
    return compose([one.finding for one in those], setting)


def _closed(known: Known, still_there: set[str], silenced: frozenset[str]) -> list[Finding]:
    """Return what was open or excused before and is gone now; what we cannot know may still be as it was."""
    return [
        replace(finding, status=Status.RESOLVED)
        for finding in known.previous
        if finding.id not in still_there
        and finding.team not in silenced
        and not (finding.person in known.register.people and finding.person not in known.days)
    ]


def _is_long_gone(finding: Finding, known: Known) -> bool:
    dated = finding.scope in {Scope.DAY, Scope.WEEK}
    return dated and finding.dates[-1] < known.today - DAYS_BACK


def _by_team(by_person: Mapping[str, int], register: Register) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for person, number in by_person.items():
        if person in register.people:
            counted[register.people[person].team] += number
    return counted
