"""How to reach a sandbox that is running elsewhere: addresses, certificates, and tokens."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from integrations.http import tls_context
from integrations.identity import ClientSecret, TokenSource


@dataclass(frozen=True, slots=True)
class Service:
    """One sandbox, and the app that asks it."""

    graph_url: str
    authority: str
    tenant_id: str
    client_id: str
    client_secret: str
    ca_file: Path
    tls: ssl.SSLContext

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Self:
        """Take what a sandbox says a run must be set to."""
        given = {name.removeprefix("HJEMMEDAG_").lower(): value for name, value in settings.items()}
        ca_file = Path(given["ca_file"])
        return cls(
            graph_url=given["graph_url"],
            authority=given["authority"],
            tenant_id=given["tenant_id"],
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            ca_file=ca_file,
            tls=tls_context(ca_file),
        )

    @contextmanager
    def tokens(self) -> Iterator[TokenSource]:
        """Sign in by the program's own sign-in."""
        tokens = TokenSource(
            tenant_id=self.tenant_id,
            client_id=self.client_id,
            authority=self.authority,
            credential=ClientSecret(self.client_secret),
            tls=self.tls,
        )
        try:
            yield tokens
        finally:
            tokens.close()

    async def token(self) -> str:
        """Return a token for Graph."""
        with self.tokens() as tokens:
            return await tokens.token(f"{self.graph_url}/.default")
