"""The commands ``register import``, ``check`` and ``export``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot.errors import WrongConfiguration
from bot.model import Register
from config.settings import load_local_settings
from integrations.register import dump_register, load_register
from jobs.wiring import NO_REGISTER, ShippedPolicies, opened_store


def import_register(files: Sequence[Path]) -> None:
    """Put the register in the database, whole or not at all. Raises: WrongConfiguration with every fault."""
    settings = load_local_settings()
    register = load_register(*files, known=ShippedPolicies(), timezone=settings.timezone)
    with opened_store(settings) as store, store.exclusive():
        store.save_register(register)
    _say(f"Imported {_size(register)}.")


def check_register(files: Sequence[Path]) -> None:
    """Say that nothing is wrong. Raises: WrongConfiguration with every fault."""
    settings = load_local_settings()
    if not files and settings.register_path is None:
        fault = "Name a file, or set HJEMMEDAG_REGISTER to one."
        raise WrongConfiguration("There is nothing to check.", [fault])
    paths = files or [path for path in [settings.register_path] if path]
    register = load_register(*paths, known=ShippedPolicies(), timezone=settings.timezone)
    _say(f"No faults in {_size(register)}.")


def export_register(file: Path) -> None:
    """Write the register in the database to a file. Raises: WrongConfiguration where there is none."""
    with opened_store(load_local_settings()) as store:
        register = store.load_register()
    if register is None:
        raise WrongConfiguration("There is nothing to export.", [NO_REGISTER])
    try:
        file.write_text(dump_register(register), encoding="utf-8")
    except OSError as error:
        fault = f"{file}: {error.strerror}. Name a file in a folder that can be written to."
        raise WrongConfiguration("The register could not be written.", [fault]) from None
    _say(f"Exported {_size(register)} to {file}.")


def _size(register: Register) -> str:
    return (
        f"{register.organisation.name}: {len(register.teams)} teams, {len(register.people)} people, "
        f"{len(register.agreements)} agreements, {len(register.exceptions)} exceptions"
    )


def _say(text: str) -> None:
    Console(highlight=False).print(text, markup=False)
