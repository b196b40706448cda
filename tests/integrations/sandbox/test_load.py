"""How long a mailbox and a batch take, in virtual time."""

from __future__ import annotations

import asyncio
from statistics import mean

from integrations.sandbox.services import Load
from tests.integrations.sandbox.visitor import Visitor, crowd, view
from tests.integrations.teams.clocks import in_virtual_time


async def _seconds(visitor: Visitor, *paths: str) -> float:
    loop = asyncio.get_running_loop()
    before = loop.time()
    await (visitor.get(paths[0]) if len(paths) == 1 else visitor.batch(*paths))
    return loop.time() - before


def _times(spread: float) -> list[float]:
    async def ask_often() -> list[float]:
        visitor = Visitor(crowd(1), Load(2, 0, None, mailbox_spread=spread))
        return [await _seconds(visitor, view(0)) for _ in range(200)]

    return in_virtual_time(ask_often())


def test_a_mailbox_takes_as_long_as_it_was_told_to() -> None:
    assert {round(seconds, 6) for seconds in _times(spread=0)} == {2}


def test_a_mailbox_takes_now_more_now_less_and_the_same_in_every_run() -> None:
    times = _times(spread=0.25)
    assert 1.5 <= min(times) < 1.6 < 2.4 < max(times) <= 2.5
    assert 1.9 < mean(times) < 2.1
    assert _times(spread=0.25) == times


def test_a_batch_takes_its_time_beside_its_items_four_of_which_are_worked_on_at_once() -> None:
    async def ask() -> list[float]:
        visitor = Visitor(crowd(20), Load(2, 0, None, batch_seconds=0.5))
        return [await _seconds(visitor, *map(view, range(people))) for people in (1, 4, 5, 20)]

    assert in_virtual_time(ask()) == [2, 2.5, 4.5, 10.5]


def test_looking_people_up_takes_no_mailbox_any_time() -> None:
    async def ask() -> float:
        return await _seconds(Visitor(crowd(1), Load(2, 0, None)), "/users/id-0")

    assert in_virtual_time(ask()) == 0
