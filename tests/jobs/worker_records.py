"""What the passes of workers have left in the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, text

from tests.jobs.conftest import Office

ON_THE_WALL = ZoneInfo("Europe/Copenhagen")


def rows(office: Office, query: str) -> list[tuple[Any, ...]]:
    """Return what the query finds in the database of the office, of whichever kind it is."""
    url = office.environ.get("HJEMMEDAG_DATABASE_URL", f"sqlite:///{office.database}")
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds} s"
        time.sleep(0.05)


def passes(office: Office) -> list[tuple[str, int | None]]:
    """Return when each pass began, as HH:MM on the wall, and how it ended."""
    found = rows(office, "SELECT started_at, exit_code FROM runs ORDER BY id")
    return [(_wall(began), status) for began, status in found]


def _wall(moment: datetime | str) -> str:
    """SQLite answers a text here, in UTC and without saying so."""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return known.replace(tzinfo=known.tzinfo or UTC).astimezone(ON_THE_WALL).strftime("%H:%M")
