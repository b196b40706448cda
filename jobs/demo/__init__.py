"""The command ``demo``: a week in a made-up municipality, through the same parts as a real pass.

The sandbox stands in for Microsoft 365; sign-in, Graph, Teams, the database and everything between are
the real thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markup import escape
from rich.progress import track

from bot.errors import WrongConfiguration
from bot.model import Delivery, DirectoryUser, Message, MessageState, Register, Step
from bot.ports import Sender
from bot.rules import all_rules
from config.settings import Settings, load_settings
from integrations.sandbox import Sandbox
from jobs.demo.municipality import REGISTER, load_municipality, tenant_of
from jobs.demo.pages import Delivered, write_pages
from jobs.demo.story import SCENES, Scene, World
from jobs.logs import set_up_logs
from jobs.report import Report
from jobs.run import make_pass

STYLES = {"sent": "green", "open": "yellow", "unread": "red", "held": "cyan"}


@dataclass(frozen=True, slots=True)
class Morning:
    """One pass of the week, and what came of it."""

    scene: Scene
    report: Report
    delivered: list[Delivered]


class Listener:
    """A sender that passes every message on and remembers, by principal name, what arrived."""

    def __init__(self, inner: Sender, heard: dict[str, Message]) -> None:
        self._inner, self._heard = inner, heard
        self.channel = inner.channel

    async def prepare(self, recipient: DirectoryUser) -> Delivery | None:
        """Make ready as the inner sender does."""
        return await self._inner.prepare(recipient)

    async def send(self, recipient: DirectoryUser, message: Message) -> Delivery:
        """Send, and remember if it was sent."""
        delivery = await self._inner.send(recipient, message)
        if delivery.state is MessageState.SENT:
            self._heard[recipient.principal_name.lower()] = message
        return delivery


def play(out: Path | None) -> None:
    """Play the week, print what happens and, where ``out`` is given, write pages there."""
    console = Console(highlight=False)
    if out is not None and out.exists() and not out.is_dir():
        raise WrongConfiguration("The demo can't write its pages.", [f"--out {out}: name a folder."])
    set_up_logs("console", "ERROR")
    register = load_municipality()
    mornings: list[Morning] = []
    with _municipality(register) as (world, settings):
        for scene in track(SCENES, "A week in Lillehavn", console=console, transient=True):
            scene.change(world)
            mornings.append(_morning(scene, settings, register))
    for morning in mornings:
        _print_morning(console, morning)
    if out is not None:
        delivered = [one for morning in mornings for one in morning.delivered]
        index = write_pages(out, register, mornings[-1].report, delivered)
        console.print(f"\nOpen [bold]{escape(str(index))}[/bold] to see the messages and the teams' weeks.")


def _morning(scene: Scene, settings: Settings, register: Register) -> Morning:
    heard: dict[str, Message] = {}
    report = make_pass(settings, scene.at, wrap=lambda sender: Listener(sender, heard))
    delivered = [
        Delivered(register.people[line.to], Step(line.kind), heard[line.to], scene.at)
        for line in report.messages
        if line.to in heard
    ]
    return Morning(scene, report, delivered)


@contextmanager
def _municipality(register: Register) -> Iterator[tuple[World, Settings]]:
    with TemporaryDirectory(prefix="hjemmedag-demo-") as folder:
        file = Path(folder) / REGISTER.name
        file.write_text(REGISTER.read_text(encoding="utf-8"), encoding="utf-8")
        tenant = tenant_of(register)
        with Sandbox(tenant) as sandbox:
            environ = {
                **sandbox.settings(),
                "HJEMMEDAG_DATA_FOLDER": folder,
                "HJEMMEDAG_REGISTER": str(file),
            }
            yield World(tenant, file), load_settings(environ, env_file=None, secrets_dir=None)


def _print_morning(console: Console, morning: Morning) -> None:
    scene, report = morning.scene, morning.report
    console.print(f"\n[bold]{scene.at:%A %d %B, %H:%M}[/bold]  {escape(scene.happened)}")
    console.print(
        f"  read     {len(report.days)} of {len(report.people)} calendars, {report.stats.events} entries, "
        f"{report.stats.http_requests} requests"
    )
    for one in report.unreadable:
        _line(console, "unread", one.person, one.reason.value)
    for placed in report.findings:
        finding = placed.finding
        when = f", {finding.dates[-1]:%d %b}" if finding.dates else ""
        _line(console, finding.status.value, str(finding.person), f"{all_rules()[finding.rule].title}{when}")
    for told in morning.delivered:
        _line(console, "sent", told.person.id, f"»{told.message.title}«")
    for line in report.messages:
        if line.state is not MessageState.SENT:
            _line(console, line.state.value, line.to, f"{line.kind}: {line.reason}")


def _line(console: Console, what: str, person: str, text: str) -> None:
    style = STYLES.get(what, "default")
    console.print(f"  [{style}]{what:<8}[/] {escape(person.split('@')[0]):<14} {escape(text)}")
