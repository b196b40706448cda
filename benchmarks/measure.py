"""CPU seconds, the memory a process took, and the machine both were measured on."""

from __future__ import annotations

import gc
import os
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

ROUNDS = 3

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock on the wall and seconds of CPU, and the most MB that the process has held."""

    wall: float
    cpu: float
    peak: float | None


@dataclass(slots=True)
class Stopwatch:
    """Measures this process, from when it is made."""

    wall: float = field(default_factory=perf_counter)
    cpu: float = field(default_factory=process_time)

    def read(self) -> Spent:
        """Return what has been spent so far."""
        return Spent(perf_counter() - self.wall, process_time() - self.cpu, peak_megabytes())


def timed(work: Callable[..., T], *given: object) -> tuple[T, Spent]:
    """Do it in this process, and say what it took."""
    watch = Stopwatch()
    return work(*given), watch.read()


@contextmanager
def fresh_process() -> Iterator[Executor]:
    """Run one process that has done nothing yet, for work whose memory is to be its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        yield process


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
