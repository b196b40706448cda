"""HTTPS on the loopback interface, served by a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import trustme
import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import WrongConfiguration
from integrations.sandbox.app import TRANSPORT

_HOST = "127.0.0.1"
_GRACE_SECONDS = 1


class Server(uvicorn.Server):
    """A server that runs in a thread and waits for nobody when it stops."""

    stopped: threading.Event

    @classmethod
    def of(cls, app: Starlette, context: ssl.SSLContext) -> Self:
        """Make a server of an application."""
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
        """Serve what comes to the listener, until the block ends."""
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
        """Hang up on everybody and stop."""
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


def listen(port: int) -> socket.socket:
    """Return a socket that listens at a port, 0 for a free one. Raises ``WrongConfiguration``."""
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


def certify(ca_file: Path) -> ssl.SSLContext:
    """Return a new certificate for localhost; the file gets the authority that vouches for it."""
    authority = trustme.CA(organization_name="hjemmedag sandbox")
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", _HOST).configure_cert(context)
    return context


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
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
