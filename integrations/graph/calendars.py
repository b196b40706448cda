"""The calendars of many mailboxes, by ``calendarView`` in batches.

``calendarView`` and not its ``delta``, which takes no ``$select``, gives occurrences of a series as stubs and
freezes its window; and not ``getSchedule``, which hides ``workingElsewhere``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec
from tzlocal.windows_tz import tz_win

from bot.model import Calendar, Event, Unreadable, UnreadableReason, Window
from integrations.graph.batch import UNREADABLE, Answer, Batch, Read
from integrations.graph.client import GraphClient, token_refused
from integrations.graph.events import SELECT, WireEvent, to_event
from integrations.graph.wire import decode

PAGE_SIZE = 1000
MOST_PAGES = 100

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
        batch = Batch(
            self._client, in_flight=self._in_flight, longest_wait=self._longest_wait, sleep=self._sleep
        )
        readings = {mailbox: _Reading(mailbox, _first_page(mailbox, window)) for mailbox in mailboxes}
        while readings:
            unfinished: dict[str, _Reading] = {}
            reads = [Read(one.mailbox, one.page, self._headers()) for one in readings.values()]
            async with aclosing(batch.fetch(reads)) as answers:
                async for answer in answers:
                    reading = readings[answer.id]
                    result = self._take(reading, answer, window)
                    if result is None:
                        unfinished[reading.mailbox] = reading
                    else:
                        yield result
            readings = unfinished

    def _headers(self) -> dict[str, str]:
        windows_name = tz_win.get(self._zone.key, "UTC")
        return {"Prefer": f'outlook.timezone="{windows_name}", IdType="ImmutableId"'}

    def _take(self, reading: _Reading, answer: Answer, window: Window) -> Calendar | Unreadable | None:
        """Take one page into the reading; None when there is a further one to ask for."""
        if answer.status == 401:
            raise token_refused()
        if answer.status != 200:
            return Unreadable(reading.mailbox, _REASONS.get(answer.status, UnreadableReason.UNAVAILABLE))
        try:
            page = _page(answer.body)
            reading.events.extend(_within(window, self._events(page)))
            if not page.next_link:
                return Calendar(reading.mailbox, tuple(reading.events))
            reading.turn_to(self._client.relative(page.next_link))
        except ValueError:  # msgspec's errors are ValueErrors too
            return Unreadable(reading.mailbox, UnreadableReason.MALFORMED)
        return None

    def _events(self, page: _Page) -> Iterator[Event]:
        return (event for wire in page.value if (event := to_event(wire, self._zone)) is not None)


@dataclass(slots=True)
class _Reading:
    """How far one mailbox has been read: the page to ask for next, and what came so far."""

    mailbox: str
    page: str
    events: list[Event] = field(default_factory=list)
    links: set[str] = field(default_factory=set)

    def turn_to(self, page: str) -> None:
        """Raises: ``ValueError`` when the pages go round in a circle or never end."""
        if page in self.links or len(self.links) >= MOST_PAGES - 1:
            raise ValueError("pages without an end")
        self.links.add(page)
        self.page = page


def _first_page(mailbox: str, window: Window) -> str:
    # A day wider: all-day entries are stored as instants of another zone and drop out at the edges.
    start, end = window.start - timedelta(days=1), window.end + timedelta(days=2)
    return (
        f"/users/{quote(mailbox, safe='@')}/calendarView"
        f"?startDateTime={start}T00:00:00Z&endDateTime={end}T00:00:00Z"
        f"&$select={','.join(SELECT)}&$top={PAGE_SIZE}"
    )


def _within(window: Window, events: Iterator[Event]) -> Iterator[Event]:
    first, after = _midnight(window.start), _midnight(window.end + timedelta(days=1))
    return (one for one in events if one.start < after and (one.end > first or one.start >= first))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


class _Page(msgspec.Struct):
    value: list[WireEvent]
    next_link: str | None = msgspec.field(default=None, name="@odata.nextLink")


class _LoosePage(msgspec.Struct):
    value: list[msgspec.Raw]
    next_link: str | None = msgspec.field(default=None, name="@odata.nextLink")


_PAGE = msgspec.json.Decoder(_Page)
_LOOSE_PAGE = msgspec.json.Decoder(_LoosePage)
_EVENT = msgspec.json.Decoder(WireEvent)


def _page(body: bytes | msgspec.Raw) -> _Page:
    """Decode a page at one go, or where an entry has another shape, each by itself, leaving that one out."""
    try:
        return decode(body, _PAGE)
    except msgspec.ValidationError:
        loose = decode(body, _LOOSE_PAGE)
        return _Page([wire for raw in loose.value if (wire := _wire(raw)) is not None], loose.next_link)


def _wire(raw: msgspec.Raw) -> WireEvent | None:
    try:
        return decode(raw, _EVENT)
    except msgspec.DecodeError:
        return None
