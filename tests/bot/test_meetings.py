"""Whom one meets, where and when: what the rules on a home day's meetings and cars ask of the entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markings import read_days
from bot.model import Circumstance, Day, Event, FreeBusy, Organisation, RemoteWork, Response
from bot.names import Owner
from tests.bot.builders import (
    ANNA,
    BO,
    KIRSTEN,
    MONDAY,
    ORGANISATION,
    PERSON,
    SATURDAY,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    all_day,
    timed,
)

CAR = "bil1@proeve.example"
GUEST = "ole@firma.example"
OFFICE = replace(ORGANISATION, domains=("proeve.example",), car_resources=(CAR,))
HOME = all_day("Hjemmearbejde", TUESDAY)
MORNING_AT_HOME = timed("Hjemmearbejde", TUESDAY, "08:00", "12:00")

AT_HOME, UNCERTAIN = Circumstance.EXTERNAL_AT_HOME, Circumstance.EXTERNAL_UNCERTAIN
BOOKED, ON_SITE = Circumstance.CAR, Circumstance.ON_SITE_MEETING


def days(*events: Event, organisation: Organisation = OFFICE, **setting: object) -> Mapping[date, Day]:
    return read_days(Owner.of(PERSON, KIRSTEN), organisation, events, WINDOW, **setting)


def seen(*events: Event, organisation: Organisation = OFFICE) -> frozenset[Circumstance]:
    """Return what is seen on Tuesday."""
    return days(*events, organisation=organisation)[TUESDAY].circumstances


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def own(*attendees: str, at: tuple[str, str] = ("13:00", "14:00"), **fields: object) -> Event:
    """Return a meeting on Tuesday that Anna has called."""
    return timed("Samarbejde", TUESDAY, *at, organizer=ANNA, attendees=attendees, **fields)


def invited(sender: str, *, at: tuple[str, str] = ("13:00", "14:00"), **fields: object) -> Event:
    """Return a meeting on Tuesday that Anna has accepted."""
    known = {"own": False, "response": Response.ACCEPTED, "attendees": (ANNA,)} | fields
    return timed("Samarbejde", TUESDAY, *at, organizer=sender, **known)


DOES_NOT_STAND = [
    pytest.param({"cancelled": True}, id="cancelled"),
    pytest.param({"response": Response.TENTATIVE}, id="perhaps"),
    pytest.param({"response": Response.NOT_RESPONDED}, id="unanswered"),
    pytest.param({"response": Response.DECLINED}, id="declined"),
    pytest.param({"free_busy": FreeBusy.FREE}, id="shown as free"),
    pytest.param({"free_busy": FreeBusy.TENTATIVE}, id="shown as tentative"),
    pytest.param({"private": True}, id="private"),
    pytest.param({"subject": "Aflyst: samarbejde"}, id="called off in words"),
]

# --- people from outside, at home ------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", ["Hjemme", "hjemmekontor", "Hjemme hos mig", "Hjemme hos Anna", "Privatadresse"]
)
def test_a_guest_from_outside_in_one_s_own_home_is_seen(place: str) -> None:
    assert seen(HOME, own(GUEST, locations=(place,))) == {AT_HOME}


def test_the_home_address_says_so_too() -> None:
    meeting = own(GUEST, locations=("Skolegade 5",), home_address=True)
    assert seen(HOME, meeting) == {AT_HOME}
    assert seen(HOME, replace(meeting, home_address=False)) == {ON_SITE}


@pytest.mark.parametrize("attendees", [(BO,), (BO, KIRSTEN), ("ole@skole.proeve.example",), (CAR, BO)])
def test_colleagues_at_home_are_nobody_from_outside(attendees: tuple[str, ...]) -> None:
    assert AT_HOME not in seen(HOME, own(*attendees, locations=("Hjemme",)))


@pytest.mark.parametrize("domain", ["noproeve.example", "proeve.example.firma.example", "example"])
def test_a_domain_that_only_looks_alike_is_outside(domain: str) -> None:
    assert seen(HOME, own(f"ole@{domain}", locations=("Hjemme",))) == {AT_HOME}


@pytest.mark.parametrize("address", ["/o=exchangelabs/cn=ole", "ole", "ole@proeve.onmicrosoft.com"])
def test_an_address_that_does_not_tell_whose_it_is_is_skipped(address: str) -> None:
    assert not seen(HOME, own(address, locations=("Hjemme",)))


def test_letter_case_does_not_matter_in_an_address() -> None:
    assert not seen(HOME, own("Bo@Proeve.Example", locations=("Hjemme",)))


@pytest.mark.parametrize(
    "places",
    [(), ("Microsoft Teams-møde",), ("Rådhuset",), ("Hjemme", "Rådhuset"), ("Hjemme hos Bo",), ("Hjemme?",)],
)
def test_a_guest_somewhere_else_or_nowhere_said_is_no_guest_at_home(places: tuple[str, ...]) -> None:
    assert not seen(HOME, own(GUEST, locations=places)) & {AT_HOME, UNCERTAIN}


def test_an_online_meeting_without_a_home_place_is_fine() -> None:
    assert not seen(HOME, own(GUEST, online=True))


@pytest.mark.parametrize(
    "fields",
    [{"locations": ("Hjemme",), "online": True}, {"locations": ("Hjemme", "Microsoft Teams-møde")}],
)
def test_whether_a_guest_of_an_online_meeting_comes_to_the_home_cannot_be_told(
    fields: dict[str, object],
) -> None:
    assert seen(HOME, own(GUEST, **fields)) == {UNCERTAIN}
    assert not seen(HOME, own(BO, **fields))


def test_without_registered_domains_it_cannot_be_told_who_is_from_outside() -> None:
    unsaid = replace(OFFICE, domains=())
    assert seen(HOME, own(BO, locations=("Hjemme",)), organisation=unsaid) == {UNCERTAIN}
    assert seen(HOME, own(locations=("Hjemme",)), organisation=unsaid) == frozenset()
    assert seen(HOME, own(BO, locations=("Teams",)), organisation=unsaid) == frozenset()


def test_home_on_an_invitation_from_outside_may_be_the_sender_s() -> None:
    assert seen(HOME, invited(GUEST, locations=("Hjemme",))) == {UNCERTAIN}
    assert seen(HOME, invited(GUEST, locations=("Hjemme hos mig",))) == {UNCERTAIN}


@pytest.mark.parametrize(
    "fields", [{"locations": ("Hjemme hos Anna",)}, {"locations": ("Skolegade 5",), "home_address": True}]
)
def test_an_invitation_that_names_the_owner_s_home_is_clear(fields: dict[str, object]) -> None:
    assert seen(HOME, invited(GUEST, **fields)) == {AT_HOME}
    assert not seen(HOME, invited(BO, **fields))


def test_an_invitation_to_a_colleague_s_home_says_nothing() -> None:
    assert not seen(HOME, invited(BO, locations=("Hjemme",), attendees=(ANNA, GUEST)))


@pytest.mark.parametrize("fields", DOES_NOT_STAND)
def test_a_meeting_at_home_that_does_not_stand_says_nothing(fields: dict[str, object]) -> None:
    meeting = invited(GUEST, locations=("Hjemme hos Anna",))
    assert seen(HOME, replace(meeting, **fields)) == frozenset()


def test_a_meeting_at_home_on_a_day_without_home_marks_says_nothing() -> None:
    assert not seen(invited(GUEST, locations=("Hjemme hos Anna",)))
    assert not seen(all_day("Hjemme?", TUESDAY), invited(GUEST, locations=("Hjemme hos Anna",)))


def test_the_place_of_the_own_meeting_is_mark_enough() -> None:
    assert seen(own(GUEST, locations=("Hjemme",))) == {AT_HOME}


# --- the organisation's cars -----------------------------------------------------------------------


def test_a_car_in_one_s_own_entry_in_the_hours_at_home_is_seen() -> None:
    assert seen(HOME, own(CAR)) == {BOOKED}
    assert seen(HOME, own(CAR, free_busy=FreeBusy.FREE)) == {BOOKED}
    assert BOOKED in seen(replace(HOME, attendees=(CAR,)))


@pytest.mark.parametrize(
    "booking",
    [
        pytest.param(invited(BO, attendees=(ANNA, CAR)), id="somebody else's entry"),
        pytest.param(own("bil9@proeve.example"), id="no car that is registered"),
        pytest.param(own(CAR, cancelled=True), id="cancelled"),
        pytest.param(own(CAR, free_busy=FreeBusy.TENTATIVE), id="perhaps"),
        pytest.param(own(CAR, private=True), id="private"),
        pytest.param(replace(own(CAR), end=moment("2026-03-03T13:00")), id="without length"),
    ],
)
def test_other_entries_book_no_car(booking: Event) -> None:
    assert BOOKED not in seen(HOME, booking)


def test_a_car_beside_the_hours_at_home_is_fine() -> None:
    assert not seen(MORNING_AT_HOME, own(CAR, at=("12:00", "16:00")))
    assert seen(MORNING_AT_HOME, own(CAR, at=("11:59", "16:00"))) == {BOOKED}


def test_a_car_to_a_course_or_while_absent_is_fine() -> None:
    assert not seen(HOME, own(CAR), timed("Kursus i Odense", TUESDAY, "13:00", "14:00"))
    assert not seen(HOME, own(CAR), timed("Afspadsering", TUESDAY, "13:00", "14:00"))


def test_a_car_on_a_day_at_the_workplace_is_fine() -> None:
    assert not seen(own(CAR))
    assert not seen(HOME, all_day("Ikke hjemme i dag", TUESDAY), own(CAR))


# --- meetings somewhere ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "meeting",
    [
        own(BO, locations=("Rådhuset, lokale 3",)),
        own(GUEST, locations=("Jobcentret",)),
        invited(BO, locations=("Mødelokale 1.04",)),
        invited(KIRSTEN, locations=("Hjemme hos Bo",)),
    ],
)
def test_a_meeting_at_a_place_in_the_hours_at_home_is_seen(meeting: Event) -> None:
    assert seen(HOME, meeting) == {ON_SITE}


@pytest.mark.parametrize(
    "meeting",
    [
        pytest.param(own(locations=("Rådhuset",)), id="nobody else"),
        pytest.param(own(ANNA, locations=("Rådhuset",)), id="nobody but the owner"),
        pytest.param(own(CAR, locations=("Rådhuset",), free_busy=FreeBusy.FREE), id="a car alone"),
        pytest.param(own(BO), id="no place"),
        pytest.param(own(BO, locations=("Hjemme",)), id="at home"),
        pytest.param(own(BO, locations=("Skolegade 5",), home_address=True), id="the home address"),
        pytest.param(own(BO, locations=("Microsoft Teams-møde",)), id="online"),
        pytest.param(own(BO, locations=("Rådhuset", "Microsoft Teams-møde")), id="at a place and online"),
        pytest.param(own(BO, locations=("Rådhuset",), online=True), id="at a place with a link"),
        pytest.param(own(BO, locations=("Telefon",)), id="by telephone"),
        pytest.param(invited(BO, locations=("Hjemme",)), id="perhaps at the sender's home"),
    ],
)
def test_a_meeting_that_needs_no_trip_says_nothing(meeting: Event) -> None:
    assert ON_SITE not in seen(HOME, meeting)


@pytest.mark.parametrize("fields", DOES_NOT_STAND)
def test_a_meeting_somewhere_that_does_not_stand_says_nothing(fields: dict[str, object]) -> None:
    assert seen(HOME, replace(invited(BO, locations=("Rådhuset",)), **fields)) == frozenset()


def test_a_meeting_beside_the_hours_at_home_is_fine() -> None:
    assert not seen(MORNING_AT_HOME, own(BO, at=("12:00", "13:00"), locations=("Rådhuset",)))
    assert seen(MORNING_AT_HOME, own(BO, at=("11:30", "13:00"), locations=("Rådhuset",))) == {ON_SITE}


def test_a_meeting_counts_although_the_time_is_taken_out_of_the_home_day() -> None:
    course = invited(BO, locations=("Odense",), at=("13:00", "14:00"))
    assert seen(HOME, replace(course, subject="Kursus i Odense")) == {ON_SITE}


def test_a_meeting_of_the_whole_day_counts() -> None:
    temadag = all_day(
        "Temadag", TUESDAY, own=False, organizer=BO, response=Response.ACCEPTED, locations=("Rådhuset",)
    )
    assert seen(HOME, temadag) == {ON_SITE}


def test_an_entry_that_says_home_and_names_a_place_says_neither() -> None:
    odd = all_day("Hjemmearbejde", TUESDAY, organizer=ANNA, attendees=(BO,), locations=("Rådhuset",))
    assert not seen(odd)
    assert not seen(odd, MORNING_AT_HOME)


def test_a_meeting_across_midnight_is_seen_on_both_days() -> None:
    night = replace(own(BO, locations=("Rådhuset",)), end=moment("2026-03-04T09:00"))
    read = days(HOME, replace(HOME, start=HOME.end, end=HOME.end + timedelta(days=1)), night)
    assert read[TUESDAY].circumstances == read[WEDNESDAY].circumstances == {ON_SITE}


def test_a_meeting_from_the_evening_before_is_seen_on_the_home_day() -> None:
    night = replace(own(BO, locations=("Rådhuset",)), start=moment("2026-03-02T22:00"))
    assert seen(HOME, night) == {ON_SITE}


def test_a_work_plan_s_home_hours_count() -> None:
    plan = RemoteWork(moment("2026-03-03T08:00"), moment("2026-03-03T16:00"))
    read = days(own(BO, locations=("Rådhuset",)), remote=[plan])
    assert read[TUESDAY].circumstances == {ON_SITE}


def test_a_meeting_without_home_hours_says_nothing() -> None:
    meeting = own(BO, locations=("Rådhuset",))
    assert not seen(meeting)
    assert not seen(meeting, all_day("Hjemme?", TUESDAY))
    assert not seen(meeting, HOME, all_day("Ikke hjemme i dag", TUESDAY))


# --- the first start and the last end --------------------------------------------------------------


def times(*events: Event, day: date = TUESDAY) -> tuple[int, int] | None:
    return days(*events)[day].meetings


def test_a_day_without_meetings_has_no_times() -> None:
    assert times() is None
    assert times(HOME, own()) is None


def test_the_times_are_from_the_first_start_to_the_last_end() -> None:
    long, short = own(BO, at=("09:00", "15:00")), own(BO, at=("10:00", "11:00"))
    evening = invited(BO, at=("19:00", "20:30"))
    assert times(short, evening, long) == (9 * 60, 20 * 60 + 30)


def test_every_day_has_its_times_not_home_days_alone() -> None:
    read = days(HOME, own(BO), timed("Møde", MONDAY, "20:00", "21:00", attendees=(BO,)))
    assert (read[MONDAY].meetings, read[TUESDAY].meetings) == ((1200, 1260), (780, 840))
    assert read[WEDNESDAY].meetings is None


def test_a_weekend_has_times_as_well() -> None:
    assert times(timed("Møde", SATURDAY, "10:00", "11:00", attendees=(BO,)), day=SATURDAY) == (600, 660)


def test_a_meeting_past_midnight_ends_after_minute_1440_of_the_day_it_begins_on() -> None:
    night = replace(own(BO, at=("22:00", "23:00")), end=moment("2026-03-04T01:30"))
    assert times(night) == (22 * 60, 25 * 60 + 30)
    assert times(night, day=WEDNESDAY) is None


@pytest.mark.parametrize("fields", DOES_NOT_STAND)
def test_what_does_not_stand_has_no_times(fields: dict[str, object]) -> None:
    assert times(replace(invited(BO), **fields)) is None
    assert times(invited(BO)) == (780, 840)


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(all_day("Temadag", TUESDAY, attendees=(BO,)), id="all day"),
        pytest.param(replace(own(BO), end=moment("2026-03-04T13:00")), id="a day and a night"),
        pytest.param(replace(own(BO), end=moment("2026-03-03T13:00")), id="without length"),
        pytest.param(own(ANNA), id="nobody else"),
        pytest.param(own(CAR), id="a car alone"),
    ],
)
def test_what_is_no_meeting_at_a_time_has_no_times(event: Event) -> None:
    assert times(event) is None


# --- what must hold of any meetings ----------------------------------------------------------------


@st.composite
def meetings(draw: st.DrawFn) -> Event:
    start = moment("2026-03-02T00:00") + timedelta(minutes=draw(st.integers(0, 5 * 1440)))
    own_one = draw(st.booleans())
    return Event(
        subject=draw(st.sampled_from(["Møde", "Status", "Samarbejde"])),
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 1439))),
        free_busy=draw(st.sampled_from([FreeBusy.BUSY, FreeBusy.OUT_OF_OFFICE])),
        locations=draw(st.sampled_from([(), ("Hjemme",), ("Rådhuset",), ("Teams",)])),
        attendees=draw(st.sampled_from([(ANNA, BO), (ANNA, BO, GUEST), (BO, CAR)])),
        organizer=ANNA if own_one else GUEST,
        own=own_one,
        response=Response.ORGANIZER if own_one else Response.ACCEPTED,
    )


@given(st.lists(meetings(), max_size=8), st.randoms(use_true_random=False))
def test_the_times_do_not_depend_on_the_order(events: list[Event], random) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert days(HOME, *shuffled) == days(HOME, *events)


@given(st.lists(meetings(), max_size=8))
def test_each_meeting_lies_within_the_times_of_the_day_it_begins_on(events: list[Event]) -> None:
    read = days(*events)
    for event in events:
        midnight = datetime.combine(event.start.date(), datetime.min.time())
        first, last = read[event.start.date()].meetings
        assert midnight + timedelta(minutes=first) <= event.start
        assert event.end <= midnight + timedelta(minutes=last)


@given(st.lists(meetings(), max_size=8))
def test_other_people_s_meetings_change_no_portion(events: list[Event]) -> None:
    others = [event for event in events if not event.own]
    plain = days(HOME)
    for day, read in days(HOME, *others).items():
        assert replace(read, circumstances=frozenset(), meetings=None) == replace(plain[day], meetings=None)


@given(st.lists(meetings(), max_size=8))
def test_without_time_at_home_there_are_no_circumstances(events: list[Event]) -> None:
    others = [event for event in events if not event.own]
    assert not any(day.circumstances for day in days(*others).values())
