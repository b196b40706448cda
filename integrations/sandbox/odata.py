"""What all of Graph's resources share: errors, ``$select``, paging and the options nobody serves."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from integrations.sandbox.exchange import Answer, Call, RefusedError

_USUAL_ERRORS = {
    400: ("BadRequest", "The request is malformed or incorrect."),
    401: ("InvalidAuthenticationToken", "Access token validation failure. Invalid audience."),
    403: ("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    404: ("ResourceNotFound", "Resource could not be discovered."),
    405: ("Request_BadRequest", "Specified HTTP method is not allowed for the request target."),
    409: ("Conflict", "The resource exists already."),
    410: ("syncStateNotFound", "The sync state generation is not found; a full sync is needed."),
    429: ("TooManyRequests", "Please retry again later."),
    500: ("InternalServerError", "An internal server error occurred."),
    501: ("NotImplemented", "This is not part of the sandbox."),
    502: ("BadGateway", "The gateway received an invalid response."),
    503: ("ServiceUnavailable", "The service is unavailable."),
    504: ("GatewayTimeout", "The service did not answer in time."),
}


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path with the function that serves it; named groups of ``pattern`` become its arguments.

    ``mailbox`` says that it works on the mailbox of the group ``user`` and counts against its limits;
    ``units`` is how many identity resource units it costs at most.
    """

    method: str
    pattern: re.Pattern[str]
    serve: Callable[..., Answer]
    mailbox: bool = False
    units: int = 0


def route(
    method: str, path: str, serve: Callable[..., Answer], *, mailbox: bool = False, units: int = 0
) -> Route:
    """Make a route; ``{user}`` stands for one segment of the path, and Graph's paths match in any case."""
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", re.sub(r"([.$()])", r"\\\1", f"/v1.0{path}"))
    return Route(method, re.compile(pattern, re.IGNORECASE), serve, mailbox, units)


def graph_error(status: int, code: str | None = None, message: str | None = None) -> Answer:
    """Return an error as Graph writes it."""
    usual_code, usual_message = _USUAL_ERRORS.get(status, ("UnknownError", "Something went wrong."))
    request_id = str(uuid.uuid4())
    body = {
        "error": {
            "code": code or usual_code,
            "message": message or usual_message,
            "innerError": {"request-id": request_id, "client-request-id": request_id, "status": str(status)},
        }
    }
    return Answer(status, body)


def refuse(status: int, code: str | None = None, message: str | None = None) -> RefusedError:
    """Return the exception that turns a request down with an error as Graph writes it."""
    return RefusedError(graph_error(status, code, message))


def allow_options(call: Call, *names: str) -> None:
    """Refuse system options other than these, so that none is ignored in silence."""
    given = {name.lower() for name in call.query if name.startswith("$")}
    others = sorted(given - {f"${name}" for name in names})
    if others:
        raise refuse(501, message=f"{', '.join(others)}: not part of the sandbox for this resource.")


def number_option(call: Call, name: str, low: int, high: int, default: int) -> int:
    """Return ``$top`` or ``$skip``; refuse what is no number or out of range."""
    text = call.option(f"${name}")
    if text is None:
        return default
    if not text.isdecimal() or not low <= int(text) <= high:
        raise refuse(400, "BadRequest", f"Invalid value '{text}' for ${name}. It must be {low} to {high}.")
    return int(text)


def selected(call: Call, known: Collection[str], kind: str) -> tuple[str, ...] | None:
    """Return the names in ``$select``, None without it; refuse names that the type hasn't."""
    text = call.option("$select")
    if text is None:
        return None
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in known:
            raise refuse(400, "BadRequest", f"Could not find a property named '{name}' on type '{kind}'.")
    return names


def collection(call: Call, url: str, value: Iterable[Any], next_target: str | None = None) -> Answer:
    """Return a page of a collection, with the absolute link to the next one if there is one."""
    body: dict[str, Any] = {"@odata.context": f"{url}/v1.0/$metadata#{call.path.removeprefix('/v1.0/')}"}
    if next_target is not None:
        body["@odata.nextLink"] = url + next_target
    return Answer(200, body | {"value": list(value)})
