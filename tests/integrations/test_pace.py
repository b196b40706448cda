"""Requests leave evenly and below the limits, in order, and all wait when one was refused for haste."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from itertools import pairwise

import pytest

from bot.errors import OutOfTime
from integrations.deadline import Deadline
from integrations.pace import (
    CONNECTOR_PER_SECOND,
    CONVERSATION_AT_ONCE,
    CONVERSATION_PER_SECOND,
    INSTALLATIONS_PER_SECOND,
    LOOK,
    Clock,
    Pace,
    within,
)
from integrations.sandbox import Limits, Window
from tests.integrations.teams.clocks import in_virtual_time, loop_clock


async def departures(
    per_second: float, requests: int, *, seconds: float = 0.0, under_way: int = 20, at_once: int = 2
) -> list[float]:
    """Send so many requests at once, each answered after so many seconds; return when they left."""
    clock = loop_clock()
    pace, left = Pace(per_second, under_way=under_way, clock=clock, at_once=at_once), []

    async def request() -> None:
        async with pace.turn():
            left.append(clock.now())
            await clock.sleep(seconds)

    await asyncio.gather(*(request() for _ in range(requests)))
    return left


def most_in(seconds: float, times: list[float]) -> int:
    return max(bisect_left(times, time + seconds) - place for place, time in enumerate(times))


def test_nobody_waits_for_longer_than_there_is_time() -> None:
    async def work() -> float:
        clock = within(Deadline(10), loop_clock())
        with pytest.raises(OutOfTime):
            await clock.sleep(11)
        await clock.sleep(9)
        return clock.now()

    assert in_virtual_time(work()) == 9


def test_whoever_waits_when_the_deadline_is_cut_short_is_woken() -> None:
    async def work() -> float:
        deadline, real = Deadline(), loop_clock()
        clock = within(deadline, real)
        waiting = asyncio.create_task(clock.sleep(400))
        await real.sleep(5)
        deadline.cut()
        with pytest.raises(OutOfTime):
            await waiting
        return real.now()

    assert in_virtual_time(work()) <= 5 + LOOK


@pytest.mark.parametrize(
    ("per_second", "at_once", "requests", "windows"),
    [
        (CONNECTOR_PER_SECOND, 2, 500, Limits().app),
        (CONVERSATION_PER_SECOND, CONVERSATION_AT_ONCE, 2000, Limits().conversation),
        (INSTALLATIONS_PER_SECOND, 2, 300, Limits().installations),
    ],
    ids=["connector", "conversation", "installations"],
)
def test_no_stretch_of_time_holds_more_than_microsoft_takes(
    per_second: float, at_once: int, requests: int, windows: tuple[Window, ...]
) -> None:
    left = in_virtual_time(departures(per_second, requests, at_once=at_once))
    assert len(left) == requests
    for window in windows:
        assert most_in(window.seconds, left) <= window.most


def test_nine_tenths_of_the_connectors_limit_are_used() -> None:
    left = in_virtual_time(departures(CONNECTOR_PER_SECOND, 1000))
    assert len(left) / left[-1] == pytest.approx(0.9 * Limits().app[0].most, rel=0.01)


def test_after_the_first_two_every_request_keeps_its_distance() -> None:
    left = in_virtual_time(departures(10, 50))
    assert [later - earlier for earlier, later in pairwise(left[1:])] == pytest.approx([0.1] * 48)


def test_no_more_are_under_way_than_there_are_connections() -> None:
    left = in_virtual_time(departures(1000, 6, seconds=5, under_way=2))
    assert [round(time) for time in left] == [0, 0, 5, 5, 10, 10]


def test_while_one_is_held_nobody_leaves_and_no_crowd_forms() -> None:
    async def refused_at_once() -> list[float]:
        clock = loop_clock()
        pace, left = Pace(10, under_way=20, clock=clock), []

        async def request() -> None:
            async with pace.turn():
                left.append(clock.now())

        waiting = asyncio.gather(*(request() for _ in range(6)))
        await clock.sleep(0.15)
        pace.hold(30)
        pace.hold(5)  # a shorter one does not end the longer
        await waiting
        return left

    left = in_virtual_time(refused_at_once())
    assert left == pytest.approx([0, 0, 0.1, 30.15, 30.26, 30.37], rel=1e-3)


def test_every_time_that_some_are_refused_all_go_on_a_little_more_slowly() -> None:
    async def refused_twice() -> list[float]:
        clock = loop_clock()
        pace, left = Pace(10, under_way=20, clock=clock), []
        for place in range(9):
            async with pace.turn():
                left.append(clock.now())
            if place in (2, 5):
                pace.hold(10)
                pace.hold(10)  # two under way, refused together
        return left

    gaps = [later - earlier for earlier, later in pairwise(in_virtual_time(refused_twice()))]
    assert gaps == pytest.approx([0, 0.1, 10, 0.11, 0.11, 10, 0.121, 0.121], rel=1e-3)


def test_time_when_nobody_wanted_to_leave_brings_no_crowd_later() -> None:
    async def after_a_rest() -> list[float]:
        clock = loop_clock()
        pace, left = Pace(10, under_way=20, clock=clock), []
        for rest in (0, 0, 7, 0, 0, 0):
            await clock.sleep(rest)
            async with pace.turn():
                left.append(clock.now())
        return left

    assert in_virtual_time(after_a_rest()) == pytest.approx([0, 0, 7, 7, 7.1, 7.2])


def test_waking_a_moment_late_slows_nobody_down_in_the_long_run() -> None:
    async def drowsy() -> float:
        clock = loop_clock()
        pace = Pace(10, under_way=20, clock=Clock(clock.now, lambda seconds: clock.sleep(seconds + 0.02)))
        for _ in range(101):
            async with pace.turn():
                pass
        return clock.now()

    assert in_virtual_time(drowsy()) == pytest.approx(10, abs=0.2)


def test_after_some_hundred_requests_without_a_refusal_the_pace_is_the_old_one() -> None:
    async def refused_once() -> list[float]:
        clock = loop_clock()
        pace, left = Pace(10, under_way=20, clock=clock), []
        pace.hold(10)
        for _ in range(600):
            async with pace.turn():
                left.append(clock.now())
        return left

    gaps = [later - earlier for earlier, later in pairwise(in_virtual_time(refused_once()))]
    assert gaps[0] == pytest.approx(0.11)
    assert sorted(gaps[:500], reverse=True) == pytest.approx(gaps[:500])
    assert gaps[500:] == pytest.approx([0.1] * 99)
