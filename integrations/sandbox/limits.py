"""Rate limits as Teams and Graph publish them, counted strictly: no stretch of time holds more than it may.

Source: Microsoft's "Optimize your bot with rate limiting in Teams" and "Microsoft Graph service-specific
throttling limits".
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """So many requests in any stretch of so many seconds."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What the Bot Connector and Graph take from the app.

    ``app`` and ``conversation`` are the Bot Connector's, over all and in one conversation; ``installations``
    is how often the app is installed. ``graph`` is everything asked of Graph, each item of a $batch for
    itself and the batch not; ``mailbox`` what is asked of one mailbox. ``identity`` counts resource units,
    which requests for people cost one or two of; None: as published for a tenant of this size.
    ``mailbox_requests_at_once`` is how many are worked on at a time in the whole tenant: None, as Microsoft
    says today, is no such limit; an older text of theirs had one. Whatever the limits, one mailbox takes
    four at a time. ``clock`` gives the seconds since any moment.
    """

    app: tuple[Window, ...] = (Window(50, 1),)
    conversation: tuple[Window, ...] = (Window(7, 1), Window(8, 2), Window(60, 30), Window(1800, 3600))
    installations: tuple[Window, ...] = (Window(30, 1),)
    graph: tuple[Window, ...] = (Window(130_000, 10),)
    mailbox: tuple[Window, ...] = (Window(10_000, 600),)
    identity: tuple[Window, ...] | None = None
    mailbox_requests_at_once: int | None = None
    clock: Callable[[], float] = time.monotonic

    def identity_of(self, people: int) -> tuple[Window, ...]:
        """Return how many resource units a tenant of so many people may use up."""
        if self.identity is not None:
            return self.identity
        return (Window(3_500 if people < 50 else 5_000 if people <= 500 else 8_000, 10),)
