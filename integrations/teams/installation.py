"""Installing the Teams app for a person through Graph, so that the bot may write to them.

Source: learn.microsoft.com, "Proactive installation of apps using Graph API to send messages".
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from urllib.parse import quote

import msgspec

from bot.errors import ServiceDown
from bot.model import Delivery, MessageState
from integrations.graph.client import GraphClient, GraphResponse
from integrations.teams.answers import error_code

_DONE = frozenset({200, 201, 204, 409})  # 409: it is there already


class AppInstaller:
    """Installs one app, named by the id in its manifest. The catalogue is asked once."""

    def __init__(self, graph: GraphClient, *, graph_url: str, teams_app_id: str) -> None:
        self._graph = graph
        self._catalogue = f"{graph_url.rstrip('/')}/v1.0/appCatalogs/teamsApps"
        self._teams_app_id = teams_app_id
        self._found: str | Delivery | None = None
        self._one_at_a_time = asyncio.Lock()

    async def install(self, user_id: str) -> Delivery | None:
        """Install the app for a user (Entra object id); a delivery says why a message cannot follow.

        Raises: ``WrongConfiguration`` when Graph refuses the credentials.
        """
        try:
            return await self._install(user_id)
        except ServiceDown:  # after every retry; the person's next turn is the next run
            return Delivery(MessageState.FAILED, "graph-unavailable")

    async def _install(self, user_id: str) -> Delivery | None:
        found = await self._look_up()
        if isinstance(found, Delivery):
            return found
        answer = await self._graph.request(
            "POST",
            f"/users/{quote(user_id, safe='')}/teamwork/installedApps",
            body={"teamsApp@odata.bind": f"{self._catalogue}/{found}"},
            retry=True,
        )
        return None if answer.status in _DONE else _refused("install-refused", answer)

    async def _look_up(self) -> str | Delivery:
        async with self._one_at_a_time:
            if self._found is None:
                answer = await self._graph.request("GET", self._catalogue_query())
                if answer.status != HTTPStatus.OK:
                    return _refused("catalogue-refused", answer)
                self._found = _catalogue_id(answer.body)
            return self._found

    def _catalogue_query(self) -> str:
        literal = self._teams_app_id.replace("'", "''")
        condition = quote(f"externalId eq '{literal}'", safe="'")
        return f"/appCatalogs/teamsApps?$filter={condition}"


class _App(msgspec.Struct):
    id: str


class _Apps(msgspec.Struct):
    value: list[_App]


def _catalogue_id(body: bytes) -> str | Delivery:
    try:
        apps = msgspec.json.decode(body, type=_Apps).value
    except msgspec.MsgspecError:
        return Delivery(MessageState.FAILED, "catalogue-unreadable")
    return apps[0].id if apps else Delivery(MessageState.FAILED, "app-not-in-catalogue")


def _refused(what: str, answer: GraphResponse) -> Delivery:
    return Delivery(MessageState.FAILED, f"{what}: {error_code(answer.status, answer.body)}")
