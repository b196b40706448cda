"""Entries that nobody should send: each is read sensibly or left out, and costs no other entry anything.

The calendar has a good home day on Tuesday; the odd entry lies on Wednesday.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from bot.markings import read_days
from bot.model import Calendar, Evidence, Kind, Window
from bot.names import Owner
from bot.words import LONGEST
from integrations.graph.calendars import GraphCalendarReader
from integrations.graph.events import SELECT
from tests.bot.builders import ANNA, KIRSTEN, ORGANISATION, PERSON
from tests.chain.chain import Json, all_day, days, kinds, timed

TUE, WED = "2026-03-03", "2026-03-04"
WINDOW = Window(date(2026, 1, 5), date(2026, 3, 16))
GOOD = all_day("Hjemme", TUE, WED)
OTHER_FIELDS = [name for name in SELECT if name not in {"start", "end"}]

Read = Callable[..., Awaitable[dict[str, Kind]]]


def odd(subject: Any = "Hjemme", **fields: Any) -> Json:
    """An entry of Wednesday's working hours."""
    return timed(subject, f"{WED}T08:00", f"{WED}T16:00") | fields


def without(*names: str) -> Json:
    return {name: value for name, value in odd().items() if name not in names}


def at(start: str, end: str) -> Json:
    return timed("Hjemme", start, end, "UTC")


@pytest.fixture
def read(client, graph) -> Read:
    """Read entries as a pass does: a page in a batch over HTTP, then days."""

    async def read(*entries: object) -> dict[str, Kind]:
        body = {"responses": [{"id": "0", "status": 200, "body": {"value": entries}}]}
        # Escaped, for half an emoji has no UTF-8.
        graph.outer = [httpx.Response(200, content=json.dumps(body).encode("ascii"))]
        reader = GraphCalendarReader(client, timezone="Europe/Copenhagen", clock=graph.clock)
        (answer,) = [answer async for answer in reader.read([ANNA], WINDOW)]
        assert isinstance(answer, Calendar), answer
        read = read_days(Owner.of(PERSON, KIRSTEN), ORGANISATION, answer.events, WINDOW)
        return {str(day): one.kind for day, one in read.items() if one.kind is not Kind.ON_SITE}

    return read


HOME, TENTATIVE, ABSENT, ORDINARY = Kind.HOME, Kind.TENTATIVE, Kind.ABSENT, Kind.ON_SITE

SUBJECTS = [
    ("", ORDINARY, "empty"),
    (None, ORDINARY, "null"),
    ("Hjemme", HOME, "plain"),
    ("Hjemme" + " " * 10_000, HOME, "10 kB of blanks after"),
    ("Hjemme" + " " * 1_000_000, HOME, "1 MB of blanks after"),
    ("x" * 10_000, ORDINARY, "10 kB of one word"),
    ("x" * 1_000_000, ORDINARY, "1 MB of one word"),
    ("notat " * 200_000, ORDINARY, "1 MB of words"),
    ("notat " * 2_000 + "hjemme", ORDINARY, "a mark beyond what is read"),
    ("\x00\x01Hjemme\x7f\x1b", HOME, "control characters around"),
    ("Arbejder\r\n\thjemme", HOME, "control characters between"),
    ("\u202eHjemme\u202c", HOME, "right to left override"),
    ("\u200fHjemme\u200e", HOME, "direction marks"),
    ("\u2067Hjemme\u2069", HOME, "direction isolates"),
    ("Hj\u200bem\u200dme\ufeff", HOME, "invisible characters inside the word"),
    ("Hjemme\u00adarbejde", HOME, "a soft hyphen"),
    ("\u2028Hjemme\u2029", HOME, "line and paragraph separators"),
    ("Arbejder\u00a0hjemme", HOME, "a no-break space"),
    ("ＨＪＥＭＭＥ", HOME, "full width letters"),
    (unicodedata.normalize("NFD", "Påskeferie"), ABSENT, "a ring apart from its letter"),
    ("".join(letter + "\u0300\u0323" * 40 for letter in "hjemme"), ORDINARY, "heaps of accents"),
    ("\u0300" * 5_000, ORDINARY, "accents alone"),
    ("\ud83d", ORDINARY, "half an emoji"),
    ("Ferie \ude00\ud83d", ABSENT, "two wrong halves"),
    ("🎉🎉🎉", ORDINARY, "emoji alone"),
    ("👩\u200d👩\u200d👧\u200d👦🇩🇰" * 200, ORDINARY, "composed emoji"),
    ("?" * 1_000, ORDINARY, "question marks"),
    ("%s{0}{}${x}<script>'\"\\", ORDINARY, "what other programs would run"),
    ("🏽" * 300 + "\ud83c", ORDINARY, "cut in the middle of an emoji"),
    ("ﷺ" * 1_000, ORDINARY, "a letter that normalises to eighteen"),
]


