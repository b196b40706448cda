"""The command ``run``: settings and register checked whole, then one pass under the lock."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.errors import WrongConfiguration
from bot.known import DigestMode
from bot.model import Register, Window
from config.settings import Settings, load_settings
from integrations.deadline import Deadline
from integrations.store.store import SqlStore
from jobs.clock import read_clock
from jobs.logs import get_log, set_up_logs
from jobs.one_pass import Parts, run_pass
from jobs.plan_print import print_plan
from jobs.report import Report, check_writable, write_report
from jobs.signals import cut_by_signals
from jobs.wiring import current_register, opened_parts, opened_store, policy_of, timezone_of

WELL, UNRESOLVED, WRONG, FAILED = 0, 1, 2, 3
STOPPED = "The pass was stopped before its end. What was done is recorded; run again, it is safe."

Wrap = Callable[[Parts], Parts]


def as_they_are(parts: Parts) -> Parts:
    """Change nothing in the parts of a pass."""
    return parts


def run_once(
    now_text: str | None,
    report_file: Path | None,
    *,
    dry_run: bool,
    digest: DigestMode = DigestMode.AUTO,
) -> int:
    """Make one pass, cut short by SIGTERM or SIGINT. Return the exit status: 0 all well, 1 or 3.

    Raises: WrongConfiguration, ServiceDown, Busy.
    """
    settings = load_settings()
    set_up_logs(settings.log_format, settings.log_level)
    now = read_clock(now_text)
    if report_file:
        check_writable(report_file)
    deadline = pass_deadline(settings)
    with cut_by_signals(deadline):
        report = make_pass(settings, now, deadline=deadline, dry_run=dry_run, digest=digest)
    if report.cut_short:
        sys.stderr.write(f"{STOPPED}\n")
        return FAILED
    if dry_run:
        print_plan(report)
    written = report_file is None or _written(report, report_file)
    return WELL if written and report.all_well else UNRESOLVED


def _written(report: Report, file: Path) -> bool:
    """Write the report; what was done is done, so a full disk makes the pass unresolved and no more."""
    try:
        write_report(report, file)
    except OSError as error:
        get_log().error("report_not_written", file=str(file), reason=error.strerror)
        return False
    return True


def pass_deadline(settings: Settings) -> Deadline:
    """Return the deadline of a pass that begins now."""
    return Deadline(settings.pass_minutes * 60)


def make_pass(
    settings: Settings,
    now: datetime,
    *,
    deadline: Deadline | None = None,
    dry_run: bool = False,
    digest: DigestMode = DigestMode.AUTO,
    wrap: Wrap = as_they_are,
) -> Report:
    """Make one pass under the lock and return its report. ``wrap`` may listen in on its parts.

    The deadline is that of the settings where none is given. Raises: WrongConfiguration, ServiceDown, Busy.
    """
    deadline = deadline or pass_deadline(settings)
    with opened_store(settings) as store, store.exclusive():
        return pass_under_lock(
            settings, store, now, deadline=deadline, dry_run=dry_run, digest=digest, wrap=wrap
        )


def pass_under_lock(
    settings: Settings,
    store: SqlStore,
    now: datetime,
    *,
    deadline: Deadline,
    dry_run: bool = False,
    digest: DigestMode = DigestMode.AUTO,
    wrap: Wrap = as_they_are,
) -> Report:
    """Make one pass for a caller who holds the store's lock. Raises: WrongConfiguration, ServiceDown."""
    register = current_register(settings, store)
    policy_of(register)
    if not dry_run and settings.register_path:
        store.save_register(register)
    return asyncio.run(
        _recorded_pass(settings, register, store, now, deadline, wrap, dry_run=dry_run, digest=digest)
    )


async def _recorded_pass(
    settings: Settings,
    register: Register,
    store: SqlStore,
    now: datetime,
    deadline: Deadline,
    wrap: Wrap,
    *,
    dry_run: bool,
    digest: DigestMode,
) -> Report:
    window = Window.around(now.astimezone(ZoneInfo(timezone_of(settings, register))).date())
    get_log().info("pass_started", now=now.isoformat(), people=len(register.people), dry_run=dry_run)
    run = None if dry_run else store.start_run(now, window)
    ended, began = FAILED, perf_counter()
    try:
        async with opened_parts(settings, register, store, deadline) as parts:
            report = await run_pass(wrap(parts), now, window, dry_run=dry_run, digest=digest)
        ended = _status(report)
    except WrongConfiguration:
        ended = WRONG
        raise
    finally:
        if run is not None:
            store.finish_run(run, now + timedelta(seconds=perf_counter() - began), ended)
    _log_end(report)
    return report


def _status(report: Report) -> int:
    """Return how a pass is recorded. One that was cut short is due again; one out of time is not."""
    if report.cut_short:
        return FAILED
    return WELL if report.all_well else UNRESOLVED


def _log_end(report: Report) -> None:
    get_log().info(
        "pass_finished",
        read=len(report.days),
        unreadable=len(report.unreadable),
        findings=len(report.findings),
        messages=len(report.messages),
        requests=report.stats.http_requests,
        all_well=report.all_well,
        cut_short=report.cut_short,
    )
