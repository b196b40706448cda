"""How many posts may be under way: the limit against a Graph that bears so many, and no more."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.graph.concurrency import MOST, Concurrency

FULL = 20
SCATTERED = 0.05
ROUNDS_UP = sum(range(1, MOST)) + MOST
"""So many good answers bring the limit from one to the most: one more a round."""


def answer_well(limiter: Concurrency, posts: int, start: float = 0.0, throttled: int = 0) -> float:
    """Answer posts one after another, in a second each; return when the last was."""
    for number in range(posts):
        began = start + number
        limiter.answered(began, began + 1, reads=FULL, throttled=throttled)
    return start + posts


def grown() -> tuple[Concurrency, float]:
    limiter = Concurrency()
    return limiter, answer_well(limiter, ROUNDS_UP)


earlier, took = st.floats(0, 60), st.floats(0.5, 2)
answered = st.tuples(st.just("answered"), earlier, took, st.integers(1, FULL), st.floats(0, 1))
refused = st.tuples(st.just("refused"), earlier, took, st.just(0), st.just(0.0))
happenings = st.lists(answered | refused, max_size=200)


def happen(limiter: Concurrency, events: list[tuple[str, float, float, int, float]]) -> float:
    """Let it happen, one after another; return when it is over."""
    now = 0.0
    for what, before, after, reads, share in events:
        began, now = max(0.0, now - before), now + after
        if what == "refused":
            limiter.refused(began, now)
        else:
            limiter.answered(began, now, reads=reads, throttled=int(reads * share))
        assert 1 <= limiter.limit <= MOST
    return now


def test_one_post_at_a_time_until_the_first_is_answered():
    assert Concurrency().limit == 1


def test_it_grows_by_one_for_every_round_that_goes_well_up_to_the_most():
    limiter = Concurrency()
    limits = []
    for number in range(ROUNDS_UP):
        limiter.answered(number, number + 1, reads=FULL, throttled=0)
        limits.append(limiter.limit)

    assert limits[0] == 2
    assert [limits.index(limit) for limit in (3, 4, 5)] == pytest.approx(
        [1 + 2, 1 + 2 + 3, 1 + 2 + 3 + 4], abs=1
    )
    assert limits == sorted(limits)
    assert limits[-1] == MOST


@given(happenings)
def test_it_stays_within_its_bounds_whatever_happens(events):
    happen(Concurrency(), events)


@given(happenings)
def test_it_recovers_whatever_happened_before(events):
    limiter = Concurrency()
    now = happen(limiter, events)

    answer_well(limiter, 600, start=now)

    assert limiter.limit == MOST


@given(happenings, st.integers(0, 1000))
def test_single_mailboxes_that_are_throttled_never_shrink_it(events, seed):
    limiter = Concurrency()
    now = answer_well(limiter, 600, start=happen(limiter, events))
    dice = random.Random(seed)

    for number in range(200):
        throttled = min(5, sum(dice.random() < SCATTERED for _ in range(FULL)))
        limiter.answered(now + number, now + number + 1, reads=FULL, throttled=throttled)
        assert limiter.limit == MOST


@pytest.mark.parametrize("throttled", [6, 10, 20])
def test_a_post_with_many_throttled_reads_halves_it(throttled):
    limiter, now = grown()

    limiter.answered(now, now + 1, reads=FULL, throttled=throttled)

    assert limiter.limit == MOST / 2


def test_a_few_reads_say_nothing_of_the_tenant():
    limiter, now = grown()

    limiter.answered(now, now + 1, reads=3, throttled=3)

    assert limiter.limit == MOST


def test_what_was_under_way_together_halves_it_once():
    limiter, now = grown()

    for number in range(MOST):
        limiter.refused(now, now + 1 + number / 10)

    assert limiter.limit == MOST / 2
    limiter.refused(now + 2, now + 3)
    assert limiter.limit == MOST / 4


def test_it_never_falls_below_one():
    limiter, now = grown()

    for number in range(20):
        limiter.refused(now + number, now + number + 1)

    assert limiter.limit == 1


def test_all_are_held_until_the_latest_moment_that_was_asked_for():
    limiter = Concurrency()
    assert limiter.wait(5) == 0

    limiter.hold(until=20)
    limiter.hold(until=12)

    assert limiter.wait(5) == 15
    assert limiter.wait(20) == 0
    assert limiter.wait(21) == 0


def behind(capacity: float, posts: int, quickest: float = 0.2) -> list[int]:
    """The limits while a service works on so many posts at a time, and lets the others stand in line."""
    limiter, now, limits = Concurrency(), 0.0, []
    for _ in range(posts):
        latency = quickest * max(1.0, limiter.limit / capacity)
        limiter.answered(now, now + latency, reads=FULL, throttled=0)
        limits.append(limiter.limit)
        now += latency / limiter.limit
    return limits


@pytest.mark.parametrize("capacity", [1, 2, 3])
def test_it_stops_growing_where_more_posts_only_stand_in_line(capacity):
    settled = behind(capacity, 200)[60:]

    assert capacity < sum(settled) / len(settled) <= capacity + 4, "few in line, and nobody idle"


def test_a_service_with_room_for_all_gets_as_many_as_there_may_be():
    assert behind(100, 100)[-1] == MOST


def test_it_eases_off_when_answers_become_slow():
    limiter, now = grown()

    limits = []
    for number in range(40):
        limiter.answered(now + number, now + number + 10, reads=FULL, throttled=0)
        limits.append(limiter.limit)

    assert 4 <= min(limits) < MOST


def test_a_service_that_is_slower_for_good_is_believed_in_the_end():
    limiter, now = grown()

    for number in range(2000):
        limiter.answered(now + number, now + number + 10, reads=FULL, throttled=0)

    assert limiter.limit == MOST
