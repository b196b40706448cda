"""A worker that lives by the time it is told. Run as a program, with the first moment as its argument.

It says "idle" when it has looked; then it takes moments on standard input, one a line, and looks at each.
"""

from __future__ import annotations

import sys
from datetime import datetime
from threading import Event, Thread

import time_machine
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED
from apscheduler.schedulers.background import BackgroundScheduler

from jobs.signals import hold_signals
from jobs.worker import new_worker


def follow(clock: time_machine.Coordinates, scheduler: BackgroundScheduler, looked: Event) -> None:
    """Go from moment to moment, as they are told."""
    say_when_idle(looked)
    for line in sys.stdin:
        clock.move_to(datetime.fromisoformat(line.strip()))
        scheduler.wakeup()
        say_when_idle(looked)


def say_when_idle(looked: Event) -> None:
    looked.wait()
    looked.clear()
    sys.stdout.write("idle\n")
    sys.stdout.flush()


def main(first: str) -> None:
    hold_signals()
    with time_machine.travel(datetime.fromisoformat(first), tick=False) as clock:
        worker, looked = new_worker(), Event()
        worker.scheduler.add_listener(lambda _event: looked.set(), EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
        Thread(target=follow, args=(clock, worker.scheduler, looked), daemon=True).start()
        worker.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
