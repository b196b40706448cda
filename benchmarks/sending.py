"""Messages in Teams as fast as Microsoft's rate limits let them go, to a sandbox that counts strictly.

The sandbox runs in a process of its own and is spoken to over TLS; the sender is the program's own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from benchmarks.sandbox_process import Seen, far_sandbox
from benchmarks.sender import conversations_with, sender_to, tenant_of
from bot.model import Delivery, DirectoryUser, Message, MessageItem, MessageState
from integrations.pace import UNDER_WAY
from integrations.sandbox import Limits
from integrations.teams.sender import TeamsSender

KNOWN = 5_000
NEW = 1_000
LIMIT = Limits().app[0].most
MESSAGE = Message(
    language="da",
    title="Tre ting om dine hjemmedage",
    greeting="Hej. Her er tre ting, som er gode at vide i god tid.",
    items=tuple(
        MessageItem(
            heading=f"Tirsdag den {day}. marts",
            seen="Du har markeret hjemmearbejde, og tirsdag er jeres fælles dag på kontoret.",
            rule="Retningslinjer for hjemmearbejde, afsnittet om fælles dage.",
            advice="Flyt dagen, eller tal med din leder, hvis I har aftalt noget andet.",
        )
        for day in (3, 10, 17)
    ),
    closing="Er noget af det forkert, så skriv til hr@proeve.example.",
    button="Åbn min kalender",
    button_url="https://outlook.office.com/calendar",
)


class NotSentOnceError(Exception):
    """A message did not arrive exactly once, or was refused more than once on the way."""


@dataclass(frozen=True, slots=True)
class Sending:
    """So many messages, each of so many requests to the Bot Connector, took so many seconds."""

    name: str
    messages: int
    requests_each: int
    seconds: float
    turned_away: int

    @property
    def per_second(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    @property
    def limit(self) -> float:
        """Messages a second that Microsoft's limit leaves room for."""
        return LIMIT / self.requests_each


def sending(known: int = KNOWN, new: int = NEW) -> tuple[Sending, ...]:
    """Write to so many people who were written to before, then to so many who never were.

    Raises: ``NotSentOnceError``.
    """
    old, strangers = crowd(known), crowd(new)
    return (
        asyncio.run(_measure("known conversation: post", old, conversations_with(old), 1)),
        asyncio.run(_measure("new person: install, open, post", strangers, {}, 2)),
    )


def crowd(people: int) -> list[DirectoryUser]:
    """Return so many made-up people."""
    return [
        DirectoryUser(f"object-{number}", f"person{number}@proeve.example", f"Person {number}")
        for number in range(people)
    ]


def check(people: Sequence[DirectoryUser], deliveries: Sequence[Delivery], seen: Seen) -> None:
    """See that every message arrived once, and that none was refused twice.

    Raises: ``NotSentOnceError``.
    """
    states = Counter((one.state.value, one.reason) for one in deliveries)
    if states != {(MessageState.SENT.value, None): len(people)}:
        raise NotSentOnceError(f"not all were sent: {dict(states)}")
    wrong = Counter(one.principal_name for one in people)
    wrong.subtract(seen.arrived)
    if any(wrong.values()):
        raise NotSentOnceError(f"lost (1) or doubled (-1): { {name: n for name, n in wrong.items() if n} }")
    twice = [request for request, times in Counter(seen.turned_away).items() if times > 1]
    if twice:
        raise NotSentOnceError(f"refused more than once: {twice}")


async def _measure(
    name: str, people: Sequence[DirectoryUser], conversations: Mapping[str, str], requests_each: int
) -> Sending:
    with far_sandbox(partial(tenant_of, people)) as sandbox:
        async with sender_to(sandbox.settings, conversations) as sender:
            start = perf_counter()
            deliveries = await _write_to_all(sender, people)
            seconds = perf_counter() - start
        seen = sandbox.seen()
    check(people, deliveries, seen)
    return Sending(name, len(people), requests_each, seconds, len(seen.turned_away))


async def _write_to_all(sender: TeamsSender, people: Sequence[DirectoryUser]) -> list[Delivery]:
    """Write as a pass does: to so many at a time, each made ready first."""
    slots = asyncio.Semaphore(UNDER_WAY)

    async def write(person: DirectoryUser) -> Delivery:
        async with slots:
            return await sender.prepare(person) or await sender.send(person, MESSAGE)

    return await asyncio.gather(*(write(person) for person in people))
