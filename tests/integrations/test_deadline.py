"""A deadline: how much is left of it, by its clock, for the whole and for a first part."""

from __future__ import annotations

from integrations.deadline import Deadline


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_time_runs_until_nothing_is_left() -> None:
    clock = Clock()
    deadline = Deadline(10, clock)
    clock.seconds += 4
    assert (deadline.left, deadline.is_over) == (6, False)
    clock.seconds += 7
    assert (deadline.left, deadline.is_over, deadline.is_cut) == (0, True, False)


def test_without_a_time_there_is_always_time() -> None:
    deadline = Deadline()
    assert not deadline.is_over


def test_cut_short_it_is_over_at_once_and_says_why() -> None:
    deadline = Deadline(10, Clock())
    deadline.cut()
    assert (deadline.left, deadline.is_over, deadline.is_cut) == (0, True, True)


def test_a_first_part_is_over_before_the_whole() -> None:
    clock = Clock()
    whole = Deadline(9, clock)
    part = whole.part(2 / 3)
    clock.seconds += 6
    assert (part.is_over, whole.is_over, part.is_cut) == (True, False, False)


def test_a_first_part_is_cut_with_the_whole() -> None:
    whole = Deadline(9, Clock())
    part = whole.part(2 / 3)
    whole.cut()
    assert part.is_over
    assert part.is_cut


def test_a_part_of_no_end_has_none() -> None:
    assert not Deadline().part(0.5).is_over
