"""Measure, and print the tables: ``python -m benchmarks [--write] [PART…]``; all parts where none is named.

With ``--write`` they go in docs/performance.md, each when it is done; what was not measured stays there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from jobs.clock import read_clock

PAGE = Path(__file__).parents[1] / "docs/performance.md"
WRITE = "--write"


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and write where asked to."""
    # Not at the top: each process that is started for a measurement imports this module first.
    from benchmarks.page import replaced
    from benchmarks.parts import PARTS
    from benchmarks.targets import Target, missed_text, with_targets

    names = [name for name in arguments if name != WRITE] or list(PARTS)
    unknown = sorted(set(names) - PARTS.keys())
    if unknown:
        sys.exit(f"There is no part called {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
    now = read_clock(None)
    found: list[Target] = []
    for name in names:
        measured = PARTS[name](now)
        text = measured.explained()
        print(f"{name}\n\n{text}\n", flush=True)
        found += measured.targets
        if WRITE in arguments:
            page = replaced(PAGE.read_text(encoding="utf-8"), name, text)
            PAGE.write_text(with_targets(page, measured.targets, now), encoding="utf-8")
    print(missed_text(found))


if __name__ == "__main__":
    main(sys.argv[1:])
