"""When the certificate that the program signs in with expires."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificate

from bot.errors import WrongConfiguration
from integrations.identity.credentials import ClientCertificate, for_msal


def expires_on(file: Path, password: str | None) -> date | None:
    """Return the date (UTC) on which the certificate of a PEM or PFX file expires.

    None where it can't be read, which whoever signs in with it will say more about.
    """
    try:
        credential = for_msal(ClientCertificate(file, password))
    except WrongConfiguration:
        return None
    match credential:
        case {"public_certificate": str(pem)}:
            return load_pem_x509_certificate(pem.encode()).not_valid_after_utc.date()
    return None
