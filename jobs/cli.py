"""The command line. Every command imports what it needs when it runs, so that ``--help`` is quick.

Exit status: 0 all well; 1 the run ended with something unresolved; 2 the configuration or the register is
wrong and nothing was done; 3 the run could not be completed and may be repeated.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.errors import Busy, HjemmedagError, ServiceDown, WrongConfiguration

UNRESOLVED, WRONG, TRY_AGAIN = 1, 2, 3

app = typer.Typer(
    help="Helps people keep what they agreed on working from home. Reads Outlook, writes in Teams.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
register_app = typer.Typer(help="The register of teams, people and agreements.", no_args_is_help=True)
policy_app = typer.Typer(help="The policy profiles and the rules.", no_args_is_help=True)
app.add_typer(register_app, name="register")
app.add_typer(policy_app, name="policy")

Now = Annotated[
    str | None,
    typer.Option("--now", metavar="ISO", help="Replaces the clock; with offset.", show_default=False),
]


class Digest(StrEnum):
    """When the leader's digest goes with a run."""

    AUTO = "auto"
    FORCE = "force"
    SKIP = "skip"


class Language(StrEnum):
    """The languages that pages come in."""

    DANISH = "da"
    ENGLISH = "en"


@app.command()
def run(
    now: Now = None,
    report: Annotated[
        Path | None, typer.Option(help="Write the report, as JSON.", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan; send, record nothing.")] = False,  # noqa: FBT002
    digest: Annotated[
        Digest,
        typer.Option(
            help="The leaders' weekly digest: who hasn't had this week's, everybody once more, or nobody."
        ),
    ] = Digest.AUTO,
) -> None:
    """One whole pass: read, detect, check; remind, escalate, and send the digest when it is due."""
    with _exit_codes():
        from bot.known import DigestMode
        from jobs.run import run_once

        raise typer.Exit(run_once(now, report, dry_run=dry_run, digest=DigestMode(digest.value)))


@app.command()
def worker(
    check: Annotated[bool, typer.Option("--check", help="Only say if the worker here is alive.")] = False,  # noqa: FBT002
    cluster: Annotated[bool, typer.Option("--cluster", help="Read each pass with other workers.")] = False,  # noqa: FBT002
) -> None:
    """The long-running form: the passes of HJEMMEDAG_SCHEDULE, until SIGTERM."""
    with _exit_codes():
        if check:
            _check_pulse()
            return
        from jobs.signals import hold_signals

        hold_signals()  # one that comes while it gets ready is not lost
        if cluster:
            from jobs.cluster_worker import work_in_cluster

            work_in_cluster()
        else:
            from jobs.worker import new_worker

            new_worker().run()


def _check_pulse() -> None:
    from jobs.pulse import NOT_ALIVE, is_alive

    if not is_alive():
        print(NOT_ALIVE, file=sys.stderr)  # noqa: T201 - the user's answer, not a log line
        raise typer.Exit(UNRESOLVED)


@app.command()
def demo(
    out: Annotated[
        Path | None, typer.Option(help="Write pages to open in a browser here.", show_default=False)
    ] = None,
) -> None:
    """A small municipality over a week and a Monday: what is seen, found and sent. No account, no network."""
    with _exit_codes():
        from jobs.demo import play

        play(out)


@app.command()
def sandbox(
    tenant: Annotated[
        Path | None, typer.Option(help="Users and events as Graph returns them.", show_default=False)
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8443,
    faults: Annotated[Path | None, typer.Option(help="Faults to play, as YAML.", show_default=False)] = None,
) -> None:
    """A small Microsoft 365 on this machine. Prints the settings that point a run at it."""
    with _exit_codes():
        from jobs.sandbox import serve

        serve(tenant, port, faults)


@app.command()
def explain(
    person: Annotated[str, typer.Argument(help="The user principal name.")],
    date: Annotated[str, typer.Argument(help="The date, as 2026-03-05.")],
    now: Now = None,
) -> None:
    """Why: what was seen of a day, each rule's verdict and source, and what became of the messages."""
    with _exit_codes():
        from jobs.explain import explain_day

        explain_day(person, date, now)


@app.command()
def replay(
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="The first date, as 2026-03-02.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="The last date.")],
    profile: Annotated[
        str | None, typer.Option(help="Another policy profile than today's.", show_default=False)
    ] = None,
    register: Annotated[
        Path | None, typer.Option(help="Another register than today's.", show_default=False)
    ] = None,
    language: Annotated[
        Language | None, typer.Option(help="Else the organisation's.", show_default=False)
    ] = None,
) -> None:
    """What a period would have come to, from the days that are kept, under today's or other rules."""
    with _exit_codes():
        from jobs.replay import replay_period

        replay_period(start, end, profile, register, language)


@register_app.command("import")
def register_import(
    files: Annotated[list[Path], typer.Argument(help="YAML files, or a folder of them.")],
) -> None:
    """Check the files and, if nothing is wrong, put them in the database in place of what is there."""
    with _exit_codes():
        from jobs.registers import import_register

        import_register(files)


@register_app.command("check")
def register_check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="YAML files; else REGISTER.", show_default=False)
    ] = None,
) -> None:
    """Report every fault, with file and place. Changes nothing."""
    with _exit_codes():
        from jobs.registers import check_register

        check_register(files or [])


@register_app.command("export")
def register_export(file: Annotated[Path, typer.Argument(help="The YAML file to write.")]) -> None:
    """Write the register in the database to a file."""
    with _exit_codes():
        from jobs.registers import export_register

        export_register(file)


@policy_app.command("list")
def policy_list() -> None:
    """List the policy profiles and the rules."""
    with _exit_codes():
        from jobs.policies import list_policies

        list_policies()


@policy_app.command("show")
def policy_show(
    name: Annotated[str, typer.Argument(help="A profile's id, or a rule's.")],
    language: Annotated[
        Language | None, typer.Option(help="Else the setting LANGUAGE.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write it as a page for the browser.", show_default=False)
    ] = None,
) -> None:
    """Show a profile or a rule: values, dates, where the document says so and how we read it."""
    with _exit_codes():
        from jobs.policies import show_policy

        show_policy(name, language, html)


@contextmanager
def _exit_codes() -> Iterator[None]:
    """Turn the errors a user can mend into words and an exit status."""
    try:
        yield
    except WrongConfiguration as error:
        _stop(error, WRONG)
    except (ServiceDown, Busy) as error:
        _stop(error, TRY_AGAIN)


def _stop(error: HjemmedagError, status: int) -> NoReturn:
    print(error, file=sys.stderr)  # noqa: T201 - the user's answer, not a log line
    raise typer.Exit(status) from None
