"""One moment under many names: what a mailbox calls its zone must not move a day or an hour.

Four hours of a Tuesday morning, as organisations in Copenhagen, the Faroe Islands and Greenland see them.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.chain.chain import all_day, home, kinds, timed, working

COPENHAGEN, FAROE, NUUK = map(ZoneInfo, ("Europe/Copenhagen", "Atlantic/Faroe", "America/Nuuk"))
WINTER, SUMMER = "2026-03-03", "2026-07-07"

# Zone of the organisation, day, zone of the entry, hour at which it is 8 for the organisation.
KNOWN = [
    (COPENHAGEN, WINTER, "Romance Standard Time", 8),
    (COPENHAGEN, WINTER, "Central Europe Standard Time", 8),
    (COPENHAGEN, WINTER, "Europe/Copenhagen", 8),
    (COPENHAGEN, WINTER, "Europe/Paris", 8),
    (COPENHAGEN, WINTER, "UTC", 7),
    (COPENHAGEN, WINTER, "tzone://Microsoft/Utc", 7),
    (COPENHAGEN, WINTER, "GMT Standard Time", 7),
    (COPENHAGEN, WINTER, "Greenland Standard Time", 5),
    (COPENHAGEN, WINTER, "India Standard Time", 12.5),
    (COPENHAGEN, SUMMER, "UTC", 6),
    (COPENHAGEN, SUMMER, "GMT Standard Time", 7),
    (COPENHAGEN, SUMMER, "Greenland Standard Time", 5),
    (FAROE, WINTER, "GMT Standard Time", 8),
    (FAROE, WINTER, "Atlantic/Faroe", 8),
    (FAROE, WINTER, "Atlantic/Faeroe", 8),
    (FAROE, WINTER, "Europe/London", 8),
    (FAROE, WINTER, "UTC", 8),
    (FAROE, WINTER, "Greenwich Standard Time", 8),
    (FAROE, WINTER, "Romance Standard Time", 9),
    (FAROE, WINTER, "Greenland Standard Time", 6),
    (FAROE, SUMMER, "GMT Standard Time", 8),
    (FAROE, SUMMER, "UTC", 7),
    (FAROE, SUMMER, "Greenwich Standard Time", 7),
    (FAROE, SUMMER, "Romance Standard Time", 9),
    (NUUK, WINTER, "Greenland Standard Time", 8),
    (NUUK, WINTER, "America/Nuuk", 8),
    (NUUK, WINTER, "America/Godthab", 8),
    (NUUK, WINTER, "UTC", 10),
    (NUUK, WINTER, "GMT Standard Time", 10),
    (NUUK, WINTER, "Romance Standard Time", 11),
    (NUUK, SUMMER, "Greenland Standard Time", 8),
    (NUUK, SUMMER, "tzone://microsoft/utc", 9),
    (NUUK, SUMMER, "Romance Standard Time", 11),
]
UNKNOWN = [
    "tzone://Microsoft/Custom",
    "Customized Time Zone",
    "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris",
    "Romance Standard Tim",
    "Europe/Atlantis",
    "../../etc/localtime",
    "/etc/localtime",
    "Z\x00one",
    "x" * 10_000,
    "🕗",
    "",
    None,
]


def clock(hours: float) -> str:
    return f"{int(hours):02}:{int(hours % 1 * 60):02}"


@pytest.mark.parametrize(("organisation", "day", "zone", "eight"), KNOWN)
def test_a_morning_is_a_morning_in_any_zone(organisation, day, zone, eight):
    morning = timed("Hjemme", f"{day}T{clock(eight)}", f"{day}T{clock(eight + 4)}", zone)
    assert home(morning, zone=organisation, person=working(8, 16)) == {day: 0.5}
    assert home(morning, zone=organisation, person=working(8, 12)) == {day: 1}


@pytest.mark.parametrize("zone", UNKNOWN)
@pytest.mark.parametrize("organisation", [COPENHAGEN, FAROE, NUUK])
def test_a_zone_that_nobody_knows_is_taken_for_the_organisation_s(organisation, zone):
    morning = timed("Hjemme", f"{WINTER}T08:00", f"{WINTER}T12:00", zone)
    assert home(morning, zone=organisation) == {WINTER: 0.5}


@pytest.mark.parametrize("zone", [*dict.fromkeys(row[2] for row in KNOWN), *UNKNOWN])
@pytest.mark.parametrize("organisation", [COPENHAGEN, FAROE, NUUK])
def test_a_whole_day_keeps_its_date_in_any_zone(organisation, zone):
    assert home(all_day("Hjemme", WINTER, "2026-03-05", zone), zone=organisation) == {
        WINTER: 1,
        "2026-03-04": 1,
    }


def test_a_small_hour_in_copenhagen_is_the_evening_before_in_nuuk():
    entry = timed("Hjemme", "2026-03-04T00:00", "2026-03-04T02:00")
    assert home(entry, zone=NUUK, person=working(20, 23)) == {"2026-03-03": 0.667}
    assert kinds(entry, zone=FAROE, person=working(20, 23)) == {}
    assert kinds(entry, zone=FAROE, person=working(22, 23)) == {}
    assert home(entry, zone=FAROE, person=working(0, 4)) == {"2026-03-04": 0.25}


@pytest.mark.parametrize(
    ("start", "end", "evening", "night"),
    [
        pytest.param("2026-03-28T22:00", "2026-03-29T03:00", 1, 0.5, id="at 23 it was midnight"),
        pytest.param("2026-03-29T00:30", "2026-03-29T01:30", 0.167, 0.125, id="an hour over it"),
        pytest.param("2026-10-24T22:00", "2026-10-25T04:00", 0.667, 0.5, id="at midnight it was 23"),
    ],
)
def test_greenland_s_clocks_change_on_saturday_night(start, end, evening, night):
    entry = timed("Hjemme", start, end, "UTC")
    assert list(home(entry, zone=NUUK, person=working(20, 23)).values()) == [evening]
    assert list(home(entry, zone=NUUK, person=working(0, 4)).values()) == [night]


@pytest.mark.parametrize("offset", ["Z", "+05", "+02:00", ""])
def test_an_offset_beside_the_zone_changes_nothing(offset):
    entry = timed("Hjemme", f"2026-03-03T08:00{offset}", "2026-03-03T12:00")
    entry["start"]["dateTime"] = f"2026-03-03T08:00{offset}"
    assert home(entry) == {"2026-03-03": 0.5}
