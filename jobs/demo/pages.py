"""The demo's pages: every message as its receiver sees it, and each team's weeks as grids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from bot.agreements import is_team_day
from bot.days import is_scheduled, monday_of
from bot.decide import Placed
from bot.model import TO_LEADERS, Day, Person, Register, Status, Step, Team
from bot.outspoken import outspoken
from bot.rules import all_rules
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
from jobs.demo.listening import Delivered
from jobs.report import Report

INDEX = "index.html"
KINDS: Mapping[str, frozenset[Step]] = {
    "Ugens overblik til lederne": frozenset({Step.DIGEST}),
    "Beskeder til ledere i løbet af ugen": frozenset({Step.ESCALATION}),
    "Beskeder til medarbejdere": frozenset({Step.NOTICE, Step.REMINDER}),
}


def write_pages(out: Path, register: Register, report: Report, delivered: Sequence[Delivered]) -> Path:
    """Write all pages to the folder, which is made if need be; return the front page."""
    out.mkdir(parents=True, exist_ok=True)
    messages, weeks = [], []
    for number, one in enumerate(delivered, start=1):
        name = f"besked-{number:02}.html"
        (out / name).write_text(_message(one), encoding="utf-8")
        messages.append((one.step, Link(name, f"{one.name}: {one.message.title}", _when(one))))
    for name, view in _weeks(register, report):
        (out / name).write_text(render_week(view, index_href=INDEX), encoding="utf-8")
        week = view.days[0].date.isocalendar().week
        weeks.append(Link(name, f"{view.team}, uge {week}"))
    sections = [
        Section(heading, tuple(link for step, link in messages if step in steps))
        for heading, steps in KINDS.items()
    ]
    index = out / INDEX
    front = IndexView(
        organisation=register.organisation.name,
        summary="En arbejdsuge og mandagen efter i en opdigtet kommune: "
        "hvad kalenderne viste, og hvad folk fik at vide.",
        figures=_figures(report, delivered),
        sections=(*sections, Section("Teamenes uger", tuple(weeks))),
    )
    index.write_text(render_index(front), encoding="utf-8")
    return index


def _message(one: Delivered) -> str:
    return render_message(
        one.message, to=one.name, step=one.step, sent_at=one.at, changed=one.changed, index_href=INDEX
    )


def _when(one: Delivered) -> str:
    return f"{one.at:%d.%m. kl. %H.%M}" + (", kortet er ændret" if one.changed else "")


def _figures(report: Report, delivered: Sequence[Delivered]) -> tuple[Figure, ...]:
    changed = sum(one.changed for one in delivered)
    return (
        Figure(f"{len(report.days)} af {len(report.register.people)}", "kalendere læst"),
        Figure(str(report.stats.events), "kalenderposter set"),
        Figure(str(len(delivered) - changed), "beskeder sendt"),
        Figure(str(changed), "kort ændret, fordi noget faldt på plads"),
    )


def _weeks(register: Register, report: Report) -> Iterator[tuple[str, WeekView]]:
    for team in register.teams.values():
        for monday in (monday_of(report.today) - timedelta(weeks=1), monday_of(report.today)):
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
    """Return what a leader may see by now, by person and date: nothing that the employee alone knows of, and
    nothing that is settled.
    """
    shown = [placed.finding for placed in report.findings if _is_for_leaders(placed)]
    found: dict[tuple[str, date], tuple[str, ...]] = {}
    said_better = outspoken(shown)
    for finding in shown:
        for day in () if finding.id in said_better else finding.dates:
            key = (str(finding.person), day)
            found[key] = (*found.get(key, ()), all_rules()[finding.rule].wording["da"].topic)
    return found


def _is_for_leaders(placed: Placed) -> bool:
    return placed.finding.status is Status.OPEN and placed.step in TO_LEADERS
