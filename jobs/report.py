"""The report of a pass (CONTRACT, "The report"): facts by name and id, never a subject of an appointment.

``report.schema.json`` beside this module says the same to other programs; a test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.case import judged_dates
from bot.decide import Placed
from bot.errors import WrongConfiguration
from bot.model import (
    Day,
    DocumentSource,
    Evidence,
    Kind,
    LawSource,
    MessageState,
    Register,
    Source,
    Unreadable,
    Window,
)
from bot.team_view import TeamView, views_by_team

SCHEMA = "hjemmedag.report/1"
UNRESOLVED = frozenset({MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.UNCLEAR})
LEFT_FOR_LATER = ("out-of-time", "teams-out-of-order")
"""Why a message that could have gone was not begun: the pass had to end, or Teams takes nothing."""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as the report lists it."""

    id: str
    kind: str
    to: str
    channel: str
    state: MessageState
    findings: tuple[str, ...]
    reason: str | None = None


@dataclass(slots=True)
class Stats:
    """What a pass cost. Seconds are wall-clock."""

    http_requests: int = 0
    events: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """All that is said of one pass."""

    now: datetime
    today: date
    window: Window
    register: Register
    days: Mapping[str, Mapping[date, Day]]
    unreadable: Sequence[Unreadable]
    work_plans: bool
    findings: Sequence[Placed]
    messages: Sequence[MessageLine]
    silenced_teams: Sequence[str]
    stats: Stats
    cut_short: bool = False

    @property
    def all_well(self) -> bool:
        """Whether every calendar was read and no message is left hanging or undone."""
        return not self.unreadable and not any(
            line.state in UNRESOLVED or line.reason in LEFT_FOR_LATER for line in self.messages
        )

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data, ready for JSON."""
        return {name: [*value] if isinstance(value, Iterator) else value for name, value in self.sections()}

    def sections(self) -> Iterator[tuple[str, Any]]:
        """Yield the parts of the report by name, plain data each; long lists as iterators, row by row."""
        yield "schema", SCHEMA
        yield "now", self.now.isoformat()
        yield "today", self.today.isoformat()
        yield "window", {"from": self.window.start.isoformat(), "to": self.window.end.isoformat()}
        yield "people", ({"person": one, "read": one in self.days} for one in self.register.people)
        yield "days", _days(self.days)
        yield "teams", self._teams()
        yield "findings", map(_finding, self.findings)
        yield "messages", map(_message, self.messages)
        yield "coverage", self._coverage()
        yield (
            "stats",
            {
                "http_requests": self.stats.http_requests,
                "events": self.stats.events,
                "seconds": {name: round(value, 3) for name, value in self.stats.seconds.items()},
            },
        )

    def _teams(self) -> Iterator[dict[str, Any]]:
        dates = judged_dates(self.window, self.today)
        return (_team(team, view) for team, view in views_by_team(self.register, self.days, dates))

    def _coverage(self) -> dict[str, Any]:
        return {
            "people": len(self.register.people),
            "read": len(self.days),
            "sources_off": [] if self.work_plans else [Evidence.WORK_PLAN.value],
            "silenced_teams": list(self.silenced_teams),
            "unreadable": [{"person": one.person, "reason": one.reason.value} for one in self.unreadable],
        }


def write_report(report: Report, file: Path) -> None:
    """Write the report whole or not at all, a row at a time. Raises: OSError."""
    unfinished = file.with_name(f"{file.name}.part")
    with unfinished.open("w", encoding="utf-8") as text:
        text.writelines(_pieces(report))
    unfinished.replace(file)


def _pieces(report: Report) -> Iterator[str]:
    """Yield the JSON text piece by piece: a region's days would take more room than the whole pass."""
    before = "{"
    for name, value in report.sections():
        yield f'{before}\n "{name}": '
        if isinstance(value, Iterator):
            yield from _rows(value)
        else:
            yield _json(value)
        before = ","
    yield "\n}\n"


def _rows(rows: Iterator[object]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield f"{before}\n  {_json(row)}"
        before = ","
    yield "[]" if before == "[" else "\n ]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def check_writable(file: Path) -> None:
    """Make sure, before any call, that a report can be written there. Raises: WrongConfiguration."""
    try:
        if file.is_dir():
            raise IsADirectoryError
        unfinished = file.with_name(f"{file.name}.part")
        unfinished.touch()
        unfinished.unlink()
    except OSError:
        fault = f"--report {file}: name a file in a folder that exists and can be written to."
        raise WrongConfiguration("The command is wrong; nothing was done.", [fault]) from None


def _days(people: Mapping[str, Mapping[date, Day]]) -> Iterator[dict[str, Any]]:
    order = list(Evidence)
    for person, days in people.items():
        for day in days.values():
            if day.kind is not Kind.ON_SITE:
                yield {
                    "person": person,
                    "date": day.date.isoformat(),
                    "kind": day.kind.value,
                    "portion": round(day.portion, 4),
                    "certainty": day.certainty.value,
                    "evidence": [one.value for one in sorted(day.evidence, key=order.index)],
                }


def _team(team: str, view: TeamView) -> dict[str, Any]:
    """Say how many of a team are where on each date; who they are is not said."""
    return {
        "team": team,
        "dates": [
            {
                "date": day.isoformat(),
                "counts": {place.value: number for place, number in view.counts(day).items()},
            }
            for day in view.places
        ],
    }


def _finding(placed: Placed) -> dict[str, Any]:
    finding = placed.finding
    return {
        "id": finding.id,
        "rule": finding.rule,
        "person": finding.person,
        "team": finding.team,
        "dates": [day.isoformat() for day in finding.dates],
        "status": finding.status.value,
        "step": placed.step.value if placed.step else None,
        "reason": placed.reason,
        "leader_waits": placed.leader_waits,
        "values": dict(finding.facts),
        "source": source_data(finding.source),
    }


def source_data(source: Source) -> dict[str, str]:
    """Return where a finding comes from as plain data."""
    if isinstance(source, DocumentSource):
        return {"document": source.document, "heading": source.heading}
    if isinstance(source, LawSource):
        return {"law": source.law, "reference": source.reference}
    return {"registration": source.registration}


def _message(line: MessageLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "kind": line.kind,
        "to": line.to,
        "channel": line.channel,
        "state": line.state.value,
        "findings": list(line.findings),
        "reason": line.reason,
    }
