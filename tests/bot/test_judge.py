"""One entry: what it says of where its owner works, and on what that rests."""

from __future__ import annotations

import pytest

from bot.entries import Mark, Vocabulary, judge
from bot.model import Absence, Event, Evidence, FreeBusy, Kind, Organisation, Response
from bot.names import Owner
from tests.bot.builders import BO, KIRSTEN, PERSON, TUESDAY, all_day, timed

CATEGORY, SUBJECT, LOCATION, FREE_BUSY = (
    Evidence.CATEGORY,
    Evidence.SUBJECT,
    Evidence.LOCATION,
    Evidence.FREE_BUSY,
)
OURS = Vocabulary()
ANNA = Owner.of(PERSON, KIRSTEN)
ELSEWHERE, OUT = FreeBusy.WORKING_ELSEWHERE, FreeBusy.OUT_OF_OFFICE


def marks(subject: str, vocabulary: Vocabulary = OURS, **fields: object) -> tuple[Mark, ...]:
    return judge(all_day(subject, TUESDAY, **fields), ANNA, vocabulary)


def kinds(subject: str, **fields: object) -> list[Kind]:
    return [mark.kind for mark in marks(subject, **fields)]


@pytest.mark.parametrize(
    ("event", "evidence"),
    [
        (all_day("Rapport", TUESDAY, categories=("Hjemmearbejde",)), {CATEGORY}),
        (all_day("Hjemmearbejde", TUESDAY), {SUBJECT}),
        (all_day("Rapport", TUESDAY, locations=("Hjemme",)), {LOCATION}),
        (all_day("Rapport", TUESDAY, locations=("Privat",), home_address=True), {LOCATION}),
        (all_day("", TUESDAY, free_busy=ELSEWHERE), {FREE_BUSY}),
        (all_day("Hjemme", TUESDAY, free_busy=ELSEWHERE), {SUBJECT, FREE_BUSY}),
        (
            all_day("Hjemme", TUESDAY, categories=("Hjemme",), locations=("Hjemme",), free_busy=ELSEWHERE),
            {CATEGORY, SUBJECT, LOCATION, FREE_BUSY},
        ),
    ],
)
def test_a_home_mark_names_all_that_it_rests_on(event: Event, evidence: set[Evidence]) -> None:
    (mark,) = judge(event, ANNA, OURS)
    assert (mark.kind, mark.evidence) == (Kind.HOME, evidence)


@pytest.mark.parametrize("subject", ["", "Møde med økonomi", "Hjemmebesøg", "Frokost"])
def test_most_entries_say_nothing(subject: str) -> None:
    assert marks(subject) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"cancelled": True},
        {"response": Response.DECLINED},
        {"response": Response.NOT_RESPONDED},
        {"own": False, "organizer": BO, "response": Response.ACCEPTED},
        {"own": False, "organizer": KIRSTEN, "response": Response.DECLINED},
        {"own": False, "organizer": KIRSTEN, "response": Response.NOT_RESPONDED},
    ],
)
def test_what_was_withdrawn_declined_or_is_another_s_says_nothing(fields: dict[str, object]) -> None:
    assert marks("Hjemmearbejde", categories=("Hjemmearbejde",), **fields) == ()


def test_the_leader_s_invitation_counts_once_accepted() -> None:
    invitation = {"own": False, "organizer": KIRSTEN}
    assert kinds("Alle arbejder hjemme", **invitation, response=Response.ACCEPTED) == [Kind.HOME]
    assert kinds("Alle arbejder hjemme", **invitation, response=Response.TENTATIVE) == [Kind.TENTATIVE]


def test_the_leader_s_holiday_is_not_one_s_own() -> None:
    accepted = {"own": False, "organizer": KIRSTEN, "response": Response.ACCEPTED}
    assert marks("Kirsten har ferie", **accepted) == ()


@pytest.mark.parametrize(
    ("subject", "fields"),
    [
        ("Hjemme?", {}),
        ("Måske hjemme", {}),
        ("Hjemme", {"free_busy": FreeBusy.TENTATIVE}),
        ("Hjemme", {"response": Response.TENTATIVE}),
        ("Strategidag", {"free_busy": ELSEWHERE}),
    ],
)
def test_a_doubt_makes_it_tentative(subject: str, fields: dict[str, object]) -> None:
    assert kinds(subject, **fields) == [Kind.TENTATIVE]


@pytest.mark.parametrize("subject", ["", "Fordybelse", "Rapportskrivning", "Deep work"])
def test_working_elsewhere_with_plain_desk_work_is_home(subject: str) -> None:
    assert kinds(subject, free_busy=ELSEWHERE) == [Kind.HOME]


@pytest.mark.parametrize(
    "fields", [{"locations": ("Odense Rådhus",)}, {"attendees": (BO,)}, {"locations": ("Teams",)}]
)
def test_working_elsewhere_at_a_place_or_with_people_is_elsewhere(fields: dict[str, object]) -> None:
    assert kinds("", free_busy=ELSEWHERE, **fields) == [Kind.ELSEWHERE]


