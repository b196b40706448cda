"""The sandbox as a running server: HTTPS on the loopback interface, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import socket
import ssl
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import trustme
import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import WrongConfiguration
from integrations.sandbox.app import TRANSPORT, build_app
from integrations.sandbox.faults import Fault, FaultBook
from integrations.sandbox.journal import DeliveredMessage, Journal, LoggedRequest, SentMail, TurnedAway
from integrations.sandbox.limits import Limits
from integrations.sandbox.services import Load, build_front
from integrations.sandbox.signin import CLIENT_ID, TENANT_ID
from integrations.sandbox.teamwork import TEAMS_APP_ID
from integrations.sandbox.tenant import Tenant

_HOST = "127.0.0.1"
_GRACE_SECONDS = 1


class Sandbox:
    """A small Microsoft 365 tenant at ``https://localhost:PORT``; a context manager.

    ``tenant`` and ``faults`` may be changed while it runs. ``port`` 0 takes a free one. ``latency`` is
    how many seconds a mailbox is busy with each request, ``teams_latency`` how many a request to the Bot
    Connector takes on average. Without ``limits``, no number of requests is too many. A port that is taken
    raises ``WrongConfiguration``.
    """

    def __init__(
        self,
        tenant: Tenant,
        faults: Iterable[Fault] = (),
        port: int = 0,
        *,
        latency: float = 0.005,
        teams_latency: float = 0,
        limits: Limits | None = None,
    ) -> None:
        self.tenant = tenant
        self.faults = FaultBook(faults)
        self.url = ""
        self._port = port
        self._load = Load(latency, teams_latency, limits)
        self._secret = secrets.token_urlsafe(24)
        self._journal = Journal()
        self._ca_file = Path()
        self._server: _Server | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        listener = _listen(self._port)
        with contextlib.ExitStack() as stack:
            stack.enter_context(listener)
            self.url = f"https://localhost:{listener.getsockname()[1]}"
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hjemmedag-sandbox-"))
            self._ca_file = Path(folder) / "ca.pem"
            front = build_front(self.tenant, self.faults, self._journal, self.url, self._secret, self._load)
            self._server = _Server.of(build_app(front, self._journal), _certify(self._ca_file))
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
        """Return the requests that were answered, items of a $batch before the batch."""
        return list(self._journal.requests)

    @property
    def turned_away(self) -> list[TurnedAway]:
        """Return the requests that were too many, oldest first."""
        return list(self._journal.turned_away)

    def clear(self) -> None:
        """Forget messages, mails and requests."""
        self._journal.clear()

    def stop(self) -> None:
        """Ask the server to stop; from any thread."""
        if self._server is not None:
            self._server.should_exit = True

    def wait(self) -> None:
        """Block until ``stop``, or, in the main thread, until Ctrl-C or SIGTERM."""
        if self._server is not None:
            with _interruptible():
                self._server.stopped.wait()


class _Server(uvicorn.Server):
    """A server that runs in a thread and waits for nobody when it stops."""

    stopped: threading.Event

    @classmethod
    def of(cls, app: Starlette, context: ssl.SSLContext) -> Self:
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        config.load()
        config.ssl = context
        server = cls(config)
        server.stopped = threading.Event()
        return server

    @contextlib.contextmanager
    def running(self, listener: socket.socket) -> Iterator[None]:
        thread = threading.Thread(target=self._run, args=(listener,), name="hjemmedag-sandbox", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.should_exit = True
            thread.join()

    def _run(self, listener: socket.socket) -> None:
        try:
            self.run(sockets=[listener])
        finally:
            self.stopped.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Closing TLS politely waits up to 30 s for a client that keeps its connection open without reading.
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        for request in list(self.server_state.tasks):
            request.cancel()
        await super().shutdown(sockets)


class _Protocol(H11Protocol):
    """HTTP/1.1 that lets the application reach the connection, so that it can drop it without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope[TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = with_transport


def _listen(port: int) -> socket.socket:
    # asyncio turns Nagle's delay of 40 ms off only for sockets that name their protocol.
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_HOST, port))
        # Connections made before the server takes over wait in the backlog.
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        fault = f"port {port} can't be used ({reason}); stop what uses it or choose another with --port"
        raise WrongConfiguration("The sandbox can't start:", [fault]) from None
    return listener


def _certify(ca_file: Path) -> ssl.SSLContext:
    authority = trustme.CA(organization_name="hjemmedag sandbox")
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", _HOST).configure_cert(context)
    return context


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the block."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # SIGINT too: whoever started us in the background has had it ignored.
    previous = {
        number: signal.signal(number, signal.default_int_handler)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
