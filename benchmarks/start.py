"""How long the command takes to say what it can do, beside Python doing nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

TIMES = 5
COMMAND = ("-m", "jobs", "--help")
NOTHING = ("-c", "pass")


@dataclass(frozen=True, slots=True)
class Start:
    """The shortest of a few starts, in seconds by the clock on the wall."""

    name: str
    seconds: float


def starts(times: int = TIMES) -> tuple[Start, Start]:
    """Measure the command's help, then Python alone."""
    return (
        Start("hjemmedag --help", min(_seconds(COMMAND) for _ in range(times))),
        Start("python -c pass", min(_seconds(NOTHING) for _ in range(times))),
    )


def _seconds(arguments: Sequence[str]) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)  # noqa: S603 - our own command
    return perf_counter() - began
