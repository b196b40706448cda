"""Counts what is taken against the limits, and turns away what is too much."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from integrations.sandbox.exchange import Call
from integrations.sandbox.journal import Journal, TurnedAway
from integrations.sandbox.limits import Limits, Window


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a request asks of one count: so many ``units`` of what the windows hold."""

    count: str
    windows: tuple[Window, ...]
    units: int = 1


class Throttle:
    """The gate that every request for Graph and the Bot Connector passes; open to all without limits."""

    def __init__(self, limits: Limits | None, journal: Journal, people: int = 0) -> None:
        """``people`` is how large the tenant is."""
        self._limits = limits
        self._journal = journal
        self._people = people
        self._taken: defaultdict[str, deque[float]] = defaultdict(deque)

    def connector(self, call: Call, person: str | None, conversation: str) -> str | None:
        """Take a request to the Bot Connector, or return the Retry-After for it.

        ``conversation`` also names what is being opened, by the person that it is with.
        """
        if self._limits is None:
            return None
        in_conversation = _Claim(f"conversation {conversation}", self._limits.conversation)
        return self._admit(self._limits, call, person, _Claim("app", self._limits.app), in_conversation)

    def installation(self, call: Call, person: str | None) -> str | None:
        """Take an installation of the app, or return the Retry-After for it."""
        if self._limits is None:
            return None
        return self._admit(self._limits, call, person, _Claim("installations", self._limits.installations))

    def graph(self, call: Call, person: str | None, *, mailbox: str | None, units: int) -> str | None:
        """Take a request to Graph, or return the Retry-After for it.

        ``mailbox`` is the one it works on, if any; ``units`` what it costs of the identity resource units.
        """
        limits = self._limits
        if limits is None:
            return None
        claims = [_Claim("graph", limits.graph)]
        if mailbox is not None:
            claims.append(_Claim(f"mailbox {mailbox}", limits.mailbox))
        if units:
            claims.append(_Claim("identity", limits.identity_of(self._people), units))
        return self._admit(limits, call, person, *claims)

    def at_once(self, call: Call, person: str | None, busy: int, seconds: float) -> str | None:
        """Let one more work on a mailbox beside ``busy`` others, or return the Retry-After for it.

        ``seconds`` is how long each of them takes.
        """
        most = None if self._limits is None else self._limits.mailbox_requests_at_once
        return None if most is None or busy < most else self._turn_away(call, person, max(seconds, 0.1))

    def note(self, call: Call, person: str | None) -> None:
        """Put a request that was too many in the journal."""
        self._journal.turned_away.append(TurnedAway(call.method, call.path, person))

    def _turn_away(self, call: Call, person: str | None, wait: float) -> str:
        self.note(call, person)
        return _header(wait, whole=len(self._journal.turned_away) % 2 == 0)

    def _admit(self, limits: Limits, call: Call, person: str | None, *claims: _Claim) -> str | None:
        now = limits.clock()
        wait = max(self._wait(claim, now) for claim in claims)
        if wait > 0:
            return self._turn_away(call, person, wait)
        for claim in claims:
            self._taken[claim.count].extend([now] * claim.units)
        return None

    def _wait(self, claim: _Claim, now: float) -> float:
        taken = self._taken[claim.count]
        while taken and taken[0] <= now - max(window.seconds for window in claim.windows):
            taken.popleft()
        waits = (
            # so many of the oldest have to be over before there is room
            taken[over - 1] + window.seconds - now
            for window in claim.windows
            if (over := len(taken) + min(claim.units, window.most) - window.most) > 0
        )
        return max(waits, default=0.0)


def _header(wait: float, *, whole: bool) -> str:
    """Round up, to whole seconds or to thousandths: Microsoft sends both."""
    return str(math.ceil(wait)) if whole else str(math.ceil(wait * 1000) / 1000)
