import asyncio
from datetime import date
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.errors import ServiceDown, WrongConfiguration
from bot.model import Calendar, Unreadable, UnreadableReason, Window
from integrations.deadline import Deadline
from integrations.graph.calendars import GraphCalendarReader
from integrations.graph.paging import MOST_PAGES

WINDOW = Window(date(2026, 3, 2), date(2026, 3, 6))
ANNA = "anna@proeve.example"
ANNAS_VIEW = f"/users/{ANNA}/calendarView"


def event(subject: str, day: str = "2026-03-03", **fields) -> dict:
    return {
        "subject": subject,
        "start": {"dateTime": f"{day}T08:00:00.0000000", "timeZone": "Romance Standard Time"},
        "end": {"dateTime": f"{day}T09:00:00.0000000", "timeZone": "Romance Standard Time"},
        **fields,
    }


def all_day(subject: str, first: str, after: str) -> dict:
    return event(
        subject,
        isAllDay=True,
        start={"dateTime": f"{first}T00:00:00.0000000", "timeZone": "UTC"},
        end={"dateTime": f"{after}T00:00:00.0000000", "timeZone": "UTC"},
    )


def page(*events: object, link: str | None = None) -> dict:
    return {"body": {"value": list(events), **({"@odata.nextLink": link} if link else {})}}


def link(number: int) -> str:
    return f"https://graph.example/v1.0{ANNAS_VIEW}?$skip={number}"


@pytest.fixture
def reader(client, graph) -> GraphCalendarReader:
    return GraphCalendarReader(client, timezone="Europe/Copenhagen", clock=graph.clock)


async def read(reader: GraphCalendarReader, *mailboxes: str) -> dict[str, list[str] | UnreadableReason]:
    """The subjects of each calendar, or why it was not read."""
    results: dict[str, list[str] | UnreadableReason] = {}
    async for result in reader.read(mailboxes or (ANNA,), WINDOW):
        assert result.person not in results, "a mailbox was answered twice"
        match result:
            case Calendar(person, events):
                results[person] = [one.subject for one in events]
            case Unreadable(person, reason):
                results[person] = reason
    return results


async def test_calendars_are_read_twenty_to_a_request(reader, graph):
    people = [f"person{number}@proeve.example" for number in range(47)]
    for person in people:
        graph.answer(f"/users/{person}/", page(event(person)))

    assert await read(reader, *people) == {person: [person] for person in people}
    assert len(graph.posts) == 3


async def test_the_question_is_narrow_and_a_day_wider_than_the_window(reader, graph):
    graph.answer(ANNAS_VIEW, page())

    await read(reader)

    [[asked]] = graph.posts
    query = parse_qs(urlsplit(asked["url"]).query)
    assert query["startDateTime"] == ["2026-03-01T00:00:00Z"]
    assert query["endDateTime"] == ["2026-03-08T00:00:00Z"]
    assert query["$top"] == ["1000"]
    assert not {"body", "bodyPreview", "attachments", "extensions"} & set(query["$select"][0].split(","))
    assert asked["headers"]["Prefer"] == 'outlook.timezone="Romance Standard Time", IdType="ImmutableId"'


async def test_a_mailbox_named_twice_is_read_once(reader, graph):
    graph.answer(ANNAS_VIEW, page(event("A")))

    assert await read(reader, ANNA, ANNA) == {ANNA: ["A"]}


@pytest.mark.parametrize(
    ("mailbox", "path"),
    [
        ("o'neil@proeve.example", "/users/o%27neil@proeve.example/"),
        ("gæst_firma.dk#EXT#@proeve.example", "/users/g%C3%A6st_firma.dk%23EXT%23@proeve.example/"),
        ("a b/c?d@proeve.example", "/users/a%20b%2Fc%3Fd@proeve.example/"),
    ],
)
async def test_odd_names_are_quoted(reader, graph, mailbox, path):
    graph.answer(path, page(event("A")))

    assert await read(reader, mailbox) == {mailbox: ["A"]}