def test_working_elsewhere_on_somebody_else_s_invitation_says_nothing_of_home() -> None:
    accepted = {"own": False, "organizer": KIRSTEN, "response": Response.ACCEPTED}
    assert marks("", free_busy=ELSEWHERE, **accepted) == ()


@pytest.mark.parametrize("free_busy", [FreeBusy.FREE, FreeBusy.BUSY, FreeBusy.UNKNOWN, FreeBusy.TENTATIVE])
def test_no_other_free_busy_says_anything_by_itself(free_busy: FreeBusy) -> None:
    assert marks("", free_busy=free_busy) == ()


def test_a_private_entry_speaks_by_category_and_free_busy_alone() -> None:
    assert kinds("", private=True, categories=("Hjemmearbejde",)) == [Kind.HOME]
    assert kinds("", private=True, free_busy=ELSEWHERE) == [Kind.HOME]
    assert kinds("", private=True, free_busy=OUT) == [Kind.ABSENT]
    assert kinds("", private=True) == []


def test_out_of_office_without_words_is_an_absence_that_says_no_more() -> None:
    (mark,) = marks("Tandlæge", free_busy=OUT)
    assert (mark.kind, mark.absence, mark.evidence) == (Kind.ABSENT, Absence.UNSAID, {FREE_BUSY})


@pytest.mark.parametrize(("free_busy", "evidence"), [(FreeBusy.FREE, {SUBJECT}), (OUT, {SUBJECT, FREE_BUSY})])
def test_absence_in_words_needs_no_out_of_office(free_busy: FreeBusy, evidence: set[Evidence]) -> None:
    (mark,) = marks("Ferie", free_busy=free_busy)
    assert (mark.absence, mark.evidence) == (Absence.HOLIDAY, evidence)


def test_one_entry_may_say_both() -> None:
    home, absent = marks("Barn syg, arbejder hjemme")
    assert (home.kind, absent.kind) == (Kind.HOME, Kind.ABSENT)
    assert absent.absence is Absence.CHILD_ILLNESS


def test_a_home_day_marked_out_of_office_is_a_home_day() -> None:
    assert kinds("Hjemmearbejde", free_busy=OUT) == [Kind.HOME]


def test_a_place_that_only_looks_like_home_says_nothing() -> None:
    assert marks("Koordinering", locations=("Hjemmeplejen, Skolegade 1",)) == ()


def test_the_organisation_s_own_names_count() -> None:
    own = Vocabulary.of(
        Organisation("Prøvekommunen", "nyborg", home_categories=("HB-Dag",), home_words=("Fleksplads",))
    )
    assert [mark.evidence for mark in marks("Fleksplads", own)] == [{SUBJECT}]
    assert [mark.evidence for mark in marks("Rapport", own, categories=("hb-dag",))] == [{CATEGORY}]
    assert marks("Fleksplads", categories=("hb-dag",)) == ()


def test_a_mark_remembers_its_series_and_how_to_be_reached() -> None:
    (mark,) = marks("Hjemme, ring 12 34 56 78", series="s1")
    assert (mark.series, mark.reachable) == ("s1", True)


@pytest.mark.parametrize("subject", ["Aflyst: hjemme", "Ikke hjemme", "Hjemmedag flyttet til torsdag"])
def test_a_home_day_that_is_off_is_said_to_be(subject: str) -> None:
    assert kinds(subject) == [Kind.ON_SITE]


def test_a_category_and_a_denial_leave_a_doubt() -> None:
    assert kinds("Alligevel ikke hjemme", categories=("Hjemmearbejde",)) == [Kind.TENTATIVE]


def test_a_meeting_on_home_work_in_a_room_is_no_home_day() -> None:
    meeting = timed("Hjemmearbejde", TUESDAY, "10:00", "11:00", attendees=(BO,), locations=("Mødelokale 3",))
    assert judge(meeting, ANNA, OURS) == ()
    assert kinds("Hjemmearbejde", attendees=(BO,)) == [Kind.HOME]


@pytest.mark.parametrize(
    "fields",
    [
        {"locations": ("Hjemme?",)},
        {"locations": ("Evt. hjemme",)},
        {"locations": ("Hjemme", "Rådhuset")},
        {"locations": ("Skolegade 5", "Rådhuset"), "home_address": True},
    ],
)
def test_a_place_in_doubt_or_beside_another_is_no_home_mark(fields: dict[str, object]) -> None:
    assert marks("Rapport", **fields) == ()


@pytest.mark.parametrize(
    ("subject", "fields", "weak"),
    [
        ("Rapport", {"locations": ("Hjemme",)}, False),
        ("Middag", {"locations": ("Hjemme",)}, True),
        ("Middag", {"locations": ("Hjemme",), "categories": ("Hjemmearbejde",)}, False),
        ("Syg", {}, False),
        ("Syg?", {}, True),
        ("Syg", {"free_busy": FreeBusy.TENTATIVE}, True),
    ],
)
def test_little_more_than_the_day_is_said_by_a_weak_mark(
    subject: str, fields: dict[str, object], weak: bool
) -> None:
    (mark,) = marks(subject, **fields)
    assert mark.weak is weak
