"""The calendars of many mailboxes, by ``calendarView`` in batches.

``calendarView`` and not its ``delta``, which takes no ``$select``, gives occurrences of a series as stubs and
freezes its window; and not ``getSchedule``, which hides ``workingElsewhere``.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import tz_win

from bot.model import Calendar, Event, Unreadable, UnreadableReason, Window
from integrations.deadline import Deadline
from integrations.graph.batch import OUT_OF_TIME, UNREADABLE
from integrations.graph.client import GraphClient
from integrations.graph.concurrency import Concurrency
from integrations.graph.events import SELECT, WireEvent, is_series_master, to_event
from integrations.graph.paging import Broken, Page, PageDecoder, PagedReader, Whole
from integrations.graph.stream import LONGEST_WAIT, Stream
from integrations.graph.times import edges_to_ask_for, touches
from integrations.pace import REAL_TIME, Clock

PAGE_SIZE = 1000
EVENT_PAGES = PageDecoder(Page[WireEvent], WireEvent)

_REASONS = {
    OUT_OF_TIME: UnreadableReason.OUT_OF_TIME,
    UNREADABLE: UnreadableReason.MALFORMED,
    403: UnreadableReason.FORBIDDEN,
    404: UnreadableReason.NO_MAILBOX,
    429: UnreadableReason.THROTTLED,
}


class GraphCalendarReader:
    """Implements ``bot.ports.CalendarReader``. ``timezone`` is the organisation's, an IANA name.

    ``concurrency`` is shared by all who ask the same Graph one after another.
    """

    def __init__(
        self,
        client: GraphClient,
        *,
        timezone: str,
        deadline: Deadline | None = None,
        concurrency: Concurrency | None = None,
        longest_wait: float = LONGEST_WAIT,
        clock: Clock = REAL_TIME,
    ) -> None:
        self._zone = ZoneInfo(timezone)
        self._stream = Stream(
            client, concurrency or Concurrency(), deadline or Deadline(), longest_wait, clock
        )

    async def read(self, mailboxes: Iterable[str], window: Window) -> AsyncGenerator[Calendar | Unreadable]:
        """Yield one answer for each mailbox, with the entries that touch the window's dates.

        Those who are not read when the deadline is over are then ``OUT_OF_TIME``.

        Raises: ``ServiceDown`` when Graph cannot be reached at all, ``WrongConfiguration`` when it refuses
        the token.
        """
        first_pages = _first_pages(dict.fromkeys(mailboxes), window)
        async with aclosing(self._paged(window).read(first_pages)) as results:
            async for result in results:
                yield _answer(result)

    def _paged(self, window: Window) -> PagedReader[WireEvent, Event]:
        def translate(wire: WireEvent) -> Event | None:
            event = to_event(wire, self._zone)
            if event is None and not is_series_master(wire):
                raise ValueError("impossible times")
            return event if event and touches(window, event.start, event.end) else None

        return PagedReader(self._stream, EVENT_PAGES, translate, self._headers())

    def _headers(self) -> dict[str, str]:
        windows_name = tz_win.get(self._zone.key, "UTC")
        return {"Prefer": f'outlook.timezone="{windows_name}", IdType="ImmutableId"'}


def _answer(result: Whole[Event] | Broken) -> Calendar | Unreadable:
    if isinstance(result, Broken):
        return Unreadable(result.id, _REASONS.get(result.status, UnreadableReason.UNAVAILABLE))
    return Calendar(result.id, result.items, result.left_out)


def _first_pages(mailboxes: Iterable[str], window: Window) -> Iterator[tuple[str, str]]:
    start, end = edges_to_ask_for(window)
    view = f"calendarView?startDateTime={start}&endDateTime={end}&$select={','.join(SELECT)}&$top={PAGE_SIZE}"
    for mailbox in mailboxes:
        yield mailbox, f"/users/{quote(mailbox, safe='@')}/{view}"