async def test_only_what_touches_the_window_is_kept(reader, graph):
    graph.answer(
        ANNAS_VIEW,
        page(
            event("the day before", "2026-03-01"),
            all_day("whole day before", "2026-03-01", "2026-03-02"),
            all_day("into the window", "2026-02-20", "2026-03-03"),
            event("first", "2026-03-02"),
            event("last", "2026-03-06"),
            all_day("out of the window", "2026-03-06", "2026-04-01"),
            event("the day after", "2026-03-07"),
        ),
    )

    assert await read(reader) == {ANNA: ["into the window", "first", "last", "out of the window"]}


async def test_pages_are_followed_past_an_empty_one(reader, graph):
    graph.answer(ANNAS_VIEW, page(event("A"), link=link(1)))
    graph.answer(f"{ANNAS_VIEW}?$skip=1", page(link=link(2)))
    graph.answer(f"{ANNAS_VIEW}?$skip=2", page(event("B")))
    graph.answer("/users/jens@proeve.example/", page(event("C")))

    assert await read(reader, ANNA, "jens@proeve.example") == {ANNA: ["A", "B"], "jens@proeve.example": ["C"]}
    assert [len(post) for post in graph.posts] == [2, 1, 1]
    assert all("Romance" in read["headers"]["Prefer"] for post in graph.posts for read in post)


@pytest.mark.parametrize(
    "foreign",
    ["https://foreign.example/v1.0/x", "http://graph.example/v1.0/x", "https://graph.example/beta/x", "?", 7],
)
async def test_a_page_that_lies_elsewhere_makes_the_mailbox_malformed(reader, graph, router, foreign):
    elsewhere = router.route(host="foreign.example").respond(200)
    graph.answer(ANNAS_VIEW, page(event("A"), link=foreign))

    assert await read(reader) == {ANNA: UnreadableReason.MALFORMED}
    assert not elsewhere.called


async def test_an_empty_page_that_leads_to_itself_is_asked_once_more(reader, graph):
    graph.answer(ANNAS_VIEW, page(event("A")))
    await read(reader)
    itself = f"https://graph.example/v1.0{graph.asked()[0]}"
    graph.answer(ANNAS_VIEW, page(link=itself), page(event("A")))

    assert await read(reader) == {ANNA: ["A"]}


async def test_pages_in_a_circle_make_the_mailbox_malformed(reader, graph):
    graph.answer(ANNAS_VIEW, page(link=link(1)))
    graph.answer(f"{ANNAS_VIEW}?$skip=1", page(link=link(2)))
    graph.answer(f"{ANNAS_VIEW}?$skip=2", page(link=link(1)))

    assert await read(reader) == {ANNA: UnreadableReason.MALFORMED}
    assert len(graph.posts) == 3


async def test_pages_without_an_end_make_the_mailbox_malformed(reader, graph):
    graph.answer(ANNAS_VIEW, *(page(link=link(number)) for number in range(2 * MOST_PAGES)))

    assert await read(reader) == {ANNA: UnreadableReason.MALFORMED}
    assert len(graph.posts) == MOST_PAGES


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"status": 404, "body": {"error": {"code": "MailboxNotEnabledForRESTAPI"}}}, "no-mailbox"),
        ({"status": 404, "body": {"error": {"code": "Request_ResourceNotFound"}}}, "no-mailbox"),
        ({"status": 403, "body": {"error": {"code": "ErrorAccessDenied"}}}, "forbidden"),
        ({"status": 429}, "throttled"),
        ({"status": 503}, "unavailable"),
        ({"status": 500, "body": "<html>"}, "unavailable"),
        ({"status": 409}, "unavailable"),
        ({"body": None}, "malformed"),
        ({"body": "events"}, "malformed"),
        ({"body": {"value": "events"}}, "malformed"),
        ({"body": {"error": {}}}, "malformed"),
        ({}, "malformed"),
    ],
)
async def test_a_mailbox_that_cannot_be_read_says_why_and_costs_no_other(reader, graph, answer, reason):
    graph.answer(ANNAS_VIEW, answer)
    graph.answer("/users/jens@proeve.example/", page(event("C")))

    assert await read(reader, ANNA, "jens@proeve.example") == {
        ANNA: UnreadableReason(reason),
        "jens@proeve.example": ["C"],
    }


