"""Faults that befall a share of the requests: which ones is drawn, and drawn alike in every run."""

from __future__ import annotations

import random
from collections.abc import Iterable

from integrations.sandbox import Fault, FaultBook
from integrations.sandbox.exchange import Call
from tests.integrations.sandbox.visitor import Visitor, crowd, view
from tests.integrations.teams.clocks import in_virtual_time

PEOPLE = range(2000)
VIEWS = "GET /v1.0/users/*/calendarView"
RARE = Fault(match=VIEWS, status=503, share=0.05)


def _call(person: int) -> Call:
    return Call("GET", f"/v1.0/users/p{person}@proeve.example/calendarView")


def _befallen(book: FaultBook, people: Iterable[int] = PEOPLE) -> set[int]:
    return {person for person in people if book.take(_call(person), None)}


def test_a_share_is_befallen_and_the_same_ones_in_every_run_and_order() -> None:
    befallen = _befallen(FaultBook([RARE]))
    assert 60 < len(befallen) < 140
    assert _befallen(FaultBook([RARE]), random.sample(PEOPLE, len(PEOPLE))) == befallen


def test_another_seed_befalls_others() -> None:
    first, second = (_befallen(FaultBook([RARE.model_copy(update={"seed": seed})])) for seed in (0, 1))
    assert len(first & second) < len(first) / 2


def test_who_is_asked_again_draws_again() -> None:
    book = FaultBook([RARE])
    unlucky = [_befallen(book) for _ in range(6)]
    assert all(60 < len(people) < 140 for people in unlucky)
    assert set.intersection(*unlucky[:4]) == set()


def test_a_fault_draws_by_itself_from_those_that_the_one_before_it_spared() -> None:
    other = Fault(match=VIEWS, status=429, share=0.5)
    book = FaultBook([other, other])
    both = [person for person in PEOPLE if book.take(_call(person), None)]
    assert 0.7 < len(both) / len(PEOPLE) < 0.8


def test_a_share_of_all_is_all() -> None:
    assert _befallen(FaultBook([RARE.model_copy(update={"share": 1})])) == set(PEOPLE)


def test_times_counts_those_befallen() -> None:
    book = FaultBook([RARE.model_copy(update={"times": 7})])
    assert len(_befallen(book)) == 7


def test_what_the_fault_is_not_meant_for_draws_nothing() -> None:
    book = FaultBook([Fault(match=VIEWS, status=503, share=0.5, item=True)])
    assert _befallen(book) == set()


def test_some_items_of_a_batch_fail_and_are_served_when_asked_again() -> None:
    fault = Fault(match=VIEWS, status=429, retry_after=2.5, share=0.3, item=True)

    async def ask_until_all_are_served() -> list[int]:
        visitor = Visitor(crowd(20), faults=[fault])
        waiting, left = [view(person) for person in range(20)], []
        while waiting:
            answers = await visitor.batch(*waiting)
            assert {item["status"] for item in answers.values()} <= {200, 429}
            waiting = [path for path, item in answers.items() if item["status"] == 429]
            assert {answers[path]["headers"]["Retry-After"] for path in waiting} <= {"2.5"}
            left.append(len(waiting))
        return left

    left = in_virtual_time(ask_until_all_are_served())
    assert 0 < left[0] < 20
    assert left == sorted(left, reverse=True)
