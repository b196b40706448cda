"""Faults as a client meets them: on sign-in, Graph, the items of a batch and the Bot Connector."""

import ssl

import httpx
import pytest

from integrations.sandbox import Fault, Sandbox, Tenant

ANNA, BO = "anna@proeve.example", "bo@proeve.example"
VIEW = "calendarView?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z"


def _view(user):
    return {"id": user, "method": "GET", "url": f"/users/{user}/{VIEW}"}


def _statuses(answer):
    return {item["id"]: item["status"] for item in answer.json()["responses"]}


def test_a_throttled_mailbox_says_when_to_come_back_and_then_recovers(api, sandbox):
    sandbox.faults.add(
        Fault(match=f"GET /v1.0/users/{ANNA}/calendarView", status=429, retry_after=2.128, times=1)
    )
    first, second = api.get(f"/users/{ANNA}/{VIEW}"), api.get(f"/users/{ANNA}/{VIEW}")
    assert (first.status_code, first.headers["Retry-After"]) == (429, "2.128")
    assert first.json()["error"]["code"] == "TooManyRequests"
    assert second.status_code == 200


def test_items_of_a_batch_fail_one_by_one(api, sandbox):
    sandbox.faults.add(Fault(match=f"GET /v1.0/users/{ANNA}/calendarView", status=429, retry_after=2))
    answer = api.batch(_view("id-of-anna"), _view(BO))
    assert _statuses(answer) == {"id-of-anna": 429, BO: 200}
    headers = {item["id"]: item["headers"] for item in answer.json()["responses"]}
    assert headers["id-of-anna"]["Retry-After"] == "2"


@pytest.mark.parametrize(("item", "inside", "outside"), [(True, 503, 200), (False, 200, 503)])
def test_a_fault_may_be_meant_for_items_alone_or_for_none(api, sandbox, item, inside, outside):
    sandbox.faults.add(Fault(match="GET /v1.0/users/*/calendarView", status=503, item=item))
    assert _statuses(api.batch(_view(ANNA))) == {ANNA: inside}
    assert api.get(f"/users/{ANNA}/{VIEW}").status_code == outside


def test_a_whole_batch_fails(api, sandbox):
    sandbox.faults.add(Fault(match="POST /v1.0/$batch", status=502, times=1))
    assert api.batch(_view(ANNA)).status_code == 502
    assert api.batch(_view(ANNA)).status_code == 200


def test_a_mailbox_is_forbidden(api, sandbox):
    sandbox.faults.add(Fault(match="GET /v1.0/users/*/calendarView", user=BO, status=403))
    answer = api.get(f"/users/id-of-bo/{VIEW}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ErrorAccessDenied")
    assert api.get(f"/users/id-of-anna/{VIEW}").status_code == 200


def test_code_and_message_can_be_chosen(api, sandbox):
    sandbox.faults.add(
        Fault(match="* /v1.0/users", status=404, code="MailboxNotEnabledForRESTAPI", message="No mailbox.")
    )
    error = api.get("/users/id-of-anna").json()["error"]
    assert (error["code"], error["message"]) == ("MailboxNotEnabledForRESTAPI", "No mailbox.")


def test_faults_that_fit_one_request_come_one_after_the_other(api, sandbox):
    sandbox.faults.add(Fault(match="GET /v1.0/users", status=500, times=1))
    sandbox.faults.add(Fault(match="GET /v1.0/users", status=503, times=1))
    assert [api.get("/users").status_code for _ in range(3)] == [500, 503, 200]


def test_a_path_matches_whole_segments_only(api, sandbox):
    sandbox.faults.add(Fault(match="GET /v1.0/users/id-of-an", status=500))
    assert api.get("/users/id-of-anna").status_code == 200


def test_an_answer_may_be_a_web_page(api, sandbox):
    sandbox.faults.add(Fault(match="GET /v1.0/users", status=503, body="html"))
    answer = api.get("/users")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")


