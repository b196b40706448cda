"""The HTTP client MSAL is given: our certificates, our waits, and retries.

Retries stand below MSAL, because MSAL remembers a 429 or 5xx and repeats it to whoever asks again.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
from tenacity import Retrying, retry_if_exception_type, retry_if_result

from bot.errors import ServiceDown
from integrations.http import CONNECT_SECONDS, user_agent
from integrations.retry import PASSING_STATUS, tried_enough, wait_as_asked

ATTEMPTS = 4
LONGEST_WAIT = 60.0


class IdentityHttp:
    """Answers MSAL's ``get`` and ``post``; raises ``ServiceDown`` for what a few tries do not mend.

    ``refusal`` is the body of the latest answer when that was a 4xx.
    """

    def __init__(self, tls: ssl.SSLContext, sleep: Callable[[float], None], *, by_proxy: bool) -> None:
        self.refusal = ""
        self._client = httpx.Client(
            verify=tls,
            timeout=httpx.Timeout(30, connect=CONNECT_SECONDS),
            headers={"User-Agent": user_agent()},
            trust_env=by_proxy,
        )
        self._retrying = Retrying(
            retry=retry_if_exception_type(httpx.RequestError) | retry_if_result(_passing),
            wait=wait_as_asked,
            stop=tried_enough(attempts=ATTEMPTS, wait=LONGEST_WAIT),
            sleep=sleep,
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )

    def get(self, url: str, *, params: Any = None, headers: Any = None, **_: object) -> httpx.Response:
        """Send a GET; what else MSAL passes is for the requests library."""
        return self._send("GET", url, params=params, headers=headers)

    def post(
        self, url: str, *, params: Any = None, data: Any = None, headers: Any = None, **_: object
    ) -> httpx.Response:
        """Send a POST of a form."""
        return self._send("POST", url, params=params, data=_as_text(data), headers=headers)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _send(self, method: str, url: str, **parts: Any) -> httpx.Response:
        host = urlsplit(url).netloc
        try:
            response: httpx.Response = self._retrying(self._client.request, method, url, **parts)
        except httpx.RequestError as error:
            raise ServiceDown(
                f"The identity service at {host} cannot be reached ({str(error) or type(error).__name__}). "
                "Try again later; if its certificate is the organisation's own, set HJEMMEDAG_CA_FILE."
            ) from error
        if _passing(response):
            raise ServiceDown(
                f"The identity service at {host} answers {response.status_code}. Try again later."
            )
        self.refusal = response.text if response.is_client_error else ""
        return response


def _as_text(form: Any) -> Any:
    # MSAL signs a certificate's assertion as bytes, which httpx would send as "b'...'".
    if not isinstance(form, dict):
        return form
    return {name: part.decode() if isinstance(part, bytes) else part for name, part in form.items()}


def _passing(response: httpx.Response) -> bool:
    return response.status_code in PASSING_STATUS
