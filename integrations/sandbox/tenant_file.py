"""The shape of a tenant file and the check of it: every fault at once, each with its place in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from integrations.sandbox.moments import instant

Name = Annotated[str, Field(min_length=1)]


class _Lenient(BaseModel):
    """Keeps to what the sandbox itself needs; whatever else Graph puts in an object is served as it is."""

    model_config = ConfigDict(extra="allow", strict=True)


class _User(_Lenient):
    id: Name
    principal_name: Name = Field(alias="userPrincipalName")
    manager: str | None = None
    mailbox: bool = True


class _Point(_Lenient):
    date_time: str = Field(alias="dateTime")
    time_zone: str = Field(alias="timeZone")

    @model_validator(mode="after")
    def _is_an_instant(self) -> Self:
        instant(self.as_graph())
        return self

    def as_graph(self) -> dict[str, str]:
        return {"dateTime": self.date_time, "timeZone": self.time_zone}


class _Period(_Lenient):
    start: _Point
    end: _Point

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if instant(self.end.as_graph()) < instant(self.start.as_graph()):
            raise ValueError("end is before start")
        return self


class _Event(_Period):
    is_all_day: bool = Field(default=False, alias="isAllDay")

    @model_validator(mode="after")
    def _is_whole_days(self) -> Self:
        midnights = all(point.date_time[10:19] in ("", "T00:00:00") for point in (self.start, self.end))
        if self.is_all_day and not midnights:
            raise ValueError("an all-day event starts and ends at midnight")
        return self


class _Calendar(BaseModel):
    events: list[_Event]


class _TenantFile(_Lenient):
    users: list[_User]
    events: dict[str, list[_Event]]
    work_plan: dict[str, list[_Period]] = Field(default_factory=dict)

    @field_validator("users")
    @classmethod
    def _are_different_people(cls, users: list[_User]) -> list[_User]:
        count = Counter(key.lower() for user in users for key in (user.principal_name, user.id))
        twice = sorted(key for key, times in count.items() if times > 1)
        if twice:
            raise ValueError(f"these stand there twice: {', '.join(twice)}")
        return users


def faults_in_tenant(data: object) -> list[str]:
    """Return what is wrong with the data of a tenant file, a sentence each; empty when all is well."""
    try:
        tenant = _TenantFile.model_validate(data)
    except ValidationError as error:
        return sentences(error)
    return list(_strangers(tenant))


def faults_in_events(events: object) -> list[str]:
    """Return what is wrong with the events of one calendar."""
    try:
        _Calendar.model_validate({"events": events})
    except ValidationError as error:
        return sentences(error)
    return []


def sentences(error: ValidationError) -> list[str]:
    """Return a fault per line, such as ``events.anna@x[3].start: Field required``, without subjects."""
    return [f"{_place(fault['loc'])}{fault['msg'].removeprefix('Value error, ')}" for fault in error.errors()]


def _place(steps: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"{path.lstrip('.')}: " if path else ""


def _strangers(tenant: _TenantFile) -> list[str]:
    known = {user.principal_name.lower() for user in tenant.users}
    named: Mapping[str, list[str]] = {
        "events": list(tenant.events),
        "work_plan": list(tenant.work_plan),
        "manager": [user.manager for user in tenant.users if user.manager],
    }
    return [
        f"{where}: {name} is not among the users; add the person or take the entry out"
        for where, names in named.items()
        for name in dict.fromkeys(names)
        if name.lower() not in known
    ]
