"""Reads the case files: what a calendar, a register and a date must come to under one rule.

A case speaks of one person, Anna Holm in the team Borgerservice, whose leader is Kirsten. What it leaves out
is as in ``TEAM`` and ``PERSON``. The calendar's short words and what they put in it stand in ``CALENDAR``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.case import CaseFiles
from bot.evaluate import findings_of
from bot.markings import read_days
from bot.model import Event, Finding, FreeBusy, Response, Window
from bot.names import Owner
from bot.parameters import Policy
from config.policies import load_policy
from integrations.register import load_register

FOLDER = Path(__file__).parent
ANNA, KIRSTEN = "anna@proeve.example", "kirsten@proeve.example"
ORGANISATION = {"name": "Prøvekommunen"}
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
    "meeting": Short("Møde med økonomi", time(9), time(10)),
}


@dataclass(frozen=True)
class Expected:
    """One finding. ``facts`` names those that matter to the case."""

    dates: Sequence[date]
    status: str = "open"
    audience: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def describes(self, finding: Finding) -> bool:
        return (
            tuple(self.dates) == finding.dates
            and self.status == finding.status
            and self.audience in {None, finding.audience}
            and all(finding.facts[name] == _as_fact(fact) for name, fact in self.facts.items())
        )


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case of a file; a key that is none of these is refused, so a slip of the pen is seen."""

    name: str
    today: date
    calendar: Mapping[str, Sequence[Any]]
    expect: Sequence[Mapping[str, Any]]
    policy: str = "nyborg"
    organisation: Mapping[str, Any] = field(default_factory=dict)
    team: Mapping[str, Any] = field(default_factory=dict)
    person: Mapping[str, Any] = field(default_factory=dict)
    agreements: Sequence[Mapping[str, Any]] = ()
    exceptions: Sequence[Mapping[str, Any]] = ()

    @property
    def speaks(self) -> bool:
        """Whether somebody is to hear of it: a finding that an exception excuses is silent."""
        return any(expected.status == "open" for expected in self.expected())

    def expected(self) -> list[Expected]:
        return [Expected(**finding) for finding in self.expect]

    def findings(self, rule: str, folder: Path) -> list[Finding]:
        """Return what the rule finds, through the register's own reader, written to ``folder``."""
        file = folder / "register.yaml"
        file.write_text(yaml.safe_dump(self._register(), allow_unicode=True), encoding="utf-8")
        register = load_register(file)
        anna, window = register.people[ANNA], Window.around(self.today)
        days = read_days(Owner.of(anna, KIRSTEN), register.organisation, self._events(), window)
        case = CaseFiles(register, window, self.today).case(anna, days)
        return findings_of(case, only(rule, load_policy(self.policy)))

    def _register(self) -> dict[str, Any]:
        return {
            "organisation": ORGANISATION | {"policy": self.policy} | dict(self.organisation),
            "teams": [TEAM | dict(self.team)],
            "people": [PERSON | dict(self.person)],
            "agreements": [{"person": ANNA} | dict(one) for one in self.agreements],
            "exceptions": [{"person": ANNA, "by": KIRSTEN} | dict(one) for one in self.exceptions],
        }

    def _events(self) -> Iterator[Event]:
        for word, rows in self.calendar.items():
            yield from map(_entry, rows) if word == "entries" else _short_entries(CALENDAR[word], rows)


def only(rule: str, policy: Policy) -> Policy:
    """Return the policy with one rule of it."""
    return Policy(policy.id, policy.name, policy.document, policy.title, {rule: policy.terms[rule]})


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


def _entry(raw: Mapping[str, Any]) -> Event:
    """Build an entry as written out: subject, start and end, and where needed shows, answer, organizer."""
    known = dict(raw)
    event = Event(
        subject=known.pop("subject"),
        start=_moment(known.pop("start")),
        end=_moment(known.pop("end")),
        all_day=known.pop("all_day", False),
        free_busy=FreeBusy(known.pop("shows", "busy")),
        categories=tuple(known.pop("categories", ())),
        response=Response(known.pop("answer", "none")),
        organizer=known.get("organizer", ANNA),
        own=known.pop("organizer", ANNA) == ANNA,
        cancelled=known.pop("cancelled", False),
    )
    assert not known, f"these are no words of an entry: {', '.join(known)}"
    return event


def _as_fact(written: object) -> object:
    """Return a value as a finding holds it: dates in their ISO form."""
    return written.isoformat() if isinstance(written, date) else written


def _moment(written: date) -> datetime:
    """Return a date as its midnight, and a date with a time as it is."""
    return written if isinstance(written, datetime) else datetime.combine(written, time())
