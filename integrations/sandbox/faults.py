"""Faults on demand: what goes wrong, for which requests and how many times.

A faults file is a YAML list; the first entry that befalls a request, and isn't used up, is applied::

    - {match: "GET /v1.0/users/anna@x/calendarView", status: 429, retry_after: 2.5, times: 3}
    - {match: "GET /v1.0/users/*/calendarView", user: bo@x, status: 404, code: MailboxNotEnabledForRESTAPI}
    - {match: "POST /v1.0/$batch", status: 503, times: 1}
    - {match: "POST /teams/v3/conversations/*/activities", status: 502, after: true, times: 1}
    - {match: "POST /*/oauth2/v2.0/token", drop: true}
    - {match: "GET /v1.0/users/*/calendarView", share: 0.05, status: 503}

``match``        method and path, decoded and without the query; ``*`` for any method or piece of the path;
                 what lies under the path fits too. A person in it is named by principal name or object id.
``user``         only for this principal name, also where the path doesn't show it (Bot Connector).
``item``         true: only as an item of a $batch; false: only outside of one; left out: both.
``times``        how often it happens; left out: always.
``share``        how large a part of the requests that fit it befalls, more than 0 and at most 1; left out:
                 all. Which ones is drawn from the method, the path and how often that path has been asked
                 for, so it is the same in every run, and who is asked again draws again. Where ``times`` is
                 given too, it counts those befallen.
``seed``         a whole number: another one befalls others.
``delay``        seconds to wait first.
``status``       the error to answer with, in the service's own shape; ``code``, ``message`` and
                 ``retry_after`` (seconds, maybe with decimals, or an HTTP date) go with it.
``body``         ``html``, ``garbage`` (says it is JSON, is not), ``truncated`` (the right answer cut in
                 half), ``empty-page`` (no entries, and a link to the same page again).
``drop``         true: the connection is closed without an answer; as an item of a $batch it becomes a 504.
``after``        true: the request takes effect, only the answer is lost.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from bot.errors import WrongConfiguration
from integrations.sandbox.exchange import Call
from integrations.sandbox.tenant_file import sentences


class Fault(BaseModel):
    """One entry of a faults file; see the module."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: str = Field(pattern=r"^([A-Z]+|\*) /\S*$")
    user: str | None = None
    item: bool | None = None
    times: int | None = Field(None, ge=1)
    share: float | None = Field(None, gt=0, le=1)
    seed: int = 0
    delay: float = Field(0, ge=0)
    status: int | None = Field(None, ge=400, le=599)
    code: str | None = None
    message: str | None = None
    retry_after: int | float | str | None = None
    body: Literal["html", "garbage", "truncated", "empty-page"] | None = None
    drop: bool = False
    after: bool = False

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not (self.status or self.body or self.drop or self.delay):
            raise ValueError("says nothing to do: give it a status, a body, a delay or drop")
        if self.body == "empty-page" and self.times is None:
            raise ValueError("an empty-page needs times, or paging would never end")
        if self.after and not (self.status or self.drop):
            raise ValueError("after needs a status or drop: it says which answer is lost")
        return self

    def fits(self, call: Call, person: str | None) -> bool:
        """Say whether the fault is meant for this call, which is about this person."""
        if self.item not in (None, call.inner) or (self.user and self.user.lower() != person):
            return False
        method, pattern = self.match.lower().split(" ", 1)
        if method not in ("*", call.method.lower()):
            return False
        return any(_covers(pattern, path.lower()) for path in _paths(call.path, person))


def load_faults(path: Path) -> list[Fault]:
    """Read a faults file. Raises ``WrongConfiguration`` listing every fault of it with its place."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongConfiguration("The faults file can't be read:", [f"{path}: {error.strerror}"]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongConfiguration("The faults file is not YAML:", [f"{path}: {error}"]) from None
    try:
        return TypeAdapter(list[Fault]).validate_python([] if data is None else data)
    except ValidationError as error:
        raise WrongConfiguration(f"The faults file {path} can't be used:", sentences(error)) from None


def _covers(pattern: str, path: str) -> bool:
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern.rstrip('/')}/*")


def _paths(path: str, person: str | None) -> tuple[str, ...]:
    if person is None:
        return (path,)
    by_name = re.sub(r"^(/v1\.0/users/)[^/]+", lambda match: match[1] + person, path)
    return (path, by_name)
