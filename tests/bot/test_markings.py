"""The entries of a day together: what kind of day it is, and how much of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markings import read_days
from bot.model import (
    Absence,
    Certainty,
    Circumstance,
    Day,
    Event,
    Evidence,
    FreeBusy,
    Kind,
    Person,
    RemoteWork,
    Response,
    WorkHours,
)
from bot.names import Owner
from tests.bot.builders import (
    ANNA,
    FRIDAY,
    KIRSTEN,
    MONDAY,
    ORGANISATION,
    PERSON,
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


def also(*events: Event, on: date = TUESDAY, person: Person = PERSON) -> frozenset[Circumstance]:
    """Return what else is known of a day, Tuesday unless another is named."""
    return days_of(*events, person=person)[on].circumstances


# --- outside the working hours -----------------------------------------------------------------------

OUTSIDE = {Circumstance.OUTSIDE_HOURS}
FRIDAY_NIGHT = datetime.combine(FRIDAY, time(20))


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(timed("Hjemme", TUESDAY, "19:00", "21:00"), id="in the evening"),
        pytest.param(timed("Hjemmearbejde", TUESDAY, "16:00", "17:00"), id="from the end of the hours on"),
        pytest.param(timed("Rapport", TUESDAY, "06:00", "08:00", categories=("Hjemme",)), id="by category"),
        pytest.param(timed("Rapport", TUESDAY, "19:00", "21:00", locations=("Hjemme",)), id="by place"),
        pytest.param(timed("", TUESDAY, "19:00", "21:00", free_busy=ELSEWHERE), id="by free/busy"),
        pytest.param(all_day("Hjemme 17-20", TUESDAY), id="in the words of an all-day entry"),
        pytest.param(all_day("Hjemmearbejde fra kl. 18", TUESDAY), id="from a time in its words"),
    ],
)
def test_a_timed_home_mark_outside_the_working_hours_is_seen(event: Event) -> None:
    assert also(event) == OUTSIDE


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(timed("Hjemme", TUESDAY, "15:59", "21:00"), id="in part within the hours"),
        pytest.param(HOME, id="all day"),
        pytest.param(all_day("Hjemme til kl. 12", TUESDAY), id="a part within the hours"),
        pytest.param(timed("Hjemme?", TUESDAY, "19:00", "21:00"), id="in doubt"),
        pytest.param(timed("Ikke hjemme", TUESDAY, "19:00", "21:00"), id="not at home"),
        pytest.param(timed("Møde", TUESDAY, "19:00", "21:00"), id="no home mark"),
        pytest.param(timed("Middag", TUESDAY, "19:00", "21:00", locations=("Hjemme",)), id="something else"),
        pytest.param(timed("Hjemme", TUESDAY, "19:00", "19:00"), id="without length"),
    ],
)
def test_other_marks_are_not_outside_the_working_hours(event: Event) -> None:
    assert also(event) == frozenset()


def test_a_timed_mark_on_a_day_off_is_outside() -> None:
    assert also(timed("Hjemme", SATURDAY, "10:00", "12:00"), on=SATURDAY) == OUTSIDE
    assert also(all_day("Hjemme formiddag", SATURDAY), on=SATURDAY) == OUTSIDE
    assert also(all_day("Hjemmearbejde", SATURDAY), on=SATURDAY) == frozenset()


def test_an_evening_beside_a_home_day_is_outside_too() -> None:
    assert also(HOME, timed("Hjemme", TUESDAY, "19:00", "21:00")) == OUTSIDE


def test_a_day_said_to_be_off_is_not_outside() -> None:
    assert also(timed("Hjemme", TUESDAY, "19:00", "21:00"), all_day("Ikke hjemme", TUESDAY)) == frozenset()


def test_an_evening_said_to_be_off_is_not_outside() -> None:
    evening = ("19:00", "21:00")
    assert (
        also(HOME, timed("Hjemme", TUESDAY, *evening), timed("Ikke hjemme", TUESDAY, *evening)) == frozenset()
    )


def test_the_hours_are_the_person_s_own() -> None:
    mark = timed("Hjemme", TUESDAY, "13:00", "15:00")
    short = Person(ANNA, "Anna Holm", TEAM.id, work_hours=WorkHours(time(8), time(12)))
    assert (also(mark), also(mark, person=short)) == (frozenset(), OUTSIDE)


def test_a_mark_across_a_weekend_is_wholly_outside_only_where_all_of_it_is() -> None:
    long = Event("Hjemme", FRIDAY_NIGHT, FRIDAY_NIGHT + timedelta(days=2, hours=20))
    night = replace(long, end=FRIDAY_NIGHT + timedelta(hours=10))
    assert also(long, on=SATURDAY) == frozenset()
    assert also(night, on=FRIDAY) == also(night, on=SATURDAY) == OUTSIDE


def test_a_mark_that_runs_on_after_the_window_is_not_taken_for_outside() -> None:
    last = datetime.combine(WINDOW.end, time(20))
    mark = Event("Hjemme", last, last + timedelta(days=1))
    assert also(mark, on=WINDOW.end) == frozenset()
    assert also(replace(mark, end=last + timedelta(hours=3)), on=WINDOW.end) == OUTSIDE


def test_evenings_until_the_end_of_time_are_outside_on_each_date_of_the_window() -> None:
    for_ever = all_day("Hjemme 17-20", date.min, (date.max - date.min).days)
    days = days_of(for_ever).values()
    assert {day.circumstances for day in days} == {frozenset(OUTSIDE)}


def test_a_work_plan_s_evening_is_not_outside() -> None:
    evening = datetime.combine(TUESDAY, time(19))
    plan = RemoteWork(evening, evening + timedelta(hours=2))
    days = read_days(Owner.of(PERSON, KIRSTEN), ORGANISATION, [], WINDOW, [plan])
    assert days[TUESDAY].circumstances == frozenset()


# --- shown as out of office --------------------------------------------------------------------------

SHOWN_AWAY = {Circumstance.SHOWN_AWAY}


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(replace(HOME, free_busy=OUT), id="all day"),
        pytest.param(timed("Hjemme", TUESDAY, "08:00", "16:00", free_busy=OUT), id="all the working hours"),
        pytest.param(timed("Hjemme", TUESDAY, "07:00", "18:00", free_busy=OUT), id="more than the hours"),
        pytest.param(all_day("Rapport", TUESDAY, categories=("Hjemme",), free_busy=OUT), id="by category"),
        pytest.param(all_day("Hjemme 8-16", TUESDAY, free_busy=OUT), id="all the hours in words"),
    ],
)
def test_a_whole_home_day_shown_as_away_is_seen(event: Event) -> None:
    assert also(event) == SHOWN_AWAY


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([HOME], id="not shown as away"),
        pytest.param([HOME, all_day("Tandlæge", TUESDAY, free_busy=OUT)], id="another entry is"),
        pytest.param([HOME, timed("Hjemme", TUESDAY, "08:00", "15:00", free_busy=OUT)], id="a part of it"),
        pytest.param([all_day("Hjemme formiddag", TUESDAY, free_busy=OUT)], id="a part in words"),
        pytest.param([all_day("Hjemme?", TUESDAY, free_busy=OUT)], id="in doubt"),
        pytest.param([replace(HOME, free_busy=ELSEWHERE)], id="working elsewhere"),
        pytest.param([all_day("Hjemme, fri fra kl. 14", TUESDAY, free_busy=OUT)], id="away for a reason"),
    ],
)
def test_other_home_days_are_not_shown_as_away(events: list[Event]) -> None:
    assert also(*events) == frozenset()


def test_two_parts_of_a_day_shown_as_away_are_not_a_whole_one() -> None:
    halves = [
        timed("Hjemme", TUESDAY, *half, free_busy=OUT) for half in (("08:00", "12:00"), ("12:00", "16:00"))
    ]
    assert also(*halves) == frozenset()


# --- at home when ill --------------------------------------------------------------------------------

ILL, CHILD_ILL = {Circumstance.DURING_ILLNESS}, {Circumstance.DURING_CHILD_ILLNESS}


@pytest.mark.parametrize(
    ("events", "seen"),
    [
        pytest.param([HOME, all_day("Syg", TUESDAY)], ILL, id="ill all day"),
        pytest.param([HOME, timed("Syg", TUESDAY, "12:00", "16:00")], ILL, id="ill for a part of it"),
        pytest.param([HOME, all_day("Barn syg", TUESDAY)], CHILD_ILL, id="a child"),
        pytest.param([all_day("Barn syg, arbejder hjemme", TUESDAY)], CHILD_ILL, id="both in one entry"),
        pytest.param([all_day("Syg, arbejder hjemme", TUESDAY)], ILL, id="one's own in one entry"),
        pytest.param(
            [HOME, all_day("Syg", TUESDAY), all_day("Barn syg", TUESDAY)], ILL | CHILD_ILL, id="both"
        ),
        pytest.param(
            [timed("Hjemme", TUESDAY, "08:00", "12:00"), timed("Syg", TUESDAY, "11:00", "16:00")],
            ILL,
            id="an hour of both",
        ),
    ],
)
def test_home_in_the_hours_of_an_illness_is_seen(events: list[Event], seen: set[Circumstance]) -> None:
    assert also(*events) == seen


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([HOME], id="not ill"),
        pytest.param([all_day("Syg", TUESDAY)], id="not at home"),
        pytest.param([all_day("Forkølet, arbejder hjemme", TUESDAY)], id="a cold"),
        pytest.param([HOME, all_day("Ferie", TUESDAY)], id="another absence"),
        pytest.param([HOME, all_day("Tandlæge", TUESDAY, free_busy=OUT)], id="an absence that says no more"),
        pytest.param([all_day("Hjemme?", TUESDAY), all_day("Syg", TUESDAY)], id="perhaps at home"),
        pytest.param([HOME, all_day("Syg?", TUESDAY)], id="perhaps ill"),
        pytest.param([HOME, all_day("Syg", TUESDAY, free_busy=FreeBusy.TENTATIVE)], id="shown as tentative"),
        pytest.param(
            [timed("Hjemme", TUESDAY, "08:00", "12:00"), timed("Syg", TUESDAY, "12:00", "16:00")],
            id="one after the other",
        ),
        pytest.param([HOME, timed("Syg", TUESDAY, "18:00", "22:00")], id="ill in the evening"),
        pytest.param(
            [HOME, all_day("Ikke hjemme", TUESDAY), all_day("Syg", TUESDAY)], id="said not to be at home"
        ),
        pytest.param([HOME, all_day("Syg", WEDNESDAY)], id="another day"),
        pytest.param(
            [
                HOME,
                timed("Kursus i Odense", TUESDAY, "12:00", "16:00"),
                timed("Syg", TUESDAY, "12:00", "16:00"),
            ],
            id="at a course otherwise",
        ),
    ],
)
def test_other_days_are_no_home_days_during_illness(events: list[Event]) -> None:
    assert also(*events) == frozenset()


def test_a_weekend_at_home_and_ill_is_nobody_s_business() -> None:
    assert also(all_day("Hjemme", SATURDAY), all_day("Syg", SATURDAY), on=SATURDAY) == frozenset()


# --- marked by a private entry -----------------------------------------------------------------------

PRIVATELY = {Circumstance.MARKED_PRIVATELY}


@pytest.mark.parametrize("fields", [{"categories": ("Hjemmearbejde",)}, {"free_busy": ELSEWHERE}])
def test_a_home_mark_of_a_private_entry_is_seen(fields: dict[str, object]) -> None:
    private = all_day("", TUESDAY, private=True, **fields)
    assert also(private) == also(private, HOME) == PRIVATELY


@pytest.mark.parametrize(
    "private",
    [
        pytest.param(all_day("", TUESDAY, private=True), id="says nothing"),
        pytest.param(all_day("", TUESDAY, private=True, free_busy=OUT), id="says away"),
        pytest.param(
            all_day("", TUESDAY, private=True, categories=("Hjemme",), response=Response.TENTATIVE),
            id="says perhaps",
        ),
    ],
)
def test_a_private_entry_that_marks_no_home_day_is_not(private: Event) -> None:
    assert Circumstance.MARKED_PRIVATELY not in also(HOME, private)


@given(
    st.lists(
        st.sampled_from(
            [
                HOME,
                all_day("Hjemme?", TUESDAY),
                all_day("Syg", TUESDAY),
                all_day("", TUESDAY, private=True, free_busy=OUT),
                timed("Hjemme", TUESDAY, "19:00", "21:00"),
                all_day("Ikke hjemme", TUESDAY),
            ]
        )
    )
)
def test_what_else_is_known_rests_on_a_certain_home_mark(events: list[Event]) -> None:
    certain = any(event.subject == "Hjemme" or event == HOME for event in events)
    off = any(event.subject == "Ikke hjemme" for event in events)
    assert bool(also(*events)) <= (certain and not off)
