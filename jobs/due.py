"""The passes of the worker: made when one is due, which is asked of the store and not of a timer.

Any number of workers may ask at once on one database. Who has the lock looks, makes the pass if it is due,
and lets go; who finds the lock taken asks again a minute later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from bot.errors import Busy, HjemmedagError, ServiceDown, WrongConfiguration
from bot.model import Register
from config.settings import Settings
from integrations.deadline import Deadline, Part
from integrations.store.store import SqlStore
from jobs.logs import get_log
from jobs.run import Wrap, as_they_are, pass_under_lock
from jobs.schedule import Schedule, may_be_tried
from jobs.wiring import current_register, opened_store, policy_of, timezone_of


class DuePasses:
    """Asks whether a pass is due, and makes it.

    ``read_settings`` is called anew for each pass, so that a secret that was changed in its file is taken up;
    ``life`` is cut when the worker is to end, and with it the pass that is under way. Times are of the
    register's time zone, or the settings' for as long as the database has not answered.

    Raises: WrongConfiguration with every fault of the register.
    """

    name = "pass"

    def __init__(
        self,
        read_settings: Callable[[], Settings],
        clock: Callable[[], datetime],
        life: Deadline,
        wrap: Wrap = as_they_are,
    ) -> None:
        self._read_settings, self._clock, self._life, self._wrap = read_settings, clock, life, wrap
        settings = read_settings()
        self._schedule = Schedule(settings.schedule, settings.timezone)
        self._knows_timezone = False
        self._settled: datetime | None = None
        self._fault = ""
        try:
            self._check_register()
        except ServiceDown as error:
            get_log().warning("database_not_up_yet", error=str(error))

    def plan(self) -> Mapping[str, str | None]:
        """Return the schedule, its time zone and the next pass."""
        coming = self._schedule.following(self._clock())
        return {
            "schedule": self._schedule.cron,
            "timezone": self._schedule.timezone,
            "next": coming.isoformat() if coming else None,
        }

    def look(self) -> None:
        """Make the pass of the latest time of today, if it was not made yet."""
        if self._life.is_over:
            return
        if not self._knows_timezone:
            with suppress(HjemmedagError):  # said when a pass is due, by that of the settings meanwhile
                self._check_register()
        latest = self._schedule.latest(self._clock())
        if latest is None or latest == self._settled:
            return
        try:
            self._ask(latest)
        except Busy:
            get_log().debug("pass_elsewhere", due=latest.isoformat())
        except WrongConfiguration as error:
            self._settled = latest  # nobody mends that in two minutes; the next time will do
            self._say("pass_not_possible", error)
        except ServiceDown as error:
            if self._life.is_cut:
                get_log().info("pass_cut_short")
            else:
                self._say("pass_failed", error)

    def _check_register(self) -> None:
        """Take the time zone from the register as it is now.

        Raises: WrongConfiguration with every fault of the register, ServiceDown.
        """
        settings = self._read_settings()
        with opened_store(settings) as store:
            register = current_register(settings, store)
        policy_of(register)
        self._take_timezone(settings, register)

    def _take_timezone(self, settings: Settings, register: Register) -> None:
        self._schedule = Schedule(settings.schedule, timezone_of(settings, register))
        self._knows_timezone = True

    def _ask(self, latest: datetime) -> None:
        settings = self._read_settings()
        with opened_store(settings) as store, store.exclusive():
            now = self._clock()  # not earlier: another may have made the pass while the lock was waited for
            if store.completed_since(latest, now):
                self._settled = latest
            elif may_be_tried(now, *store.failures_since(latest, now)):
                self._make(settings, store, latest, now)

    def _make(self, settings: Settings, store: SqlStore, latest: datetime, now: datetime) -> None:
        deadline = Part(self._life, settings.pass_minutes * 60)
        report = pass_under_lock(settings, store, now, deadline=deadline, wrap=self._wrap)
        self._take_timezone(settings, report.register)
        self._fault = ""
        if not report.cut_short:
            self._settled = latest

    def _say(self, event: str, error: HjemmedagError) -> None:
        """Say it as an error the first time, and as a warning while it is the same."""
        log, again = get_log(), str(error) == self._fault
        self._fault = str(error)
        (log.warning if again else log.error)(event, error=str(error))
