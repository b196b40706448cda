"""Findings on the ladder and what has been told → what to send now, what to hold back, and why.

Stages, each pure: dedup (told already), gather notices, group (one message a recipient), mute. A message
that is held is planned anew by the next pass from what is true then, so it collapses to the latest state
by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b

from bot.days import monday_of
from bot.ladder import Rung
from bot.model import Finding, Message, MessageState, PlannedMessage, Step, Telling

FIRST_HOUR, LAST_HOUR = time(7), time(17)
TOLD = frozenset({MessageState.SENT, MessageState.UNCLEAR, MessageState.CLAIMED})


@dataclass(frozen=True, slots=True)
class Due:
    """A finding that is to be told to its person at a step, for the ``round``-th time, from 0."""

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
    team_silenced: bool = False


def due(
    finding: Finding, rung: Rung, tellings: Iterable[Telling], now: datetime, again: timedelta | None
) -> Due | None:
    """Return what is to be told of the finding, or None: not yet, not by message, or told already.

    ``again``: after how long it may be told anew; None: never.
    """
    if finding.person is None or rung.step not in {Step.REMINDER, Step.NOTICE}:
        return None
    mine = (one for one in tellings if one.recipient == finding.person)
    # A notice may have gone within a reminder.
    told = [one for one in mine if one.step is rung.step or rung.step is Step.NOTICE]
    times = [one.at for one in told if one.state in TOLD]
    if times and (again is None or now - max(times) < again):
        return None
    return Due(finding, finding.person, rung.step, rung.alone, len(times))


def gather(all_due: Iterable[Due], recipient: Recipient, today: date) -> list[Due]:
    """Return what goes in one person's message, perhaps nothing.

    Notices go within a reminder that goes anyway. By themselves only those go that are near, and once a week.
    """
    mine = sorted(all_due, key=lambda one: (one.step is Step.NOTICE, one.finding.dates, one.finding.rule))
    if any(one.step is Step.REMINDER for one in mine):
        return mine
    this_week = recipient.last_notice and monday_of(recipient.last_notice) == monday_of(today)
    return [] if this_week else [one for one in mine if one.alone]


def group(mine: Sequence[Due], message: Message) -> PlannedMessage:
    """Address the message that tells one person of these. Its id depends on who, what and which round
    only.
    """
    step = Step.REMINDER if any(one.step is Step.REMINDER for one in mine) else Step.NOTICE
    parts = sorted(f"{one.finding.id}:{one.round}" for one in mine)
    recipient = mine[0].recipient
    identity = "\0".join((recipient, step.value, *parts))
    return PlannedMessage(
        id=blake2b(identity.encode(), digest_size=8).hexdigest(),
        step=step,
        recipient=recipient,
        findings=tuple(one.finding.id for one in mine),
        state=MessageState.PLANNED,
        message=message,
    )


def mute(message: PlannedMessage, recipient: Recipient, local: datetime) -> PlannedMessage:
    """Hold back what must not go now, and name the reason; ``local`` is the recipient's local time."""
    reasons: Mapping[str, bool] = {
        "on-leave": recipient.on_leave_today,
        "not-a-working-day": not recipient.working_today,
        "quiet-hours": not FIRST_HOUR <= local.time() < LAST_HOUR,
    }
    if recipient.team_silenced:
        return replace(message, state=MessageState.SUPPRESSED, reason="team-without-marks")
    reason = next((name for name, holds in reasons.items() if holds), None)
    return replace(message, state=MessageState.HELD, reason=reason) if reason else message


def silenced_teams(before: Mapping[str, int], now: Mapping[str, int]) -> frozenset[str]:
    """Return the teams that had marked days after the last pass and have none at all in the window now.

    A whole team that stops marking overnight is likelier a fault in what was read than a change of habits.
    """
    return frozenset(team for team, marks in before.items() if marks and not now.get(team))
