"""Many collections read to their last page, the pages of all of them in common posts.

A page may be empty and still lead on to the next (docs/decisions/0007-own-paging-and-batch.md).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from integrations.graph.batch import UNREADABLE, Answer, Read
from integrations.graph.client import token_refused
from integrations.graph.stream import Stream
from integrations.graph.wire import decode

MOST_PAGES = 100

Wire = TypeVar("Wire")
Item = TypeVar("Item")


class Page(msgspec.Struct, Generic[Wire]):
    """One page as Graph sends it."""

    value: list[Wire]
    next_link: str | None = msgspec.field(default=None, name="@odata.nextLink")


@dataclass(frozen=True, slots=True)
class DecodedPage(Generic[Wire]):
    """One page without the entries that could not be decoded; ``left_out`` counts these."""

    value: list[Wire]
    next_link: str | None
    left_out: int = 0


class PageDecoder(Generic[Wire]):
    """Decodes pages of one type of entry."""

    def __init__(self, page: type[Page[Wire]], entry: type[Wire]) -> None:
        self._page = msgspec.json.Decoder(page)
        self._entry = msgspec.json.Decoder(entry)
        self._loose = msgspec.json.Decoder(Page[msgspec.Raw])

    def decode(self, body: bytes | msgspec.Raw) -> DecodedPage[Wire]:
        """Decode a page at one go, or where an entry has another shape, each by itself, leaving that one out.

        Raises: ``msgspec.DecodeError`` when it is no page at all.
        """
        try:
            page = decode(body, self._page)
            return DecodedPage(page.value, page.next_link)
        except msgspec.ValidationError:
            loose = decode(body, self._loose)
            entries = [entry for raw in loose.value if (entry := self._one(raw)) is not None]
            return DecodedPage(entries, loose.next_link, len(loose.value) - len(entries))

    def _one(self, raw: msgspec.Raw) -> Wire | None:
        try:
            return decode(raw, self._entry)
        except msgspec.DecodeError:
            return None


@dataclass(frozen=True, slots=True)
class Whole(Generic[Item]):
    """A collection that was read to its end; ``left_out`` counts the entries that made no sense."""

    id: str
    items: tuple[Item, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """A collection that was not; ``status`` is that of the last answer, or ``UNREADABLE``."""

    id: str
    status: int


class PagedReader(Generic[Wire, Item]):
    """Reads collections, each page translated as it comes.

    ``translate`` gives None for an entry that is not wanted, and raises ``ValueError`` for one that makes no
    sense; neither becomes an item, and the latter is counted.
    """

    def __init__(
        self,
        stream: Stream,
        pages: PageDecoder[Wire],
        translate: Callable[[Wire], Item | None],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._stream = stream
        self._pages = pages
        self._translate = translate
        self._headers = headers or {}

    async def read(self, first_pages: Iterable[tuple[str, str]]) -> AsyncGenerator[Whole[Item] | Broken]:
        """Yield one result for each collection; ``first_pages`` are their ids, all different, and paths.

        Raises: ``ServiceDown`` when Graph cannot be reached at all, ``WrongConfiguration`` when it refuses
        the token.
        """
        begun: dict[str, _Reading[Item]] = {}

        def take(answer: Answer) -> Whole[Item] | Broken | Read:
            reading = begun.pop(answer.id, None) or _Reading(answer.id)
            result = self._take(reading, answer)
            if isinstance(result, Read):
                begun[answer.id] = reading
            return result

        reads = (Read(name, page, self._headers) for name, page in first_pages)
        stream: AsyncGenerator[Whole[Item] | Broken] = self._stream.fetch(reads, take)
        async with aclosing(stream) as results:
            async for result in results:
                yield result

    def _take(self, reading: _Reading[Item], answer: Answer) -> Whole[Item] | Broken | Read:
        """Take one page into the reading; give the next one to ask for, where there is one."""
        if answer.status == 401:
            raise token_refused()
        if answer.status != 200:
            return Broken(reading.id, answer.status)
        try:
            page = self._pages.decode(answer.body)
            reading.left_out += page.left_out
            self._translate_into(reading, page.value)
            if not page.next_link:
                return Whole(reading.id, tuple(reading.items), reading.left_out)
            path = reading.turned_to(self._stream.client.relative(page.next_link))
            return Read(reading.id, path, self._headers)
        except ValueError:  # msgspec's errors are ValueErrors too
            return Broken(reading.id, UNREADABLE)

    def _translate_into(self, reading: _Reading[Item], entries: Iterable[Wire]) -> None:
        for entry in entries:
            try:
                item = self._translate(entry)
            except ValueError:
                reading.left_out += 1
            else:
                if item is not None:
                    reading.items.append(item)


@dataclass(slots=True)
class _Reading(Generic[Item]):
    """How far one collection has been read: what came so far, and the pages it led to."""

    id: str
    items: list[Item] = field(default_factory=list)
    left_out: int = 0
    links: set[str] = field(default_factory=set)

    def turned_to(self, page: str) -> str:
        """Return the page. Raises: ``ValueError`` when the pages go round in a circle or never end."""
        if page in self.links or len(self.links) >= MOST_PAGES - 1:
            raise ValueError("pages without an end")
        self.links.add(page)
        return page
