"""The one place where the clock is read."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.errors import WrongConfiguration

YEARS = range(2000, 2100)


def read_clock(given: str | None) -> datetime:
    """Return the moment of the pass: the ISO text that was given, with its offset, or else now.

    Raises: WrongConfiguration for a text that is no moment or has no offset.
    """
    if given is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in YEARS:
        fault = f'--now: "{given}" is no moment with an offset. Write it like 2026-03-02T08:00:00+01:00.'
        raise WrongConfiguration("The command is wrong; nothing was done.", [fault])
    return moment
