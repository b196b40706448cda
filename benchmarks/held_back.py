"""What takes longest, by function: printed where a target was missed."""

from __future__ import annotations

import cProfile
import pstats
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.employer import employer, microsoft_365
from benchmarks.measure import fresh_process
from benchmarks.own_readers import ours
from benchmarks.page import paragraphs, table
from benchmarks.reading import OURS, names, tenant
from benchmarks.rules import GROWING, judging
from benchmarks.sandbox_process import AS_PUBLISHED, far_sandbox
from benchmarks.start import COMMAND
from benchmarks.whole_pass import EARLY

SLOWEST = 8
PEOPLE = 2_000
WAITING = "<method 'poll' of 'select.epoll' objects>"
HERE = Path(__file__).parents[1]

Function = tuple[str, int, str]


def starting() -> str:
    """Profile the start of the command."""
    with TemporaryDirectory() as folder:
        stats = Path(folder) / "stats"
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "cProfile", "-o", str(stats), *COMMAND], capture_output=True, check=True
        )
        return slowest("starting", stats)


def reading() -> str:
    """Profile our own way of reading."""
    with far_sandbox(partial(tenant, OURS.mailboxes)) as sandbox:
        return _in_fresh_process("reading", partial(ours, sandbox.settings, names(OURS.mailboxes)))


def judging_days() -> str:
    """Profile judging the days."""
    return _in_fresh_process("judging", partial(judging, GROWING, PEOPLE))


def whole_pass() -> str:
    """Profile a whole pass."""
    with employer(PEOPLE) as there, microsoft_365(PEOPLE, AS_PUBLISHED) as sandbox:
        stats = there.folder / "stats"
        there.run(sandbox.settings, EARLY, ("-m", "cProfile", "-o", str(stats)))
        return slowest(f"a pass for {PEOPLE:,} people", stats)


def slowest(what: str, stats: Path) -> str:
    """Return the functions that took longest by themselves."""
    every = pstats.Stats(str(stats)).stats  # type: ignore[attr-defined]
    taken = {function: figures for function, figures in every.items() if function[2] != WAITING}
    total = sum(own for _, _, own, _, _ in taken.values())
    most = sorted(taken.items(), key=lambda one: one[1][2], reverse=True)[:SLOWEST]
    rows = [
        (f"`{name_of(function)}`", f"{calls:,}", f"{own:.2f}", f"{own / total:.0%}")
        for function, (_, calls, own, _, _) in most
    ]
    return paragraphs(
        f"What takes longest in {what}, as cProfile has it, which itself takes time:",
        table(("function", "calls", "seconds of its own", "of all"), rows),
    )


def name_of(function: Function) -> str:
    """Return a function's file, from the folder of the project or of the library on, and its name."""
    file, line, name = function
    if not line:
        return name
    path = Path(file)
    if path.is_relative_to(HERE) and "site-packages" not in path.parts:
        return f"{path.relative_to(HERE)}:{name}"
    return f"{'/'.join(path.parts[-2:])}:{name}"


def _in_fresh_process(what: str, work: Callable[[], object]) -> str:
    with TemporaryDirectory() as folder, fresh_process() as process:
        stats = Path(folder) / "stats"
        process.submit(_profiled, work, stats).result()
        return slowest(what, stats)


def _profiled(work: Callable[[], object], stats: Path) -> None:
    with cProfile.Profile() as profile:
        work()
    profile.dump_stats(stats)