@pytest.mark.parametrize(
    ("subject", "kind"), [pytest.param(subject, kind, id=name) for subject, kind, name in SUBJECTS]
)
async def test_a_subject_is_read_for_what_it_says(read, subject, kind):
    expected = {TUE: HOME} | ({} if kind is ORDINARY else {WED: kind})
    assert await read(odd(subject), GOOD) == expected


ENTRIES = [
    (without("subject"), ORDINARY, "no subject"),
    (without("subject") | {"showAs": "workingElsewhere"}, HOME, "no subject, working elsewhere"),
    (odd("", showAs="WORKINGELSEWHERE"), HOME, "free/busy in capitals"),
    (odd("", showAs="unknownFutureValue"), ORDINARY, "free/busy of a later Graph"),
    (odd(showAs="UnknownFutureValue"), HOME, "and a mark"),
    (odd("", showAs="OOF"), ABSENT, "out of office in capitals"),
    (odd(sensitivity="NORMAL", type="SINGLEINSTANCE"), HOME, "enums in capitals"),
    (odd(sensitivity="secretive"), ORDINARY, "a sensitivity of a later Graph hides the words"),
    (odd(type="unknownFutureValue"), HOME, "a type of a later Graph"),
    (odd(type="SERIESMASTER"), ORDINARY, "the master of a series"),
    (odd(responseStatus={"response": "Declined"}), ORDINARY, "declined"),
    (odd(responseStatus={"response": "maybeLater"}), HOME, "an answer of a later Graph"),
    (odd(isCancelled=True), ORDINARY, "cancelled"),
    (odd(importance="unknown", surprise={"a": [1, None]}), HOME, "fields of a later Graph"),
    (at(f"{WED}T16:00", f"{WED}T08:00"), ORDINARY, "the end before the start"),
    (at(f"{WED}T08:00", f"{WED}T08:00"), ORDINARY, "no length"),
    (at("0001-01-01T00:00", "0001-01-01T00:00"), ORDINARY, "year 1"),
    (at("9999-12-31T00:00", "9999-12-31T23:59"), ORDINARY, "year 9999"),
    (at("10000-01-01T00:00", "10000-01-02T00:00"), ORDINARY, "year 10000"),
    (at("2026-02-30T08:00", "2026-02-30T16:00"), ORDINARY, "30 February"),
    (at("i morgen", "i overmorgen"), ORDINARY, "words for times"),
    (at("", ""), ORDINARY, "empty times"),
    (odd(start=None), ORDINARY, "a null start"),
    (odd(end=None), ORDINARY, "a null end"),
    (odd(end={}), ORDINARY, "an empty end"),
    (without("start"), ORDINARY, "no start"),
    (without("end"), ORDINARY, "no end"),
    (odd(subject=7), ORDINARY, "a number for a subject"),
    (odd(categories="Hjemme"), ORDINARY, "a text for a list"),
    (odd("", categories=["Hjemme", None, "", " "]), HOME, "nulls among categories"),
    (odd("", categories=[f"Kategori {n}" for n in range(1_000)] + ["Hjemme"]), HOME, "1,000 categories"),
    (odd("", categories=["Hjemme"] * 1_000), HOME, "one category 1,000 times"),
    (odd("", categories=["y" * 100_000]), ORDINARY, "a long category"),
    (odd("", locations=[{"displayName": f"Lokale {n}"} for n in range(1_000)]), ORDINARY, "1,000 places"),
    (odd("", locations=[None, {}, {"displayName": None}], location=None), ORDINARY, "places of nothing"),
    (odd("", attendees=[None, {}, {"emailAddress": None}] * 500), ORDINARY, "attendees of nothing"),
    (odd(organizer={"emailAddress": {"address": "\u202e" * 9_000}}), HOME, "an odd organiser"),
    (odd(seriesMasterId="\ud83d" * 9_000), HOME, "an odd series"),
    ({}, ORDINARY, "an empty object"),
    ({"@removed": {"reason": "deleted"}, "id": "x"}, ORDINARY, "a deleted entry"),
    ([], ORDINARY, "a list"),
    ("Hjemme", ORDINARY, "a text"),
    (None, ORDINARY, "null"),
    (12345678901234567890123, ORDINARY, "a long number"),
]


