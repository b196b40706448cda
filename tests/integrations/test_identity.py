"""Tokens through the real MSAL; its requests are answered by respx."""

import asyncio
import datetime
from collections.abc import Iterator
from urllib.parse import parse_qs

import httpx
import jwt
import pytest
import respx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from bot.errors import ServiceDown, WrongConfiguration
from integrations.http import tls_context
from integrations.identity import (
    ClientCertificate,
    ClientSecret,
    FederatedToken,
    ManagedIdentity,
    TokenSource,
)

AUTHORITY = "https://login.example"
TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "66666666-7777-8888-9999-000000000000"
SCOPE = "https://graph.example/.default"
SECRET = "a-very-secret-word"
TOKEN = {"token_type": "Bearer", "expires_in": 3600, "access_token": "the token"}
TLS = tls_context(None)
METADATA = "http://169.254.169.254/metadata/identity/oauth2/token"


class Service:
    """The sign-in service: its two addresses, and how long the caller slept between tries."""

    def __init__(self, router: respx.MockRouter) -> None:
        base = f"{AUTHORITY}/{TENANT}"
        self.slept: list[float] = []
        self.discovery = router.get(f"{base}/v2.0/.well-known/openid-configuration").respond(
            json={
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )
        self.tokens = router.post(f"{base}/oauth2/v2.0/token").respond(json=TOKEN)

    def source(self, credential, authority=AUTHORITY):
        return TokenSource(
            tenant_id=TENANT,
            client_id=CLIENT,
            authority=authority,
            credential=credential,
            tls=TLS,
            sleep=self.slept.append,
        )

    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.tokens.calls.last.request.content.decode())


@pytest.fixture
def router() -> Iterator[respx.MockRouter]:
    with respx.mock(assert_all_called=False) as router:
        yield router


@pytest.fixture
def service(router) -> Service:
    return Service(router)


async def token(source: TokenSource, scope: str = SCOPE) -> str:
    try:
        return await source.token(scope)
    finally:
        source.close()


async def test_a_secret_gets_a_token(service):
    assert await token(service.source(ClientSecret(SECRET))) == "the token"

    form = service.form()
    assert form["grant_type"] == ["client_credentials"]
    assert form["client_id"] == [CLIENT]
    assert form["client_secret"] == [SECRET]
    assert form["scope"] == [SCOPE]


async def test_nothing_is_asked_before_a_token_is_wanted(service):
    service.source(ClientSecret(SECRET)).close()

    assert not service.discovery.called


async def test_many_who_want_a_token_at_once_share_one(service):
    source = service.source(ClientSecret(SECRET))
    tokens = await asyncio.gather(*(source.token(SCOPE) for _ in range(8)))
    source.close()

    assert set(tokens) == {"the token"}
    assert service.discovery.call_count == service.tokens.call_count == 1


async def test_each_scope_has_a_token_of_its_own(service):
    source = service.source(ClientSecret(SECRET))
    await source.token(SCOPE)
    await source.token("https://api.botframework.com/.default")
    source.close()

    assert service.tokens.call_count == 2


async def test_a_login_host_unknown_to_microsoft_is_not_looked_up_there(service, router):
    lookup = router.get(url__startswith="https://login.microsoftonline.com/common/discovery").respond(500)

    await token(service.source(ClientSecret(SECRET)))

    assert not lookup.called


@pytest.mark.parametrize(
    ("code", "error", "setting"),
    [
        ("AADSTS7000215", "invalid_client", "HJEMMEDAG_CLIENT_SECRET"),
        ("AADSTS7000222", "invalid_client", "HJEMMEDAG_CLIENT_SECRET"),
        ("AADSTS700016", "unauthorized_client", "HJEMMEDAG_CLIENT_ID"),
        ("AADSTS90002", "invalid_request", "HJEMMEDAG_TENANT_ID"),
        ("AADSTS500011", "invalid_resource", "HJEMMEDAG_GRAPH_URL"),
        ("AADSTS123456789", "invalid_client", "HJEMMEDAG_CLIENT_ID"),
    ],
)
async def test_refused_credentials_are_a_wrong_configuration_that_names_setting_and_code(
    service, code, error, setting
):
    description = f"{code}: no good, you sent {SECRET}. Trace ID: 1"
    service.tokens.respond(401, json={"error": error, "error_description": description})

    with pytest.raises(WrongConfiguration) as caught:
        await token(service.source(ClientSecret(SECRET)))

    assert setting in str(caught.value)
    assert code in str(caught.value)
    assert SECRET not in str(caught.value)


async def test_a_refusal_without_a_code_still_says_what_to_look_at(service):
    service.tokens.respond(400, json={"error": "invalid_grant"})

    with pytest.raises(WrongConfiguration, match=r"HJEMMEDAG_TENANT_ID.*invalid_grant"):
        await token(service.source(ClientSecret(SECRET)))


@pytest.mark.parametrize("body", ["AADSTS90002: Tenant not found", "<html>no such page</html>"])
async def test_a_tenant_that_is_not_there_is_a_wrong_configuration(service, body):
    service.discovery.respond(400, text=body)

    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_TENANT_ID"):
        await token(service.source(ClientSecret(SECRET)))


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_passing_fault_of_the_service_is_asked_past(service, status):
    service.tokens.side_effect = [
        httpx.Response(status, headers={"Retry-After": "3"}),
        httpx.ConnectError("refused"),
        httpx.Response(200, json=TOKEN),
    ]

    assert await token(service.source(ClientSecret(SECRET))) == "the token"
    assert service.slept[0] == 3
    assert len(service.slept) == 2


