"""The demo in the terminal: what each pass read, what was new, and who was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape

from bot.decide import Placed
from bot.model import MessageState, Status
from bot.rules import all_rules
from jobs.demo.listening import Delivered
from jobs.demo.story import Scene
from jobs.report import MessageLine, Report

STYLES = {"sent": "green", "changed": "green", "open": "yellow", "unread": "red", "held": "cyan"}
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Played:
    """One pass of the story, and what came of it."""

    scene: Scene
    report: Report
    delivered: Sequence[Delivered]


def print_story(console: Console, played: Iterable[Played]) -> None:
    """Print the passes in order; of each only the findings that were not so before."""
    before: Mapping[str, Status] = {}
    for one in played:
        _print_scene(console, one, before)
        before = {placed.finding.id: placed.finding.status for placed in one.report.findings}


def _print_scene(console: Console, played: Played, before: Mapping[str, Status]) -> None:
    scene, report = played.scene, played.report
    new = [one for one in report.findings if before.get(one.finding.id) is not one.finding.status]
    console.print(f"\n[bold]{scene.at:%A %d %B, %H:%M}[/bold]  {escape(scene.happened)}")
    console.print(
        f"  read     {len(report.days)} of {len(report.register.people)} calendars, "
        f"{report.stats.events} entries, {report.stats.http_requests} requests; "
        f"{len(report.findings)} findings, {len(new)} of them new"
    )
    for unread in report.unreadable:
        _line(console, "unread", unread.person, unread.reason.value)
    for placed in new:
        _line(console, placed.finding.status.value, _about(placed), _title(placed))
    for told in played.delivered:
        what = "changed" if told.changed else "sent"
        _line(console, what, told.person, f"{told.step.value}: »{told.message.title}«")
    for what, who, text in _waiting(report.messages):
        _line(console, what, who, text)


def _about(placed: Placed) -> str:
    return placed.finding.person or placed.finding.team


def _title(placed: Placed) -> str:
    finding = placed.finding
    when = f", {finding.dates[-1]:%d %b}" if finding.dates else ""
    return f"{all_rules()[finding.rule].title}{when}"


def _waiting(lines: Iterable[MessageLine]) -> Iterator[tuple[str, str, str]]:
    """Yield those not sent, together where they wait for the same."""
    waiting: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.state is not MessageState.SENT:
            waiting.setdefault((line.state.value, line.reason or ""), []).append(_short(line.to))
    for (state, reason), names in waiting.items():
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        yield (
            state,
            f"{len(names)} message{'s' if len(names) > 1 else ''}",
            (f"{reason}: {', '.join(names[:MOST_NAMES])}{more}"),
        )


def _line(console: Console, what: str, who: str, text: str) -> None:
    style = STYLES.get(what, "default")
    console.print(f"  [{style}]{what:<8}[/] {escape(_short(who)):<16} {escape(text)}")


def _short(person: str) -> str:
    return person.split("@")[0]
