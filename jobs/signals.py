"""SIGTERM and SIGINT as a request to come to an end; the second one ends the program at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from integrations.deadline import Deadline

ASKING_TO_STOP = (signal.SIGTERM, signal.SIGINT)
SIGNALLED = 128
"""Added to a signal's number it is the exit status of what the signal ended, as shells have it."""


@contextmanager
def cut_by_signals(deadline: Deadline) -> Iterator[None]:
    """Let the first signal cut the deadline. For the main thread only, as all handlers of signals."""
    before = {number: signal.getsignal(number) for number in ASKING_TO_STOP}

    def cut(_number: int, _frame: FrameType | None) -> None:
        deadline.cut()
        _let_the_next_end_it()

    for number in ASKING_TO_STOP:
        signal.signal(number, cut)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def hold_signals() -> None:
    """Keep the signals back, in this thread and those it starts from now on, until they are waited for."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ASKING_TO_STOP)


def wait_for_signal() -> str:
    """Wait for one of the signals held back, and return its name. The next one ends the program at once."""
    came = signal.Signals(signal.sigwait(ASKING_TO_STOP))
    _let_the_next_end_it()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKING_TO_STOP)
    return came.name


def _let_the_next_end_it() -> None:
    # Not by the signal's default: the first process of a container has none, and nothing would happen.
    for number in ASKING_TO_STOP:
        signal.signal(number, _end_at_once)


def _end_at_once(number: int, _frame: FrameType | None) -> None:
    os._exit(SIGNALLED + number)
