"""How many requests there were, without the requests: what stays small at any size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from integrations.sandbox.exchange import Call

# What differs from person to person and from message to message, so that a kind is one line.
_NAMES = (
    (re.compile(r"^(/v1\.0/users/)[^/]+"), r"\1{user}"),
    (re.compile(r"^(/teams/v3/conversations/)[^/]+"), r"\1{conversation}"),
    (re.compile(r"(/activities/)[^/]+"), r"\1{activity}"),
    (re.compile(r"'[^']*'"), "'…'"),
)


@dataclass(frozen=True, slots=True)
class Count:
    """So many requests of one kind, such as ``GET /v1.0/users/{user}/calendarView``, answered alike.

    ``inner`` says that they were items of a $batch; ``status`` is None where the connection was dropped.
    """

    kind: str
    inner: bool
    status: int | None
    times: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All requests by kind; the items in all $batch posts; the calendar pages each person's mailbox gave.

    ``calendars`` is by principal name in lower case, and counts answers of 200 to ``calendarView``.
    """

    requests: tuple[Count, ...]
    batch_items: int
    calendars: Mapping[str, int]

    def times(self, kind: str = "", *, inner: bool | None = None, status: int | None = None) -> int:
        """Return how many requests there were whose kind ends so, with this status where one is given."""
        return sum(
            one.times
            for one in self.requests
            if one.kind.endswith(kind)
            and (inner is None or one.inner is inner)
            and (status is None or one.status == status)
        )


@dataclass(slots=True)
class Tally:
    """The counting of them."""

    _requests: Counter[tuple[str, bool, int | None]] = field(default_factory=Counter)
    _calendars: Counter[str] = field(default_factory=Counter)
    _batch_items: int = 0

    def add(self, call: Call, status: int | None, person: str | None, items: int) -> None:
        """Count a request about this person, a $batch of so many ``items``."""
        self._requests[_kind(call), call.inner, status] += 1
        self._batch_items += items
        if status == 200 and person is not None and call.path.lower().endswith("/calendarview"):
            self._calendars[person] += 1

    def counts(self) -> Counts:
        """Return what was counted so far; from any thread."""
        requests = (Count(*key, times) for key, times in dict(self._requests).items())
        in_order = sorted(requests, key=lambda one: (one.kind, one.inner, one.status or 0))
        return Counts(tuple(in_order), self._batch_items, dict(self._calendars))


def _kind(call: Call) -> str:
    path = call.path
    for pattern, name in _NAMES:
        path = pattern.sub(name, path)
    return f"{call.method} {path}"
