"""The thread that reads beside the passes: it ends when told to, and breaks nothing when it breaks."""

from __future__ import annotations

import asyncio
import threading

import pytest

from jobs.cluster_thread import in_a_thread, until_one_ends


def test_work_ends_with_the_block() -> None:
    begun, ended = threading.Event(), threading.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    with in_a_thread(work):
        assert begun.wait(20)
        assert not ended.is_set()
    assert ended.is_set()


def test_a_block_whose_work_has_ended_before_ends_as_ever() -> None:
    async def work() -> None:
        return

    with in_a_thread(work):
        for thread in threading.enumerate():
            if thread.name == "hjemmedag-reading":
                thread.join(20)


async def test_the_end_of_one_is_the_end_of_all_and_says_why() -> None:
    ended = []

    async def go_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("the other")

    async def break_off() -> None:
        raise ValueError("that is why")

    with pytest.raises(ValueError, match="that is why"):
        await until_one_ends(go_on(), break_off())
    assert ended == ["the other"]


async def test_who_is_cancelled_sees_all_end() -> None:
    begun, ended = asyncio.Event(), []

    async def go_on() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("one")

    working = asyncio.create_task(until_one_ends(go_on(), go_on()))
    await begun.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert ended == ["one", "one"]
