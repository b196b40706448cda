"""Access tokens for the program itself, from Microsoft Entra through MSAL, which keeps and renews them."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import msal as untyped_msal
from msal.authority import WELL_KNOWN_AUTHORITY_HOSTS

from bot.errors import ServiceDown
from integrations.identity.credentials import Credential, ManagedIdentity, for_msal
from integrations.identity.refusals import refused
from integrations.identity.transport import IdentityHttp

msal: Any = untyped_msal  # ships no type hints
_SignedIn = Callable[[str], Mapping[str, Any]]


class TokenSource:
    """Gives tokens for one app in one tenant. May be shared between tasks and event loops.

    ``authority`` is the sign-in service without the tenant; ``sleep`` waits between retries, in seconds.
    """

    def __init__(
        self,
        *,
        tenant_id: str,
        client_id: str,
        authority: str,
        credential: Credential,
        tls: ssl.SSLContext,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client_id = client_id
        self._authority = f"{authority.rstrip('/')}/{tenant_id}"
        self._host = urlsplit(self._authority).netloc
        self._credential = credential
        # The address that serves managed identities exists on the machine alone, behind no proxy.
        self._http = IdentityHttp(tls, sleep, by_proxy=not isinstance(credential, ManagedIdentity))
        self._signed_in: _SignedIn | None = None
        self._one_at_a_time = threading.Lock()

    async def token(self, scope: str) -> str:
        """Return an access token for ``scope``, such as ``https://graph.microsoft.com/.default``.

        Raises: ``WrongConfiguration`` when the credentials are refused, ``ServiceDown`` when the identity
        service cannot be reached or is out of order.
        """
        return await asyncio.to_thread(self._token, scope)

    def close(self) -> None:
        """Close the connections to the identity service."""
        self._http.close()

    def _token(self, scope: str) -> str:
        with self._one_at_a_time:
            answer = self._ask(scope)
        if "access_token" in answer:
            return str(answer["access_token"])
        raise refused(str(answer.get("error", "")), str(answer.get("error_description", "")))

    def _ask(self, scope: str) -> Mapping[str, Any]:
        if self._signed_in is None:
            self._signed_in = self._sign_in()
        try:
            return self._signed_in(scope)
        except ValueError as error:  # an answer MSAL cannot read, such as a gateway's HTML page
            raise ServiceDown(f"The identity service at {self._host} gives no readable answer.") from error

    def _sign_in(self) -> _SignedIn:
        """Prepare MSAL. Its constructor asks the network, so this is left until a token is wanted."""
        if isinstance(self._credential, ManagedIdentity):
            return self._managed(self._credential)
        credential = for_msal(self._credential)
        try:
            app = msal.ConfidentialClientApplication(
                self._client_id,
                client_credential=credential,
                authority=self._authority,
                instance_discovery=None if self._host in WELL_KNOWN_AUTHORITY_HOSTS else False,
                http_client=self._http,
            )
        except (
            ValueError,
            KeyError,
            RuntimeError,
        ) as error:  # no such tenant or service
            raise refused("", self._http.refusal or "AADSTS90002") from error
        return lambda scope: app.acquire_token_for_client([scope])

    def _managed(self, identity: ManagedIdentity) -> _SignedIn:
        which = (
            msal.UserAssignedManagedIdentity(client_id=identity.client_id)
            if identity.client_id
            else msal.SystemAssignedManagedIdentity()
        )
        client = msal.ManagedIdentityClient(which, http_client=self._http)
        return lambda scope: client.acquire_token_for_client(resource=scope.removesuffix("/.default"))
