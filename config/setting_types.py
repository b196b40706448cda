"""Checked types for settings: each turns the text of one setting into its value or says what is wrong.

The ``ValueError`` of a check reads on after the setting's name and never repeats a secret.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, SecretStr

from config.cron import checked_cron

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
VISIBLE_ASCII = re.compile(r"[!-~]+")
DATABASES = ("sqlite", "postgresql")
PASS_MINUTES = range(1, 601)


def https_url(url: str) -> str:
    """Return the URL without a trailing slash."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme == "https" and parts.hostname and parts.port != 0 and not parts.query
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f'"{url}" is not an https address; write https:// and the host name')
    return url.rstrip("/")


def graph_url(url: str) -> str:
    """Return the URL of Graph without a trailing slash; the program adds the version."""
    checked = https_url(url)
    if checked.endswith(("/v1.0", "/beta")):
        raise ValueError(f'"{url}" holds a version; leave it out, the program adds it')
    return checked


def readable_file(path: Path) -> Path:
    """Return the path of a file that can be opened."""
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise ValueError(
            f"the file {path} cannot be read ({error.strerror}); mend the path or the access"
        ) from None


def register_path(path: Path) -> Path:
    """Return the path of a file or folder that is there."""
    try:
        path.stat()
    except OSError as error:
        raise ValueError(
            f"there is no register at {path} ({error.strerror}); mend the path or unset it"
        ) from None
    return path


def data_folder(path: Path) -> Path:
    """Return the path of a folder, which need not exist yet."""
    try:
        usable = path.is_dir() or not path.exists()
    except OSError as error:
        raise ValueError(f"the folder {path} cannot be reached ({error.strerror})") from None
    if not usable:
        raise ValueError(f"{path} is a file; name a folder")
    return path


def database_url(url: SecretStr) -> SecretStr:
    """Return the URL if it names a database the store knows. Its text holds a password: never shown."""
    scheme, separator, place = url.get_secret_value().partition("://")
    if not separator or scheme.partition("+")[0] not in DATABASES:
        raise ValueError(
            "this is not the URL of a database; it begins with sqlite:/// or postgresql+psycopg://"
        )
    if scheme.startswith("sqlite") and place.partition("?")[0].strip("/") in {"", ":memory:"}:
        # Each run would start with nothing, and tell people again what they were told before.
        raise ValueError("this names no file; write sqlite:/// and the path of one")
    return url


def mail_address(address: str) -> str:
    """Return the address of a mailbox."""
    if not ADDRESS.fullmatch(address):
        raise ValueError(f'"{address}" is not a mail address; write one such as hjemmedag@kommune.dk')
    return address


def webhook_url(url: SecretStr) -> SecretStr:
    """Return the address of a webhook. Whoever has it can write in the channel: never shown."""
    text = url.get_secret_value()
    try:
        parts = urlsplit(text)
        usable = parts.scheme == "https" and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not VISIBLE_ASCII.fullmatch(text):
        raise ValueError("this is not an https address; copy the whole of it from the flow in Workflows")
    return url


def calendar_date(text: object) -> object:
    """Return the date that a text names."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else text
    except ValueError:
        raise ValueError(f'"{text}" is not a date; write it like 2027-01-31') from None


def time_zone(name: str) -> str:
    """Return the IANA name of a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = get_close_matches(name, available_timezones(), n=1)
        hint = near[0] if near else "Europe/Copenhagen"
        raise ValueError(f'"{name}" is not the name of a time zone; write {hint} if that is meant') from None
    return name


def pass_minutes(value: object) -> object:
    """Return for how many minutes a pass may go on."""
    text = str(value)
    if not text.isascii() or not text.isdigit() or int(text) not in PASS_MINUTES:
        raise ValueError(f'"{text}" is no whole number of minutes from 1 to 600')
    return int(text)


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


LowerCase = BeforeValidator(_lower)
UpperCase = BeforeValidator(_upper)
HttpsUrl = Annotated[str, AfterValidator(https_url)]
GraphUrl = Annotated[str, AfterValidator(graph_url)]
ReadableFile = Annotated[Path, AfterValidator(readable_file)]
RegisterPath = Annotated[Path, AfterValidator(register_path)]
DataFolder = Annotated[Path, AfterValidator(data_folder)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(database_url)]
WebhookUrl = Annotated[SecretStr, AfterValidator(webhook_url)]
CalendarDate = Annotated[date, BeforeValidator(calendar_date)]
MailAddress = Annotated[str, AfterValidator(mail_address)]
TimeZone = Annotated[str, AfterValidator(time_zone)]
Cron = Annotated[str, AfterValidator(checked_cron)]
Minutes = Annotated[int, BeforeValidator(pass_minutes)]
