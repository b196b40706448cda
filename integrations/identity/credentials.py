"""The ways to prove who we are, each also in the form MSAL takes. A file is read when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from bot.errors import WrongConfiguration

HEADING = "The program's credentials cannot be used."


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """A secret of the app registration."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """A certificate of the app registration with its RSA key, in one PEM or PFX file."""

    file: Path
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ManagedIdentity:
    """The identity Azure gives the machine; ``client_id`` names a user-assigned one."""

    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class FederatedToken:
    """A token of another identity provider, in a file that is renewed from outside, as Kubernetes does."""

    file: Path


Credential = ClientSecret | ClientCertificate | ManagedIdentity | FederatedToken


def for_msal(
    credential: ClientSecret | ClientCertificate | FederatedToken,
) -> str | dict[str, str] | dict[str, Callable[[], str]]:
    """Return what MSAL's ``client_credential`` takes.

    Raises: ``WrongConfiguration`` when a file cannot be read or used.
    """
    match credential:
        case ClientSecret(secret):
            return secret
        case FederatedToken(file):
            return {"client_assertion": lambda: _federated(file)}
        case ClientCertificate(file, password):
            return _certificate(file, password)


def _federated(file: Path) -> str:
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable("HJEMMEDAG_FEDERATED_TOKEN_FILE", file, "cannot be read; check the mount") from error
    if not token:
        raise _unusable("HJEMMEDAG_FEDERATED_TOKEN_FILE", file, "is empty; check what renews it")
    return token


def _certificate(file: Path, password: str | None) -> dict[str, str]:
    name = "HJEMMEDAG_CLIENT_CERTIFICATE_FILE"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unusable(name, file, "cannot be read; check the path and who may read it") from error
    try:
        key, certificates = _load(data, password.encode() if password else None)
        own = next(one for one in certificates if one.public_key() == key.public_key())
    except (ValueError, TypeError, StopIteration) as error:
        wanted = "must hold an RSA key and its certificate (PEM or PFX), opened by the password given"
        raise _unusable(name, file, wanted) from error
    return {
        "private_key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "public_certificate": own.public_bytes(Encoding.PEM).decode(),
    }


def _load(data: bytes, password: bytes | None) -> tuple[RSAPrivateKey, Iterable[x509.Certificate]]:
    """Read key and certificates, whichever order they stand in.

    Raises: ``ValueError`` or ``TypeError`` when the data, the password or the kind of key is wrong.
    """
    key: object
    if b"-----BEGIN" in data:
        key, certificates = load_pem_private_key(data, password), x509.load_pem_x509_certificates(data)
    else:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, password)
        certificates = [certificate] if certificate else []
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA key, the only kind Entra takes")
    return key, certificates


def _unusable(setting: str, file: Path, what: str) -> WrongConfiguration:
    return WrongConfiguration(HEADING, [f"{setting}: {file} {what}."])
