"""Findings on the ladder and what has been told → what to send now, what to hold back, and why.

Stages, each pure: dedup (told already), inhibit, gather notices, group (one message a recipient), mute. A
message that is held is planned anew by the next pass from what is true then, so it collapses to the latest
state by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b

from bot.days import monday_of
from bot.model import Finding, Message, MessageState, PlannedMessage, Step, Telling, Told

FIRST_HOUR, LAST_HOUR = time(7), time(17)
QUIET_HOURS = "quiet-hours"
"""Why a message is held that would come outside these hours."""
TOLD = frozenset({MessageState.SENT, MessageState.UNCLEAR, MessageState.CLAIMED})
ORDER = (Step.NOTICE, Step.REMINDER, Step.ESCALATION, Step.DIGEST)


@dataclass(frozen=True, slots=True)
class Due:
    """A finding that is to be told to somebody at a step, for the ``round``-th time, from 0."""

    finding: Finding
    recipient: str
    step: Step
    alone: bool = True
    round: int = 0


@dataclass(frozen=True, slots=True)
class Recipient:
    """What the plan must know of who is written to."""

    working_today: bool
    on_leave_today: bool
    last_notice: date | None = None


def due(
    finding: Finding,
    step: Step,
    recipients: Sequence[str],
    tellings: Iterable[Telling],
    now: datetime,
    again: timedelta | None,
) -> Due | None:
    """Return what is to be told of the finding to the first of these, or None: it has been told already.

    Told to any of them is told to all. ``again``: after how long it may be told anew, in days by the
    calendar where ``now`` is; None: never.
    """
    # A notice may have gone within a reminder.
    mine = [
        one for one in tellings if one.recipient in recipients and (one.step is step or step is Step.NOTICE)
    ]
    times = [one.at for one in mine if one.state in TOLD]
    if times and (again is None or now.date() - max(times).astimezone(now.tzinfo).date() < again):
        return None
    # One that was withdrawn counts too: it may have arrived, and its id is used up.
    round_ = sum(one.state in TOLD or one.state is MessageState.SUPPRESSED for one in mine)
    return Due(finding, recipients[0], step, round=round_)


def inhibit(all_due: Iterable[Due]) -> list[Due]:
    """Leave out a repeated reminder of what the leader is told now; a first one stays."""
    everything = list(all_due)
    escalated = {one.finding.id for one in everything if one.step is Step.ESCALATION}
    return [
        one
        for one in everything
        if not (one.step is Step.REMINDER and one.round and one.finding.id in escalated)
    ]


def gather(all_due: Iterable[Due], recipient: Recipient, today: date) -> list[Due]:
    """Return what goes in one person's message of the person's own matters, perhaps nothing.

    Notices go within a reminder that goes anyway. By themselves only those go that are near, and once a week.
    """
    mine = sorted(all_due, key=lambda one: (one.step is Step.NOTICE, one.finding.dates, one.finding.rule))
    if any(one.step is Step.REMINDER for one in mine):
        return mine
    this_week = recipient.last_notice and monday_of(recipient.last_notice) == monday_of(today)
    return [] if this_week else [one for one in mine if one.alone]


def group(recipient: str, dues: Sequence[Due], write: Callable[[], Message]) -> PlannedMessage:
    """Address the message that tells one person of these. Its id depends on who, what and which round
    only.
    """
    step = max((one.step for one in dues), key=ORDER.index)
    parts = sorted(f"{one.finding.id}:{one.step.value}:{one.round}" for one in dues)
    return PlannedMessage(
        id=message_id(recipient, step, *parts),
        step=step,
        recipient=recipient,
        tells=tells(dues),
        state=MessageState.PLANNED,
        write=write,
    )


def weekly(
    recipient: str, week: str, dues: Sequence[Due], write: Callable[[], Message], repeat: str = ""
) -> PlannedMessage:
    """Address a leader's digest of an ISO week. Its id depends on who and which week only, so that there can
    be but one; ``repeat`` tells one that was asked for by hand from the first.
    """
    return PlannedMessage(
        id=message_id(recipient, Step.DIGEST, week, repeat),
        step=Step.DIGEST,
        recipient=recipient,
        tells=tells(dues),
        state=MessageState.PLANNED,
        write=write,
        week=week,
    )


def message_id(recipient: str, step: Step, *parts: str) -> str:
    """Return a message's id: the same for the same parts, and telling nothing to who doesn't know them."""
    identity = "\0".join((recipient, step.value, *parts))
    return blake2b(identity.encode(), digest_size=8).hexdigest()


def tells(dues: Iterable[Due]) -> tuple[Told, ...]:
    """Return what a message tells, in order."""
    return tuple(Told(one.finding.id, one.step) for one in dues)


def is_quiet(local: datetime) -> bool:
    """Whether nobody is written to at this hour; ``local`` is the recipient's local time."""
    return not FIRST_HOUR <= local.time() < LAST_HOUR


def mute(message: PlannedMessage, recipient: Recipient, local: datetime) -> PlannedMessage:
    """Hold back what must not go now, and name the reason; ``local`` is the recipient's local time."""
    reasons: Mapping[str, bool] = {
        "on-leave": recipient.on_leave_today,
        "not-a-working-day": not recipient.working_today,
        QUIET_HOURS: is_quiet(local),
    }
    reason = next((name for name, holds in reasons.items() if holds), None)
    return replace(message, state=MessageState.HELD, reason=reason) if reason else message


def suppress(message: PlannedMessage) -> PlannedMessage:
    """Keep back a message on a team whose marks have all vanished."""
    return replace(message, state=MessageState.SUPPRESSED, reason="team-without-marks")


def silenced_teams(before: Mapping[str, int], now: Mapping[str, int]) -> frozenset[str]:
    """Return the teams that had marked days after the last pass and have none at all in the window now.

    A whole team that stops marking overnight is likelier a fault in what was read than a change of habits.
    """
    return frozenset(team for team, marks in before.items() if marks and not now.get(team))
