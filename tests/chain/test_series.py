"""Series: every occurrence comes by itself, and may be changed, moved, called off or simply not there.

Home work every Wednesday of February and March 2026, as one series.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.model import Absence, Kind, Window
from bot.patterns import PatternKind, find_patterns
from tests.chain.chain import Json, all_day, days, events, home, kinds, timed

WEDNESDAYS = [str(date(2026, 2, 4) + timedelta(weeks=n)) for n in range(6)]
WINDOW = Window(date(2026, 1, 26), date(2026, 3, 15))
THIRD = WEDNESDAYS[2]
MASTER = "AAMkAGMaster="


def next_day(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=1))


def occurrence(day: str, subject: str = "Hjemmearbejde", **fields: Any) -> Json:
    series = {"type": "occurrence", "seriesMasterId": MASTER}
    return all_day(subject, day, next_day(day), **series | fields)


def exception(day: str, subject: str = "Hjemmearbejde", **fields: Any) -> Json:
    return occurrence(day, subject, type="exception", **fields)


OTHERS = [occurrence(day) for day in WEDNESDAYS if day != THIRD]


def at_home(*entries: Json) -> list[str]:
    return list(home(*entries, window=WINDOW))


def without_third(*more: str) -> list[str]:
    return sorted({*WEDNESDAYS, *more} - {THIRD})


def test_every_occurrence_is_a_home_day():
    assert at_home(*OTHERS, occurrence(THIRD)) == WEDNESDAYS


def test_the_master_is_not_read_beside_its_occurrences():
    master = all_day("Hjemmearbejde", "2026-02-02", "2026-02-03", type="seriesMaster")
    assert at_home(master, *OTHERS) == without_third()


@pytest.mark.parametrize(
    "third",
    [
        pytest.param([], id="not there"),
        pytest.param([occurrence(THIRD, isCancelled=True)], id="cancelled"),
        pytest.param([exception(THIRD, isCancelled=True)], id="an exception, cancelled"),
        pytest.param([exception(THIRD, "Aflyst: Hjemmearbejde")], id="called off in words"),
        pytest.param([exception(THIRD, "Møde på rådhuset")], id="given another subject"),
        pytest.param([exception(THIRD, None)], id="given no subject"),
        pytest.param([occurrence(THIRD, responseStatus={"response": "declined"})], id="declined"),
    ],
)
def test_an_occurrence_that_is_off_leaves_an_ordinary_day(third):
    assert at_home(*OTHERS, *third) == without_third()
    assert THIRD not in kinds(*OTHERS, *third, window=WINDOW)


def test_a_moved_occurrence_counts_where_it_was_moved_to():
    moved = all_day("Hjemmearbejde", "2026-02-20", "2026-02-21", type="exception", seriesMasterId=MASTER)
    assert at_home(*OTHERS, moved) == without_third("2026-02-20")


def test_an_occurrence_shortened_to_a_morning_is_half_a_day():
    morning = timed(
        "Hjemmearbejde", f"{THIRD}T08:00", f"{THIRD}T12:00", type="exception", seriesMasterId=MASTER
    )
    assert home(*OTHERS, morning, window=WINDOW) == dict.fromkeys(WEDNESDAYS, 1) | {THIRD: 0.5}


def test_an_occurrence_made_a_holiday_is_absence():
    read = days(*OTHERS, exception(THIRD, "Ferie", showAs="oof"), window=WINDOW)
    third = read[date.fromisoformat(THIRD)]
    assert third.kind is Kind.ABSENT
    assert third.absences == {Absence.HOLIDAY}


def test_a_doubtful_occurrence_is_tentative():
    doubtful = exception(THIRD, showAs="tentative")
    assert kinds(*OTHERS, doubtful, window=WINDOW)[THIRD] is Kind.TENTATIVE


@pytest.mark.parametrize("kind", ["occurrence", "Occurrence", "EXCEPTION", "singleInstance", "later", None])
def test_the_type_of_an_entry_does_not_matter_but_for_the_master(kind):
    assert at_home(occurrence(THIRD, type=kind)) == [THIRD]


def test_a_single_entry_on_a_day_of_the_series_adds_nothing():
    single = all_day("WFH", THIRD, next_day(THIRD), type="singleInstance")
    assert home(occurrence(THIRD), single, window=WINDOW) == {THIRD: 1}


def test_a_single_morning_beside_an_afternoon_of_the_series_makes_the_day():
    afternoon = timed("Hjemme", f"{THIRD}T12:00", f"{THIRD}T16:00", seriesMasterId=MASTER, type="occurrence")
    single = timed("Hjemmefra", f"{THIRD}T08:00", f"{THIRD}T12:00")
    assert home(afternoon, single, window=WINDOW) == {THIRD: 1}


def test_occurrences_and_exceptions_belong_to_one_series_and_single_entries_to_none():
    of_series, changed, other, single = events(
        occurrence(WEDNESDAYS[0]),
        exception(WEDNESDAYS[1], "Hjemme"),
        occurrence(WEDNESDAYS[2], seriesMasterId="AAMkAGOther="),
        all_day("Hjemme", WEDNESDAYS[3], next_day(WEDNESDAYS[3]), seriesMasterId=None),
    )
    assert of_series.series == changed.series
    assert of_series.series not in {None, other.series}
    assert single.series is None


def test_a_series_of_two_is_a_pattern_and_two_single_entries_are_none():
    first, second = WEDNESDAYS[0], "2026-02-12"
    (pattern,) = find_patterns(days(occurrence(first), occurrence(second), window=WINDOW))
    assert (pattern.kind, [str(day) for day in pattern.dates]) == (PatternKind.SERIES, [first, second])
    singles = [occurrence(day, seriesMasterId=None, type="singleInstance") for day in (first, second)]
    assert find_patterns(days(*singles, window=WINDOW)) == ()


def test_a_series_goes_on_over_an_occurrence_that_is_off():
    (pattern,) = find_patterns(days(*OTHERS, exception(THIRD, "Møde på rådhuset"), window=WINDOW))
    assert pattern.kind is PatternKind.WEEKLY
    assert [str(day) for day in pattern.dates] == without_third()


def test_a_series_and_single_entries_on_its_weekday_are_one_pattern():
    mixed = [
        occurrence(day) if number % 2 else occurrence(day, seriesMasterId=None, type="singleInstance")
        for number, day in enumerate(WEDNESDAYS)
    ]
    (pattern,) = find_patterns(days(*mixed, window=WINDOW))
    assert [str(day) for day in pattern.dates] == WEDNESDAYS
