"""What the sandbox saw and took delivery of, in memory only and without any clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from integrations.sandbox.counts import Counts, Tally
from integrations.sandbox.exchange import Answer, Call

# Never the authorization header: it would be a token in a file sooner or later.
_HEADERS = frozenset({"prefer", "consistencylevel", "user-agent"})


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request. ``status`` is None when the connection was dropped; ``items`` counts those of a $batch.

    ``inner`` marks an item of a $batch; ``path`` is decoded, ``query`` apart from it.
    """

    method: str
    path: str
    query: Mapping[str, str]
    status: int | None
    inner: bool
    items: int | None
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DeliveredMessage:
    """A Teams activity as it arrived in a person's chat, in its latest version."""

    recipient: str
    conversation: str
    activity_id: str
    activity: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that was handed in: the mailbox it was sent from and Graph's ``message``."""

    sender: str
    message: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A request that came too often; ``person`` is the principal name of who it was about."""

    method: str
    path: str
    person: str | None


@dataclass(slots=True)
class Journal:
    """Everything since the start, or since it was cleared; without ``keep_requests``, these only counted."""

    requests: list[LoggedRequest] = field(default_factory=list)
    messages: list[DeliveredMessage] = field(default_factory=list)
    mails: list[SentMail] = field(default_factory=list)
    turned_away: list[TurnedAway] = field(default_factory=list)
    keep_requests: bool = True
    _tally: Tally = field(default_factory=Tally, init=False, repr=False)

    def log(self, call: Call, answer: Answer | None, person: str | None = None) -> None:
        """Write down a request about this person, and how it was answered."""
        status, items = None if answer is None else answer.status, _items(call)
        self._tally.add(call, status, person, items or 0)
        if self.keep_requests:
            headers = {name: value for name, value in call.headers.items() if name in _HEADERS}
            self.requests.append(
                LoggedRequest(call.method, call.path, dict(call.query), status, call.inner, items, headers)
            )

    def counts(self) -> Counts:
        """Return how many requests there were of each kind."""
        return self._tally.counts()

    def update_message(self, conversation: str, activity_id: str, activity: Mapping[str, Any]) -> bool:
        """Replace a delivered activity; False when there is none such."""
        for number, message in enumerate(self.messages):
            if (message.conversation, message.activity_id) == (conversation, activity_id):
                self.messages[number] = replace(message, activity=activity)
                return True
        return False

    def clear(self) -> None:
        """Forget all of it."""
        self.requests.clear()
        self.messages.clear()
        self.mails.clear()
        self.turned_away.clear()
        self._tally = Tally()


def _items(call: Call) -> int | None:
    if call.path != "/v1.0/$batch":
        return None
    requests = (call.json_object() or {}).get("requests")
    return len(requests) if isinstance(requests, list) else None
