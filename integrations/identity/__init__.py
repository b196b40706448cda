"""How the program proves who it is to Microsoft, and the tokens it gets for that."""

from integrations.identity.credentials import (
    ClientCertificate,
    ClientSecret,
    Credential,
    FederatedToken,
    ManagedIdentity,
)
from integrations.identity.tokens import TokenSource

__all__ = [
    "ClientCertificate",
    "ClientSecret",
    "Credential",
    "FederatedToken",
    "ManagedIdentity",
    "TokenSource",
]
