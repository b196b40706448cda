"""The command ``demo``: a week and a Monday in a made-up municipality, through the same parts as a real pass.

The sandbox stands in for Microsoft 365; sign-in, Graph, Teams, the database and everything between are
the real thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markup import escape
from rich.progress import track

from bot.errors import WrongConfiguration
from bot.model import Register
from config.settings import Settings, load_settings
from integrations.sandbox import Sandbox
from jobs.demo.listening import Listener
from jobs.demo.municipality import REGISTER, load_municipality, tenant_of
from jobs.demo.pages import write_pages
from jobs.demo.printing import Played, print_story
from jobs.demo.story import SCENES, Scene, World
from jobs.logs import set_up_logs
from jobs.run import make_pass


def play(out: Path | None) -> None:
    """Play the story, print what happens and, where ``out`` is given, write pages there."""
    console = Console(highlight=False)
    if out is not None and out.exists() and not out.is_dir():
        raise WrongConfiguration("The demo can't write its pages.", [f"--out {out}: name a folder."])
    set_up_logs("console", "ERROR")
    register = load_municipality()
    listener = Listener()
    with _municipality(register) as (world, settings):
        scenes = track(SCENES, "A week in Lillehavn", console=console, transient=True)
        played = [_play(scene, world, settings, listener) for scene in scenes]
    print_story(console, played)
    if out is not None:
        delivered = [one for each in played for one in each.delivered]
        index = write_pages(out, register, played[-1].report, delivered)
        console.print(f"\nOpen [bold]{escape(str(index))}[/bold] to see the messages and the teams' weeks.")


def _play(scene: Scene, world: World, settings: Settings, listener: Listener) -> Played:
    scene.change(world)
    report = make_pass(settings, scene.at, wrap=listener.around)
    return Played(scene, report, listener.heard(report))


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
