"""Reads the case files: what calendars, a register and a date must come to under one rule.

A case speaks of Anna Holm in the team Borgerservice, whose leader is Kirsten, and of the colleagues it names.
What it leaves out is as in ``TEAM`` and ``PERSON``. The calendar's short words and what they put in it stand
in ``CALENDAR``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.case import CaseFiles
from bot.evaluate import Judged, findings_of, judge_all
from bot.markings import read_days
from bot.model import (
    Day,
    DocumentSource,
    Event,
    Finding,
    FreeBusy,
    Kind,
    LawSource,
    Person,
    Register,
    Response,
    Source,
    Weekday,
    Window,
)
from bot.names import Owner
from bot.parameters import Policy
from config.policies import load_policy
from integrations.register import load_register

FOLDER = Path(__file__).parent
ANNA, KIRSTEN = "anna@proeve.example", "kirsten@proeve.example"
ORGANISATION = {"name": "Prøvekommunen", "domains": ["proeve.example"]}
ZONE = ZoneInfo("Europe/Copenhagen")
EARLIER = timedelta(weeks=8)
TEAM = {"id": "borgerservice", "name": "Borgerservice", "leader": KIRSTEN}
PERSON = {"id": ANNA, "name": "Anna Holm", "team": TEAM["id"]}


@dataclass(frozen=True)
class Short:
    """What a short word of the notation puts in the calendar for each of its dates."""

    subject: str
    first: time | None = None
    last: time | None = None
    series: str | None = None


CALENDAR = {
    "home": Short("Hjemmearbejde"),
    "morning": Short("Hjemmearbejde", time(8), time(12)),
    "afternoon": Short("Hjemmearbejde", time(12), time(16)),
    "series": Short("Hjemmearbejde", series="one series"),
    "maybe": Short("Hjemme?"),
    "away": Short("Ferie"),
    "ill": Short("Syg"),
    "child ill": Short("Barn syg"),
    "elsewhere": Short("Kursus i Odense"),
    "meeting": Short("Møde med økonomi", time(9), time(10)),
}


@dataclass(frozen=True)
class Expected:
    """One finding. ``facts`` names those that matter to the case; ``person`` is a first name, or "team";
    ``source`` the heading, the registration or the law's reference that it must cite.
    """

    dates: Sequence[date]
    status: str = "open"
    audience: str | None = None
    person: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None

    def describes(self, finding: Finding) -> bool:
        return (
            tuple(self.dates) == finding.dates
            and self.status == finding.status
            and self.audience in {None, finding.audience}
            and self._is_on(finding.person)
            and self.source in {None, _place(finding.source)}
            and all(finding.facts[name] == _as_fact(fact) for name, fact in self.facts.items())
        )

    def _is_on(self, person: str | None) -> bool:
        if self.person is None:
            return True
        return person == (None if self.person == "team" else address_of(self.person))


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody of the team: calendar, register and whether the calendar can be read."""

    calendar: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    person: Mapping[str, Any] = field(default_factory=dict)
    agreements: Sequence[Mapping[str, Any]] = ()
    exceptions: Sequence[Mapping[str, Any]] = ()
    unreadable: bool = False

    def events(self, owner: str) -> Iterator[Event]:
        """Return the entries that the calendar's short words stand for."""
        for word, rows in self.calendar.items():
            if word == "entries":
                yield from (_entry(row, owner) for row in rows)
            else:
                yield from _short_entries(CALENDAR[word], [day for row in rows for day in _dates(row)])


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case of a file; a key that is none of these is refused, so a slip of the pen is seen.

    ``unknown``: the rule must say that it cannot tell.
    """

    name: str
    today: date
    expect: Sequence[Mapping[str, Any]]
    calendar: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    policy: str = "nyborg"
    organisation: Mapping[str, Any] = field(default_factory=dict)
    team: Mapping[str, Any] = field(default_factory=dict)
    person: Mapping[str, Any] = field(default_factory=dict)
    agreements: Sequence[Mapping[str, Any]] = ()
    exceptions: Sequence[Mapping[str, Any]] = ()
    colleagues: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unknown: bool = False

    @property
    def speaks(self) -> bool:
        """Whether somebody is to hear of it: a finding that an exception excuses is silent."""
        return any(expected.status == "open" for expected in self.expected())

    def expected(self) -> list[Expected]:
        return [Expected(**finding) for finding in self.expect]

    def findings(self, rule: str, folder: Path) -> list[Finding]:
        """Return what the rule finds, through the register's own reader, written to ``folder``."""
        return findings_of(self.judged(rule, folder))

    def judged(self, rule: str, folder: Path) -> list[Judged]:
        """Return every verdict of the rule."""
        file = folder / "register.yaml"
        file.write_text(yaml.safe_dump(self._register(), allow_unicode=True), encoding="utf-8")
        register = load_register(file)
        window = Window.around(self.today)
        before = Window(window.start - EARLIER, window.start - timedelta(days=1))
        days = {one.id: self._days(one, register, window) for one in self._readable(register)}
        earlier = {one.id: self._days(one, register, before) for one in self._readable(register)}
        kept = {person: theirs for person, theirs in earlier.items() if _is_kept(theirs)}
        files = CaseFiles(register, window, self.today, ZONE)
        team = files.team_case(register.teams[TEAM["id"]], days, kept)
        return list(judge_all(team, only(rule, load_policy(self.policy))))

    def members(self) -> dict[str, Member]:
        """Return everybody of the team by address, Anna first."""
        anna = Member(
            calendar=self.calendar,
            person=self.person,
            agreements=self.agreements,
            exceptions=self.exceptions,
        )
        return {ANNA: anna} | {address_of(name): Member(**raw) for name, raw in self.colleagues.items()}

    def _readable(self, register: Register) -> list[Person]:
        return [one for one in register.people.values() if not self.members()[one.id].unreadable]

    def _days(self, person: Person, register: Register, window: Window) -> Mapping[date, Day]:
        events = self.members()[person.id].events(person.id)
        return read_days(Owner.of(person, KIRSTEN), register.organisation, events, window)

    def _register(self) -> dict[str, Any]:
        members = self.members()
        return {
            "organisation": ORGANISATION | {"policy": self.policy} | dict(self.organisation),
            "teams": [TEAM | dict(self.team)],
            "people": [_person(address) | dict(one.person) for address, one in members.items()],
            "agreements": [
                {"person": address} | dict(row) for address, one in members.items() for row in one.agreements
            ],
            "exceptions": [
                {"person": address, "by": KIRSTEN} | dict(row)
                for address, one in members.items()
                for row in one.exceptions
            ],
        }


