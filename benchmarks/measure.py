"""Entries per CPU second, the memory a process took, and the machine both were measured on."""

from __future__ import annotations

import gc
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Rate:
    """What was measured, and its best round."""

    name: str
    entries: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Entries per CPU second."""
        return self.entries / self.seconds


def measure(name: str, entries: int, work: Callable[[], object]) -> Rate:
    """Time ``work``, which deals with so many entries: CPU time of this process, the best of a few rounds."""
    return Rate(name, entries, min(_seconds(work) for _ in range(ROUNDS)))


def peak_megabytes() -> float | None:
    """Return the most memory that this process has held; None where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    held = next((line for line in lines if line.startswith("VmHWM:")), None)
    return int(held.split()[1]) / 1024 if held else None


def machine() -> str:
    """Return the processor, the number of cores and the Python; nothing that names one machine."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, {python}"


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def _processor() -> str:
    """Return the model's name, which only Linux's own list of processors has."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())
