"""$batch: what is refused as a whole, and how the items are answered."""

import pytest

WINDOW = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z"


def _get(number, url="/users/id-of-anna"):
    return {"id": str(number), "method": "GET", "url": url}


def test_twenty_requests_are_answered_in_another_order(api):
    answers = api.batch(*(_get(number) for number in range(20))).json()["responses"]
    ids = [answer["id"] for answer in answers]
    assert sorted(ids, key=int) == [str(number) for number in range(20)]
    assert ids != sorted(ids, key=int)


def test_twenty_one_requests_are_too_many(api):
    answer = api.batch(*(_get(number) for number in range(21)))
    assert answer.status_code == 400
    assert "maximum value of 20" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "items",
    [
        [],
        ["GET /users"],
        [_get(1), _get(1)],
        [{"method": "GET", "url": "/users"}],
        [{"id": "1", "url": "/users"}],
        [{"id": 1, "method": "GET", "url": "/users"}],
        [_get(1, "https://graph.microsoft.com/v1.0/users")],
        [_get(1, "/$batch")],
        [_get(1) | {"headers": {"Prefer": 1}}],
        [{"id": "1", "method": "POST", "url": "/users/id-of-anna/sendMail", "body": {}}],
    ],
)
def test_a_malformed_batch_is_refused_as_a_whole(api, items):
    assert api.batch(*items).status_code == 400


def test_a_batch_is_posted(api):
    assert api.get("/$batch").status_code == 405


def test_items_that_depend_on_each_other_are_not_served(api):
    assert api.batch(_get(1), _get(2) | {"dependsOn": ["1"]}).status_code == 501


def test_each_item_has_its_own_status_headers_and_body(api, sandbox):
    calendar = f"/users/id-of-anna/calendarView?{WINDOW}"
    mail = {
        "id": "mail",
        "method": "POST",
        "url": "/users/id-of-anna/sendMail",
        "headers": {"Content-Type": "application/json"},
        "body": {"message": {"toRecipients": [{"emailAddress": {"address": "bo@proeve.example"}}]}},
    }
    answer = api.batch(_get("calendar", calendar), _get("nobody", "users/nobody"), mail)
    assert answer.status_code == 200
    by_id = {item["id"]: item for item in answer.json()["responses"]}
    assert (by_id["calendar"]["status"], by_id["calendar"]["body"]["value"]) == (200, [])
    assert by_id["calendar"]["headers"]["Content-Type"].startswith("application/json")
    assert (by_id["nobody"]["status"], by_id["nobody"]["body"]["error"]["code"]) == (
        404,
        "Request_ResourceNotFound",
    )
    assert by_id["mail"]["status"] == 202
    assert "body" not in by_id["mail"]
    assert len(sandbox.mails) == 1


def test_items_bring_their_own_headers_and_get_absolute_next_links(api, sandbox, make_event):
    event = make_event("2026-03-05T08:00", "2026-03-05T16:00")
    sandbox.tenant.set_events("anna@proeve.example", [event, event])
    item = _get(1, f"/users/id-of-anna/calendarView?{WINDOW}&$top=1")
    item["headers"] = {"Prefer": 'outlook.timezone="Romance Standard Time"'}
    (answer,) = api.batch(item).json()["responses"]
    assert answer["body"]["value"][0]["start"]["timeZone"] == "Romance Standard Time"
    assert answer["body"]["@odata.nextLink"].startswith(f"{sandbox.url}/v1.0/users/id-of-anna/calendarView?")


def test_twenty_reads_of_one_mailbox_in_a_batch_stay_within_its_limit(api):
    items = (_get(number, f"/users/id-of-anna/calendarView?{WINDOW}") for number in range(20))
    assert {item["status"] for item in api.batch(*items).json()["responses"]} == {200}
