"""The measurements of detection and of the rules run, and their tables say what a person costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.__main__ import main
from benchmarks.detection import TO_DAYS, detection
from benchmarks.measure import Rate
from benchmarks.rules import GROWING, Judging, judging
from benchmarks.tables import detection_text, from_page_to_finding, rules_text
from benchmarks.targets import of_rules
from tests.benchmarks.conftest import NOW

JUDGED = Judging("nyborg", 30, 20_000, 80_000, 0.001, 0.01, 0.0001, 101.0)
TO_DAYS_RATE = Rate(TO_DAYS, 12_000, 0.6)


@pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated:DeprecationWarning")
def test_each_step_from_a_page_to_days_is_set_against_the_bare_decode() -> None:
    rates = detection(people=2)
    lines = detection_text(rates, NOW).splitlines()
    assert len(lines) == 4 + len(rates)
    assert lines[4].startswith("| bare msgspec decode | 120 |")
    assert lines[4].endswith("| 1 × |")


def test_judging_tells_what_it_took() -> None:
    judged = judging(GROWING, 24)
    assert judged.people == 24
    assert judged.findings > 24
    assert judged.rule_by_rule > judged.together > judged.walked > 0
    assert "| nyborg |" in rules_text([judged], TO_DAYS_RATE, NOW)


def test_reading_the_entries_counts_with_judging_the_days() -> None:
    assert from_page_to_finding(JUDGED, TO_DAYS_RATE) == pytest.approx(60 + 20)


def test_growing_faster_than_people_misses_the_target_however_quick_it_is() -> None:
    [linear] = of_rules(80, JUDGED, replace(JUDGED, people=2_000))
    [faster] = of_rules(80, JUDGED, replace(JUDGED, people=2_000, together=0.0005))
    assert (linear.met, faster.met) == (True, False)
    assert linear.measured == "80 s; a person takes 1.00 of what one of 2,000 does"


def test_a_part_that_is_named_is_measured_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["start"])
    printed = capsys.readouterr().out
    assert printed.startswith("start\n")
    assert "| `hjemmedag --help` |" in printed


def test_a_part_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(SystemExit, match=r"no part called stat\. There are: start, reading"):
        main(["stat"])
