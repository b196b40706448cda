"""Whether a person can be reached in Teams. Pure.

A single refusal says little: Teams has been seen to refuse people whom it took messages for an hour later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

UNREACHABLE_AFTER = timedelta(days=1)
REFUSALS_APART = timedelta(days=3)
"""Two refusals further apart don't belong together: nobody knows how it was between them. A weekend does."""


def is_unreachable(refused_since: datetime | None, now: datetime) -> bool:
    """Whether Teams has refused every message to a person for a day; both times are aware."""
    return refused_since is not None and now - refused_since >= UNREACHABLE_AFTER
