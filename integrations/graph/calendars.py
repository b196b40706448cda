"""The calendars of many mailboxes, by ``calendarView`` in batches.

``calendarView`` and not its ``delta``, which takes no ``$select``, gives occurrences of a series as stubs and
freezes its window; and not ``getSchedule``, which hides ``workingElsewhere``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import tz_win

from bot.model import Calendar, Event, Unreadable, UnreadableReason, Window
from integrations.graph.batch import UNREADABLE, Batch
from integrations.graph.client import GraphClient
from integrations.graph.events import SELECT, WireEvent, is_series_master, to_event
from integrations.graph.paging import Broken, Page, PageDecoder, PagedReader, Whole
from integrations.graph.times import edges_to_ask_for, touches

PAGE_SIZE = 1000
EVENT_PAGES = PageDecoder(Page[WireEvent], WireEvent)

_REASONS = {
    UNREADABLE: UnreadableReason.MALFORMED,
    403: UnreadableReason.FORBIDDEN,
    404: UnreadableReason.NO_MAILBOX,
    429: UnreadableReason.THROTTLED,
}


class GraphCalendarReader:
    """Implements ``bot.ports.CalendarReader``. ``timezone`` is the organisation's, an IANA name."""

    def __init__(
        self,
        client: GraphClient,
        *,
        timezone: str,
        in_flight: int = 4,
        longest_wait: float = 120.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._zone = ZoneInfo(timezone)
        self._in_flight = in_flight
        self._longest_wait = longest_wait
        self._sleep = sleep

    async def read(self, mailboxes: Sequence[str], window: Window) -> AsyncGenerator[Calendar | Unreadable]:
        """Yield one answer for each mailbox, with the entries that touch the window's dates.

        Raises: ``ServiceDown`` when Graph cannot be reached at all, ``WrongConfiguration`` when it refuses
        the token.
        """
        first_pages = {mailbox: _first_page(mailbox, window) for mailbox in mailboxes}
        async with aclosing(self._paged(window).read(first_pages)) as results:
            async for result in results:
                yield _answer(result)

    def _paged(self, window: Window) -> PagedReader[WireEvent, Event]:
        def translate(wire: WireEvent) -> Event | None:
            event = to_event(wire, self._zone)
            if event is None and not is_series_master(wire):
                raise ValueError("impossible times")
            return event if event and touches(window, event.start, event.end) else None

        batch = Batch(
            self._client, in_flight=self._in_flight, longest_wait=self._longest_wait, sleep=self._sleep
        )
        return PagedReader(self._client, batch, EVENT_PAGES, translate, self._headers())

    def _headers(self) -> dict[str, str]:
        windows_name = tz_win.get(self._zone.key, "UTC")
        return {"Prefer": f'outlook.timezone="{windows_name}", IdType="ImmutableId"'}


def _answer(result: Whole[Event] | Broken) -> Calendar | Unreadable:
    if isinstance(result, Broken):
        return Unreadable(result.id, _REASONS.get(result.status, UnreadableReason.UNAVAILABLE))
    return Calendar(result.id, result.items, result.left_out)


def _first_page(mailbox: str, window: Window) -> str:
    start, end = edges_to_ask_for(window)
    return (
        f"/users/{quote(mailbox, safe='@')}/calendarView?startDateTime={start}&endDateTime={end}"
        f"&$select={','.join(SELECT)}&$top={PAGE_SIZE}"
    )
