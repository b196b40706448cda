"""Many reads in few requests: Graph's ``$batch``, twenty to a post, each answer taken on its own.

An outer 200 says nothing of the reads inside; a throttled one carries a 429 and a Retry-After of its own.
These are asked again in later posts. (learn.microsoft.com/graph/json-batching, /graph/throttling)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

import msgspec

from bot.errors import ServiceDown
from integrations.graph.client import GraphClient
from integrations.graph.wire import decode
from integrations.retry import PASSING_STATUS, backoff, retry_after

SIZE = 20
ATTEMPTS = 4
THROTTLED_ATTEMPTS = 10
UNREADABLE = 0
"""The status of an answer that was no JSON, or not that of a batch."""

_OK, _DEPENDENCY, _THROTTLED, _UNAVAILABLE = 200, 424, 429, 503


@dataclass(frozen=True, slots=True)
class Read:
    """A GET; ``id`` tells it from the others, ``path`` is relative to Graph's version."""

    id: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one read, retries included. ``final``: the whole post failed, after retries."""

    id: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | msgspec.Raw = b""
    final: bool = False


class Batch:
    """Reads by ``$batch``: a few posts at once, waiting ``longest_wait`` seconds at most in one ``fetch``."""

    def __init__(
        self,
        client: GraphClient,
        *,
        in_flight: int = 4,
        longest_wait: float = 120.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._in_flight = in_flight
        self._longest_wait = longest_wait
        self._sleep = sleep
        self._reached = False

    async def fetch(self, reads: Iterable[Read]) -> AsyncGenerator[Answer]:
        """Yield exactly one answer for each read, as they come.

        Raises: ``ServiceDown`` when a post fails, after retries, before any has succeeded;
        ``WrongConfiguration`` when the token is refused.
        """
        waiting = {read.id: read for read in reads}
        attempt, waited = 1, 0.0
        while waiting:
            pauses: dict[str, float] = {}
            async with aclosing(self._answers(list(waiting.values()))) as answers:
                async for answer in answers:
                    pause = self._pause(answer, attempt, waited)
                    if pause is None:
                        yield answer
                    else:
                        pauses[answer.id] = pause
            waiting = {name: waiting[name] for name in pauses}
            if waiting:
                pause = max(pauses.values())
                await self._sleep(pause)
                attempt, waited = attempt + 1, waited + pause

    def _pause(self, answer: Answer, attempt: int, waited: float) -> float | None:
        """Seconds to wait before asking again; None where the answer stands."""
        if answer.final or answer.status not in {*PASSING_STATUS, UNREADABLE}:
            return None
        if attempt >= (THROTTLED_ATTEMPTS if answer.status == _THROTTLED else ATTEMPTS):
            return None
        pause = retry_after(answer.headers) or backoff(attempt)
        return pause if waited + pause <= self._longest_wait else None

    async def _answers(self, reads: Sequence[Read]) -> AsyncGenerator[Answer]:
        """Post all reads once, a few posts at a time, and yield the answers of each post as it ends."""
        running: set[asyncio.Task[list[Answer]]] = set()
        starts = iter(range(0, len(reads), SIZE))
        try:
            while True:
                while len(running) < self._at_once() and (start := next(starts, None)) is not None:
                    running.add(asyncio.create_task(self._post(reads[start : start + SIZE])))
                if not running:
                    return
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for answers in await asyncio.gather(*done):
                    for answer in answers:
                        yield answer
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _at_once(self) -> int:
        """One until Graph is known to answer, so that a service that is down is not asked by many."""
        return self._in_flight if self._reached else 1

    async def _post(self, reads: Sequence[Read]) -> list[Answer]:
        try:
            response = await self._client.request("POST", "/$batch", body=_outer(reads), retry=True)
        except ServiceDown:
            if not self._reached:
                raise
            return [Answer(read.id, _UNAVAILABLE, final=True) for read in reads]
        if response.status not in {_OK, _DEPENDENCY}:
            return [
                Answer(read.id, response.status, response.headers, response.body, final=True)
                for read in reads
            ]
        self._reached = True
        return _matched(reads, response.body)


def _outer(reads: Sequence[Read]) -> dict[str, object]:
    return {
        "requests": [
            {"id": str(number), "method": "GET", "url": read.path, "headers": dict(read.headers)}
            for number, read in enumerate(reads)
        ]
    }


class _Item(msgspec.Struct):
    id: str | int
    status: int
    headers: dict[str, object] | None = None
    body: msgspec.Raw = msgspec.Raw(b"")


class _Strict(msgspec.Struct):
    responses: list[_Item]


class _Loose(msgspec.Struct):
    responses: list[msgspec.Raw]


_STRICT = msgspec.json.Decoder(_Strict)
_LOOSE = msgspec.json.Decoder(_Loose)
_ONE = msgspec.json.Decoder(_Item)


def _matched(reads: Sequence[Read], body: bytes) -> list[Answer]:
    """Give each read its answer: the first with its id; 503 where there is none."""
    try:
        items = _items(body)
    except msgspec.DecodeError:
        return [Answer(read.id, UNREADABLE) for read in reads]
    by_number: dict[str, _Item] = {}
    for item in items:
        by_number.setdefault(str(item.id), item)
    return [_answer(read, by_number.get(str(number))) for number, read in enumerate(reads)]


def _answer(read: Read, item: _Item | None) -> Answer:
    if item is None:
        return Answer(read.id, _UNAVAILABLE)
    headers = {name: str(value) for name, value in (item.headers or {}).items()}
    return Answer(read.id, item.status, headers, item.body)


def _items(body: bytes) -> list[_Item]:
    try:
        return decode(body, _STRICT).responses
    except msgspec.ValidationError:
        return [item for raw in decode(body, _LOOSE).responses if (item := _one(raw)) is not None]


def _one(raw: msgspec.Raw) -> _Item | None:
    try:
        return decode(raw, _ONE)
    except msgspec.DecodeError:
        return None