@pytest.mark.parametrize(
    ("entry", "kind"), [pytest.param(entry, kind, id=name) for entry, kind, name in ENTRIES]
)
async def test_an_odd_entry_costs_no_other(read, entry, kind):
    expected = {TUE: HOME} | ({} if kind is ORDINARY else {WED: kind})
    assert await read(entry, GOOD) == expected


@pytest.mark.parametrize(
    "value", [0, -1.5, True, "", "x", [], [0], [[]], {}, {"x": 1}, [{"emailAddress": 0}]]
)
@pytest.mark.parametrize("name", SELECT)
async def test_a_value_of_any_type_in_any_field_costs_no_other_entry(read, name, value):
    assert (await read(odd() | {name: value}, GOOD))[TUE] is HOME


@pytest.mark.parametrize("name", OTHER_FIELDS)
async def test_a_field_may_be_null_or_absent(read, name):
    entry = odd("", categories=["Hjemme"]) | {name: None}
    expected = {TUE: HOME} | ({} if name == "categories" else {WED: HOME})
    assert await read(entry, GOOD) == expected
    assert await read({key: value for key, value in entry.items() if key != name}, GOOD) == expected


def test_all_may_be_null_but_the_times():
    assert kinds(odd() | dict.fromkeys(OTHER_FIELDS)) == {}


def test_a_thousand_categories_leave_the_one_that_counts():
    names = [f"Kategori {n}" for n in range(1_000)]
    read = days(odd("", categories=[*names, "hjemme", *names]))
    assert read[date.fromisoformat(WED)].evidence == {Evidence.CATEGORY}


async def test_five_thousand_entries_in_a_window_are_read_page_by_page(client, graph):
    """Forty meetings a day and a home day every second day, a thousand entries to a page."""
    graph_pages = list(_pages(_crowd()))
    assert sum(len(page["value"]) for page in graph_pages) > 5_000
    graph.answer(f"/users/{ANNA}", *({"body": page} for page in graph_pages))
    reader = GraphCalendarReader(client, timezone="Europe/Copenhagen", clock=graph.clock)
    (calendar,) = [answer async for answer in reader.read([ANNA], WINDOW)]
    assert isinstance(calendar, Calendar)
    assert len(graph.posts) == len(graph_pages)
    read = read_days(Owner.of(PERSON, KIRSTEN), ORGANISATION, calendar.events, WINDOW)
    assert [day for day, one in read.items() if one.at_home] == [
        day for day in WINDOW.days() if day.toordinal() % 2 and read[day].scheduled
    ]


def _crowd() -> list[Json]:
    meeting = [
        timed(f"Møde {n}", f"{day}T{8 + n % 8:02}:00", f"{day}T{9 + n % 8:02}:00", showAs="busy")
        for day in WINDOW.days()
        for n in range(70)
    ]
    odd_days = [day for day in WINDOW.days() if day.toordinal() % 2]
    return meeting + [all_day("Hjemme", str(day), str(day + timedelta(days=1))) for day in odd_days]


def _pages(entries: list[Json]) -> list[Mapping[str, Any]]:
    chunks = [entries[n : n + 1000] for n in range(0, len(entries), 1000)]
    links = [f"https://graph.example/v1.0/users/{ANNA}/calendarView?$skip={n}" for n in range(1, len(chunks))]
    return [
        {"value": chunk, **({"@odata.nextLink": link} if link else {})}
        for chunk, link in zip(chunks, [*links, None], strict=True)
    ]


def test_what_is_cut_off_a_long_text_is_not_read():
    assert kinds(odd("." * (LONGEST - 6) + "hjemme")) == {WED: HOME}
    assert kinds(odd("." * (LONGEST - 3) + "hjemme")) == {}
