"""The same reading against the sandbox: real TLS, real sign-in, real batches."""

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.errors import ServiceDown, WrongConfiguration
from bot.model import Calendar, Unreadable, UnreadableReason, Window
from integrations.graph.calendars import GraphCalendarReader
from integrations.graph.client import GraphClient
from integrations.graph.directory import GraphDirectory
from integrations.http import RequestCount, new_client, tls_context
from integrations.identity import ClientSecret, TokenSource
from integrations.pace import Clock
from integrations.sandbox import Fault, Sandbox, Tenant

PEOPLE = [f"person{number:02}@proeve.example" for number in range(47)]
BUSY = "busy@proeve.example"
EVERYONE = [*PEOPLE, BUSY]
WINDOW = Window(date(2026, 3, 2), date(2026, 3, 13))
CONTENT = {"body", "bodyPreview", "attachments", "extensions"}
VIEW = "GET /v1.0/users/*/calendarView"


def event(subject: str, start: str, end: str, **fields) -> dict:
    zone = "Romance Standard Time"
    return {
        "subject": subject,
        "start": {"dateTime": f"{start}.0000000", "timeZone": zone},
        "end": {"dateTime": f"{end}.0000000", "timeZone": zone},
        **fields,
    }


def tenant() -> Tenant:
    home = event("Hjemme", "2026-03-03T00:00:00", "2026-03-04T00:00:00", isAllDay=True)
    many = [event("Møde", "2026-03-05T09:00:00", "2026-03-05T09:30:00", id=f"AAMk{n}") for n in range(1100)]
    return Tenant.from_data(
        {
            "users": [
                {"id": f"00000000-0000-4000-8000-{number:012}", "userPrincipalName": upn, "displayName": upn}
                for number, upn in enumerate(EVERYONE)
            ],
            "events": {**{upn: [home] for upn in PEOPLE}, BUSY: many},
        }
    )


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(tenant(), latency=0) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.faults.clear()
    running.clear()
    return running


@dataclass
class Reached:
    """The way to a sandbox, and what was seen on it."""

    client: GraphClient
    count: RequestCount
    slept: list[float] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: sum(self.slept), self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def read(self, mailboxes: list[str]) -> dict[str, Calendar | Unreadable]:
        reader = GraphCalendarReader(self.client, timezone="Europe/Copenhagen", clock=self.clock)
        results = [result async for result in reader.read(mailboxes, WINDOW)]
        assert len(results) == len(set(mailboxes))
        return {result.person: result for result in results}


@asynccontextmanager
async def way_to(settings: dict[str, str], **changed: str) -> AsyncIterator[Reached]:
    settings = settings | {f"HJEMMEDAG_{name}": value for name, value in changed.items()}
    tls, count, waits = tls_context(Path(settings["HJEMMEDAG_CA_FILE"])), RequestCount(), []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    tokens = TokenSource(
        tenant_id=settings["HJEMMEDAG_TENANT_ID"],
        client_id=settings["HJEMMEDAG_CLIENT_ID"],
        authority=settings["HJEMMEDAG_AUTHORITY"],
        credential=ClientSecret(settings["HJEMMEDAG_CLIENT_SECRET"]),
        tls=tls,
        sleep=waits.append,
    )
    async with new_client(tls, count) as http:
        graph_url = settings["HJEMMEDAG_GRAPH_URL"]
        yield Reached(GraphClient(graph_url=graph_url, tokens=tokens, http=http, sleep=sleep), count, waits)
    tokens.close()


@pytest.fixture
async def reached(sandbox: Sandbox) -> AsyncIterator[Reached]:
    async with way_to(sandbox.settings()) as reached:
        yield reached


async def test_forty_seven_mailboxes_are_three_requests(sandbox, reached):
    results = await reached.read(PEOPLE)

    assert all(isinstance(result, Calendar) for result in results.values())
    assert reached.count.total == 3
    assert sorted(one.items for one in sandbox.requests if one.path == "/v1.0/$batch") == [7, 20, 20]


def responses() -> dict[int, httpx.Response]:
    return {id(one): one for one in gc.get_objects() if isinstance(one, httpx.Response)}


async def test_an_answer_that_was_read_leaves_no_garbage_behind(reached):
    """An answer may be megabytes, and garbage is collected late."""
    gc.collect()
    before = responses()
    gc.disable()
    try:
        await reached.read(PEOPLE)
        left = [one.url.path for key, one in responses().items() if key not in before]
    finally:
        gc.enable()
    assert "/v1.0/$batch" not in left


async def test_a_home_day_arrives_on_its_date(sandbox, reached):
    calendar = (await reached.read([PEOPLE[0]]))[PEOPLE[0]]

    assert isinstance(calendar, Calendar)
    [home] = calendar.events
    assert home.all_day
    assert (home.subject, home.start.isoformat(), home.end.isoformat()) == (
        "Hjemme",
        "2026-03-03T00:00:00",
        "2026-03-04T00:00:00",
    )


