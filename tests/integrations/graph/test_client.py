import httpx
import pytest

from bot.errors import ServiceDown, WrongConfiguration
from integrations.graph.client import GraphClient, _GraphTokens

USERS = "https://graph.example/v1.0/users"


async def test_a_request_carries_the_token_and_comes_back_whole(client, router):
    route = router.get(f"{USERS}/anna@proeve.example?$select=id").respond(
        200, json={"id": "1"}, headers={"ETag": "W/1"}
    )

    response = await client.request("GET", "/users/anna@proeve.example?$select=id")

    assert response.status == 200
    assert response.body == b'{"id":"1"}'
    assert response.headers["etag"] == "W/1"
    assert route.calls.last.request.headers["Authorization"] == "Bearer the token"


async def test_a_body_is_sent_as_json_with_the_headers_asked_for(client, router):
    route = router.post(f"{USERS}/1/sendMail").respond(202)

    response = await client.request(
        "POST", "/users/1/sendMail", body={"subject": "Påmindelse"}, headers={"Prefer": "x"}
    )

    request = route.calls.last.request
    assert response.status == 202
    assert request.content == '{"subject":"Påmindelse"}'.encode()
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Prefer"] == "x"


@pytest.mark.parametrize("status", [400, 403, 404, 409])
async def test_a_refusal_is_returned_for_the_caller_to_judge(client, graph, router, status):
    route = router.get(USERS).respond(status, json={"error": {"code": "Some"}})

    response = await client.request("GET", "/users")

    assert (response.status, response.body) == (status, b'{"error":{"code":"Some"}}')
    assert route.call_count == 1


async def test_a_refused_token_is_a_wrong_configuration(client, router):
    router.get(USERS).respond(401)

    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_GRAPH_URL"):
        await client.request("GET", "/users")


@pytest.mark.parametrize("fault", [httpx.Response(502), httpx.Response(500), httpx.ReadTimeout("late")])
async def test_a_read_is_repeated_past_a_fault_that_passes(client, graph, router, fault):
    route = router.get(USERS)
    route.side_effect = [fault, httpx.Response(429, headers={"Retry-After": "2.5"}), httpx.Response(200)]

    response = await client.request("GET", "/users")

    assert response.status == 200
    assert graph.slept[1] == 2.5


@pytest.mark.parametrize("fault", [httpx.Response(503), httpx.ConnectError("refused")])
async def test_a_read_that_never_gets_through_is_a_service_down(client, router, fault):
    route = router.get(USERS)
    route.side_effect = [fault] * 50

    with pytest.raises(ServiceDown, match=r"graph\.example"):
        await client.request("GET", "/users")

    assert route.call_count == 4


async def test_a_wait_beyond_patience_is_not_begun(client, graph, router):
    router.get(USERS).respond(429, headers={"Retry-After": "121"})

    assert (await client.request("GET", "/users")).status == 429
    assert graph.slept == []


@pytest.mark.parametrize("status", [429, 503, 504])
async def test_a_post_is_sent_once_unless_it_may_be_repeated(client, router, status):
    route = router.post(USERS).respond(status)

    response = await client.request("POST", "/users", body={})

    assert response.status == status
    assert route.call_count == 1


async def test_a_post_lost_on_the_way_shows_the_caller_how(client, router):
    route = router.post(USERS).mock(side_effect=httpx.ReadTimeout("late"))

    with pytest.raises(httpx.ReadTimeout):
        await client.request("POST", "/users", body={})

    assert route.call_count == 1


async def test_a_post_that_may_be_repeated_is(client, router):
    route = router.post(USERS)
    route.side_effect = [httpx.Response(503), httpx.Response(201)]

    assert (await client.request("POST", "/users", body={}, retry=True)).status == 201


async def test_a_redirect_is_not_followed(client, router):
    elsewhere = router.get("https://foreign.example/").respond(200)
    router.get(USERS).respond(302, headers={"Location": "https://foreign.example/"})

    assert (await client.request("GET", "/users")).status == 302
    assert not elsewhere.called


def test_a_link_of_graph_s_own_becomes_a_path(client):
    link = "https://GRAPH.example:443/v1.0/users/a%23b/calendarView?$skip=10&$top=10"

    assert client.relative(link) == "/users/a%23b/calendarView?$skip=10&$top=10"


@pytest.mark.parametrize(
    "link",
    [
        "https://foreign.example/v1.0/users",
        "https://graph.example.foreign.example/v1.0/users",
        "https://graph.example@foreign.example/v1.0/users",
        "https://graph.example:8443/v1.0/users",
        "http://graph.example/v1.0/users",
        "https://graph.example/beta/users",
        "/v1.0/users",
        "https://[",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_is_refused(client, link):
    with pytest.raises(ValueError):  # noqa: PT011 (urllib has its own words for a broken one)
        client.relative(link)


async def test_no_token_is_handed_out_for_another_address():
    provider = _GraphTokens(tokens=None, graph_url="https://graph.example")

    with pytest.raises(ValueError, match="no token"):
        await provider.get_authorization_token("https://foreign.example/v1.0/users")


def test_a_graph_without_tls_is_refused():
    with pytest.raises(WrongConfiguration, match="https"):
        GraphClient(graph_url="http://graph.example", tokens=None, http=None)
