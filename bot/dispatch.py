"""Findings on the ladder → one message to each person who is to be told something now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.days import iso_week
from bot.digest.due import Digests, digest_readers
from bot.known import Known
from bot.ladder import Rung
from bot.letter import Letter
from bot.model import (
    TO_LEADERS,
    Finding,
    Message,
    PlannedMessage,
    Step,
    Telling,
)
from bot.outspoken import outspoken
from bot.plan import Due, Recipient, due, gather, group, inhibit, mute, suppress, weekly
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
    readers = digest_readers(known)
    desk = Desk(known.register, known.policy, known.language, known.today)
    everything = inhibit(_all_due(known, placed, tellings, attendance, readers))
    told, covered = _uncovered(everything, placed)
    loud = [one for one in told if one.finding.team not in silenced]
    digests = Digests(known, readers, [finding for finding, _ in placed], tellings, loud, silenced)
    for recipient, mine in _by_recipient(loud, readers).items():
        found = attendance.of(recipient)
        tray = _Tray.of(mine, found, known.today)
        if tray.all or recipient in readers:
            planned = _message(recipient, tray, digests, desk, known)
            yield mute(replace(planned, covers=covered.get(recipient, ())), found, known.local)
    quiet = [one for one in told if one.finding.team in silenced and one.step is not Step.DIGEST]
    for recipient, mine in _by_recipient(quiet).items():
        tray = _Tray.of(mine, attendance.of(recipient), known.today)
        if tray.all:
            yield suppress(_message(recipient, tray, None, desk, known))


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
    recipient: str, tray: _Tray, digests: Digests | None, desk: Desk, known: Known
) -> PlannedMessage:
    in_words = partial(_written, recipient, tray, digests, desk)
    if digests is None or recipient not in digests.readers:
        return group(recipient, tray.all, in_words)
    repeat = known.now.isoformat() if recipient in known.digests else ""
    return weekly(recipient, iso_week(known.today), tray.all, in_words, repeat)


def _written(recipient: str, tray: _Tray, digests: Digests | None, desk: Desk) -> Message:
    letter = Letter(
        recipient,
        own=tuple(one.finding for one in tray.own),
        of_teams=tuple(one.finding for one in tray.of_teams),
        digest=digests.to(recipient) if digests else (),
    )
    return write(letter, desk)


def _by_recipient(dues: Iterable[Due], readers: Iterable[str] = ()) -> Mapping[str, Sequence[Due]]:
    waiting: dict[str, list[Due]] = {}
    for one in dues:
        waiting.setdefault(one.recipient, []).append(one)
    for leader in readers:
        waiting.setdefault(leader, [])
    return waiting


def _all_due(
    known: Known,
    placed: Iterable[Placed],
    tellings: Mapping[str, Sequence[Telling]],
    attendance: Attendance,
    readers: Collection[str],
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
    finding: Finding, rung: Rung, known: Known, attendance: Attendance, readers: Collection[str]
) -> Iterator[tuple[Step, Sequence[str]]]:
    """Yield each step that the finding has reached, with those it goes to."""
    team = known.register.teams[finding.team]
    if rung.employee and finding.person:
        yield rung.employee, (finding.person,)
    if rung.leader is Step.ESCALATION:
        yield rung.leader, attendance.leaders_of(team, finding.person)
    if rung.leader is Step.DIGEST and team.leader in readers:
        yield rung.leader, (team.leader,)
