"""What was read and what is known → findings, their steps, and the messages to send. The middle of a pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from bot.case import DAYS_BACK, CaseFiles
from bot.corrections import CardUpdate, corrections, what_cards_need
from bot.dispatch import dispatch
from bot.evaluate import STATUS, Judged, finding_of, judge_all
from bot.known import Known
from bot.ladder import Moment, Rung, climb
from bot.model import (
    DATED,
    Audience,
    Day,
    Finding,
    Kind,
    Outcome,
    PlannedMessage,
    Register,
    Scope,
    Status,
    Step,
    Telling,
    Weekday,
)
from bot.plan import TOLD, silenced_teams
from bot.recipients import Attendance
from bot.rules import all_rules

OWN_LEADER = "the person leads the team"
NOTICE_WAITS = "a notice: waits for another message, or for the day"


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with its step, or the reason why it has none; ``leader_waits``: why the leader has no word
    of it yet.
    """

    finding: Finding
    step: Step | None
    reason: str | None = None
    leader_waits: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a pass comes to. ``lapsed`` are findings to close without a word: their days are long gone."""

    findings: tuple[Placed, ...]
    messages: tuple[PlannedMessage, ...]
    silenced: frozenset[str]
    lapsed: tuple[Finding, ...] = ()
    updates: tuple[CardUpdate, ...] = ()


def decide(known: Known) -> Decision:
    """Return the findings and the messages. Nothing is said of anyone whose calendar was not read."""
    seen = _looked_at(known)
    current = seen.findings
    silenced, tellings, attendance = _silenced(known), by_finding(known.tellings), _attendance(known)
    since = _open_since(known, current)
    rungs = list(_rungs(known, current, tellings, since))
    messages = tuple(dispatch(known, rungs, tellings, attendance, silenced))
    told = {finding for message in messages for finding in message.findings}
    told |= {one.finding for one in known.tellings if one.state in TOLD}
    closed = _closed(known, {finding.id for finding in current} | seen.unknown, silenced)
    resolved = [finding for finding in closed if not _is_long_gone(finding, known)]
    of_cards = {told.finding for card in known.cards for told in card.tells}
    standing = {one.id: one for one in chain(known.previous, current, resolved) if one.id in of_cards}
    return Decision(
        findings=tuple(
            [_placed(finding, rung, told) for finding, rung in rungs]
            + [Placed(finding, None, "resolved") for finding in resolved]
        ),
        messages=messages,
        silenced=silenced,
        lapsed=tuple(finding for finding in closed if _is_long_gone(finding, known)),
        updates=tuple(corrections(known, standing, seen.of_cards)),
    )


@dataclass(slots=True)
class _Looked:
    """What came of looking at everybody: findings, the ids of what is unknown, verdicts that cards need.

    All other verdicts are forgotten at once: there are hundreds a person.
    """

    findings: list[Finding] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    of_cards: list[Judged] = field(default_factory=list)


def _looked_at(known: Known) -> _Looked:
    """Judge everybody, team by team."""
    files = CaseFiles(known.register, known.window, known.today, ZoneInfo(known.timezone))
    matters_to_cards = what_cards_need(known.told_of)
    # What has not changed since the last pass is held once, not once for each pass.
    before = {one.id: one for one in known.previous}
    looked = _Looked()
    for team in known.register.teams.values():
        for one in judge_all(files.team_case(team, known.days, known.earlier), known.policy):
            if one.verdict.outcome in STATUS:
                found = finding_of(one)
                was = before.get(found.id)
                looked.findings.append(was if was == found else found)
            elif one.verdict.outcome is Outcome.UNKNOWN:
                looked.unknown.add(one.finding)
            if matters_to_cards(one):
                looked.of_cards.append(one)
    return looked


def _placed(finding: Finding, rung: Rung, told: set[str]) -> Placed:
    """Say where a finding is: a notice that has not been told yet still waits."""
    if rung.step is Step.NOTICE and finding.id not in told:
        return Placed(finding, None, NOTICE_WAITS)
    return Placed(finding, rung.step, None if rung.step else rung.reason, rung.leader_waits)


def _silenced(known: Known) -> frozenset[str]:
    """Return the teams that have lost all their marks; who was not read now does not count."""
    before = {person: number for person, number in known.marked_before.items() if person in known.days}
    return silenced_teams(_by_team(before, known.register), _by_team(marks(known.days), known.register))


def by_finding(tellings: Iterable[Telling]) -> Mapping[str, Sequence[Telling]]:
    """Return the tellings of each finding that was told, in their order."""
    sorted_out: dict[str, list[Telling]] = {}
    for telling in tellings:
        sorted_out.setdefault(telling.finding, []).append(telling)
    return sorted_out


def marks(days: Mapping[str, Mapping[date, Day]]) -> dict[str, int]:
    """Count each person's days with a home mark, doubtful ones too."""
    marked = {Kind.HOME, Kind.TENTATIVE}
    return {person: sum(day.kind in marked for day in theirs.values()) for person, theirs in days.items()}


