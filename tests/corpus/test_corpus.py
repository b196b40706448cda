"""The labelled corpora through the whole chain: accuracy, false alarms and misses, printed for each source.

A false alarm is anything taken for a home day that is none; a miss is a home day that is not seen.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.model import Kind
from tests.corpus.corpus import Item, read_corpus

HERE = Path(__file__).parent
CORPORA = ("entries", "heldout", "heldout2", "heldout3")
TARGET = 0.98


def outcomes(items: list[Item]) -> Counter[tuple[str, str]]:
    """Count by source: all items, those read rightly, false alarms, misses."""
    counted: Counter[tuple[str, str]] = Counter()
    for item in items:
        day = item.day()
        fits = item.fits(day)
        outcome = "right" if fits else "other"
        if not fits and day.kind is Kind.HOME and item.kind is not Kind.HOME:
            outcome = "false alarm"
        if not fits and item.kind is Kind.HOME and day.kind is not Kind.HOME:
            outcome = "miss"
        counted.update([(item.source, "all"), (item.source, outcome)])
    return counted


def table(counted: Counter[tuple[str, str]]) -> str:
    """Return the counts as lines: source, items, accuracy, false alarms, misses."""
    lines = [f"{'source':<12}{'items':>7}{'accuracy':>10}{'false alarms':>14}{'misses':>8}"]
    for source in sorted({source for source, _ in counted}):
        total = counted[source, "all"]
        lines.append(
            f"{source:<12}{total:>7}{counted[source, 'right'] / total:>10.3f}"
            f"{counted[source, 'false alarm']:>14}{counted[source, 'miss']:>8}"
        )
    return "\n".join(lines)


@pytest.mark.parametrize("corpus", CORPORA)
def test_what_colleagues_write_is_read_as_a_colleague_would(corpus: str, capsys) -> None:
    items = read_corpus(HERE / f"{corpus}.yaml")
    counted = outcomes(items)
    with capsys.disabled():
        sys.stdout.write(f"\n{corpus}.yaml\n{table(counted)}\n")
    right = sum(number for (_, outcome), number in counted.items() if outcome == "right")
    assert not sum(number for (_, outcome), number in counted.items() if outcome == "false alarm")
    assert right / len(items) >= TARGET


@pytest.mark.parametrize("corpus", CORPORA)
def test_half_of_a_corpus_must_stay_silent(corpus: str) -> None:
    items = read_corpus(HERE / f"{corpus}.yaml")
    assert len(items) >= 300
    assert 2 * sum(item.kind is Kind.ON_SITE for item in items) >= len(items)


@pytest.mark.parametrize("corpus", CORPORA)
def test_the_named_evidence_holds_what_a_mark_rests_on(corpus: str) -> None:
    marked = [item for item in read_corpus(HERE / f"{corpus}.yaml") if item.kind is Kind.HOME]
    named = [item.evidence in item.day().evidence for item in marked]
    assert sum(named) / len(named) >= TARGET
