"""Signing in: what real MSAL gets, and what Entra turns down."""

import base64
import json

import msal
import pytest
import requests
import trustme

SCOPE_OF_BOT = "https://api.botframework.com/.default"


@pytest.fixture
def address(sandbox):
    return f"/{sandbox.settings()['HJEMMEDAG_TENANT_ID']}/oauth2/v2.0/token"


@pytest.fixture
def session(sandbox):
    with requests.Session() as session:
        session.trust_env = False
        session.verify = sandbox.settings()["HJEMMEDAG_CA_FILE"]
        yield session


@pytest.fixture
def sign_in(sandbox, session):
    settings = sandbox.settings()

    def sign_in(credential, scope):
        app = msal.ConfidentialClientApplication(
            settings["HJEMMEDAG_CLIENT_ID"],
            client_credential=credential,
            authority=f"{settings['HJEMMEDAG_AUTHORITY']}/{settings['HJEMMEDAG_TENANT_ID']}",
            instance_discovery=False,
            http_client=session,
        )
        return app.acquire_token_for_client([scope])

    return sign_in


def _assertion(**claims):
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "signature"])


def _code(answer):
    return answer.json()["error_description"].partition(":")[0]


def test_msal_signs_in_with_the_secret_and_graph_takes_the_token(sandbox, api, sign_in):
    secret = sandbox.settings()["HJEMMEDAG_CLIENT_SECRET"]
    answer = sign_in(secret, f"{sandbox.url}/.default")
    assert answer["expires_in"] == 3599
    assert api.graph("GET", "/users", token=answer["access_token"]).status_code == 200


def test_msal_signs_in_with_a_certificate(sandbox, sign_in):
    leaf = trustme.CA().issue_cert("app.example", key_type=trustme.KeyType.RSA)
    credential = {
        "private_key": leaf.private_key_pem.bytes().decode(),
        "public_certificate": leaf.cert_chain_pems[0].bytes().decode(),
    }
    assert "access_token" in sign_in(credential, f"{sandbox.url}/.default")


def test_msal_is_told_that_the_secret_is_wrong(sandbox, sign_in):
    answer = sign_in("not the secret", f"{sandbox.url}/.default")
    assert answer["error"] == "invalid_client"
    assert answer["error_description"].startswith("AADSTS7000215")


def test_an_unknown_tenant_is_turned_down_at_discovery_and_for_tokens(http, token_form):
    discovery = http.get("/other/v2.0/.well-known/openid-configuration")
    token = http.post("/other/oauth2/v2.0/token", data=token_form)
    assert (discovery.status_code, _code(discovery)) == (400, "AADSTS90002")
    assert (token.status_code, _code(token)) == (400, "AADSTS90002")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"client_id": "other"}, 400, "AADSTS700016"),
        ({"client_secret": "wrong"}, 401, "AADSTS7000215"),
        ({"client_secret": ""}, 401, "AADSTS7000216"),
        ({"grant_type": "password"}, 400, "AADSTS70003"),
        ({"scope": "https://graph.microsoft.com/User.Read.All"}, 400, "AADSTS1002012"),
        ({"scope": f"a/.default {SCOPE_OF_BOT}"}, 400, "AADSTS1002012"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_code(http, address, token_form, change, status, code):
    answer = http.post(address, data={key: value for key, value in (token_form | change).items() if value})
    assert (answer.status_code, _code(answer)) == (status, code)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"iss": "other"}, "AADSTS700021"),
        ({"sub": "other"}, "AADSTS700021"),
        ({"aud": "https://elsewhere.example"}, "AADSTS700023"),
        (None, "AADSTS50027"),
    ],
)
def test_an_assertion_that_does_not_fit_is_refused(sandbox, http, address, token_form, claims, code):
    right = {"iss": token_form["client_id"], "sub": token_form["client_id"], "aud": sandbox.url + address}
    form = token_form | {
        "client_assertion": "nonsense" if claims is None else _assertion(**(right | claims)),
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }
    answer = http.post(address, data=form)
    assert (answer.status_code, _code(answer)) == (401, code)


def test_tokens_are_fetched_by_post_alone(http, address):
    assert http.get(address).status_code == 405


def test_a_token_is_good_for_its_audience_alone(api):
    graph = api.graph("GET", "/users", token=api.bot_token)
    bot = api.bot("POST", "", {}, token=api.graph_token)
    assert (graph.status_code, graph.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")
    assert bot.status_code == 401


def test_no_token_and_an_unknown_one_are_refused(http, api):
    assert http.get("/v1.0/users").status_code == 401
    assert http.post("/v1.0/$batch", json={}).status_code == 401
    assert api.graph("GET", "/users", token="made up").status_code == 401
    assert api.bot("POST", "", {}, token="made up").status_code == 401
