"""The sandbox as a running server, with its settings and what it saw."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from integrations.sandbox.app import build_app
from integrations.sandbox.counts import Counts
from integrations.sandbox.fault_book import FaultBook
from integrations.sandbox.faults import Fault
from integrations.sandbox.https import Server, certify, interruptible, listen
from integrations.sandbox.journal import DeliveredMessage, Journal, LoggedRequest, SentMail, TurnedAway
from integrations.sandbox.limits import Limits
from integrations.sandbox.services import Load, build_front
from integrations.sandbox.signin import CLIENT_ID, TENANT_ID
from integrations.sandbox.teamwork import TEAMS_APP_ID
from integrations.sandbox.tenant import Tenant

_LONGEST_WAIT_SECONDS = 1


class Sandbox:
    """A small Microsoft 365 tenant at ``https://localhost:PORT``; a context manager.

    ``tenant`` and ``faults`` may be changed while it runs. ``port`` 0 takes a free one. Without ``limits``,
    no number of requests is too many. Without ``keep_requests`` they are counted, and forgotten. A port that
    is taken raises ``WrongConfiguration``.

    Seconds: ``latency`` is how long a mailbox is busy with each request, on average, and the share
    ``latency_spread`` how much more or less at most; ``batch_latency`` what a $batch takes beside its items;
    ``teams_latency`` what a request to the Bot Connector takes on average.
    """

    def __init__(
        self,
        tenant: Tenant,
        faults: Iterable[Fault] = (),
        port: int = 0,
        *,
        latency: float = 0.005,
        latency_spread: float = 0,
        batch_latency: float = 0,
        teams_latency: float = 0,
        limits: Limits | None = None,
        keep_requests: bool = True,
    ) -> None:
        self.tenant = tenant
        self.faults = FaultBook(faults)
        self.url = ""
        self._port = port
        self._load = Load(latency, teams_latency, limits, latency_spread, batch_latency)
        self._secret = secrets.token_urlsafe(24)
        self._journal = Journal(keep_requests=keep_requests)
        self._ca_file = Path()
        self._server: Server | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        listener = listen(self._port)
        with contextlib.ExitStack() as stack:
            stack.enter_context(listener)
            self.url = f"https://localhost:{listener.getsockname()[1]}"
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hjemmedag-sandbox-"))
            self._ca_file = Path(folder) / "ca.pem"
            front = build_front(self.tenant, self.faults, self._journal, self.url, self._secret, self._load)
            self._server = Server.of(build_app(front, self._journal), certify(self._ca_file))
            stack.enter_context(self._server.running(listener))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def settings(self) -> dict[str, str]:
        """Return the HJEMMEDAG_ settings that point a run at this sandbox, the secret among them."""
        return {
            "HJEMMEDAG_TENANT_ID": TENANT_ID,
            "HJEMMEDAG_CLIENT_ID": CLIENT_ID,
            "HJEMMEDAG_CLIENT_SECRET": self._secret,
            "HJEMMEDAG_AUTHORITY": self.url,
            "HJEMMEDAG_GRAPH_URL": self.url,
            "HJEMMEDAG_BOT_SERVICE_URL": f"{self.url}/teams/",
            "HJEMMEDAG_TEAMS_APP_ID": TEAMS_APP_ID,
            "HJEMMEDAG_CA_FILE": str(self._ca_file),
        }

    @property
    def messages(self) -> list[DeliveredMessage]:
        """Return the Teams messages that arrived, oldest first."""
        return list(self._journal.messages)

    @property
    def mails(self) -> list[SentMail]:
        """Return the mails that were handed in, oldest first."""
        return list(self._journal.mails)

    @property
    def requests(self) -> list[LoggedRequest]:
        """Return the requests that were answered, items of a $batch before the batch, if they are kept."""
        return list(self._journal.requests)

    @property
    def turned_away(self) -> list[TurnedAway]:
        """Return the requests that were too many, oldest first."""
        return list(self._journal.turned_away)

    @property
    def counts(self) -> Counts:
        """Return how many requests of each kind were answered, also where they aren't kept."""
        return self._journal.counts()

    def clear(self) -> None:
        """Forget messages, mails, requests and their counts."""
        self._journal.clear()

    def stop(self) -> None:
        """Ask the server to stop; from any thread."""
        if self._server is not None:
            self._server.should_exit = True

    def wait(self) -> None:
        """Block until ``stop``, or, in the main thread, until Ctrl-C or SIGTERM."""
        if self._server is not None:
            with interruptible():
                # A signal that comes just before a wait begins is not heard until it ends.
                while not self._server.stopped.wait(_LONGEST_WAIT_SECONDS):
                    pass
