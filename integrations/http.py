"""HTTP for every outgoing connection: trusted certificates, clients, and a count of requests."""

from __future__ import annotations

import ssl
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import httpx

from bot.errors import WrongConfiguration

CONNECT_SECONDS = 10.0
BEFORE_IT_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Errors after which we know that nothing of the request has reached the other side."""


class RequestCount:
    """Counts the requests that leave, answered or not."""

    def __init__(self) -> None:
        self.total = 0

    async def add(self, _request: httpx.Request) -> None:
        """Take note of one request; an httpx event hook."""
        self.total += 1


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Trust the system's certificate authorities, and those in the PEM file ``ca_file``.

    Raises: ``WrongConfiguration`` when the file cannot be read or holds no certificate.
    """
    context = ssl.create_default_context()
    if ca_file is None:
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except OSError as error:  # ssl.SSLError is one too: a file that is not PEM
        raise WrongConfiguration(
            "The extra certificates cannot be used.",
            [f"HJEMMEDAG_CA_FILE: {ca_file} must be a readable file of certificates in PEM form."],
        ) from error
    return context


def user_agent() -> str:
    """How the program names itself to a server."""
    try:
        return f"hjemmedag/{version('hjemmedag')}"
    except PackageNotFoundError:  # run from a source folder that was never installed
        return "hjemmedag/0"


def new_client(
    tls: ssl.SSLContext, count: RequestCount | None = None, timeout: float = 30
) -> httpx.AsyncClient:
    """A client with bounded waits (seconds) and connections, following no redirects. The caller closes it."""
    return httpx.AsyncClient(
        verify=tls,
        timeout=httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS)),
        limits=httpx.Limits(max_connections=20, max_keepalive_connections=20),
        headers={"User-Agent": user_agent()},
        event_hooks={"request": [count.add]} if count else {},
    )