def _place(source: Source) -> str:
    """Return where in its source a finding comes from."""
    if isinstance(source, DocumentSource):
        return source.heading
    return source.reference if isinstance(source, LawSource) else source.registration


def address_of(name: str) -> str:
    """Return the address of somebody of the team: bo → bo@proeve.example."""
    return f"{name.lower()}@proeve.example"


def _person(address: str) -> dict[str, Any]:
    if address == ANNA:
        return dict(PERSON)
    return {"id": address, "name": f"{address.split('@')[0].title()} Friis", "team": TEAM["id"]}


def _is_kept(days: Mapping[date, Day]) -> bool:
    """Whether the store would hold anything of these days: plain days on site are not kept."""
    return any(day.kind is not Kind.ON_SITE for day in days.values())


def _dates(row: Any) -> Iterator[date]:
    """Yield a date as it is, and every date of "weekdays, from, to, every, but"."""
    if isinstance(row, date):
        yield row
        return
    known = dict(row)
    weekdays = {Weekday[name.upper()] for name in known.pop("weekdays")}
    first, last, but = known.pop("from"), known.pop("to"), known.pop("but", [])
    every = known.pop("every", 1)
    assert not known, f"these are no words of a rhythm: {', '.join(known)}"
    start = first - timedelta(days=first.weekday())
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        on = (day - start).days // 7 % every == 0
        if on and day.weekday() in weekdays and day not in but:
            yield day


def only(rule: str, policy: Policy) -> Policy:
    """Return the policy with one rule of it."""
    return replace(policy, terms={rule: policy.terms[rule]})


def rules_with_cases() -> list[str]:
    """Return the rules that have a case file, by the files' names."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def read_cases(rule: str) -> list[Case]:
    """Return the cases of one rule."""
    text = (FOLDER / f"{rule}.yaml").read_text(encoding="utf-8")
    return [Case(**raw) for raw in yaml.safe_load(text)]


def _short_entries(short: Short, dates: Iterable[date]) -> Iterator[Event]:
    for day in dates:
        if short.first and short.last:
            start, end = datetime.combine(day, short.first), datetime.combine(day, short.last)
        else:
            start = datetime.combine(day, time())
            end = start + timedelta(days=1)
        yield Event(short.subject, start, end, all_day=short.first is None, series=short.series)


def _entry(raw: Mapping[str, Any], owner: str) -> Event:
    """Build an entry as written out: subject, start and end, and what else differs from a plain one."""
    known = dict(raw)
    organizer = known.pop("organizer", owner)
    event = Event(
        subject=known.pop("subject"),
        start=_moment(known.pop("start")),
        end=_moment(known.pop("end")),
        all_day=known.pop("all_day", False),
        free_busy=FreeBusy(known.pop("shows", "busy")),
        categories=tuple(known.pop("categories", ())),
        locations=tuple(known.pop("places", ())),
        home_address=known.pop("home_address", False),
        private=known.pop("private", False),
        online=known.pop("online", False),
        attendees=tuple(known.pop("attendees", ())),
        response=Response(known.pop("answer", "none" if organizer == owner else "accepted")),
        organizer=organizer,
        own=organizer == owner,
        cancelled=known.pop("cancelled", False),
        series=known.pop("series", None),
    )
    assert not known, f"these are no words of an entry: {', '.join(known)}"
    return replace(event, subject="", locations=()) if event.private else event


def _as_fact(written: object) -> object:
    """Return a value as a finding holds it: dates in their ISO form."""
    return written.isoformat() if isinstance(written, date) else written


def _moment(written: date) -> datetime:
    """Return a date as its midnight, and a date with a time as it is."""
    return written if isinstance(written, datetime) else datetime.combine(written, time())
