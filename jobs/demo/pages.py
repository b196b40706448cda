"""The demo's pages: every message as its receiver sees it, and each team's weeks as grids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.agreements import is_team_day
from bot.days import is_scheduled, monday_of
from bot.model import Audience, Day, Finding, Message, Person, Register, Status, Step, Team
from bot.rules import all_rules
from bot.texts import spoken
from integrations.pages import (
    Cell,
    Figure,
    IndexView,
    Link,
    Section,
    WeekDay,
    WeekRow,
    WeekView,
    render_index,
    render_message,
    render_week,
)
from jobs.report import Report

INDEX = "index.html"
LEADERS_MAY_SEE = frozenset({Audience.EMPLOYEE, Audience.LEADER, Audience.EMPLOYEE_AND_LEADER})


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that a person was sent, and when."""

    person: Person
    step: Step
    message: Message
    at: datetime


def write_pages(out: Path, register: Register, report: Report, delivered: Sequence[Delivered]) -> Path:
    """Write all pages to the folder, which is made if need be; return the front page."""
    out.mkdir(parents=True, exist_ok=True)
    messages, weeks = [], []
    for number, one in enumerate(delivered, start=1):
        name = f"besked-{number:02}.html"
        page = render_message(
            one.message, to=one.person.name, step=one.step, sent_at=one.at, index_href=INDEX
        )
        (out / name).write_text(page, encoding="utf-8")
        messages.append(Link(name, f"{one.person.name}: {one.message.title}", f"{one.at:%d.%m. kl. %H.%M}"))
    for name, view in _weeks(register, report):
        (out / name).write_text(render_week(view, index_href=INDEX), encoding="utf-8")
        week = view.days[0].date.isocalendar().week
        weeks.append(Link(name, f"{view.team}, uge {week}"))
    index = out / INDEX
    index.write_text(render_index(_index(register, report, messages, weeks)), encoding="utf-8")
    return index


def _index(register: Register, report: Report, messages: Sequence[Link], weeks: Sequence[Link]) -> IndexView:
    return IndexView(
        organisation=register.organisation.name,
        summary="En arbejdsuge i en opdigtet kommune: hvad kalenderne viste, og hvad folk fik at vide.",
        figures=(
            Figure(f"{len(report.days)} af {len(report.people)}", "kalendere læst"),
            Figure(str(report.stats.events), "kalenderposter set"),
            Figure(str(len(messages)), "beskeder sendt"),
        ),
        sections=(Section("Teamenes uger", tuple(weeks)), Section("Beskederne", tuple(messages))),
    )


def _weeks(register: Register, report: Report) -> Iterator[tuple[str, WeekView]]:
    for team in register.teams.values():
        for monday in (monday_of(report.today), monday_of(report.today) + timedelta(weeks=1)):
            dates = [monday + timedelta(days=n) for n in range(5)]
            week = monday.isocalendar().week
            yield f"{team.id}-uge-{week}.html", _week(team, dates, register, report)


def _week(team: Team, dates: Sequence[date], register: Register, report: Report) -> WeekView:
    members = [person for person in register.people.values() if person.team == team.id]
    remarks = _remarks(report)
    return WeekView(
        team=team.name,
        days=tuple(WeekDay(day, is_team_day(team, day), day == report.today) for day in dates),
        rows=tuple(
            WeekRow(person.name, tuple(_cells(person, dates, register, report, remarks)))
            for person in members
        ),
    )


def _cells(
    person: Person,
    dates: Sequence[date],
    register: Register,
    report: Report,
    remarks: Mapping[tuple[str, date], tuple[str, ...]],
) -> Iterator[Cell]:
    days = report.days.get(person.id)
    for day in dates if days else ():
        if not is_scheduled(person, register.organisation, day):
            yield Cell(None)
        else:
            yield _cell(days.get(day) if days else None, remarks.get((person.id, day), ()))


def _cell(day: Day | None, remarks: tuple[str, ...]) -> Cell:
    return Cell(remarks=remarks) if day is None else Cell(day.kind, day.portion, remarks)


def _remarks(report: Report) -> Mapping[tuple[str, date], tuple[str, ...]]:
    """Return what a leader may see, by person and date: never a notice, never what is settled."""
    shown = [placed.finding for placed in report.findings if _is_for_leaders(placed.finding)]
    found: dict[tuple[str, date], tuple[str, ...]] = {}
    for person in dict.fromkeys(finding.person for finding in shown):
        for finding in spoken([one for one in shown if one.person == person]):
            for day in finding.dates:
                key = (str(person), day)
                found[key] = (*found.get(key, ()), all_rules()[finding.rule].wording["da"].topic)
    return found


def _is_for_leaders(finding: Finding) -> bool:
    return finding.status is Status.OPEN and finding.audience in LEADERS_MAY_SEE
