"""Who is asked next."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from integrations.graph.batch import SIZE, Read
from integrations.graph.line import CROWD, LINGER, Line, Turn
from tests.integrations.graph.reads import reads


def names(turns: list[Turn]) -> list[str]:
    return [turn.read.id for turn in turns]


def again(number: int, at: float = 0.0) -> Turn:
    return Turn(Read(f"again-{number}", "/"), at)


def test_new_reads_are_taken_no_further_than_the_next_post():
    pulled = []

    def source() -> Iterator[Read]:
        for read in reads(1000):
            pulled.append(read)
            yield read

    line = Line(source())
    assert line.is_full(0)
    assert len(line.take(0)) == SIZE
    assert len(pulled) <= 2 * SIZE


def test_who_comes_again_has_half_of_a_post_while_there_is_anybody_new():
    line = Line(reads(15))
    for number in range(30):
        line.put(again(number))

    first, second, third = (names(line.take(0)) for _ in range(3))

    assert first == [f"again-{n}" for n in range(10)] + [f"person-{n}" for n in range(10)]
    assert second == (
        [f"again-{n}" for n in range(10, 20)]
        + [f"person-{n}" for n in range(10, 15)]
        + [f"again-{n}" for n in range(20, 25)]
    )
    assert third == [f"again-{n}" for n in range(25, 30)]
    assert line.is_empty(0)


def test_nobody_new_is_taken_while_there_is_a_crowd():
    line = Line(reads(15))
    for number in range(CROWD):
        line.put(again(number))

    assert names(line.take(0)) == [f"again-{n}" for n in range(SIZE)]
    assert "person-0" in names(line.take(0))


def test_those_who_come_again_come_in_the_order_of_their_times_and_never_before():
    line = Line([])
    line.put(again(3, at=30))
    line.put(again(1, at=10))
    line.put(again(2, at=20))

    assert line.next_at(5) == 10
    assert line.take(9.9) == []
    assert names(line.take(25)) == ["again-1", "again-2"]
    assert line.next_at(25) == 30


def test_a_small_post_waits_a_little_for_those_who_come_due_soon():
    line = Line([])
    line.put(again(1, at=10))
    line.put(again(2, at=11))
    line.put(again(3, at=10 + LINGER))
    line.put(again(4, at=10.5 + LINGER))

    assert line.next_at(10) == 11
    assert line.next_at(11) == 10 + LINGER
    assert line.next_at(10 + LINGER) == 10 + LINGER, "the first has waited long enough"


def test_a_post_that_is_full_or_has_anybody_new_in_it_waits_for_nobody():
    full, new = Line([]), Line(reads(1))
    for number in range(SIZE):
        full.put(again(number))
    for line in (full, new):
        line.put(again(99, at=1))

    assert full.next_at(0) == new.next_at(0) == 0


def test_nobody_in_line_is_never():
    line = Line([])

    assert line.next_at(7) == float("inf")
    assert line.is_empty(7)


def test_who_waits_for_a_later_time_is_still_in_line():
    line = Line([])
    line.put(again(1, at=100))

    assert not line.is_empty(0)
    assert not line.is_full(0)


def test_a_later_turn_counts_the_tries_and_the_waiting():
    turn = again(1).later(now=5, pause=2).later(now=8, pause=4)

    assert (turn.at, turn.tries, turn.waited) == (12, 2, 6)


@given(st.integers(0, 100), st.lists(st.floats(0, 50), max_size=300), st.integers(0, 8))
def test_everybody_comes_out_once(new, times, posts):
    line = Line(reads(new))
    for number, at in enumerate(times):
        line.put(again(number, at))

    taken = [turn for post in range(posts) for turn in line.take(10 * post)]
    left = [read.id for read in line.rest()]

    expected = [read.id for read in reads(new)] + [f"again-{n}" for n in range(len(times))]
    assert sorted(names(taken) + left) == sorted(expected)
    assert all(turn.at <= 10 * (posts - 1) for turn in taken)
