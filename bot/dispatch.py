"""Findings on the ladder → one message to each person who is to be told something now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.case import people_by_team
from bot.days import is_open, iso_week, monday_of
from bot.known import DigestMode, Known
from bot.ladder import Rung, has_gone_by
from bot.letter import Letter, TeamWeek
from bot.model import (
    TO_LEADERS,
    Audience,
    Finding,
    PlannedMessage,
    Status,
    Step,
    Telling,
)
from bot.outspoken import outspoken
from bot.plan import FIRST_HOUR, TOLD, Due, Recipient, due, gather, group, inhibit, mute, suppress, weekly
from bot.recipients import Attendance
from bot.rules import all_rules
from bot.texts.letters import Desk, write

Placed = tuple[Finding, Rung]


def dispatch(
    known: Known,
    placed: Sequence[Placed],
    tellings: Mapping[str, Sequence[Telling]],
    attendance: Attendance,
    silenced: frozenset[str],
) -> Iterator[PlannedMessage]:
    """Yield the messages of a pass, held and suppressed ones too; at most one goes to each recipient."""
    readers = _digest_readers(known)
    desk = Desk(known.register, known.policy, known.language, known.today)
    everything = inhibit(_all_due(known, placed, tellings, attendance, readers))
    told, covered = _uncovered(everything, placed)
    loud = [one for one in told if one.finding.team not in silenced]
    weeks = _weeks(known, placed, tellings, loud, silenced, readers)
    for recipient, mine in _by_recipient(loud, weeks).items():
        found = attendance.of(recipient)
        tray = _Tray.of(mine, found, known.today)
        if tray.all or recipient in weeks:
            planned = _message(recipient, tray, weeks.get(recipient, ()), desk, known)
            yield mute(replace(planned, covers=covered.get(recipient, ())), found, known.local)
    quiet = [one for one in told if one.finding.team in silenced and one.step is not Step.DIGEST]
    for recipient, mine in _by_recipient(quiet, {}).items():
        tray = _Tray.of(mine, attendance.of(recipient), known.today)
        if tray.all:
            yield suppress(_message(recipient, tray, (), desk, known))


def _uncovered(
    everything: Iterable[Due], placed: Sequence[Placed]
) -> tuple[Sequence[Due], Mapping[str, tuple[str, ...]]]:
    """Split what is due into what is told, and what each recipient is not told because another finding says
    it better. The latter counts as told of nobody: when the other is settled, its turn comes.
    """
    of_own = outspoken(finding for finding, rung in placed if rung.employee)
    of_led = outspoken(finding for finding, rung in placed if rung.leader)
    told: list[Due] = []
    covered: dict[str, tuple[str, ...]] = {}
    for one in everything:
        if one.finding.id in (of_led if one.step in TO_LEADERS else of_own):
            covered[one.recipient] = (*covered.get(one.recipient, ()), one.finding.id)
        else:
            told.append(one)
    return told, covered


@dataclass(frozen=True, slots=True)
class _Tray:
    """What one recipient is told: own matters, those of people led, those that stand in the digest."""

    own: tuple[Due, ...]
    of_teams: tuple[Due, ...]
    topics: tuple[Due, ...]

    @classmethod
    def of(cls, mine: Sequence[Due], recipient: Recipient, today: date) -> _Tray:
        """Sort out what is due to one recipient; notices that still wait are left out."""
        own = gather((one for one in mine if one.step not in TO_LEADERS), recipient, today)
        of_teams = tuple(one for one in mine if one.step is Step.ESCALATION)
        return cls(tuple(own), of_teams, tuple(one for one in mine if one.step is Step.DIGEST))

    @property
    def all(self) -> tuple[Due, ...]:
        return (*self.own, *self.of_teams, *self.topics)


def _message(
    recipient: str, tray: _Tray, weeks: Sequence[TeamWeek], desk: Desk, known: Known
) -> PlannedMessage:
    letter = Letter(
        recipient,
        own=tuple(one.finding for one in tray.own),
        of_teams=tuple(one.finding for one in tray.of_teams),
        digest=tuple(weeks),
    )
    message = write(letter, desk)
    if not weeks:
        return group(recipient, tray.all, message)
    repeat = known.now.isoformat() if recipient in known.digests else ""
    return weekly(recipient, iso_week(known.today), tray.all, message, repeat)


def _by_recipient(
    dues: Iterable[Due], weeks: Mapping[str, Sequence[TeamWeek]]
) -> Mapping[str, Sequence[Due]]:
    waiting: dict[str, list[Due]] = {}
    for one in dues:
        waiting.setdefault(one.recipient, []).append(one)
    for leader in weeks:
        waiting.setdefault(leader, [])
    return waiting


def _all_due(
    known: Known,
    placed: Iterable[Placed],
    tellings: Mapping[str, Sequence[Telling]],
    attendance: Attendance,
    readers: Sequence[str],
) -> Iterator[Due]:
    for finding, rung in placed:
        told, again = tellings.get(finding.id, ()), all_rules()[finding.rule].repeated_after(finding.audience)
        for step, recipients in _addresses(finding, rung, known, attendance, readers):
            if one := due(finding, step, recipients, told, known.in_zone, again):
                yield one if rung.alone else _with_others(one)


def _with_others(one: Due) -> Due:
    """Return a notice that isn't due by itself."""
    return Due(one.finding, one.recipient, one.step, alone=False, round=one.round)


