"""A sign of life for whoever watches the container: until when the worker is surely to be heard of again."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from jobs.clock import read_clock

NOT_ALIVE = "No worker on this machine has been heard of lately."


def pulse_file() -> Path:
    """Return the file with the sign of life, in the folder for temporary files; each container has one."""
    return Path(tempfile.gettempdir()) / "hjemmedag-worker.alive"


def beat(until: datetime) -> None:
    """Write down until when all is well. Where nothing can be written, the one who asks finds nothing."""
    file = pulse_file()
    new = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        new.write_text(until.isoformat(), encoding="utf-8")
        new.replace(file)  # whole: who asks meanwhile finds the old one or the new


def rest() -> None:
    """Take the sign of life away: the worker has ended, as it was told to."""
    with suppress(OSError):
        pulse_file().unlink()


def is_alive(now: datetime | None = None) -> bool:
    """Whether a worker on this machine has said that it would be well now."""
    try:
        return (now or read_clock(None)) < datetime.fromisoformat(pulse_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
