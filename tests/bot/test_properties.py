"""What must hold of any calendar, tried on calendars nobody thought of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Circumstance, Day, Event, FreeBusy, Response, Window
from bot.patterns import find_patterns
from tests.bot.builders import BO, all_day, days_of

# No public holiday lies in the eleven weeks from here, nor in the ten that a shift may add.
START = date(2026, 6, 1)
UNCERTAIN = Circumstance.EXTERNAL_UNCERTAIN
WINDOW = Window(START, START + timedelta(days=76))

subjects = st.sampled_from(
    [
        "Hjemme",
        "Hjemme?",
        "WFH",
        "Ferie",
        "Barn syg, arbejder hjemme",
        "Fordybelse",
        "Møde",
        "Ikke hjemme",
        "",
    ]
)


@st.composite
def entries(draw: st.DrawFn) -> Event:
    start = datetime.combine(START, datetime.min.time()) + timedelta(hours=draw(st.integers(-48, 76 * 24)))
    whole = draw(st.booleans())
    length = (
        timedelta(days=draw(st.integers(1, 9))) if whole else timedelta(minutes=draw(st.integers(0, 2000)))
    )
    start = start.replace(hour=0) if whole else start
    return Event(
        subject=draw(subjects),
        start=start,
        end=start + length,
        all_day=whole,
        free_busy=draw(st.sampled_from(FreeBusy)),
        response=draw(st.sampled_from(Response)),
        categories=draw(st.sampled_from([(), ("Hjemmearbejde",), ("Vigtig",)])),
        locations=draw(st.sampled_from([(), ("Hjemme",), ("Odense",)])),
        series=draw(st.sampled_from([None, "a", "b"])),
    )


calendars = st.lists(entries(), max_size=12)


def read(events: Sequence[Event], window: Window = WINDOW) -> dict[date, Day]:
    return dict(days_of(*events, window=window))


@given(calendars, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(events: list[Event], random: Random) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert read(shuffled) == read(events)


@given(calendars, entries())
def test_somebody_else_s_entry_changes_nothing_but_whom_one_meets(events: list[Event], other: Event) -> None:
    invited = read([*events, replace(other, own=False, organizer=BO)])
    alone = read(events)
    for day in alone.values():
        seen = invited[day.date]
        assert replace(seen, circumstances=day.circumstances, meetings=day.meetings) == day
        assert seen.circumstances - day.circumstances <= {Circumstance.ON_SITE_MEETING, UNCERTAIN}


@given(calendars, entries(), st.sampled_from([FreeBusy.BUSY, FreeBusy.FREE]))
def test_an_unrelated_meeting_changes_nothing(events: list[Event], other: Event, shows: FreeBusy) -> None:
    meeting = replace(
        other, subject="Møde med økonomi", free_busy=shows, categories=(), locations=("Odense",)
    )
    assert read([*events, meeting]) == read(events)


@given(calendars)
def test_an_entry_twice_is_as_good_as_once(events: list[Event]) -> None:
    assert read(events + events) == read(events)


@given(calendars, st.integers(1, 10))
def test_the_same_calendar_some_weeks_later_gives_the_same_days(events: list[Event], weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    later = [replace(one, start=one.start + shift, end=one.end + shift) for one in events]
    shifted = read(later, Window(WINDOW.start + shift, WINDOW.end + shift))
    assert [replace(day, date=day.date - shift) for day in shifted.values()] == list(read(events).values())


@given(calendars, subjects, st.integers(0, 70), st.integers(2, 6), st.data())
def test_an_all_day_entry_cut_in_two_gives_the_same_days(
    events: list[Event], subject: str, first: int, days: int, data: st.DataObject
) -> None:
    start, cut = START + timedelta(days=first), data.draw(st.integers(1, days - 1))
    halves = [all_day(subject, start, cut), all_day(subject, start + timedelta(days=cut), days - cut)]
    assert read([*events, *halves]) == read([*events, all_day(subject, start, days)])


@given(calendars)
def test_portions_are_shares_of_the_day(events: list[Event]) -> None:
    for day in read(events).values():
        parts = (day.home, day.tentative, day.absent, day.elsewhere)
        assert min(parts) >= 0
        assert sum(parts) <= 1 + 1e-9


@given(calendars)
def test_a_pattern_is_made_of_home_days(events: list[Event]) -> None:
    days = read(events)
    for pattern in find_patterns(days):
        assert all(days[day].at_home for day in pattern.dates)
        assert list(pattern.dates) == sorted(set(pattern.dates))
