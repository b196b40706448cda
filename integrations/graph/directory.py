"""Looking people up in the directory, by principal name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import aclosing
from urllib.parse import quote

import msgspec

from bot.errors import ServiceDown, WrongConfiguration
from bot.model import DirectoryUser
from integrations.deadline import Deadline
from integrations.graph.batch import Answer, Read
from integrations.graph.client import GraphClient, token_refused
from integrations.graph.stream import Stream
from integrations.graph.wire import decode
from integrations.pace import REAL_TIME, Clock


class GraphUser(msgspec.Struct, rename="camel"):
    """The fields asked for of a user."""

    id: str
    user_principal_name: str
    display_name: str | None = None
    mail: str | None = None
    account_enabled: bool | None = None


_SELECT = ",".join(GraphUser.__struct_encode_fields__)
_USER = msgspec.json.Decoder(GraphUser)


class GraphDirectory:
    """Implements ``bot.ports.Directory``."""

    def __init__(
        self, client: GraphClient, *, deadline: Deadline | None = None, clock: Clock = REAL_TIME
    ) -> None:
        self._stream = Stream(client, deadline=deadline or Deadline(), clock=clock)

    async def find(self, principal_names: Sequence[str]) -> Mapping[str, DirectoryUser | None]:
        """Return the person, or None where there is nobody of that name, by the name asked for in lower case.

        A name whose lookup was not answered, not readably, or not before the deadline, is left out.

        Raises: ``ServiceDown`` when not one lookup was answered, ``WrongConfiguration`` when the token is
        refused or the app may not read any user.
        """
        names = dict.fromkeys(name.lower() for name in principal_names)
        statuses: set[int] = set()
        found: dict[str, DirectoryUser | None] = {}
        async with aclosing(self._stream.fetch(map(_lookup, names), _looked_up)) as results:
            async for name, status, user in results:
                statuses.add(status)
                if user or status == 404:
                    found[name] = user
        _require_some(statuses)
        return found


def _lookup(name: str) -> Read:
    return Read(name, f"/users/{quote(name, safe='@')}?$select={_SELECT}")


def _looked_up(answer: Answer) -> tuple[str, int, DirectoryUser | None]:
    if answer.status == 401:
        raise token_refused()
    return answer.id, answer.status, _user(answer) if answer.status == 200 else None


def _require_some(statuses: Set[int]) -> None:
    if statuses == {403}:
        raise WrongConfiguration(
            "Microsoft Graph does not let the program look people up.",
            ["Grant the app the application permission User.Read.All, with admin consent."],
        )
    if statuses and all(status == 429 or status >= 500 for status in statuses):
        raise ServiceDown("Microsoft Graph answers no lookup of people.")


def _user(answer: Answer) -> DirectoryUser | None:
    try:
        wire = decode(answer.body, _USER)
    except msgspec.DecodeError:
        return None
    return DirectoryUser(
        id=wire.id,
        principal_name=wire.user_principal_name.lower(),
        name=wire.display_name or wire.user_principal_name,
        mail=wire.mail,
        enabled=wire.account_enabled is not False,
    )