def _attendance(known: Known) -> Attendance:
    today = {name: days[known.today] for name, days in known.days.items()}
    return Attendance(known.register, {**known.leaders, **today}, known.last_notices, known.today)


def _rungs(
    known: Known,
    current: Iterable[Finding],
    tellings: Mapping[str, Sequence[Telling]],
    since: Mapping[str, datetime | None],
) -> Iterator[tuple[Finding, Rung]]:
    """Yield each finding with its place on the ladder; there are few places, so each is held once."""
    alike: dict[Rung, Rung] = {}
    for one in current:
        rung = _rung(one, known, tellings.get(one.id, ()), since[one.id])
        yield one, alike.setdefault(rung, rung)


def _rung(finding: Finding, known: Known, tellings: Sequence[Telling], since: datetime | None) -> Rung:
    rule, days = all_rules()[finding.rule], known.days.get(finding.person or "", {})
    moment = Moment(
        now=known.in_zone,
        is_working=lambda day: days[day].working if day in days else day.weekday() < Weekday.SATURDAY,
        told=_told(finding, known, tellings, since),
        since=since,
    )
    rung = climb(finding, moment, at_once=rule.at_once, on_the_day=rule.leader_on_the_day)
    team = known.register.teams[finding.team]
    if rung.leader and finding.audience is not Audience.LEADER and finding.person == team.leader:
        return replace(rung, leader=None, leader_waits=OWN_LEADER)
    return rung


def _told(
    finding: Finding, known: Known, tellings: Iterable[Telling], since: datetime | None
) -> datetime | None:
    """Return when the person was first reminded, or may have been.

    Of a matter that has come back after it was settled an old reminder counts only as long as no new one
    is due: the person is to know first, again.
    """
    reminded = [
        one.at
        for one in tellings
        if one.recipient == finding.person and one.step is Step.REMINDER and one.state in TOLD
    ]
    if not reminded or since is None or finding.scope is Scope.DAY:
        return min(reminded, default=None)
    anew = [at for at in reminded if at >= since]
    again = all_rules()[finding.rule].repeated_after(finding.audience)
    lately = [at for at in reminded if again is None or known.now - at < again]
    return min(anew or lately, default=None)


def _open_since(known: Known, current: Iterable[Finding]) -> Mapping[str, datetime | None]:
    """Return since when each finding has been open; None: since before anybody wrote that down."""
    were_open = {one.id for one in known.previous if one.status is Status.OPEN}
    return {one.id: known.open_since.get(one.id) if one.id in were_open else known.now for one in current}


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
    dated = finding.scope in DATED
    return dated and finding.dates[-1] < known.today - DAYS_BACK


def _by_team(by_person: Mapping[str, int], register: Register) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for person, number in by_person.items():
        if person in register.people:
            counted[register.people[person].team] += number
    return counted
