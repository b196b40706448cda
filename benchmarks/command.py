"""The command ``hjemmedag``, and what it took: ``python -m benchmarks.command FIGURES ARGUMENT…``."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from benchmarks.measure import Stopwatch
from jobs.__main__ import main


def measured_main() -> None:
    """Run the command with the arguments after the first, and write what it took to the file that is named
    there.
    """
    figures, watch = Path(sys.argv.pop(1)), Stopwatch()
    try:
        main()
    finally:
        figures.write_bytes(msgspec.json.encode(watch.read()))


if __name__ == "__main__":
    measured_main()
