"""The work plans that people keep in Outlook and Teams, by ``occurrencesView`` in batches.

Readable for an app alone since September 2026, with ``Calendars.Read.All``: an optional source.
(learn.microsoft.com/graph/api/workhoursandlocationssetting-occurrencesview)
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec

from bot.errors import ServiceDown
from bot.model import RemoteWork, Window
from integrations.graph.batch import SIZE, Batch
from integrations.graph.client import GraphClient
from integrations.graph.paging import Broken, Page, PageDecoder, PagedReader, Whole
from integrations.graph.times import DateTimeTimeZone, edges_to_ask_for, to_local, touches

# Graph does not say how many it would give; these are six a day for the eleven weeks of a pass.
PAGE_SIZE = 500

_SOURCE_OFF = {403, 404}


class WirePlan(msgspec.Struct, rename="camel"):
    """The fields asked for of a workPlanOccurrence. Its time off, with a subject of its own, is not read."""

    start: DateTimeTimeZone
    end: DateTimeTimeZone
    work_location_type: str | None = None


_SELECT = ",".join(WirePlan.__struct_encode_fields__)
_PAGES = PageDecoder(Page[WirePlan], WirePlan)

_Result = Whole[RemoteWork] | Broken


class GraphWorkPlans:
    """Implements ``bot.ports.WorkPlans``. ``timezone`` is the organisation's, an IANA name."""

    def __init__(
        self,
        client: GraphClient,
        *,
        timezone: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._zone = ZoneInfo(timezone)
        self._sleep = sleep

    async def read(self, people: Sequence[str], window: Window) -> Mapping[str, Sequence[RemoteWork]] | None:
        """Return the remote stretches that touch the window, by person; None where the source is off.

        The first batch goes alone: when every answer in it is a 403 or a 404, nobody else is asked. Who is
        not answered for is left out, so all are when Graph is down; who plans no remote work has an empty
        sequence.

        Raises: ``WrongConfiguration`` when Graph refuses the token.
        """
        reader, names = self._reader(window), list(dict.fromkeys(people))
        try:
            first = await _results(reader, names[:SIZE], window)
            if first and all(isinstance(one, Broken) and one.status in _SOURCE_OFF for one in first):
                return None
            rest = await _results(reader, names[SIZE:], window)
        except ServiceDown:
            return {}
        return {one.id: one.items for one in [*first, *rest] if isinstance(one, Whole)}

    def _reader(self, window: Window) -> PagedReader[WirePlan, RemoteWork]:
        def translate(wire: WirePlan) -> RemoteWork | None:
            remote = _remote(wire, self._zone)
            return remote if remote and touches(window, remote.start, remote.end) else None

        return PagedReader(self._client, Batch(self._client, sleep=self._sleep), _PAGES, translate)


async def _results(
    reader: PagedReader[WirePlan, RemoteWork], people: Iterable[str], window: Window
) -> list[_Result]:
    first_pages = {person: _first_page(person, window) for person in people}
    async with aclosing(reader.read(first_pages)) as results:
        return [result async for result in results]


def _first_page(person: str, window: Window) -> str:
    start, end = edges_to_ask_for(window)
    return (
        f"/users/{quote(person, safe='@')}/settings/workHoursAndLocations/"
        f"occurrencesView(startDateTime='{start}',endDateTime='{end}')?$select={_SELECT}&$top={PAGE_SIZE}"
    )


def _remote(wire: WirePlan, zone: ZoneInfo) -> RemoteWork | None:
    """Translate one occurrence; None where it is not remote, or has impossible times."""
    if (wire.work_location_type or "").lower() != "remote":
        return None
    try:
        start, end = to_local(wire.start, zone), to_local(wire.end, zone)
    except (ValueError, OverflowError):
        return None
    return RemoteWork(start, end) if start < end else None
