"""Calendars read as a pass reads them, and the least that reading them so can cost."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import httpx
import msgspec

from benchmarks.organisation import WINDOW
from benchmarks.service import Service
from benchmarks.views import PREFER, view_of
from bot.model import Calendar
from integrations.graph.batch import SIZE
from integrations.graph.calendars import EVENT_PAGES, GraphCalendarReader
from integrations.graph.client import GraphClient
from integrations.graph.events import WireEvent
from integrations.graph.paging import Broken, PagedReader
from integrations.graph.stream import Stream
from integrations.http import new_client

AT_ONCE = 4


class NotReadError(Exception):
    """A mailbox or a batch was not answered for."""


def ours(settings: Mapping[str, str], mailboxes: Sequence[str]) -> int:
    """Read by the program's own reader, to calendars; return how many entries came. Raises: NotReadError."""
    return asyncio.run(_ours(Service.of(settings), mailboxes))


def decoded(settings: Mapping[str, str], mailboxes: Sequence[str]) -> int:
    """Read as the program does, up to decoded entries: those of Graph, in its words and times.

    Return how many came. Raises: NotReadError.
    """
    return asyncio.run(_decoded(Service.of(settings), mailboxes))


def thrown_away(settings: Mapping[str, str], mailboxes: Sequence[str]) -> int:
    """Post the same batches and keep nothing of the answers; return 0. Raises: NotReadError."""
    asyncio.run(_thrown_away(Service.of(settings), mailboxes))
    return 0


async def _ours(service: Service, mailboxes: Sequence[str]) -> int:
    entries = 0
    with service.tokens() as tokens:
        async with new_client(service.tls) as http:
            graph = GraphClient(graph_url=service.graph_url, tokens=tokens, http=http)
            reader = GraphCalendarReader(graph, timezone="Europe/Copenhagen")
            async for answer in reader.read(mailboxes, WINDOW):
                if not isinstance(answer, Calendar):
                    raise NotReadError(f"{answer.person}: {answer.reason}")
                entries += len(answer.events)
    return entries


async def _decoded(service: Service, mailboxes: Sequence[str]) -> int:
    entries = 0
    with service.tokens() as tokens:
        async with new_client(service.tls) as http:
            graph = GraphClient(graph_url=service.graph_url, tokens=tokens, http=http)
            pages = PagedReader(Stream(graph), EVENT_PAGES, _as_it_is, {"Prefer": PREFER})
            async for answer in pages.read((mailbox, view_of(mailbox)) for mailbox in mailboxes):
                if isinstance(answer, Broken):
                    raise NotReadError(f"{answer.id}: {answer.status}")
                entries += len(answer.items)
    return entries


def _as_it_is(wire: WireEvent) -> WireEvent:
    return wire


async def _thrown_away(service: Service, mailboxes: Sequence[str]) -> None:
    headers = {"Authorization": f"Bearer {await service.token()}", "Content-Type": "application/json"}
    slots = asyncio.Semaphore(AT_ONCE)
    async with new_client(service.tls) as http:

        async def post(some: Sequence[str]) -> None:
            async with slots:
                answer = await http.post(
                    f"{service.graph_url}/v1.0/$batch", content=_batch(some), headers=headers
                )
            if answer.status_code != httpx.codes.OK:
                raise NotReadError(f"a batch was answered with {answer.status_code}")

        await asyncio.gather(*(post(mailboxes[n : n + SIZE]) for n in range(0, len(mailboxes), SIZE)))


def _batch(mailboxes: Sequence[str]) -> bytes:
    requests = [
        {"id": str(number), "method": "GET", "url": view_of(mailbox), "headers": {"Prefer": PREFER}}
        for number, mailbox in enumerate(mailboxes)
    ]
    return msgspec.json.encode({"requests": requests})
