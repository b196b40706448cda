"""Story files: an organisation, what happens in it from day to day, and every message that must come of it.

A story is played on a virtual clock, in the organisation's own time. ``clock`` says when passes are made;
a moment at another time is a pass more. What ``happens`` in a moment happens just before its pass. ``expect``
is all that the report must list there, and ``changed`` every card that must be changed. ``meanwhile`` holds
what each report between two passes lists: a message that is held, or one that is unresolved. A pass of which
nothing is said must send, hold and change nothing. ``unsure`` marks what the contract leaves open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import Field, model_validator

from integrations.sandbox import Fault
from tests.scenarios.scenario_file import Dates, Entry, Json, Strict, StrictLoader, user_of

Calendars = dict[str, list[Entry]]
Digest = Literal["auto", "force", "skip"]
State = Literal["sent", "held", "suppressed", "failed", "undeliverable", "unclear"]

SATURDAY = 5
ROLES = ("leader", "deputy", "representative")


class Matter(Strict):
    """A finding that messages speak of; without ``dates`` any dates will do."""

    rule: str
    person: str | None = None
    team: str | None = None
    dates: Dates | None = None

    @model_validator(mode="after")
    def _is_on_somebody(self) -> Self:
        if (self.person is None) == (self.team is None):
            raise ValueError("a matter is on a person or on a team")
        return self


class Expected(Strict):
    """A line of the report, and what arrives with it.

    ``about`` names matters of the story. ``by`` is looked at where the message was sent. ``arrives`` says
    whether something came in; left out: it did where the message was sent.
    """

    to: str
    kind: Literal["notice", "reminder", "escalation", "digest", "operations"]
    about: list[str] = Field(default_factory=list)
    state: State = "sent"
    by: Literal["teams", "mail"] = "teams"
    arrives: bool | None = None
    why: str = ""
    unsure: str | None = None

    @property
    def comes_in(self) -> bool:
        """Whether something arrives."""
        return self.state == "sent" if self.arrives is None else self.arrives


class Meanwhile(Expected):
    """A line that each report between two passes has, both included."""

    since: datetime = Field(alias="from")
    until: datetime


class Changed(Strict):
    """A card that was changed: whose it is, and the pass that sent it."""

    to: str
    sent: datetime
    unsure: str | None = None


class RegisterChange(Strict):
    """What is written in the register: fields of rows by id (of agreements by person), and exceptions more.

    A person without an agreement is given one.
    """

    teams: dict[str, Json] = Field(default_factory=dict)
    people: dict[str, Json] = Field(default_factory=dict)
    agreements: dict[str, Json] = Field(default_factory=dict)
    exceptions: list[Json] = Field(default_factory=list)


class Happening(Strict):
    """What happens just before a pass. ``faults`` take the place of all earlier ones; none: all is mended."""

    adds: Calendars = Field(default_factory=dict)
    removes: Calendars = Field(default_factory=dict)
    register_: RegisterChange | None = Field(default=None, alias="register")
    faults: list[Fault] | None = None


class Moment(Strict):
    """One pass: what happened before it and all that comes of it."""

    at: datetime
    why: str = ""
    happens: Happening = Field(default_factory=Happening)
    digest: Digest | None = None
    expect: list[Expected] = Field(default_factory=list)
    changed: list[Changed] = Field(default_factory=list)


class Outage(Strict):
    """Dates on which the clock makes no passes, both included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")


class Clock(Strict):
    """When passes are made from Monday to Friday."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    at: list[time]
    outages: list[Outage] = Field(default_factory=list)

    def passes(self) -> Iterator[datetime]:
        """Give the moments in local time."""
        for offset in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=offset)
            out = any(outage.first <= day <= outage.last for outage in self.outages)
            if day.weekday() < SATURDAY and not out:
                yield from (datetime.combine(day, clock) for clock in self.at)


class Story(Strict):
    """A story file.

    ``others`` are people of the tenant whom the register doesn't name at first. ``secrets`` are words that no
    message and no report may hold. ``settings`` are added to those of the sandbox.
    """

    about: str
    register_: Json = Field(alias="register")
    others: list[str] = Field(default_factory=list)
    calendars: Calendars
    settings: dict[str, str] = Field(default_factory=dict)
    secrets: list[str] = Field(default_factory=list)
    digest: Digest = "auto"
    clock: Clock
    matters: dict[str, Matter]
    meanwhile: list[Meanwhile] = Field(default_factory=list)
    moments: list[Moment]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        faults = [*self._unknown_people(), *self._loose_matters(), *self._odd_moments()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.register_["organisation"].get("timezone", "Europe/Copenhagen"))

    def passes(self) -> list[Moment]:
        """Return every pass in order; each has what it expects and what is expected meanwhile."""
        told = {moment.at: moment for moment in self.moments}
        times = sorted({*self.clock.passes(), *told})
        return [self._with_meanwhile(told.get(at, Moment(at=at))) for at in times]

    def tenant(self) -> Json:
        """Return the tenant as the story begins."""
        events = {
            owner: [event for entry in entries for event in entry.as_graph(owner)]
            for owner, entries in self.calendars.items()
        }
        return {"users": [user_of(name, mailbox=True) for name in sorted(self._people())], "events": events}

    def _with_meanwhile(self, moment: Moment) -> Moment:
        lines = [line for line in self.meanwhile if line.since <= moment.at <= line.until]
        return moment.model_copy(update={"expect": [*moment.expect, *lines]})

    def _people(self) -> set[str]:
        register = self.register_
        roles = {team[role] for team in register["teams"] for role in ROLES if team.get(role)}
        return {person["id"] for person in register["people"]} | roles | set(self.others)

    def _expected(self) -> Iterable[Expected]:
        yield from self.meanwhile
        for moment in self.moments:
            yield from moment.expect

    def _unknown_people(self) -> Iterator[str]:
        named = {*self.calendars, *(one.to for one in self._expected())}
        named |= {one.person for one in self.matters.values() if one.person}
        for moment in self.moments:
            named |= {*moment.happens.adds, *moment.happens.removes, *(one.to for one in moment.changed)}
        yield from (f"{name} is nobody of the story" for name in sorted(named - self._people()))
        people = {person["id"] for person in self.register_["people"]}
        yield from (f"{name} has no calendar" for name in sorted(people - set(self.calendars)))
        teams = {team["id"] for team in self.register_["teams"]}
        named_teams = {one.team for one in self.matters.values() if one.team}
        yield from (f"there is no team {name}" for name in sorted(named_teams - teams))

    def _loose_matters(self) -> Iterator[str]:
        used = {name for one in self._expected() for name in one.about}
        yield from (f"there is no matter {name}" for name in sorted(used - set(self.matters)))
        yield from (f"nobody hears of the matter {name}" for name in sorted(set(self.matters) - used))

    def _odd_moments(self) -> Iterator[str]:
        times = [moment.at for moment in self.moments]
        if times != sorted(set(times)):
            yield "the moments are not in order, or one stands twice"
        passes = {*self.clock.passes(), *times}
        for line in self.meanwhile:
            if not {line.since, line.until} <= passes or line.since > line.until:
                yield f"meanwhile: {line.since} to {line.until} does not go from a pass to a pass"
        for moment in self.moments:
            late = [one.sent for one in moment.changed if one.sent not in passes or one.sent >= moment.at]
            yield from (f"{moment.at}: nothing was sent before it at {sent}" for sent in late)


def load_story(path: Path) -> Story:
    """Read a story file. Raises ``ValueError`` for unknown keys, people, teams and matters."""
    with path.open(encoding="utf-8") as file:
        return Story.model_validate(yaml.load(file, StrictLoader))
