"""Secrets as files: ``HJEMMEDAG_…_FILE`` names one, and a secrets folder holds one file for each setting."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic_settings import BaseSettings, SecretsSettingsSource, SettingsError

PREFIX = "HJEMMEDAG_"


def secret_from_file(path: Path) -> str:
    """Return the text of a secret file without the white space around it.

    Raises: ``ValueError`` with a sentence on what is wrong; the content is never part of it.
    """
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"the file {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError(f"the file {path} is not UTF-8 text") from None
    if not text:
        raise ValueError(f"the file {path} is empty; write the secret into it")
    return text


def resolve_secret_files(
    given: Mapping[str, str], secrets: frozenset[str], faults: list[str]
) -> dict[str, str]:
    """Return the settings with each ``<secret>_file`` replaced by what the file holds, by field."""
    resolved = dict(given)
    for name in sorted(secrets):
        path = resolved.pop(f"{name}_file", None)
        if path is None:
            continue
        setting = f"{PREFIX}{name.upper()}"
        if name in given:
            faults.append(f"{setting} and {setting}_FILE are both set: keep one and remove the other.")
            continue
        try:
            resolved[name] = secret_from_file(Path(path))
        except ValueError as error:
            faults.append(f"{setting}_FILE: {error}.")
    return resolved


def secrets_in_folder(settings: type[BaseSettings], folder: Path | None, faults: list[str]) -> dict[str, str]:
    """Return the settings found as files (named like the settings, in either case) in the secrets folder."""
    try:
        if folder is None or not folder.is_dir():
            return {}
        found = SecretsSettingsSource(settings, secrets_dir=folder)()
    except (OSError, UnicodeDecodeError, SettingsError) as error:
        reason = error.strerror if isinstance(error, OSError) else "a file is not UTF-8 text"
        faults.append(f"The secrets folder {folder} cannot be read ({reason}): let this account read it.")
        return {}
    return {name: value for name, value in found.items() if value}
