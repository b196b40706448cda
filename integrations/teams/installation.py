"""Installing the Teams app for a person through Graph, so that the bot may write to them.

Source: learn.microsoft.com, "Proactive installation of apps using Graph API to send messages".
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from urllib.parse import quote

import httpx
import msgspec
from tenacity import retry_if_exception_type

from bot.errors import ServiceDown
from bot.model import Delivery, MessageState
from integrations.answers import Answer
from integrations.graph.client import GraphClient, GraphResponse
from integrations.pace import INSTALLATIONS_PER_SECOND, UNDER_WAY, Clock, Pace
from integrations.patience import if_status, patiently
from integrations.retry import PASSING_STATUS
from integrations.teams.outcomes import not_installed

_AGAIN = retry_if_exception_type(httpx.RequestError) | if_status(PASSING_STATUS)
_UNAVAILABLE = Delivery(MessageState.FAILED, "graph-unavailable")


class AppInstaller:
    """Installs one app, named by the id in its manifest. The catalogue is asked once, whatever it says."""

    def __init__(self, graph: GraphClient, *, graph_url: str, teams_app_id: str, clock: Clock) -> None:
        self._graph = graph
        self._catalogue = f"{graph_url.rstrip('/')}/v1.0/appCatalogs/teamsApps"
        self._teams_app_id = teams_app_id
        self._clock = clock
        self._pace = Pace(INSTALLATIONS_PER_SECOND, under_way=UNDER_WAY, clock=clock)
        self._found: str | Delivery | None = None
        self._one_at_a_time = asyncio.Lock()

    async def install(self, user_id: str) -> Delivery | None:
        """Install the app for a user (Entra object id); a delivery says why a message cannot follow.

        Raises: ``WrongConfiguration`` when Graph refuses the credentials.
        """
        async with self._one_at_a_time:
            if self._found is None:
                self._found = await self._look_up()
        if isinstance(self._found, Delivery):
            return self._found
        try:
            answer = await self._install(user_id, self._found)
        except (ServiceDown, httpx.RequestError):  # after every retry; the person's next turn is the next run
            return _UNAVAILABLE
        return not_installed(answer)

    async def _install(self, user_id: str, app: str) -> Answer:
        path = f"/users/{quote(user_id, safe='')}/teamwork/installedApps"
        body = {"teamsApp@odata.bind": f"{self._catalogue}/{app}"}

        async def attempt() -> Answer:
            async with self._pace.turn():
                return _answer(await self._graph.request("POST", path, body=body))

        return await patiently(attempt, again=_AGAIN, pace=self._pace, clock=self._clock)

    async def _look_up(self) -> str | Delivery:
        literal = self._teams_app_id.replace("'", "''")
        condition = quote(f"externalId eq '{literal}'", safe="'")
        try:
            response = await self._graph.request("GET", f"/appCatalogs/teamsApps?$filter={condition}")
        except ServiceDown:
            return _UNAVAILABLE
        answer = _answer(response)
        if answer.status != HTTPStatus.OK:
            return Delivery(MessageState.FAILED, f"catalogue-refused: {answer.code or answer.status}")
        return _catalogue_id(answer.body)


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


def _answer(response: GraphResponse) -> Answer:
    return Answer(response.status, response.headers, response.body)
