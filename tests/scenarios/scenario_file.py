"""Scenario files: a whole organisation, its calendars as people would keep them, and all that must be found.

An entry is all day where it has only days; with ``from`` and ``to`` it has hours: a full moment each
(``2026-03-04T08:00``), or a time of day beside ``on`` or ``weekly``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

ZONE = "Romance Standard Time"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Json = dict[str, Any]


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Dates = Annotated[list[date], BeforeValidator(_as_list)]


class Strict(BaseModel):
    """Refuses keys it doesn't know, so that a slip of the pen is no silent success."""

    model_config = ConfigDict(extra="forbid")


class Entry(Strict):
    """One line of a calendar: one entry, or several of the same kind on different days."""

    subject: str = ""
    on: Dates | None = None
    weekly: list[str] | None = None
    first: date | None = None
    last: date | None = None
    but: Dates = Field(default_factory=list)
    every: int = Field(default=1, ge=1)
    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")
    show_as: Literal["free", "tentative", "busy", "oof", "workingElsewhere"] | None = None
    location: str = ""
    categories: list[str] = Field(default_factory=list)
    attendees: list[str] = Field(default_factory=list)
    organizer: str | None = None
    response: Literal["none", "organizer", "tentativelyAccepted", "accepted", "declined", "notResponded"] = (
        "none"
    )
    online: bool = False
    private: bool = False
    series: str | None = None

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("from and to go together")
        if self.on is not None and self.weekly is not None:
            raise ValueError("either on or weekly")
        if self.on is None and self.weekly is None and self.start is None:
            raise ValueError("says nothing on when: on, weekly, or from and to")
        if (self.weekly is not None) != (self.first is not None and self.last is not None):
            raise ValueError("weekly needs first and last, and nothing else does")
        if self.weekly is None and (self.but or self.every != 1):
            raise ValueError("but and every go with weekly")
        unknown = [day for day in self.weekly or [] if day not in WEEKDAYS]
        if unknown:
            raise ValueError(f"no weekdays: {', '.join(unknown)}")
        list(self.times())
        return self

    def times(self) -> Iterator[tuple[datetime, datetime]]:
        """Give the start and the end of each entry; whole days end at the next midnight."""
        if self.on is None and self.weekly is None:
            assert self.start is not None
            assert self.end is not None
            yield datetime.fromisoformat(self.start), datetime.fromisoformat(self.end)
            return
        for day in self.on if self.on is not None else self._weekly_days():
            if self.start is None or self.end is None:
                midnight = datetime.combine(day, time())
                yield midnight, midnight + timedelta(days=1)
            else:
                start, end = (time.fromisoformat(clock) for clock in (self.start, self.end))
                yield datetime.combine(day, start), datetime.combine(day, end)

    def _weekly_days(self) -> Iterator[date]:
        assert self.first is not None
        assert self.last is not None
        monday = self.first - timedelta(days=self.first.weekday())
        for offset in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=offset)
            in_turn = (day - monday).days // 7 % self.every == 0
            if in_turn and WEEKDAYS[day.weekday()] in (self.weekly or []) and day not in self.but:
                yield day

    def as_graph(self, owner: str) -> Iterator[Json]:
        """Give the entries as Graph's events."""
        for start, end in self.times():
            yield self._event(owner, start, end)

    def _event(self, owner: str, start: datetime, end: datetime) -> Json:
        all_day = self.start is None
        organizer = self.organizer or owner
        place = {"displayName": self.location, "locationType": "default"}
        return {
            "subject": self.subject,
            "isAllDay": all_day,
            "start": {"dateTime": f"{start:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": ZONE},
            "end": {"dateTime": f"{end:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": ZONE},
            "showAs": self.show_as or ("free" if all_day else "busy"),
            "categories": self.categories,
            "sensitivity": "private" if self.private else "normal",
            "type": "occurrence" if self.series else "singleInstance",
            "seriesMasterId": f"AAMk-{owner}-{self.series}" if self.series else None,
            "location": place,
            "locations": [place] if self.location else [],
            "isOnlineMeeting": self.online,
            "onlineMeetingProvider": "teamsForBusiness" if self.online else "unknown",
            "isOrganizer": organizer == owner,
            "organizer": _address(organizer),
            "attendees": [
                {"type": "required", "status": {"response": "none", "time": "0001-01-01T00:00:00Z"}}
                | _address(name)
                for name in self.attendees
            ],
            "responseStatus": {"response": self.response, "time": "0001-01-01T00:00:00Z"},
        }


