"""Graph's own limits: all requests, one mailbox, people looked up, and mailboxes worked on at once."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from integrations.sandbox import Limits, TurnedAway, Window
from integrations.sandbox.exchange import Answer, Call
from integrations.sandbox.journal import Journal
from integrations.sandbox.services import Load
from integrations.sandbox.throttle import Throttle
from tests.integrations.sandbox.visitor import Visitor, crowd, view
from tests.integrations.teams.clocks import in_virtual_time, loop_clock

ANNA = "anna@proeve.example"
READ = Call("GET", f"/v1.0/users/{ANNA}/calendarView")


def _throttle(people: int = 1) -> Throttle:
    return Throttle(Limits(clock=lambda: 0.0), Journal(), people)


def _taken_until_turned_away(throttle: Throttle, mailbox: str | None, units: int) -> int:
    taken = itertools.takewhile(
        lambda _: throttle.graph(READ, ANNA, mailbox=mailbox, units=units) is None, itertools.count()
    )
    return sum(1 for _ in taken)


def test_a_mailbox_takes_ten_thousand_requests_in_ten_minutes_and_others_as_many() -> None:
    throttle = _throttle()
    assert _taken_until_turned_away(throttle, ANNA, 0) == 10_000
    assert throttle.graph(READ, ANNA, mailbox=ANNA, units=0) == "600"
    assert throttle.graph(READ, ANNA, mailbox="bo@proeve.example", units=0) is None


def test_all_of_graph_takes_a_hundred_and_thirty_thousand_in_ten_seconds() -> None:
    assert _taken_until_turned_away(_throttle(), None, 0) == 130_000


@pytest.mark.parametrize(
    ("people", "units"), [(49, 3500), (50, 5000), (500, 5000), (501, 8000), (20_000, 8000)]
)
def test_the_larger_the_tenant_the_more_people_may_be_looked_up_in_ten_seconds(
    people: int, units: int
) -> None:
    assert _taken_until_turned_away(_throttle(people), None, 1) == units
    assert _taken_until_turned_away(_throttle(people), None, 2) == units / 2


def test_what_costs_two_waits_until_two_are_free() -> None:
    now = itertools.count()
    limits = Limits(identity=(Window(3, 10),), clock=lambda: float(next(now)))
    throttle = Throttle(limits, Journal())
    taken = [throttle.graph(READ, ANNA, mailbox=None, units=1) for _ in range(3)]
    assert taken == [None, None, None]  # at 0, 1 and 2
    assert throttle.graph(READ, ANNA, mailbox=None, units=2) == "8.0"  # at 3, so free at 11


def _visitor(people: int = 4, latency: float = 0, **limits: object) -> Visitor:
    clock = loop_clock().now
    return Visitor(crowd(people), Load(latency, 0, Limits(clock=clock, **limits)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("/users", 3),
        ("/users?$select=id", 6),
        ("/users?$top=5", 6),
        ("/users?$top=5&$select=id", 6),
        ("/users/id-0", 6),
        ("/users/id-0?$select=id", 6),
        ("/users/id-0/manager", 6),
        (view(0), 9),
    ],
)
def test_a_list_of_people_costs_two_units_less_where_it_is_small_or_narrow(path: str, taken: int) -> None:
    async def nine_times() -> list[Answer]:
        visitor = _visitor(identity=(Window(6, 10),))
        return [await visitor.get(path) for _ in range(9)]

    statuses = [answer.status for answer in in_virtual_time(nine_times())]
    assert [status == 429 for status in statuses] == [False] * taken + [True] * (9 - taken)


def test_items_are_counted_with_all_else_and_their_batch_is_not() -> None:
    async def batch_and_single() -> tuple[set[int], Answer, Answer]:
        visitor = _visitor(graph=(Window(4, 10),))
        answers = await visitor.batch(view(0), view(1), "/users/id-0")
        fourth, fifth = await visitor.get(view(2)), await visitor.get(view(3))
        return {item["status"] for item in answers.values()}, fourth, fifth

    items, fourth, fifth = in_virtual_time(batch_and_single())
    assert (items, fourth.status, fifth.status) == ({200}, 200, 429)
    assert float(fifth.headers["Retry-After"]) == 10


def test_who_comes_back_to_a_mailbox_when_told_is_served() -> None:
    async def until_served() -> list[int]:
        visitor, statuses = _visitor(mailbox=(Window(2, 600),)), []
        for _ in range(3):
            answer = await visitor.get(view(0))
            statuses.append(answer.status)
        await asyncio.sleep(float(answer.headers["Retry-After"]))
        return [*statuses, (await visitor.get(view(0))).status]

    assert in_virtual_time(until_served()) == [200, 200, 429, 200]


def test_a_tenant_may_take_only_so_many_mailbox_requests_at_once() -> None:
    async def ask() -> tuple[list[Answer], Journal]:
        visitor = _visitor(people=10, latency=1.5, mailbox_requests_at_once=3)
        answers = await asyncio.gather(*(visitor.get(view(person)) for person in range(5)))
        waits = [float(one.headers["Retry-After"]) for one in answers if one.status == 429]
        await asyncio.sleep(max(waits))
        again = await asyncio.gather(*(visitor.get(view(person)) for person in (3, 4)))
        return [*answers, *again], visitor.journal

    answers, journal = in_virtual_time(ask())
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 429, 200, 200]
    assert answers[3].headers["Retry-After"] == "1.5"
    assert answers[4].headers["Retry-After"] == "2"
    path = "/v1.0/users/p{}@proeve.example/calendarView"
    assert journal.turned_away == [
        TurnedAway("GET", path.format(person), f"p{person}@proeve.example") for person in (3, 4)
    ]


def test_items_of_a_batch_are_turned_away_one_by_one_where_too_many_are_at_work() -> None:
    async def ask() -> list[int]:
        visitor = _visitor(people=20, latency=1, mailbox_requests_at_once=6)
        batches = [[view(person) for person in some] for some in (range(10), range(10, 20))]
        answers = await asyncio.gather(*(visitor.batch(*paths) for paths in batches))
        return [item["status"] for answer in answers for item in answer.values()]

    statuses = in_virtual_time(ask())
    assert set(statuses) == {200, 429}
    assert statuses.count(200) >= 6


def test_people_are_looked_up_also_where_mailboxes_are_busy() -> None:
    async def ask() -> list[int]:
        visitor = _visitor(latency=1, mailbox_requests_at_once=1)
        answers = await asyncio.gather(*map(visitor.get, (view(0), "/users/id-1", "/users")))
        return [answer.status for answer in answers]

    assert in_virtual_time(ask()) == [200, 200, 200]


def test_a_fifth_request_at_once_to_a_mailbox_stands_among_those_turned_away() -> None:
    async def ask() -> tuple[list[int], Journal]:
        visitor = Visitor(crowd(1), Load(1, 0, None))
        answers = await asyncio.gather(*(visitor.get(view(0)) for _ in range(5)))
        return [answer.status for answer in answers], visitor.journal

    statuses, journal = in_virtual_time(ask())
    assert statuses == [200, 200, 200, 200, 429]
    assert [one.person for one in journal.turned_away] == ["p0@proeve.example"]
