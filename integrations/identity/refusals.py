"""What Microsoft Entra means by its refusals, in words of what to do.

Source of the codes: learn.microsoft.com/entra/identity-platform/reference-error-codes.
"""

from __future__ import annotations

import re

from bot.errors import WrongConfiguration

HEADING = "Microsoft Entra refuses the program's credentials."

_BY_CODE = {
    "90002": "HJEMMEDAG_TENANT_ID: there is no such tenant at HJEMMEDAG_AUTHORITY; check both",
    "900023": "HJEMMEDAG_TENANT_ID: neither a tenant id nor a domain; copy it from the app's overview",
    "700016": "HJEMMEDAG_CLIENT_ID: the tenant knows no such app; check it and HJEMMEDAG_TENANT_ID",
    "7000112": "HJEMMEDAG_CLIENT_ID: the app is switched off; switch it on under Enterprise applications",
    "7000215": "HJEMMEDAG_CLIENT_SECRET: the secret is wrong; give the secret's value, not its id",
    "7000222": "HJEMMEDAG_CLIENT_SECRET: the secret has expired; make a new one in the app registration",
    "700027": "HJEMMEDAG_CLIENT_CERTIFICATE_FILE: the app does not have this certificate; upload it there",
    "700024": "HJEMMEDAG_FEDERATED_TOKEN_FILE: the token has expired, or this machine's clock is wrong",
    "70021": "HJEMMEDAG_FEDERATED_TOKEN_FILE: the app has no federated credential that fits it",
    "700211": "HJEMMEDAG_FEDERATED_TOKEN_FILE: the app has no federated credential for this issuer",
    "700213": "HJEMMEDAG_FEDERATED_TOKEN_FILE: the app has no federated credential for this subject",
    "500011": "HJEMMEDAG_GRAPH_URL or HJEMMEDAG_BOT_TOKEN_SCOPE: the tenant knows no such service",
    "70011": "HJEMMEDAG_BOT_TOKEN_SCOPE: this is not a scope; it ends in /.default",
}
_BY_ERROR = {
    "invalid_client": "HJEMMEDAG_CLIENT_ID and its secret or certificate do not belong together; check both",
    "unauthorized_client": "HJEMMEDAG_CLIENT_ID: the app may not sign in to this tenant; check both",
    "invalid_scope": "HJEMMEDAG_GRAPH_URL or HJEMMEDAG_BOT_TOKEN_SCOPE: the tenant knows no such service",
    "invalid_resource": "HJEMMEDAG_GRAPH_URL or HJEMMEDAG_BOT_TOKEN_SCOPE: the tenant knows no such service",
}
_OTHERWISE = "HJEMMEDAG_TENANT_ID, HJEMMEDAG_CLIENT_ID or the secret or certificate is wrong; check all three"


def refused(error: str, description: str) -> WrongConfiguration:
    """Make the error for OAuth's ``error`` and ``error_description``.

    The description itself is left out: it may repeat what was sent.
    """
    found = re.search(r"AADSTS(\d+)", description)
    code = found[1] if found else ""
    advice = _BY_CODE.get(code) or _BY_ERROR.get(error, _OTHERWISE)
    named = f"AADSTS{code}" if code else re.sub(r"\W", "", error)[:40]
    return WrongConfiguration(HEADING, [f"{advice} ({named})." if named else f"{advice}."])
