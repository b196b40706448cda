"""The entries of a day together: what kind of day it is, and how much of it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.model import Absence, Certainty, Day, Event, Evidence, FreeBusy, Kind, Person, WorkHours
from tests.bot.builders import (
    ANNA,
    MONDAY,
    SATURDAY,
    TEAM,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    all_day,
    days_of,
    timed,
)

OUT, ELSEWHERE = FreeBusy.OUT_OF_OFFICE, FreeBusy.WORKING_ELSEWHERE
HOME = all_day("Hjemmearbejde", TUESDAY)


def tuesday(*events: Event) -> Day:
    return days_of(*events)[TUESDAY]


def test_every_day_of_the_window_is_there_in_order() -> None:
    assert tuple(days_of()) == WINDOW.days()


def test_a_day_without_marks_is_at_the_workplace() -> None:
    assert tuesday(all_day("Møde med økonomi", TUESDAY)) == Day(TUESDAY, scheduled=True)


def test_an_all_day_mark_is_a_whole_home_day() -> None:
    day = tuesday(HOME)
    assert (day.kind, day.portion, day.certainty) == (Kind.HOME, 1.0, Certainty.CERTAIN)
    assert day.evidence == {Evidence.SUBJECT}
    assert day.at_home


@pytest.mark.parametrize(
    ("start", "end", "portion"),
    [("08:00", "12:00", 0.5), ("06:00", "10:00", 0.25), ("07:00", "23:00", 1.0), ("15:00", "17:00", 0.125)],
)
def test_a_timed_mark_counts_for_its_part_of_the_working_hours(start: str, end: str, portion: float) -> None:
    assert tuesday(timed("Hjemme", TUESDAY, start, end)).portion == portion


def test_the_part_is_of_the_person_s_own_hours() -> None:
    short = Person(ANNA, "Anna Holm", TEAM.id, work_hours=WorkHours(time(8), time(12)))
    assert days_of(timed("Hjemme", TUESDAY, "08:00", "10:00"), person=short)[TUESDAY].portion == 0.5


def test_a_mark_outside_the_working_hours_is_no_home_day() -> None:
    assert tuesday(timed("Hjemme", TUESDAY, "19:00", "21:00")).kind is Kind.ON_SITE


def test_marks_that_overlap_count_once() -> None:
    twice = tuesday(timed("Hjemme", TUESDAY, "08:00", "12:00"), timed("WFH", TUESDAY, "10:00", "14:00"))
    assert twice.portion == 0.75


def test_evidence_of_all_home_marks_of_the_day_is_named() -> None:
    day = tuesday(HOME, all_day("Rapport", TUESDAY, categories=("Hjemme",)))
    assert day.evidence == {Evidence.SUBJECT, Evidence.CATEGORY}


@pytest.mark.parametrize(
    ("end", "kind"),
    [("11:59", Kind.ON_SITE), ("12:00", Kind.ABSENT), ("16:00", Kind.ABSENT)],
)
def test_out_of_office_is_absence_from_half_the_day_on(end: str, kind: Kind) -> None:
    assert tuesday(timed("Tandlæge", TUESDAY, "08:00", end, free_busy=OUT)).kind is kind


def test_a_short_out_of_office_takes_nothing_from_a_home_day() -> None:
    day = tuesday(HOME, timed("Tandlæge", TUESDAY, "08:00", "10:00", free_busy=OUT))
    assert (day.kind, day.portion) == (Kind.HOME, 1.0)


def test_absence_in_words_takes_its_part_of_a_home_day() -> None:
    day = tuesday(HOME, timed("Afspadsering", TUESDAY, "14:00", "16:00"))
    assert (day.kind, day.portion, day.absent) == (Kind.HOME, 0.75, 0.25)


@pytest.mark.parametrize("subject", ["Ferie", "Syg", "Afspadsering"])
def test_absence_wins_over_home(subject: str) -> None:
    day = tuesday(HOME, all_day(subject, TUESDAY))
    assert (day.kind, day.portion, day.home, day.marked_home) == (Kind.ABSENT, 1.0, 0.0, 1.0)
    assert not day.working


def test_a_sick_child_and_work_at_home_in_one_entry() -> None:
    day = tuesday(all_day("Barn syg, arbejder hjemme", TUESDAY))
    assert (day.kind, day.marked_home, day.absences) == (Kind.ABSENT, 1.0, {Absence.CHILD_ILLNESS})


def test_a_doubtful_mark_beside_a_certain_one_does_not_matter() -> None:
    day = tuesday(all_day("Hjemme?", TUESDAY), HOME)
    assert (day.kind, day.certainty, day.tentative) == (Kind.HOME, Certainty.CERTAIN, 0.0)


def test_a_doubtful_mark_alone_is_no_home_day() -> None:
    day = tuesday(all_day("Hjemme?", TUESDAY))
    assert (day.kind, day.certainty, day.at_home) == (Kind.TENTATIVE, Certainty.TENTATIVE, False)


@pytest.mark.parametrize(("end", "kind"), [("12:00", Kind.ELSEWHERE), ("11:00", Kind.ON_SITE)])
def test_elsewhere_takes_half_the_day(end: str, kind: Kind) -> None:
    course = timed("Kursus", TUESDAY, "08:00", end, free_busy=ELSEWHERE, locations=("Odense",))
    assert tuesday(course).kind is kind


def test_a_doubt_about_a_time_spent_elsewhere_does_not_matter() -> None:
    course = timed("Kursus", TUESDAY, "08:00", "10:00", free_busy=ELSEWHERE, locations=("Odense",))
    day = tuesday(course, timed("Hjemme?", TUESDAY, "08:00", "12:00"))
    assert (day.kind, day.tentative, day.elsewhere) == (Kind.TENTATIVE, 0.25, 0.25)


def test_a_weekend_is_named_by_its_marks_and_is_no_home_day() -> None:
    day = days_of(all_day("Hjemmearbejde", SATURDAY))[SATURDAY]
    assert (day.kind, day.portion, day.at_home) == (Kind.HOME, 0.0, False)


def test_holiday_over_a_weekend_is_absence_on_the_weekend_too() -> None:
    days = days_of(all_day("Ferie", MONDAY, days=7))
    assert days[SATURDAY].kind is Kind.ABSENT
    assert not days[SATURDAY].scheduled


def test_an_entry_of_years_marks_every_day_of_the_window() -> None:
    days = days_of(all_day("Hjemmearbejde", WINDOW.start - timedelta(days=365), days=3 * 365))
    assert {day.kind for day in days.values()} == {Kind.HOME}


def test_the_series_of_the_home_marks_is_kept() -> None:
    days = days_of(all_day("Hjemme", TUESDAY, series="s1"), all_day("Ferie", WEDNESDAY, series="s2"))
    assert (days[TUESDAY].series, days[WEDNESDAY].series) == ({"s1"}, frozenset())


def test_no_word_of_a_subject_is_in_the_days() -> None:
    assert "Hemmelig" not in repr(days_of(all_day("Hjemme Hemmelig", TUESDAY)))


def test_a_denial_of_its_own_takes_the_day_out_of_a_standing_mark() -> None:
    standing = all_day("Hjemmearbejde", TUESDAY, series="s")
    for subject in ("Ikke hjemme i dag", "Hjemmedag aflyst", "Kontordag i stedet for hjemme"):
        assert days_of(standing, all_day(subject, TUESDAY))[TUESDAY].kind is Kind.ON_SITE
