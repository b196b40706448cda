"""Structured logs on standard error: one event name for each thing that happens, with ids and never a
subject.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

Log = structlog.stdlib.BoundLogger


def set_up_logs(form: str, level: str) -> None:
    """Log from ``level`` up, as JSON lines or for reading in a terminal. Times are in UTC."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def get_log() -> Log:
    """Return the logger."""
    log: Log = structlog.get_logger()
    return log
