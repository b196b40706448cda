"""What must hold of any calendar however its times are written, tried on calendars nobody thought of.

The weeks from 31 August 2026 hold no public holiday, and a clock change in October.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tzlocal.windows_tz import win_tz

from bot.model import Day, Window
from tests.chain.chain import COPENHAGEN, EVERY_DAY, Json, all_day, days, timed

START = date(2026, 8, 31)
WINDOW = Window(START, START + timedelta(days=55))
HOURS_OF_THE_WINDOW = 56 * 24

zones = st.sampled_from(
    [
        "UTC",
        "tzone://Microsoft/Utc",
        "Romance Standard Time",
        "GMT Standard Time",
        "Greenland Standard Time",
        "Pacific Standard Time",
        "India Standard Time",
        "New Zealand Standard Time",
        "Line Islands Standard Time",
        "America/Nuuk",
        "Atlantic/Faroe",
        "Asia/Kathmandu",
    ]
)
subjects = st.sampled_from(["Hjemme", "Hjemme?", "Ferie", "Barn syg, arbejder hjemme", "Møde", "", None])
shows = st.sampled_from(["free", "busy", "oof", "workingElsewhere", "tentative", None])
categories = st.sampled_from([[], ["Hjemmearbejde"], ["Vigtig"], None])


def zone_of(name: str) -> ZoneInfo:
    known = {"tzone://Microsoft/Utc": "UTC"} | win_tz
    return ZoneInfo(known.get(name, name))


def written(moment: datetime, zone: str) -> str | None:
    """Return a local time of Copenhagen as it is in another zone; None for an hour that comes twice."""
    there = moment.replace(tzinfo=COPENHAGEN).astimezone(zone_of(zone))
    naive = there.replace(tzinfo=None)
    back = naive.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    return naive.isoformat(timespec="minutes") if back == there.astimezone(UTC) else None


def entry(start: datetime, end: datetime, zone: str, subject: str | None, **fields: object) -> Json:
    """Return a timed entry of Copenhagen's times, written in the zone where it can be said there."""
    there = written(start, zone), written(end, zone)
    if there[0] and there[1]:
        return timed(subject, there[0], there[1], zone, **fields)
    return timed(subject, start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"), **fields)


@st.composite
def moments(draw: st.DrawFn) -> tuple[datetime, datetime]:
    """A start and an end by Copenhagen's clock, neither in an hour that comes twice or never."""
    start = datetime.combine(START, time()) + timedelta(hours=draw(st.integers(-48, HOURS_OF_THE_WINDOW)))
    end = start + timedelta(minutes=draw(st.integers(0, 3000)))
    return tuple(one + timedelta(hours=2) if one.hour == 2 else one for one in (start, end))  # type: ignore[return-value]


@st.composite
def timed_entries(draw: st.DrawFn) -> Json:
    start, end = draw(moments())
    fields = {"showAs": draw(shows), "categories": draw(categories)}
    return entry(start, end, draw(zones), draw(subjects), **fields)


@st.composite
def all_day_entries(draw: st.DrawFn) -> Json:
    first = START + timedelta(days=draw(st.integers(-3, 55)))
    after = first + timedelta(days=draw(st.integers(0, 9)))
    return all_day(draw(subjects), str(first), str(after), draw(zones), showAs=draw(shows))


calendars = st.lists(st.one_of(timed_entries(), all_day_entries()), max_size=8)


def read(entries: list[Json], window: Window = WINDOW) -> Mapping[date, Day]:
    return days(*entries, window=window, person=EVERY_DAY)


@given(calendars, st.randoms(use_true_random=False))
def test_the_order_in_which_entries_come_does_not_matter(entries: list[Json], random: Random) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert read(shuffled) == read(entries)


@given(calendars, moments(), zones, st.sampled_from(["busy", "free"]))
def test_an_unrelated_meeting_in_any_zone_changes_nothing(
    entries: list[Json], span: tuple[datetime, datetime], zone: str, shown: str
) -> None:
    meeting = entry(*span, zone, "Møde med økonomi", showAs=shown, categories=["Vigtig"])
    assert read([*entries, meeting]) == read(entries)


@given(calendars, moments(), st.sampled_from(["Hjemme", "Hjemme?", "Ferie"]), zones, zones)
def test_a_timed_entry_gives_the_same_days_in_any_zone(
    entries: list[Json], span: tuple[datetime, datetime], subject: str, one: str, other: str
) -> None:
    assert read([*entries, entry(*span, one, subject)]) == read([*entries, entry(*span, other, subject)])


@given(
    st.lists(st.tuples(moments(), subjects), max_size=6),
    zones,
    st.lists(all_day_entries(), max_size=3),
    st.integers(1, 7),
)
def test_the_same_calendar_some_weeks_later_gives_the_same_days_whatever_the_clocks_do(
    spans: list[tuple[tuple[datetime, datetime], str | None]], zone: str, whole: list[Json], weeks: int
) -> None:
    shift = timedelta(weeks=weeks)
    now = [entry(*span, zone, subject) for span, subject in spans]
    later = [entry(span[0] + shift, span[1] + shift, zone, subject) for span, subject in spans]
    moved = read([*later, *(_moved(one, shift) for one in whole)], Window(START + shift, WINDOW.end + shift))
    assert [_without_date(day) for day in moved.values()] == [
        _without_date(day) for day in read([*now, *whole]).values()
    ]


@given(calendars, st.integers(0, 50), st.integers(2, 6), zones, zones, st.data())
def test_an_all_day_entry_cut_in_two_gives_the_same_days_whatever_the_halves_call_their_zone(
    entries: list[Json], first: int, length: int, one: str, other: str, data: st.DataObject
) -> None:
    start = START + timedelta(days=first)
    cut = start + timedelta(days=data.draw(st.integers(1, length - 1)))
    after = start + timedelta(days=length)
    halves = [
        all_day("Hjemme", str(start), str(cut), one),
        all_day("Hjemme", str(cut), str(after), other),
    ]
    assert read([*entries, *halves]) == read([*entries, all_day("Hjemme", str(start), str(after))])


def _moved(whole: Json, shift: timedelta) -> Json:
    points = {
        edge: whole[edge]
        | {"dateTime": f"{date.fromisoformat(whole[edge]['dateTime'][:10]) + shift}T00:00:00"}
        for edge in ("start", "end")
    }
    return whole | points


def _without_date(day: Day) -> tuple[object, ...]:
    return (day.kind, round(day.home, 6), round(day.absent, 6), round(day.tentative, 6), day.evidence)
