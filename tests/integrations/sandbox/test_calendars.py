"""calendarView and the work plan: window, selection, paging, zones and limits."""

import asyncio
import ssl
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from integrations.sandbox import Sandbox, Tenant

ANNA = "anna@proeve.example"
MARCH = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z"
VIEW = f"/users/{ANNA}/calendarView?{MARCH}"


@pytest.fixture
def anna(sandbox, make_event):
    """Put one timed and one whole-day event in Anna's calendar."""
    sandbox.tenant.set_events(
        ANNA,
        [
            make_event("2026-03-05T08:00", "2026-03-05T16:00", subject="Kontor"),
            make_event("2026-03-10T00:00", "2026-03-11T00:00", subject="Hjemme", isAllDay=True),
        ],
    )
    return sandbox.tenant


def _subjects(answer):
    assert answer.status_code == 200, answer.text
    return [event["subject"] for event in answer.json()["value"]]


@pytest.mark.parametrize("path", ["calendarView", "calendar/calendarView", "calendarview"])
@pytest.mark.parametrize("user", ["ANNA@proeve.example", "id-of-anna"])
def test_the_events_of_the_window_are_given(api, anna, path, user):
    assert _subjects(api.get(f"/users/{user}/{path}?{MARCH}")) == ["Kontor", "Hjemme"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?startDateTime=2026-03-01",
        "?endDateTime=2026-03-01",
        "?startDateTime=soon&endDateTime=2026-03-01",
        "?startDateTime=2026-03-02&endDateTime=2026-03-01",
        # an offset whose plus sign was not encoded
        "?startDateTime=2026-03-01T00:00:00+01:00&endDateTime=2026-04-01",
    ],
)
def test_a_window_that_is_missing_or_unreadable_is_refused(api, query):
    answer = api.get(f"/users/{ANNA}/calendarView{query}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "ErrorInvalidParameter")


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-03-05T14:59:00Z", "2026-03-05T20:00:00Z", ["Kontor"]),
        ("2026-03-05T15:00:00Z", "2026-03-05T20:00:00Z", []),
        ("2026-03-05T00:00:00Z", "2026-03-05T07:00:00Z", []),
        ("2026-03-05T00:00:00", "2026-03-05T07:01:00", ["Kontor"]),
        ("2026-03-05T00:00:00%2B01:00", "2026-03-05T08:00:00%2B01:00", []),
        ("2026-03-05T00:00:00%2B01:00", "2026-03-05T08:01:00%2B01:00", ["Kontor"]),
    ],
)
def test_the_window_counts_in_instants_and_in_utc_without_offset(api, anna, start, end, found):
    answer = api.get(f"/users/{ANNA}/calendarView?startDateTime={start}&endDateTime={end}")
    assert _subjects(answer) == found


def test_a_whole_day_is_cut_by_its_stored_instants(api, anna):
    # 10 March begins at 23:00 UTC on the 9th in Copenhagen.
    window = "startDateTime=2026-03-09T00:00:00Z&endDateTime=2026-03-09T23:30:00Z"
    assert _subjects(api.get(f"/users/{ANNA}/calendarView?{window}")) == ["Hjemme"]


def test_times_are_utc_unless_another_zone_is_preferred(api, anna):
    timed = api.get(VIEW).json()["value"][0]["start"]
    preferred = api.get(VIEW, Prefer='outlook.timezone="Tokyo Standard Time", IdType="ImmutableId"')
    assert timed == {"dateTime": "2026-03-05T07:00:00.0000000", "timeZone": "UTC"}
    assert preferred.json()["value"][0]["start"] == {
        "dateTime": "2026-03-05T16:00:00.0000000",
        "timeZone": "Tokyo Standard Time",
    }


@pytest.mark.parametrize("zone", ["UTC", "Tokyo Standard Time", "Europe/Paris"])
def test_a_whole_day_is_midnight_to_midnight_in_any_zone(api, anna, zone):
    event = api.get(VIEW, Prefer=f'outlook.timezone="{zone}"').json()["value"][1]
    assert event["start"] == {"dateTime": "2026-03-10T00:00:00.0000000", "timeZone": zone}
    assert event["end"] == {"dateTime": "2026-03-11T00:00:00.0000000", "timeZone": zone}


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "Dansk tid", ""])
def test_a_zone_that_graph_does_not_know_is_refused(api, anna, zone):
    assert api.get(VIEW, Prefer=f'outlook.timezone="{zone}"').status_code == 400


def test_select_is_honoured(api, anna):
    event = api.get(f"{VIEW}&$select=subject,start").json()["value"][0]
    assert set(event) == {"id", "subject", "start"}