@pytest.mark.parametrize("answer", [httpx.Response(503), httpx.Response(429), httpx.ConnectError("refused")])
@pytest.mark.parametrize("endpoint", ["discovery", "tokens"])
async def test_a_service_that_stays_away_is_down_after_a_few_tries(service, endpoint, answer):
    route = getattr(service, endpoint)
    route.side_effect = [answer] * 50

    with pytest.raises(ServiceDown, match=r"login\.example"):
        await token(service.source(ClientSecret(SECRET)))

    assert route.call_count == 4


async def test_a_service_that_asks_for_an_hour_is_down_at_once(service):
    service.tokens.respond(429, headers={"Retry-After": "3600"})

    with pytest.raises(ServiceDown, match="429"):
        await token(service.source(ClientSecret(SECRET)))

    assert service.slept == []


async def test_an_answer_that_is_no_json_is_a_service_out_of_order(service):
    service.tokens.respond(200, text="<html>please log in to the guest network</html>")

    with pytest.raises(ServiceDown, match="readable"):
        await token(service.source(ClientSecret(SECRET)))


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def certificate(key):
    return certificate_of(key)


def certificate_of(key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hjemmedag")])
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2036, 1, 1, tzinfo=datetime.UTC))
        .sign(key, hashes.SHA256())
    )


def pem(key, certificate, password=None) -> bytes:
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return certificate.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def pfx(key, certificate, password=None) -> bytes:
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"hjemmedag", key, certificate, None, lock)


@pytest.mark.parametrize("password", [None, "låst"])
@pytest.mark.parametrize("form", [pem, pfx])
async def test_a_certificate_signs_for_the_app_in_each_form(
    service, tmp_path, key, certificate, form, password
):
    file = tmp_path / "certificate"
    file.write_bytes(form(key, certificate, password))

    assert await token(service.source(ClientCertificate(file, password))) == "the token"

    claims = jwt.decode(
        service.form()["client_assertion"][0],
        key.public_key(),
        algorithms=["PS256"],
        audience=f"{AUTHORITY}/{TENANT}/oauth2/v2.0/token",
    )
    assert claims["iss"] == claims["sub"] == CLIENT


@pytest.mark.parametrize("fault", ["missing", "empty", "locked", "no key", "another's key", "elliptic"])
async def test_a_certificate_that_cannot_be_used_is_a_wrong_configuration(
    service, tmp_path, key, certificate, fault
):
    elliptic = ec.generate_private_key(ec.SECP256R1())
    contents = {
        "empty": b"",
        "locked": pem(key, certificate, "another password"),
        "no key": certificate.public_bytes(Encoding.PEM),
        "another's key": pem(key, certificate_of(elliptic)),
        "elliptic": pem(elliptic, certificate_of(elliptic)),
    }
    file = tmp_path / "certificate.pem"
    if fault in contents:
        file.write_bytes(contents[fault])

    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_CLIENT_CERTIFICATE_FILE"):
        await token(service.source(ClientCertificate(file, SECRET)))

    assert not service.tokens.called


async def test_a_federated_token_is_read_anew_at_each_use(service, tmp_path):
    file = tmp_path / "token"
    source = service.source(FederatedToken(file))
    file.write_text("first\n")
    await source.token(SCOPE)
    first = service.form()["client_assertion"]
    file.write_text("second\n")
    await source.token("https://api.botframework.com/.default")
    source.close()

    assert first == ["first"]
    assert service.form()["client_assertion"] == ["second"]


@pytest.mark.parametrize("content", [None, "", "\n"])
async def test_a_federated_token_that_is_not_there_is_a_wrong_configuration(service, tmp_path, content):
    file = tmp_path / "token"
    if content is not None:
        file.write_text(content)

    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_FEDERATED_TOKEN_FILE"):
        await token(service.source(FederatedToken(file)))


@pytest.mark.parametrize("client_id", [None, CLIENT])
async def test_a_managed_identity_asks_the_machine_it_runs_on(service, router, monkeypatch, client_id):
    monkeypatch.delenv("IDENTITY_ENDPOINT", raising=False)
    machine = router.get(METADATA).respond(json=TOKEN)

    assert await token(service.source(ManagedIdentity(client_id))) == "the token"

    asked = machine.calls.last.request.url.params
    assert asked["resource"] == "https://graph.example"
    assert asked.get("client_id") == client_id


async def test_a_managed_identity_that_is_refused_is_a_wrong_configuration(service, router, monkeypatch):
    monkeypatch.delenv("IDENTITY_ENDPOINT", raising=False)
    router.get(METADATA).respond(
        400, json={"error": "invalid_request", "error_description": "Identity not found"}
    )

    with pytest.raises(WrongConfiguration, match="invalid_request"):
        await token(service.source(ManagedIdentity()))


@pytest.mark.parametrize(
    "credential", [ClientSecret(SECRET), ClientCertificate("certificate.pfx", SECRET)], ids=["secret", "pfx"]
)
def test_a_credential_never_shows_its_secret(credential):
    assert SECRET not in repr(credential)
    assert SECRET not in str(credential)