async def test_a_mailbox_lost_on_its_second_page_is_unreadable(reader, graph):
    graph.answer(ANNAS_VIEW, page(event("A"), link=link(1)))
    graph.answer(f"{ANNAS_VIEW}?$skip=1", {"status": 403})

    assert await read(reader) == {ANNA: UnreadableReason.FORBIDDEN}


async def test_a_bad_entry_is_left_out_and_the_others_are_kept(reader, graph):
    graph.answer(
        ANNAS_VIEW,
        page(
            event("A"),
            7,
            None,
            {"subject": "no times"},
            event("odd", categories="Hjemme"),
            event("no day", day="2026-02-31"),
            event("B"),
        ),
    )

    assert await read(reader) == {ANNA: ["A", "B"]}


async def test_a_throttled_mailbox_is_read_when_its_time_has_come(reader, graph):
    graph.answer(ANNAS_VIEW, {"status": 429, "headers": {"Retry-After": "2.5"}}, page(event("A")))

    assert await read(reader) == {ANNA: ["A"]}
    assert graph.slept == [2.5]


async def test_nothing_that_can_be_read_is_a_service_down(reader, graph):
    graph.outer = [httpx.Response(503)] * 50

    with pytest.raises(ServiceDown):
        await read(reader)


@pytest.mark.parametrize("inside", [True, False])
async def test_a_refused_token_is_a_wrong_configuration(reader, graph, inside):
    if inside:
        graph.answer(ANNAS_VIEW, {"status": 401})
    else:
        graph.outer = [httpx.Response(401)]

    with pytest.raises(WrongConfiguration):
        await read(reader)


async def test_a_zone_without_a_windows_name_is_asked_for_in_utc(client, graph):
    graph.answer(ANNAS_VIEW, page())

    await read(GraphCalendarReader(client, timezone="Antarctica/Troll", clock=graph.clock))

    [[asked]] = graph.posts
    assert 'outlook.timezone="UTC"' in asked["headers"]["Prefer"]


async def test_entries_that_make_no_sense_are_counted_and_the_rest_read(reader, graph):
    shapeless = event("Møde", categories="x")
    backwards = all_day("Møde", "2026-03-04", "2026-03-03")
    master = event("Møde", type="seriesMaster")
    long_ago = event("Møde", "2020-03-03")
    graph.answer(ANNAS_VIEW, page(event("Hjemme"), shapeless, backwards, link=link(1)))
    graph.answer(f"{ANNAS_VIEW}?$skip=1", page(master, long_ago, {"subject": "no times"}))
    (calendar,) = [result async for result in reader.read((ANNA,), WINDOW)]
    assert isinstance(calendar, Calendar)
    assert [one.subject for one in calendar.events] == ["Hjemme"]
    assert calendar.left_out == 3


async def test_who_is_not_read_in_time_is_out_of_time(client, graph):
    graph.answer(ANNAS_VIEW, page(event("A"), link=link(1)))
    graph.answer(f"{ANNAS_VIEW}?$skip=1", {"status": 429, "headers": {"Retry-After": "20"}})
    graph.answer("/users/jens@proeve.example/", page(event("C")))
    deadline = Deadline(30, graph.clock.now)
    reader = GraphCalendarReader(client, timezone="Europe/Copenhagen", deadline=deadline, clock=graph.clock)

    assert await read(reader, ANNA, "jens@proeve.example") == {
        ANNA: UnreadableReason.THROTTLED,
        "jens@proeve.example": ["C"],
    }
    deadline.cut()
    assert await read(reader, "jens@proeve.example") == {"jens@proeve.example": UnreadableReason.OUT_OF_TIME}


@pytest.mark.parametrize("politely", [True, False])
async def test_leaving_off_after_the_first_calendar_leaves_nothing_running(reader, graph, politely):
    people = [f"person{number}@proeve.example" for number in range(200)]
    graph.answer("/users/", page(event("A")))
    before = asyncio.all_tasks()
    calendars = reader.read(people, WINDOW)
    await anext(calendars)

    if politely:
        await calendars.aclose()
    del calendars
    for _ in range(100):
        await asyncio.sleep(0)

    assert asyncio.all_tasks() == before
    assert len(graph.posts) < 10
