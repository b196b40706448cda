"""Loads the register from YAML files, or from all the YAML files of a folder, together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.errors import WrongConfiguration
from bot.model import Register
from integrations.register.faults import Faults
from integrations.register.references import KnownPolicies, check_references
from integrations.register.sections import read_sections
from integrations.register.tree import Place
from integrations.register.yaml_file import read_yaml

HEADING = "The register is wrong; nothing was done."
SUFFIXES = {".yaml", ".yml"}


def load_register(
    path: Path, *more: Path, known: KnownPolicies | None = None, timezone: str = "Europe/Copenhagen"
) -> Register:
    """Return the register that stands in one or more files or folders together.

    ``known`` holds the policies to check against. ``timezone`` is where times without an offset are meant
    when the organisation names no time zone.

    Raises: ``WrongConfiguration`` with every fault, each with its file, line and column.
    """
    faults = Faults()
    files = [file for one in (path, *more) for file in _files(one, faults)]
    trees = [tree for file in files if (tree := read_yaml(file, faults)) is not None]
    if trees:
        sections = read_sections(trees, path.name, timezone, faults)
        check_references(sections, known)
        if sections.organisation is not None and not faults.found:
            return sections.register(sections.organisation.value)
    raise WrongConfiguration(HEADING, faults.sentences())


def _files(path: Path, faults: Faults) -> Sequence[Path]:
    try:
        if not path.is_dir():
            return [path]
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
    except OSError as error:
        faults.add(Place(str(path)), "", f"it cannot be read ({error.strerror}); mend the access to it.")
        return []
    if not files:
        faults.add(Place(str(path)), "", "there is no .yaml file in this folder; put the register into it.")
    return files
