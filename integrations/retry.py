"""How long to wait between tries of a request, and when to give up. Times are seconds."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState

LONGEST_BACKOFF = 30.0
PASSING_STATUS = frozenset({408, 429, 500, 502, 503, 504})
"""What a server may answer now and not a moment later."""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The wait the server asks for, or None where it does not say.

    Microsoft sends whole seconds, decimals ("2.128") and dates. A date is read against the answer's own
    Date header, so that it does not depend on this machine's clock.
    """
    fields = {name.lower(): value.strip() for name, value in headers.items()}
    asked = fields.get("retry-after", "")
    try:
        seconds = float(asked)
    except ValueError:
        seconds = _between(fields.get("date", ""), asked)
    return seconds if 0 <= seconds < float("inf") else None


def backoff(attempt: int) -> float:
    """The wait after the n-th failure, from 1: doubling from a second, up to half of it left to chance."""
    longest = min(LONGEST_BACKOFF, 2.0 ** min(attempt - 1, 10))
    return random.uniform(longest / 2, longest)  # noqa: S311 (to spread callers out, not a secret)


def wait_as_asked(state: RetryCallState) -> float:
    """For tenacity, over calls whose result has ``headers``: the wait asked for, else the backoff."""
    asked = None
    if state.outcome is not None and not state.outcome.failed:
        asked = retry_after(state.outcome.result().headers)
    return backoff(state.attempt_number) if asked is None else asked


def tried_enough(*, attempts: int, wait: float) -> Callable[[RetryCallState], bool]:
    """For tenacity: stop after so many attempts, or where the next wait would make it too much in all."""

    def enough(state: RetryCallState) -> bool:
        return state.attempt_number >= attempts or state.idle_for + state.upcoming_sleep > wait

    return enough


def _between(earlier: str, later: str) -> float:
    try:
        return max(0.0, (parsedate_to_datetime(later) - parsedate_to_datetime(earlier)).total_seconds())
    except (ValueError, TypeError):  # not a date, or one with a zone and one without
        return float("nan")
