"""The work plans that people keep in Outlook and Teams, by ``occurrencesView`` in batches.

Readable for an app alone since September 2026, with ``Calendars.Read.All``: an optional source.
(learn.microsoft.com/graph/api/workhoursandlocationssetting-occurrencesview)
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec

from bot.errors import ServiceDown
from bot.model import RemoteWork, Window
from integrations.deadline import Deadline
from integrations.graph.batch import SIZE
from integrations.graph.client import GraphClient
from integrations.graph.concurrency import Concurrency
from integrations.graph.paging import Broken, Page, PageDecoder, PagedReader, Whole
from integrations.graph.stream import Stream
from integrations.graph.times import DateTimeTimeZone, edges_to_ask_for, to_local, touches
from integrations.pace import REAL_TIME, Clock

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

_Results = AsyncGenerator[Whole[RemoteWork] | Broken]


class GraphWorkPlans:
    """Implements ``bot.ports.WorkPlans``. ``timezone`` is the organisation's, an IANA name.

    ``concurrency`` is shared by all who ask the same Graph one after another.
    """

    def __init__(
        self,
        client: GraphClient,
        *,
        timezone: str,
        deadline: Deadline | None = None,
        concurrency: Concurrency | None = None,
        clock: Clock = REAL_TIME,
    ) -> None:
        self._zone = ZoneInfo(timezone)
        self._stream = Stream(client, concurrency or Concurrency(), deadline or Deadline(), clock=clock)

    async def read(self, people: Iterable[str], window: Window) -> Mapping[str, Sequence[RemoteWork]] | None:
        """Return the remote stretches that touch the window, by person; None where the source is off.

        The first batch goes alone: when every answer in it is a 403 or a 404, nobody else is asked. Who is
        not answered for is left out, so all are when Graph is down; who plans no remote work has an empty
        sequence. Stretches that are alike are one and the same object.

        Raises: ``WrongConfiguration`` when Graph refuses the token.
        """
        names, plans = list(dict.fromkeys(people)), dict[str, Sequence[RemoteWork]]()
        reader = self._reader(window)
        async with aclosing(reader.read(_first_pages(names[:SIZE], window))) as first:
            with suppress(ServiceDown):
                if await _is_off(first, plans):
                    return None
                await _take_in(reader.read(_first_pages(names[SIZE:], window)), plans)
            with suppress(ServiceDown):  # those of the first who have to wait hold up nobody
                await _take_in(first, plans)
        return {name: plans[name] for name in names if name in plans}

    def _reader(self, window: Window) -> PagedReader[WirePlan, RemoteWork]:
        alike: dict[RemoteWork, RemoteWork] = {}

        def translate(wire: WirePlan) -> RemoteWork | None:
            remote = _remote(wire, self._zone)
            if remote is None or not touches(window, remote.start, remote.end):
                return None
            return alike.setdefault(remote, remote)

        return PagedReader(self._stream, _PAGES, translate)


async def _is_off(first: _Results, plans: dict[str, Sequence[RemoteWork]]) -> bool:
    """Whether all of them are refused or unknown; takes in no more than it needs to tell."""
    result = None
    async for result in first:
        if isinstance(result, Whole):
            plans[result.id] = result.items
            return False
        if result.status not in _SOURCE_OFF:
            return False
    return result is not None


async def _take_in(results: _Results, plans: dict[str, Sequence[RemoteWork]]) -> None:
    async with aclosing(results):
        async for result in results:
            if isinstance(result, Whole):
                plans[result.id] = result.items


def _first_pages(people: Iterable[str], window: Window) -> Iterator[tuple[str, str]]:
    start, end = edges_to_ask_for(window)
    view = (
        "settings/workHoursAndLocations/"
        f"occurrencesView(startDateTime='{start}',endDateTime='{end}')?$select={_SELECT}&$top={PAGE_SIZE}"
    )
    for person in people:
        yield person, f"/users/{quote(person, safe='@')}/{view}"


def _remote(wire: WirePlan, zone: ZoneInfo) -> RemoteWork | None:
    """Translate one occurrence; None where it is not remote, or has impossible times."""
    if (wire.work_location_type or "").lower() != "remote":
        return None
    try:
        start, end = to_local(wire.start, zone), to_local(wire.end, zone)
    except (ValueError, OverflowError):
        return None
    return RemoteWork(start, end) if start < end else None
