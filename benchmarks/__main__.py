"""Run all benchmarks and print the tables; with ``--write``, put them in docs/performance.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.detection import TO_DAYS, detection
from benchmarks.page import detection_text, replaced, rules_text, sending_text
from benchmarks.rules import rules
from benchmarks.sending import sending
from jobs.clock import read_clock

PAGE = Path(__file__).parents[1] / "docs/performance.md"


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and write where asked to."""
    measured = read_clock(None)
    rates = detection()
    to_days = next(rate for rate in rates if rate.name == TO_DAYS)
    texts = {
        "detection": detection_text(rates, measured),
        "rules": rules_text(rules(), to_days, measured),
        "sending": sending_text(sending(), measured),
    }
    print(*texts.values(), sep="\n\n")
    if "--write" in arguments:
        page = PAGE.read_text(encoding="utf-8")
        for what, text in texts.items():
            page = replaced(page, what, text)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
