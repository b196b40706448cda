"""How much mailboxes take at once: four requests each, and maybe so many in the whole tenant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from integrations.sandbox.exchange import Answer, Call, RefusedError
from integrations.sandbox.latency import Latency
from integrations.sandbox.odata import graph_error, refuse
from integrations.sandbox.throttle import Throttle

_AT_ONCE = 4


class Mailboxes:
    """Lets four requests at a time work on a mailbox and turns the fifth away, as Exchange does."""

    def __init__(self, throttle: Throttle, latency: Latency) -> None:
        """``latency`` is how long a mailbox takes over each request."""
        self._throttle = throttle
        self._latency = latency
        self._busy: Counter[str] = Counter()

    async def work(self, call: Call, mailbox: str, serve: Callable[[], Answer]) -> Answer:
        """Serve a request in a mailbox once it has taken its time; refuse it when there are too many."""
        self._let_in(call, mailbox)
        self._busy[mailbox] += 1
        try:
            # Without any time passing here, requests made at once would never meet.
            await self._latency.pass_by()
            return serve()
        finally:
            self._leave(mailbox)

    def _let_in(self, call: Call, mailbox: str) -> None:
        if self._busy[mailbox] >= _AT_ONCE:
            self._throttle.note(call, mailbox)
            message = "Application is over its MailboxConcurrency limit."
            raise refuse(429, "ApplicationThrottled", message)
        wait = self._throttle.at_once(call, mailbox, self._busy.total(), self._latency.seconds)
        if wait is not None:
            raise RefusedError(graph_error(429).retry_after(wait))

    def _leave(self, mailbox: str) -> None:
        self._busy[mailbox] -= 1
        if not self._busy[mailbox]:
            del self._busy[mailbox]