def _addresses(
    finding: Finding, rung: Rung, known: Known, attendance: Attendance, readers: Sequence[str]
) -> Iterator[tuple[Step, Sequence[str]]]:
    """Yield each step that the finding has reached, with those it goes to."""
    team = known.register.teams[finding.team]
    if rung.employee and finding.person:
        yield rung.employee, (finding.person,)
    if rung.leader is Step.ESCALATION:
        yield rung.leader, attendance.leaders_of(team, finding.person)
    if rung.leader is Step.DIGEST and team.leader in readers:
        yield rung.leader, (team.leader,)


def _digest_readers(known: Known) -> Sequence[str]:
    """Return the leaders to whom a digest is due: of teams that have people, each once."""
    if known.digest_mode is DigestMode.SKIP:
        return ()
    members = people_by_team(known.register)
    leaders = dict.fromkeys(team.leader for team in known.register.teams.values() if members[team.id])
    if known.digest_mode is DigestMode.FORCE:
        return tuple(leaders)
    if not _week_has_begun(known):
        return ()
    return tuple(leader for leader in leaders if leader not in known.digests)


def _week_has_begun(known: Known) -> bool:
    """Whether it is past the first hour of the first day in this week that the organisation works."""
    week = (monday_of(known.today) + timedelta(days=n) for n in range(7))
    first = next((day for day in week if is_open(known.register.organisation, day)), None)
    return first is not None and known.local >= datetime.combine(first, FIRST_HOUR)


def _weeks(
    known: Known,
    placed: Sequence[Placed],
    tellings: Mapping[str, Sequence[Telling]],
    dues: Iterable[Due],
    silenced: frozenset[str],
    readers: Sequence[str],
) -> Mapping[str, Sequence[TeamWeek]]:
    """Return the digests that are due: for each leader a part for each team that has people."""
    to_leaders = [one for one in dues if one.step in TO_LEADERS]
    now_told = {one.finding.id for one in to_leaders}
    members = people_by_team(known.register)
    weeks: dict[str, list[TeamWeek]] = {leader: [] for leader in readers}
    for team in known.register.teams.values():
        people = members[team.id]
        if team.leader not in readers or not people:
            continue
        names = {one.id for one in people}
        of_team = [finding for finding, _ in placed if finding.team == team.id]
        standing = (one for one in of_team if one.id not in now_told and _stands(one, tellings, known))
        weeks[team.leader].append(
            TeamWeek(
                team=team,
                people=tuple(people),
                days={one.id: known.days[one.id] for one in people if one.id in known.days},
                agreements=tuple(one for one in known.register.agreements if one.person in names),
                topics=tuple(
                    one.finding
                    for one in to_leaders
                    if one.step is Step.DIGEST and one.finding.team == team.id
                ),
                standing=() if team.id in silenced else tuple(standing),
                silenced=team.id in silenced,
            )
        )
    return weeks


def _stands(finding: Finding, tellings: Mapping[str, Sequence[Telling]], known: Known) -> bool:
    """Whether the leader has been told of a matter before, and it is there still."""
    if finding.status is not Status.OPEN or finding.audience is Audience.NOTICE:
        return False
    if has_gone_by(finding, known.today):
        return False
    return any(one.step in TO_LEADERS and one.state in TOLD for one in tellings.get(finding.id, ()))
