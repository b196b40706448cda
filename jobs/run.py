"""The command ``run``: settings and register checked whole, then one pass under the lock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.known import DigestMode
from bot.model import Register, Window
from config.settings import Settings, load_settings
from integrations.store.store import SqlStore
from jobs.clock import read_clock
from jobs.logs import get_log, set_up_logs
from jobs.one_pass import Parts, run_pass
from jobs.plan_print import print_plan
from jobs.report import Report, check_writable, write_report
from jobs.wiring import current_register, opened_parts, opened_store, policy_of, timezone_of

WELL, UNRESOLVED, FAILED = 0, 1, 3

Wrap = Callable[[Parts], Parts]


def run_once(
    now_text: str | None,
    report_file: Path | None,
    *,
    dry_run: bool,
    digest: DigestMode = DigestMode.AUTO,
) -> bool:
    """Make one pass. Return whether all is well.

    Raises: WrongConfiguration, ServiceDown, Busy.
    """
    settings = load_settings()
    set_up_logs(settings.log_format, settings.log_level)
    now = read_clock(now_text)
    if report_file:
        check_writable(report_file)
    report = make_pass(settings, now, dry_run=dry_run, digest=digest)
    if dry_run:
        print_plan(report)
    written = report_file is None or _written(report, report_file)
    return written and report.all_well


def _written(report: Report, file: Path) -> bool:
    """Write the report; what was done is done, so a full disk makes the pass unresolved and no more."""
    try:
        write_report(report, file)
    except OSError as error:
        get_log().error("report_not_written", file=str(file), reason=error.strerror)
        return False
    return True


def make_pass(
    settings: Settings,
    now: datetime,
    *,
    dry_run: bool = False,
    digest: DigestMode = DigestMode.AUTO,
    wrap: Wrap = lambda parts: parts,
) -> Report:
    """Make one pass under the lock and return its report. ``wrap`` may listen in on its parts.

    Raises: WrongConfiguration, ServiceDown, Busy.
    """
    with opened_store(settings) as store, store.exclusive():
        register = current_register(settings, store)
        policy_of(register)
        if not dry_run and settings.register_path:
            store.save_register(register)
        return asyncio.run(
            _recorded_pass(settings, register, store, now, wrap, dry_run=dry_run, digest=digest)
        )


async def _recorded_pass(
    settings: Settings,
    register: Register,
    store: SqlStore,
    now: datetime,
    wrap: Wrap,
    *,
    dry_run: bool,
    digest: DigestMode,
) -> Report:
    log = get_log()
    window = Window.around(now.astimezone(ZoneInfo(timezone_of(settings, register))).date())
    log.info("pass_started", now=now.isoformat(), people=len(register.people), dry_run=dry_run)
    run = None if dry_run else store.start_run(now, window)
    ended, began = FAILED, perf_counter()
    try:
        async with opened_parts(settings, register, store) as parts:
            report = await run_pass(wrap(parts), now, window, dry_run=dry_run, digest=digest)
        ended = WELL if report.all_well else UNRESOLVED
    finally:
        if run is not None:
            store.finish_run(run, now + timedelta(seconds=perf_counter() - began), ended)
    log.info(
        "pass_finished",
        read=len(report.days),
        unreadable=len(report.unreadable),
        findings=len(report.findings),
        messages=len(report.messages),
        requests=report.stats.http_requests,
        all_well=report.all_well,
    )
    return report
