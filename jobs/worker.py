"""The command ``worker``: the same passes as ``run``, on a schedule, until SIGTERM.

Every task is asked once a minute whether something is due; it decides that from the store. So APScheduler
carries no state that a crash could lose or two workers could differ in, and what it may miss does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from config.settings import Settings, load_settings
from integrations.deadline import Deadline
from jobs.clock import read_clock
from jobs.due import DuePasses
from jobs.logs import get_log, set_up_logs
from jobs.pulse import beat, rest
from jobs.run import Wrap, as_they_are
from jobs.signals import hold_signals, wait_for_signal

SILENCE = timedelta(minutes=5)
"""How long after a look the next one must have begun."""

OVERTIME = timedelta(minutes=15)
"""How long a pass may take to come to an end when its minutes are over."""

Clock = Callable[[], datetime]
NOW: Clock = partial(read_clock, None)


class Task(Protocol):
    """Something that is due now and then."""

    name: str

    def plan(self) -> Mapping[str, str | None]:
        """Return what to say of it when the worker starts."""
        ...

    def look(self) -> None:
        """Do what is due. Called once a minute; never while the last call is still at work."""
        ...


class Worker:
    """Lets each task look once a minute, one at a time, until it is told to stop.

    ``life`` is known to the tasks: cutting it brings them to an early end. ``longest`` is how long a look may
    take.
    """

    def __init__(self, tasks: Sequence[Task], clock: Clock, life: Deadline, longest: timedelta) -> None:
        self._tasks, self._clock, self._life, self._longest = tasks, clock, life, longest
        # A thread pool that is shut down waits for what it runs; APScheduler's asyncio executor cancels it.
        self.scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self.scheduler.add_listener(_say_what_broke, EVENT_JOB_ERROR)
        for task in tasks:
            minutely = CronTrigger(minute="*", timezone=UTC)
            self.scheduler.add_job(self._look, minutely, [task], id=task.name, next_run_time=clock())

    def run(self, around: Iterable[AbstractContextManager[object]] = ()) -> None:
        """Work until SIGTERM or SIGINT; return when what is under way then has ended. In the main thread.

        What is ``around`` is entered before the first look and left after the last.
        """
        hold_signals()
        with ExitStack() as stack:
            for manager in around:
                stack.enter_context(manager)
            # Minutes left out while a pass is under way are no news; the listener says what breaks.
            logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
            self.scheduler.start()
            for task in self._tasks:
                get_log().info("worker_started", task=task.name, **task.plan())
            get_log().info("worker_stopping", signal=wait_for_signal())
            self.scheduler.pause()
            self._life.cut()
            self.scheduler.shutdown(wait=True)
            rest()
        get_log().info("worker_stopped")

    def _look(self, task: Task) -> None:
        beat(self._clock() + self._longest)
        try:
            task.look()
        finally:
            beat(self._clock() + SILENCE)


def new_worker(
    read_settings: Callable[[], Settings] = load_settings, clock: Clock = NOW, wrap: Wrap = as_they_are
) -> Worker:
    """Return the worker that makes the passes. ``wrap`` may put others in the place of a pass's parts.

    Raises: WrongConfiguration where settings or register are wrong from the start.
    """
    settings, life = read_settings(), Deadline()
    set_up_logs(settings.log_format, settings.log_level)
    beat(clock() + SILENCE)  # in the place of what one before this may have left
    passes = DuePasses(read_settings, clock, life, wrap)
    return Worker([passes], clock, life, timedelta(minutes=settings.pass_minutes) + OVERTIME)


def _say_what_broke(event: JobExecutionEvent) -> None:
    """Say which kind of error it was, and where. Its text may quote a row of the database."""
    kind = type(event.exception).__qualname__
    get_log().error("look_broke", task=event.job_id, error=kind, traceback=event.traceback)
