"""Reads to ask for, and their answers."""

from collections.abc import Iterable

from integrations.graph.batch import Read
from integrations.graph.stream import Stream


def reads(count: int) -> list[Read]:
    return [Read(f"person-{number}", f"/users/{number}", {"Prefer": "x"}) for number in range(count)]


async def fetched(stream: Stream, wanted: Iterable[Read]) -> dict[str, tuple[int, bytes]]:
    answers = [answer async for answer in stream.fetch(wanted, lambda answer: answer)]
    assert len(answers) == len({answer.id for answer in answers}), "an answer came twice"
    return {answer.id: (answer.status, bytes(answer.body)) for answer in answers}
