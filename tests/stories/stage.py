"""Plays a story through the real command against the sandbox, and notes all that can be seen of each pass."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
import yaml
from typer.testing import CliRunner

from integrations.sandbox import Sandbox, Tenant
from jobs.cli import app
from tests.scenarios.scenario_file import Entry, Json
from tests.stories.story_file import Happening, Moment, RegisterChange, Story

ACTIVITIES = "/teams/v3/conversations/"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A Teams activity or a mail that came in, and all of its text."""

    channel: str
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card that was changed: whose it is, and the pass (local time) that sent it."""

    to: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be seen of a pass from the outside. ``idle`` counts changes that changed nothing."""

    report: Json
    exit_code: int
    arrivals: Sequence[Arrival] = ()
    changed: Sequence[Card] = ()
    idle: int = 0


def play(story: Story, folder: Path) -> Iterator[tuple[Moment, Seen]]:
    """Give each pass of the story with what was seen of it."""
    with Sandbox(Tenant.from_data(story.tenant())) as sandbox:
        stage = Stage(story, sandbox, folder)
        for moment in story.passes():
            stage.happen(moment.happens)
            yield moment, stage.make_pass(moment)


class Stage:
    """The sandbox, the register's file and the command."""

    def __init__(self, story: Story, sandbox: Sandbox, folder: Path) -> None:
        self._story = story
        self._sandbox = sandbox
        self._register = json.loads(json.dumps(story.register_, default=str))
        self._file = folder / "register.yaml"
        self._report = folder / "report.json"
        self._environ: dict[str, str | None] = {
            **dict.fromkeys(name for name in os.environ if name.startswith("HJEMMEDAG_")),
            **sandbox.settings(),
            "HJEMMEDAG_DATA_FOLDER": str(folder / "data"),
            "HJEMMEDAG_REGISTER": str(self._file),
            "HJEMMEDAG_LOG_FORMAT": "json",
            **story.settings,
        }
        self._sent: dict[str, Card] = {}
        self._write_register()

    def happen(self, happening: Happening) -> None:
        """Change calendars, register and faults."""
        for owner, entries in happening.removes.items():
            self._remove(owner, entries)
        for owner, entries in happening.adds.items():
            for event in _events(owner, entries):
                self._sandbox.tenant.add_event(owner, event)
        if happening.register_ is not None:
            write_change(self._register, happening.register_)
            self._write_register()
        if happening.faults is not None:
            self._sandbox.faults.clear()
            for fault in happening.faults:
                self._sandbox.faults.add(fault)

    def make_pass(self, moment: Moment) -> Seen:
        """Run the command and look at what it did."""
        cards = {one.activity_id: one.activity for one in self._sandbox.messages}
        mails, requests = len(self._sandbox.mails), len(self._sandbox.requests)
        exit_code, report = self._run(moment)
        arrived = [one for one in self._sandbox.messages if one.activity_id not in cards]
        self._sent |= {one.activity_id: Card(one.recipient.lower(), moment.at) for one in arrived}
        teams = [Arrival("teams", one.recipient.lower(), _text(one.activity)) for one in arrived]
        by_mail = [
            Arrival("mail", _addressee(one.message), _text(one.message)) for one in self._sandbox.mails
        ]
        put = [activity for activity in self._put_since(requests) if activity in cards]
        now = {one.activity_id: one.activity for one in self._sandbox.messages}
        changed = [activity for activity in put if now[activity] != cards[activity]]
        idle = len(put) - len(changed)
        return Seen(report, exit_code, [*teams, *by_mail[mails:]], [self._sent[one] for one in changed], idle)

    def _run(self, moment: Moment) -> tuple[int, Json]:
        now = moment.at.replace(tzinfo=self._story.zone).isoformat()
        arguments = ["run", "--now", now, "--report", str(self._report)]
        arguments += ["--digest", moment.digest or self._story.digest]
        self._report.unlink(missing_ok=True)
        with _logs_restored():
            done = CliRunner().invoke(app, arguments, env=self._environ, catch_exceptions=False)
        if not self._report.exists():
            raise AssertionError(f"{now}: exit {done.exit_code} and no report\n{done.output}")
        report: Json = json.loads(self._report.read_text("utf-8"))
        return done.exit_code, report

    def _put_since(self, start: int) -> Iterator[str]:
        for request in self._sandbox.requests[start:]:
            if request.method == "PUT" and request.path.startswith(ACTIVITIES) and request.status == 200:
                yield request.path.rpartition("/")[2]

    def _remove(self, owner: str, entries: Iterable[Entry]) -> None:
        for gone in _events(owner, entries):
            before = len(self._sandbox.tenant.events(owner))
            self._sandbox.tenant.remove_events(owner, lambda event, gone=gone: _same(event, gone))  # type: ignore[misc]
            if len(self._sandbox.tenant.events(owner)) != before - 1:
                raise AssertionError(f"{owner} has not one {gone['subject']!r} at {gone['start']}")

    def _write_register(self) -> None:
        text = yaml.safe_dump(self._register, allow_unicode=True, sort_keys=False)
        self._file.write_text(text, encoding="utf-8")


def write_change(register: Json, change: RegisterChange) -> None:
    """Write the change into the register. Raises ``AssertionError`` for a team or person it doesn't have."""
    for table, key, rows in (("teams", "id", change.teams), ("people", "id", change.people)):
        for name, fields in rows.items():
            row = next((row for row in register[table] if row[key] == name), None)
            if row is None:
                raise AssertionError(f"the register has no {name}")
            row.update(_plain(fields))
    agreements = register.setdefault("agreements", [])
    for person, fields in change.agreements.items():
        row = next((row for row in agreements if row["person"] == person), None)
        if row is None:
            agreements.append({"person": person} | _plain(fields))
        else:
            row.update(_plain(fields))
    register.setdefault("exceptions", []).extend(map(_plain, change.exceptions))


def _plain(row: Json) -> Json:
    data: Json = json.loads(json.dumps(row, default=str))
    return data


def _events(owner: str, entries: Iterable[Entry]) -> Iterator[Json]:
    return (event for entry in entries for event in entry.as_graph(owner))


def _same(event: Json, other: Json) -> bool:
    return all(event[name] == other[name] for name in ("subject", "start", "end"))


def _addressee(mail: Mapping[str, Any]) -> str:
    addresses = [one["emailAddress"]["address"].lower() for one in mail["toRecipients"]]
    return ", ".join(addresses)


def _text(message: Mapping[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


@contextmanager
def _logs_restored() -> Iterator[None]:
    """The command logs to a stream that is closed after it; nobody else may be left with that."""
    before = structlog.get_config()
    try:
        yield
    finally:
        structlog.configure(**before)
