"""Sign-in as Entra ID does it for an app on its own: discovery and the client-credentials grant.

A certificate is taken at its word: the assertion must name the right app and address, but its signature
is not checked.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import parse_qsl

from integrations.sandbox.exchange import Answer, Call, RefusedError

TENANT_ID = "5ad00b0c-0000-4000-8000-00000000da7a"
CLIENT_ID = "5ad00b0c-0000-4000-8000-0000000000b0"
_LIFETIME_SECONDS = 3599
_JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_PATH = re.compile(r"/([^/]+)/(v2\.0/\.well-known/openid-configuration|oauth2/v2\.0/token)")


@dataclass(slots=True)
class Tokens:
    """The tokens handed out, each good for one audience."""

    _audiences: dict[str, str] = field(default_factory=dict, repr=False)

    def issue(self, audience: str) -> str:
        """Return a new opaque token for an audience."""
        token = secrets.token_urlsafe(48)
        self._audiences[token] = audience
        return token

    def audience(self, call: Call) -> str | None:
        """Return what the call's bearer token is good for, None without a token known here."""
        kind, _, token = call.headers.get("authorization", "").partition(" ")
        return self._audiences.get(token) if kind.lower() == "bearer" else None


class SignIn:
    """The identity service. ``url`` is where it stands, ``secret`` the one secret it takes."""

    def __init__(self, url: str, secret: str, tokens: Tokens) -> None:
        self._url = url
        self._secret = secret
        self._tokens = tokens

    def person(self, _call: Call, /) -> str | None:
        """Nobody: an app signs in."""
        return None

    async def answer(self, call: Call) -> Answer:
        """Serve discovery and tokens; anything else is not there."""
        found = _PATH.fullmatch(call.path)
        if found is None:
            return self.error(404, "not_found", "There is nothing at this address.")
        if found[1].lower() != TENANT_ID:
            return self.error(400, "invalid_tenant", f"AADSTS90002: Tenant '{found[1]}' not found.")
        is_token = found[2].endswith("token")
        if call.method != ("POST" if is_token else "GET"):
            return self.error(405, "invalid_request", "AADSTS900561: The endpoint accepts another method.")
        try:
            return self._token(call) if is_token else self._discovery()
        except RefusedError as refused:
            return refused.answer

    def error(self, status: int, code: str | None = None, message: str | None = None) -> Answer:
        """Return an OAuth 2.0 error."""
        usual = "temporarily_unavailable" if status >= 500 or status == 429 else "invalid_request"
        return Answer(status, {"error": code or usual, "error_description": message or "Try again later."})

    def _discovery(self) -> Answer:
        home = f"{self._url}/{TENANT_ID}"
        document = {
            "issuer": f"{home}/v2.0",
            "authorization_endpoint": f"{home}/oauth2/v2.0/authorize",
            "token_endpoint": f"{home}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{home}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{home}/discovery/v2.0/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        }
        return Answer(200, document)

    def _token(self, call: Call) -> Answer:
        form = dict(parse_qsl(call.body.decode("utf-8", "replace")))
        if form.get("grant_type") != "client_credentials":
            self._refuse(
                400, "unsupported_grant_type", "AADSTS70003: Only client_credentials is served here."
            )
        if form.get("client_id") != CLIENT_ID:
            text = f"AADSTS700016: Application with identifier '{form.get('client_id')}' was not found."
            self._refuse(400, "unauthorized_client", text)
        self._check_proof(form)
        token = self._tokens.issue(self._audience(form.get("scope", "")))
        body = {
            "token_type": "Bearer",
            "expires_in": _LIFETIME_SECONDS,
            "ext_expires_in": _LIFETIME_SECONDS,
            "access_token": token,
        }
        return Answer(200, body)

    def _check_proof(self, form: dict[str, str]) -> None:
        if "client_assertion" in form:
            self._check_assertion(form)
        elif "client_secret" not in form:
            text = "AADSTS7000216: 'client_assertion' or 'client_secret' is required."
            self._refuse(401, "invalid_client", text)
        elif not secrets.compare_digest(form["client_secret"].encode(), self._secret.encode()):
            self._refuse(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.")

    def _check_assertion(self, form: dict[str, str]) -> None:
        claims = _claims(form["client_assertion"])
        if claims is None or form.get("client_assertion_type") != _JWT_BEARER:
            self._refuse(401, "invalid_client", "AADSTS50027: JWT token is invalid or malformed.")
        elif (claims.get("iss"), claims.get("sub")) != (CLIENT_ID, CLIENT_ID):
            text = (
                "AADSTS700021: Client assertion application identifier doesn't match 'client_id' parameter."
            )
            self._refuse(401, "invalid_client", text)
        elif claims.get("aud") != f"{self._url}/{TENANT_ID}/oauth2/v2.0/token":
            self._refuse(401, "invalid_client", "AADSTS700023: Client assertion audience is not this realm.")

    def _audience(self, scope: str) -> str:
        resource = scope.removesuffix("/.default")
        if resource == scope or not resource or " " in scope:
            text = (
                "AADSTS1002012: The scope is not valid. Client credential flows need one scope, '/.default'."
            )
            self._refuse(400, "invalid_scope", text)
        return resource

    def _refuse(self, status: int, code: str, text: str) -> NoReturn:
        raise RefusedError(self.error(status, code, text))


def _claims(token: str) -> dict[str, object] | None:
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return claims if isinstance(claims, dict) else None
