"""The date on which a certificate expires, from each form that the program signs in with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from integrations.certificates import expires_on

PASSWORD = "hemmelig"


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: RSAPrivateKey, end: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hjemmedag")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )


ENDS = datetime(2026, 9, 2, 23, 30, tzinfo=UTC)


def lock(password: str | None) -> KeySerializationEncryption:
    return BestAvailableEncryption(password.encode()) if password else NoEncryption()


def pem(key: RSAPrivateKey, *certificates: x509.Certificate, password: str | None = None) -> bytes:
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock(password))
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates) + own


def pfx(key: RSAPrivateKey, own: x509.Certificate, password: str | None = None) -> bytes:
    return pkcs12.serialize_key_and_certificates(b"hjemmedag", key, own, None, lock(password))


def written(folder: Path, content: bytes) -> Path:
    file = folder / "credential"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("password", [None, PASSWORD])
@pytest.mark.parametrize("form", [pem, pfx])
def test_the_date_is_read_from_each_form_with_and_without_a_password(form, password, key, tmp_path) -> None:
    file = written(tmp_path, form(key, certificate(key, ENDS), password=password))
    assert expires_on(file, password) == date(2026, 9, 2)


def test_of_a_chain_it_is_the_date_of_ones_own(key, tmp_path) -> None:
    authority = generate_private_key(public_exponent=65537, key_size=2048)
    above = certificate(authority, datetime(2025, 1, 1, tzinfo=UTC))
    file = written(tmp_path, pem(key, above, certificate(key, ENDS)))
    assert expires_on(file, None) == date(2026, 9, 2)


@pytest.mark.parametrize("content", [b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nx\n"])
def test_what_is_no_certificate_has_no_date(content, tmp_path) -> None:
    assert expires_on(written(tmp_path, content), None) is None


@pytest.mark.parametrize("form", [pem, pfx])
def test_a_file_that_the_password_does_not_open_has_no_date(form, key, tmp_path) -> None:
    file = written(tmp_path, form(key, certificate(key, ENDS), password=PASSWORD))
    assert expires_on(file, "forkert") is None


def test_a_file_that_is_not_there_has_no_date(tmp_path) -> None:
    assert expires_on(tmp_path / "absent.pem", None) is None