@pytest.mark.parametrize("body", ["garbage", "truncated"])
def test_an_answer_may_be_no_json_though_it_says_so(api, sandbox, body):
    sandbox.faults.add(Fault(match="GET /v1.0/users", body=body))
    answer = api.get("/users")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        answer.json()


def test_a_malformed_item_comes_as_text(api, sandbox):
    sandbox.faults.add(Fault(match="GET /v1.0/users/*/calendarView", user=ANNA, body="garbage"))
    bodies = {item["id"]: item["body"] for item in api.batch(_view(ANNA), _view(BO)).json()["responses"]}
    assert isinstance(bodies[ANNA], str)
    assert bodies[BO]["value"] == []


def test_paging_goes_on_over_an_empty_page(api, sandbox, make_event):
    event = make_event("2026-03-05T08:00", "2026-03-05T16:00")
    sandbox.tenant.set_events(ANNA, [event] * 3)
    sandbox.faults.add(Fault(match=f"GET /v1.0/users/{ANNA}/calendarView", body="empty-page", times=1))
    link, sizes = f"/users/{ANNA}/{VIEW}&$top=2", []
    while link:
        page = api.get(link).json()
        sizes.append(len(page["value"]))
        link = page.get("@odata.nextLink", "").removeprefix(f"{sandbox.url}/v1.0")
    assert sizes == [0, 2, 1]


def test_a_connection_is_dropped_without_an_answer(api, sandbox):
    sandbox.faults.add(Fault(match="GET /v1.0/users", drop=True, times=1))
    with pytest.raises(httpx.TransportError):
        api.get("/users")
    assert [request.status for request in sandbox.requests] == [None]
    assert api.get("/users").status_code == 200


def test_an_item_that_is_dropped_is_a_gateway_timeout(api, sandbox):
    sandbox.faults.add(Fault(match="GET /v1.0/users/*/calendarView", user=ANNA, drop=True))
    assert _statuses(api.batch(_view(ANNA), _view(BO))) == {ANNA: 504, BO: 200}


def test_a_delay_outlasts_the_patience_of_the_client_and_not_the_stop(tenant_data):
    slow = Fault(match="GET /v1.0/users", delay=3600)
    with Sandbox(Tenant.from_data(tenant_data), [slow]) as sandbox:
        trust = ssl.create_default_context(cafile=sandbox.settings()["HJEMMEDAG_CA_FILE"])
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{sandbox.url}/v1.0/users", verify=trust, timeout=httpx.Timeout(None, read=0.1))
    assert sandbox.requests == []


def test_sign_in_may_be_down(http, sandbox, token_form):
    sandbox.faults.add(Fault(match="POST /*/oauth2/v2.0/token", status=503, times=1))
    answer = http.post(f"/{sandbox.settings()['HJEMMEDAG_TENANT_ID']}/oauth2/v2.0/token", data=token_form)
    assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")


def test_mail_may_take_effect_though_the_answer_is_lost(api, sandbox):
    sandbox.faults.add(Fault(match="POST /v1.0/users/*/sendMail", status=504, after=True, times=1))
    message = {"toRecipients": [{"emailAddress": {"address": BO}}]}
    assert api.graph("POST", f"/users/{ANNA}/sendMail", json={"message": message}).status_code == 504
    assert len(sandbox.mails) == 1


def test_one_person_may_have_blocked_the_bot(api, sandbox):
    sandbox.faults.add(Fault(match="POST /teams/v3/conversations", user=ANNA, status=403))
    anna = api.bot("POST", "", {"members": [{"id": "id-of-anna"}]})
    bo = api.bot("POST", "", {"members": [{"id": "id-of-bo"}]})
    assert anna.json()["errorCode"] == 209
    assert "MessageWritesBlocked" in anna.json()["message"]
    assert "errorCode" not in bo.json()


def test_the_connector_may_throttle_everyone(api, sandbox):
    sandbox.faults.add(Fault(match="* /teams", status=429, retry_after=1))
    answer = api.bot("POST", "/any/activities", {})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert answer.json()["error"]["code"] == "TooManyRequests"