async def test_a_calendar_of_more_than_a_page_is_read_whole(sandbox, reached):
    calendar = (await reached.read([BUSY, PEOPLE[0]]))[BUSY]

    assert isinstance(calendar, Calendar)
    assert len(calendar.events) == 1100
    assert reached.count.total == 2


async def test_an_empty_page_in_between_loses_nothing(sandbox, reached):
    sandbox.faults.add(Fault(match=VIEW, user=PEOPLE[0], body="empty-page", times=1))

    calendar = (await reached.read([PEOPLE[0]]))[PEOPLE[0]]

    assert isinstance(calendar, Calendar)
    assert len(calendar.events) == 1


async def test_unreadable_mailboxes_say_why_and_the_others_are_read(sandbox, reached):
    missing, forbidden, throttled, broken = PEOPLE[:4]
    sandbox.faults.add(Fault(match=VIEW, user=missing, status=404, code="MailboxNotEnabledForRESTAPI"))
    sandbox.faults.add(Fault(match=VIEW, user=forbidden, status=403, code="ErrorAccessDenied"))
    sandbox.faults.add(Fault(match=VIEW, user=throttled, status=429, retry_after=2.5))
    sandbox.faults.add(Fault(match=VIEW, user=broken, body="garbage"))

    results = await reached.read([*PEOPLE, "stranger@proeve.example"])

    unreadable = {one.person: one.reason for one in results.values() if isinstance(one, Unreadable)}
    assert unreadable == {
        missing: UnreadableReason.NO_MAILBOX,
        forbidden: UnreadableReason.FORBIDDEN,
        throttled: UnreadableReason.THROTTLED,
        broken: UnreadableReason.MALFORMED,
        "stranger@proeve.example": UnreadableReason.NO_MAILBOX,
    }


async def test_throttled_mailboxes_are_read_after_the_wait_they_ask_for(sandbox, reached):
    sandbox.faults.add(Fault(match=VIEW, user=PEOPLE[1], status=429, retry_after=2.5, times=1))
    sandbox.faults.add(Fault(match=VIEW, user=PEOPLE[2], status=503, retry_after=7, times=1))

    results = await reached.read(PEOPLE)

    assert all(isinstance(result, Calendar) for result in results.values())
    assert reached.slept == [2.5, 4.5], "the one that may come first does not wait for the other"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(match="POST /v1.0/$batch", status=503),
        Fault(match="POST /v1.0/$batch", drop=True),
        Fault(match="POST /*/oauth2/v2.0/token", status=500),
        Fault(match="POST /*/oauth2/v2.0/token", drop=True),
    ],
    ids=["graph-503", "graph-hangs-up", "sign-in-500", "sign-in-hangs-up"],
)
async def test_a_service_that_stays_away_is_down(sandbox, reached, fault):
    sandbox.faults.add(fault)

    with pytest.raises(ServiceDown):
        await reached.read(PEOPLE)


async def test_a_passing_fault_of_graph_is_read_past(sandbox, reached):
    sandbox.faults.add(Fault(match="POST /v1.0/$batch", status=503, times=1))
    sandbox.faults.add(Fault(match="POST /v1.0/$batch", drop=True, times=1))
    sandbox.faults.add(Fault(match="POST /v1.0/$batch", body="truncated", times=1))

    results = await reached.read(PEOPLE)

    assert all(isinstance(result, Calendar) for result in results.values())


@pytest.mark.parametrize("name", ["CLIENT_SECRET", "CLIENT_ID", "TENANT_ID"])
async def test_wrong_credentials_are_a_wrong_configuration(sandbox, name):
    async with way_to(sandbox.settings(), **{name: "wrong"}) as reached:
        with pytest.raises(WrongConfiguration, match=f"HJEMMEDAG_{name}"):
            await reached.read(PEOPLE)


async def test_nothing_of_an_entrys_content_is_ever_asked_for(sandbox, reached):
    await reached.read(EVERYONE)

    views = [one for one in sandbox.requests if one.path.endswith("/calendarView")]
    assert views
    for view in views:
        assert view.inner
        assert not CONTENT & set(view.query["$select"].split(","))


async def test_people_are_found_in_the_directory(sandbox, reached):
    directory = GraphDirectory(reached.client, clock=reached.clock)

    found = await directory.find([PEOPLE[0].upper(), "stranger@proeve.example"])

    assert {name: user and user.id for name, user in found.items()} == {
        PEOPLE[0]: "00000000-0000-4000-8000-000000000000",
        "stranger@proeve.example": None,
    }
