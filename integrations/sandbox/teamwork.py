"""The Teams app in the catalogue, its installation for people, and mail."""

from __future__ import annotations

import re
import uuid

from integrations.sandbox.exchange import Answer, Call, RefusedError
from integrations.sandbox.journal import Journal, SentMail
from integrations.sandbox.odata import Route, allow_options, collection, graph_error, refuse, route
from integrations.sandbox.people import People
from integrations.sandbox.throttle import Throttle

TEAMS_APP_ID = "5ad00b0c-0000-4000-8000-00000000a991"
_CATALOGUE_ID = "5ad00b0c-0000-4000-8000-00000000ca7a"
_APP = {
    "id": _CATALOGUE_ID,
    "externalId": TEAMS_APP_ID,
    "displayName": "Hjemmedag",
    "distributionMethod": "organization",
}
_FILTER = re.compile(r"(?:teamsApp/)?(id|externalId)\s+eq\s+'([^']*)'", re.IGNORECASE)


class Teamwork:
    """Serves one Teams app and remembers whom it is installed for."""

    def __init__(self, people: People, journal: Journal, url: str, throttle: Throttle) -> None:
        self._people = people
        self._journal = journal
        self._url = url
        self._throttle = throttle
        self._installed: set[str] = set()

    def routes(self) -> list[Route]:
        """Return what is served here."""
        return [
            route("GET", "/appCatalogs/teamsApps", self.catalogue),
            route("GET", "/users/{user}/teamwork/installedApps", self.installations),
            route("POST", "/users/{user}/teamwork/installedApps", self.install),
            route("POST", "/users/{user}/sendMail", self.send_mail),
        ]

    def is_installed(self, user_id: str) -> bool:
        """Say whether the app is installed for the user with this object id."""
        return user_id in self._installed

    def catalogue(self, call: Call) -> Answer:
        """Return the app, if the filter lets it through."""
        allow_options(call, "filter", "select")
        return collection(call, self._url, [_APP] if _passes(call) else [])

    def installations(self, call: Call, user: str) -> Answer:
        """Return the app when it is installed for the user."""
        allow_options(call, "filter", "expand")
        user_id = str(self._people.require(user)["id"])
        found = self.is_installed(user_id) and _passes(call)
        app = {"teamsApp": _APP} if call.option("$expand") else {}
        return collection(call, self._url, [{"id": _installation(user_id)} | app] if found else [])

    def install(self, call: Call, user: str) -> Answer:
        """Install the app for the user: 201 without a body, 409 when it is there already."""
        found = self._people.require(user)
        wait = self._throttle.installation(call, str(found["userPrincipalName"]).lower())
        if wait is not None:
            raise RefusedError(graph_error(429).retry_after(wait))
        user_id = str(found["id"])
        bound = (call.json_object() or {}).get("teamsApp@odata.bind")
        if not isinstance(bound, str) or "/appCatalogs/teamsApps/" not in bound:
            raise refuse(
                400, "BadRequest", "'teamsApp@odata.bind' must be the address of an app in the catalogue."
            )
        if bound.rpartition("/")[2] != _CATALOGUE_ID:
            raise refuse(404, "NotFound", "The app is not found in the app catalogue.")
        if self.is_installed(user_id):
            raise refuse(409, "Conflict", "The app is installed already for the user.")
        self._installed.add(user_id)
        return Answer(201, headers={"Location": f"{self._url}{call.target()}/{_installation(user_id)}"})

    def send_mail(self, call: Call, user: str) -> Answer:
        """Take a mail: 202, accepted."""
        sender = self._people.mailbox(user)
        message = (call.json_object() or {}).get("message")
        if not isinstance(message, dict):
            return graph_error(400, "BadRequest", "The parameter 'Message' is required.")
        if not message.get("toRecipients"):
            return graph_error(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
        self._journal.mails.append(SentMail(sender, message))
        return Answer(202)


def _passes(call: Call) -> bool:
    text = call.option("$filter")
    if text is None:
        return True
    found = _FILTER.fullmatch(text.strip())
    if found is None:
        raise refuse(501, message="Only a filter by id or externalId is part of the sandbox.")
    return found[2].lower() == (_CATALOGUE_ID if found[1].lower() == "id" else TEAMS_APP_ID)


def _installation(user_id: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"installation of {user_id}").hex
