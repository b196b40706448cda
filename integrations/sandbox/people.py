"""People: one user, all users page by page, and a person's manager."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from integrations.sandbox.entries import Json
from integrations.sandbox.exchange import Answer, Call
from integrations.sandbox.odata import (
    Route,
    allow_options,
    collection,
    number_option,
    refuse,
    route,
    selected,
)
from integrations.sandbox.properties import USER, USER_DEFAULT
from integrations.sandbox.tenant import Tenant

_TYPE = "microsoft.graph.user"


class People:
    """Serves the directory of a tenant, and finds people for the other resources."""

    def __init__(self, tenant: Tenant, url: str) -> None:
        self._tenant = tenant
        self._url = url

    def routes(self) -> list[Route]:
        """Return what is served here."""
        return [
            route("GET", "/users", self.list_users, units=2),
            route("GET", "/users/{user}", self.one_user, units=1),
            route("GET", "/users/{user}/manager", self.manager, units=1),
        ]

    def require(self, key: str) -> Json:
        """Return the user with this id or principal name; refuse when there is none."""
        user = self._tenant.find(key)
        if user is None:
            message = f"Resource '{key}' does not exist, or one of the objects it is queried for."
            raise refuse(404, "Request_ResourceNotFound", message)
        return user

    def mailbox(self, key: str) -> str:
        """Return the principal name of a user who has a mailbox; refuse otherwise."""
        user = self.require(key)
        if not user.get("mailbox", True):
            message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise."
            raise refuse(404, "MailboxNotEnabledForRESTAPI", message)
        return str(user["userPrincipalName"])

    def list_users(self, call: Call) -> Answer:
        """Return a page of all users."""
        allow_options(call, "select", "top", "skiptoken")
        names = selected(call, USER, _TYPE)
        top = number_option(call, "top", 1, 999, 100)
        skip = _offset(call.option("$skiptoken"))
        users = self._tenant.users
        next_target = call.target(skiptoken=_token(skip + top)) if skip + top < len(users) else None
        return collection(
            call, self._url, (_shown(user, names) for user in users[skip : skip + top]), next_target
        )

    def one_user(self, call: Call, user: str) -> Answer:
        """Return one user."""
        allow_options(call, "select")
        return self._entity(call, self.require(user))

    def manager(self, call: Call, user: str) -> Answer:
        """Return a person's manager, 404 when there is none."""
        allow_options(call, "select")
        return self._entity(call, self.require(self.require(user).get("manager") or "manager"))

    def _entity(self, call: Call, user: Json) -> Answer:
        names = selected(call, USER, _TYPE)
        context = f"{self._url}/v1.0/$metadata#users/$entity"
        return Answer(200, {"@odata.context": context} | _shown(user, names))


def _shown(user: Json, names: tuple[str, ...] | None) -> dict[str, Any]:
    shown = {name: user.get(name) for name in names or USER_DEFAULT}
    return shown | ({"businessPhones": []} if shown.get("businessPhones", ()) is None else {})


def _token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"users:{offset}".encode()).decode().rstrip("=")


def _offset(token: str | None) -> int:
    if token is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        return int(text.removeprefix("users:"))
    except (binascii.Error, ValueError):
        raise refuse(
            400, "Directory_ExpiredPageToken", "The specified page token value is not valid."
        ) from None