def test_each_caller_gets_the_same_events_in_the_zone_and_with_the_properties_asked_for(api, anna):
    tokyo = {"Prefer": 'outlook.timezone="Tokyo Standard Time"'}
    wishes = [("subject,start", {}), ("subject,start", tokyo), ("start", tokyo), ("subject,start", {})]
    shown = [api.get(f"{VIEW}&$select={names}", **prefer).json()["value"][0] for names, prefer in wishes]
    hours = [event["start"]["dateTime"][11:13] for event in shown]
    assert hours == ["07", "16", "16", "07"]
    assert ["subject" in event for event in shown] == [True, True, False, True]
    assert set(api.get(VIEW).json()["value"][0]) > {"showAs", "categories", "location"}


@pytest.mark.parametrize("name", ["createdDateTime", "lastModifiedDateTime", "mood"])
def test_what_cannot_be_selected_is_refused(api, anna, name):
    assert api.get(f"{VIEW}&$select=subject,{name}").status_code == 400


@pytest.mark.parametrize("option", ["$top=0", "$top=1001", "$top=many", "$skip=-1", "$skip=3"])
def test_a_page_size_or_place_out_of_range_is_refused(api, anna, option):
    assert api.get(f"{VIEW}&{option}").status_code == 400


def test_ten_events_a_page_unless_told_otherwise(api, sandbox, make_event):
    event = make_event("2026-03-05T08:00", "2026-03-05T16:00")
    sandbox.tenant.set_events(ANNA, [event] * 12)
    assert len(api.get(VIEW).json()["value"]) == 10
    assert len(api.get(f"{VIEW}&$top=1000").json()["value"]) == 12


def test_a_next_link_is_absolute_keeps_the_query_and_leads_to_all_events(api, sandbox, http, make_event):
    event = make_event("2026-03-05T08:00", "2026-03-05T16:00")
    sandbox.tenant.set_events(ANNA, [event | {"subject": str(number)} for number in range(5)])
    link, seen = f"{sandbox.url}/v1.0{VIEW}&%24top=2&%24select=subject", []
    while link:
        page = http.get(link, headers={"Authorization": f"Bearer {api.graph_token}"}).json()
        seen += page["value"]
        link = page.get("@odata.nextLink")
        assert link is None or link.startswith(f"{sandbox.url}/v1.0/users/{ANNA}/calendarView?")
        assert link is None or parse_qs(urlsplit(link).query)["$select"] == ["subject"]
    assert [event["subject"] for event in seen] == ["0", "1", "2", "3", "4"]
    assert all(set(event) == {"id", "subject"} for event in seen)


def test_someone_without_a_mailbox_has_no_calendar(api):
    answer = api.get(f"/users/eva@proeve.example/calendarView?{MARCH}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "MailboxNotEnabledForRESTAPI")


def test_nobody_has_no_calendar(api):
    answer = api.get(f"/users/nobody@proeve.example/calendarView?{MARCH}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "Request_ResourceNotFound")


def test_the_work_plan_is_given_for_a_window(api):
    plan = f"/users/{ANNA}/settings/workHoursAndLocations/occurrencesView"
    march = "(startDateTime='2026-03-01T00:00:00Z',endDateTime='2026-04-01T00:00:00Z')"
    april = "(startDateTime='2026-04-01T00:00:00Z',endDateTime='2026-05-01T00:00:00Z')"
    found = api.get(f"{plan}{march}").json()["value"]
    assert [(entry["id"], entry["workLocationType"]) for entry in found] == [("w0", "remote")]
    assert api.get(f"{plan}{april}").json()["value"] == []
    assert api.get(f"{plan}{march}?$select=subject").status_code == 400


async def test_a_fifth_request_at_once_to_one_mailbox_is_turned_away(tenant_data):
    # The four that are let in stay at work for as long as the test lasts.
    with Sandbox(Tenant.from_data(tenant_data), latency=3600) as sandbox:
        settings = sandbox.settings()
        trust = ssl.create_default_context(cafile=settings["HJEMMEDAG_CA_FILE"])
        async with httpx.AsyncClient(base_url=sandbox.url, verify=trust, timeout=None) as http:
            token = await http.post(
                f"/{settings['HJEMMEDAG_TENANT_ID']}/oauth2/v2.0/token",
                data={
                    "grant_type": "client_credentials",
                    "client_id": settings["HJEMMEDAG_CLIENT_ID"],
                    "client_secret": settings["HJEMMEDAG_CLIENT_SECRET"],
                    "scope": f"{sandbox.url}/.default",
                },
            )
            headers = {"Authorization": f"Bearer {token.json()['access_token']}"}
            calls = [asyncio.create_task(http.get(f"/v1.0{VIEW}", headers=headers)) for _ in range(5)]
            done, waiting = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
            for call in waiting:
                call.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
    (refused,) = done
    assert refused.result().status_code == 429
    assert "MailboxConcurrency" in refused.result().json()["error"]["message"]
