"""When the summary goes, and to whom: once per ISO week, from the organisation's first working day."""

from __future__ import annotations

from datetime import date, datetime

from bot.days import is_open, iso_week
from bot.model import Message, MessageState, Organisation, PlannedMessage, Step
from bot.plan import QUIET_HOURS, is_quiet, message_id

CHANNEL = "channel"
"""The recipient that stands for the operators' channel in Teams; any other is a mailbox."""


def not_due(local: datetime, organisation: Organisation, *, sent_this_week: bool) -> str | None:
    """Return why the summary does not go now, or None: it does. ``local`` is the organisation's time.

    One missed by an outage goes on any later working day of the same week.
    """
    reasons = {
        "sent-this-week": sent_this_week,
        "not-a-working-day": not is_open(organisation, local.date()),
        QUIET_HOURS: is_quiet(local),
    }
    return next((name for name, holds in reasons.items() if holds), None)


def plan(recipient: str, message: Message, today: date) -> PlannedMessage:
    """Address this week's summary to a mailbox or to ``CHANNEL``. Its id depends on these two alone."""
    week = iso_week(today)
    return PlannedMessage(
        id=message_id(recipient, Step.OPERATIONS, week),
        step=Step.OPERATIONS,
        recipient=recipient,
        tells=(),
        state=MessageState.PLANNED,
        write=lambda: message,
        week=week,
    )
