import ssl

import httpx
import pytest
import respx
import trustme

from bot.errors import WrongConfiguration
from integrations.http import RequestCount, new_client, tls_context


def test_extra_certificates_are_trusted_beside_those_of_the_system(tmp_path):
    ca_file = tmp_path / "ca.pem"
    authority = trustme.CA(organization_name="Proeve")
    authority.cert_pem.write_to_path(str(ca_file))

    trusted = {str(one["subject"]) for one in tls_context(ca_file).get_ca_certs()}

    assert any("Proeve" in subject for subject in trusted)
    assert {str(one["subject"]) for one in tls_context(None).get_ca_certs()} <= trusted


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_certificates_is_a_wrong_configuration_that_names_the_setting(tmp_path, content):
    ca_file = tmp_path / "ca.pem"
    if content is not None:
        ca_file.write_bytes(content)

    with pytest.raises(WrongConfiguration, match="HJEMMEDAG_CA_FILE") as caught:
        tls_context(ca_file)

    assert str(ca_file) in caught.value.faults[0]


def test_certificates_and_host_names_are_checked():
    context = tls_context(None)

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@respx.mock
async def test_every_request_that_leaves_is_counted_also_one_that_fails():
    count = RequestCount()
    route = respx.get("https://graph.example/v1.0/users")
    async with new_client(tls_context(None), count) as client:
        route.respond(503)
        await client.get("https://graph.example/v1.0/users")
        route.mock(side_effect=httpx.ConnectError)
        with pytest.raises(httpx.ConnectError):
            await client.get("https://graph.example/v1.0/users")

    assert count.total == 2


@respx.mock
async def test_the_program_names_itself_and_follows_no_redirect():
    route = respx.get("https://graph.example/").respond(302, headers={"Location": "https://foreign.example/"})
    async with new_client(tls_context(None)) as client:
        response = await client.get("https://graph.example/")

    assert response.status_code == 302
    assert route.calls.last.request.headers["User-Agent"].startswith("hjemmedag/")


async def test_no_wait_is_without_a_bound():
    async with new_client(tls_context(None), timeout=5) as client:
        assert client.timeout == httpx.Timeout(5)