class Expected(Strict):
    """A finding that must be in the report; without ``dates`` any dates will do."""

    rule: str
    person: str | None = None
    team: str | None = None
    dates: list[date] | None = None
    status: Literal["open", "excused"] = "open"
    why: str
    unsure: str | None = None

    @model_validator(mode="after")
    def _is_on_somebody(self) -> Self:
        if (self.person is None) == (self.team is None):
            raise ValueError("a finding is on a person or on a team")
        return self

    def __str__(self) -> str:
        days = "any dates" if self.dates is None else " ".join(map(str, self.dates)) or "no dates"
        open_point = f" (unsure: {self.unsure})" if self.unsure else ""
        return f"{self.rule}, {self.person or self.team}, {days}, {self.status}: {self.why}{open_point}"


class Scenario(Strict):
    """A scenario file."""

    policy: str
    now: str
    register_: Json = Field(alias="register")
    calendars: dict[str, list[Entry] | Literal["unreadable"]]
    findings: list[Expected]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        people = {person["id"] for person in self.register_["people"]}
        teams = {team["id"] for team in self.register_["teams"]}
        named = {one.person for one in self.findings if one.person} | set(self.calendars)
        faults = [f"{name} is not in the register" for name in sorted(named - people)]
        faults += [f"{name} has no calendar" for name in sorted(people - set(self.calendars))]
        named_teams = {one.team for one in self.findings if one.team}
        faults += [f"there is no team {name}" for name in sorted(named_teams - teams)]
        if self.register_["organisation"]["policy"] != self.policy:
            faults.append("the register has another policy")
        if datetime.fromisoformat(self.now).tzinfo is None:
            faults.append("now has no offset")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def unreadable(self) -> list[str]:
        """Those whose calendar can't be read."""
        return [name for name, entries in self.calendars.items() if entries == "unreadable"]

    def tenant(self) -> Json:
        """Return the tenant: everyone the register names, and the calendars."""
        names = dict.fromkeys([*self.calendars, *_others(self.register_)])
        events = {
            owner: [event for entry in entries for event in entry.as_graph(owner)]
            for owner, entries in self.calendars.items()
            if not isinstance(entries, str)
        }
        return {
            "users": [user_of(name, mailbox=name not in self.unreadable) for name in names],
            "events": events,
        }


class StrictLoader(yaml.SafeLoader):
    """Refuses a key standing twice in a mapping; ``on`` is a word here, not a truth value."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"{', '.join(sorted(twice))} stands twice, {node.start_mark}")
        return super().construct_mapping(node, deep=deep)


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if first not in "oOyYnN" or not tag.endswith(":bool")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_scenario(path: Path) -> Scenario:
    """Read a scenario file. Raises ``ValueError`` for unknown keys, people and teams."""
    with path.open(encoding="utf-8") as file:
        return Scenario.model_validate(yaml.load(file, StrictLoader))


def _others(register: Json) -> Iterator[str]:
    for team in register["teams"]:
        yield from (team[role] for role in ("leader", "deputy", "representative") if team.get(role))
    yield from register["organisation"].get("car_resources", [])


def user_of(name: str, *, mailbox: bool) -> Json:
    shown = name.split("@")[0].replace(".", " ").title()
    return {"id": f"id-{name}", "userPrincipalName": name, "mail": name, "displayName": shown} | (
        {} if mailbox else {"mailbox": False}
    )


def _address(name: str) -> Json:
    return {"emailAddress": {"name": name.split("@")[0], "address": name}}
