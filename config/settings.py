"""The settings, read from the environment, ``.env`` and secret files and checked whole before any call.

Precedence: environment, then ``.env``, then the secrets folder, then the default. Every setting is called
``HJEMMEDAG_<FIELD>``; an empty value is an absent one. See docs/configuration.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import WrongConfiguration
from config.secrets import PREFIX, resolve_secret_files, secrets_in_folder
from config.setting_types import (
    CalendarDate,
    Cron,
    DatabaseUrl,
    DataFolder,
    GraphUrl,
    HttpsUrl,
    LowerCase,
    MailAddress,
    Minutes,
    ReadableFile,
    RegisterPath,
    TimeZone,
    UpperCase,
    WebhookUrl,
)

HEADING = "The settings are wrong; nothing was done."
DEFAULT_ENV_FILE = Path(".env")
DEFAULT_SECRETS_FOLDER = Path("/run/secrets")

# Kubernetes plants these for a Service named "hjemmedag" into every pod of its namespace.
KUBERNETES_LINK = re.compile(rf"{PREFIX}(SERVICE_HOST|SERVICE_PORT\w*|PORT(_\d+_(TCP|UDP|SCTP)\w*)?)")
OFF = {"0", "false", "no", "off", "n", "f"}

AnySettings = TypeVar("AnySettings", bound="LocalSettings")


class CredentialKind(StrEnum):
    """How the app proves to Entra who it is; each value is the field that holds the credential."""

    SECRET = "client_secret"  # noqa: S105 - the name of a field
    CERTIFICATE = "client_certificate_file"
    MANAGED_IDENTITY = "managed_identity"
    FEDERATED_TOKEN = "federated_token_file"  # noqa: S105 - the name of a field


class LocalSettings(BaseSettings):
    """What commands need that stay on this machine: the data, the register, the log."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
        str_strip_whitespace=True,
    )

    data_folder: DataFolder = Path("hjemmedag-data")
    database_url: DatabaseUrl = Field(
        default_factory=lambda data: SecretStr(f"sqlite:///{data['data_folder'] / 'hjemmedag.sqlite'}")
    )
    # A field called "register" would hide a method that every model class has.
    register_path: RegisterPath | None = Field(default=None, validation_alias=f"{PREFIX}REGISTER")
    timezone: TimeZone = "Europe/Copenhagen"
    language: Annotated[Literal["da", "en"], LowerCase] = "da"
    log_format: Annotated[Literal["console", "json"], LowerCase] = "console"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], UpperCase] = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what is passed in: ``load_settings`` has read and checked the sources already."""
        return (init_settings,)


class Settings(LocalSettings):
    """Everything a pass needs. Addresses end without a slash; the unset ``bot_id`` is ``client_id``."""

    tenant_id: str = Field(description="the directory (tenant) id of the organisation in Entra")
    client_id: str = Field(description="the application (client) id of the app in Entra")
    client_secret: SecretStr | None = None
    client_secret_expires_on: CalendarDate | None = None
    client_certificate_file: ReadableFile | None = None
    client_certificate_password: SecretStr | None = None
    managed_identity: bool = False
    federated_token_file: ReadableFile | None = None
    authority: HttpsUrl = "https://login.microsoftonline.com"
    graph_url: GraphUrl = "https://graph.microsoft.com"
    bot_id: str = Field(default_factory=lambda data: data["client_id"])
    bot_service_url: HttpsUrl = "https://smba.trafficmanager.net/teams"
    bot_token_scope: str = "https://api.botframework.com/.default"  # noqa: S105 - a scope, no secret
    teams_app_id: str | None = None
    ca_file: ReadableFile | None = None
    mail_sender: MailAddress | None = None
    mail_format: Annotated[Literal["html", "text"], LowerCase] = "html"
    operations_mail: MailAddress | None = None
    operations_webhook: WebhookUrl | None = None
    schedule: Cron = "0 7-16 * * mon-fri"
    pass_minutes: Minutes = 50

    @property
    def credential_kind(self) -> CredentialKind:
        """Which credential is set; ``load_settings`` has made sure that there is exactly one."""
        return next(kind for kind in CredentialKind if getattr(self, kind))


def _setting_name(key: str) -> str:
    """Return the name under which pydantic's key for a field, its name or its alias, is set."""
    return key if key.startswith(PREFIX) else f"{PREFIX}{key.upper()}"


KEYS = {
    _setting_name(key): key
    for key in (str(info.validation_alias or field) for field, info in Settings.model_fields.items())
}
SECRETS = frozenset({"client_secret", "client_certificate_password", "database_url", "operations_webhook"})
SECRET_FILES = {f"{_setting_name(key)}_FILE": f"{key}_file" for key in SECRETS}
NAMES = KEYS | SECRET_FILES
NEEDED_BY: Mapping[str, str] = {
    "client_secret_expires_on": CredentialKind.SECRET,
    "client_certificate_password": CredentialKind.CERTIFICATE,
    "operations_mail": "mail_sender",
}
"""What has no meaning by itself, and what it takes besides."""


def load_settings(
    environ: Mapping[str, str] | None = None,
    env_file: Path | None = DEFAULT_ENV_FILE,
    secrets_dir: Path | None = DEFAULT_SECRETS_FOLDER,
) -> Settings:
    """Return the settings of a pass; ``environ`` None means the environment of this process.

    Raises: ``WrongConfiguration`` with every fault.
    """
    return _load(Settings, environ, env_file, secrets_dir)


def load_local_settings(
    environ: Mapping[str, str] | None = None,
    env_file: Path | None = DEFAULT_ENV_FILE,
    secrets_dir: Path | None = DEFAULT_SECRETS_FOLDER,
) -> LocalSettings:
    """Return the settings of commands that call no service; nothing of Entra is asked for.

    Raises: ``WrongConfiguration`` with every fault.
    """
    return _load(LocalSettings, environ, env_file, secrets_dir)


def _load(
    settings: type[AnySettings],
    environ: Mapping[str, str] | None,
    env_file: Path | None,
    secrets_dir: Path | None,
) -> AnySettings:
    faults: list[str] = []
    found = _read_env_file(env_file, faults) | _ours(os.environ if environ is None else environ)
    faults += _unknown_names(found)
    given = {NAMES[name]: value for name, value in found.items() if name in NAMES}
    wanted = SECRETS & settings.model_fields.keys()
    values = secrets_in_folder(settings, secrets_dir, faults)
    values |= resolve_secret_files(given, wanted, faults)
    if issubclass(settings, Settings):
        faults += _contradictions(values, given)
    checked = _check(settings, values, faults)
    if checked is None or faults:
        raise WrongConfiguration(HEADING, faults)
    return checked


def _ours(variables: Mapping[str, str | None]) -> dict[str, str]:
    """Return the variables that are meant for this program and not empty, names in upper case."""
    return {
        name.upper(): value.strip()
        for name, value in variables.items()
        if name.upper().startswith(PREFIX) and value and value.strip()
    }


def _read_env_file(path: Path | None, faults: list[str]) -> dict[str, str]:
    try:
        if path is None or not path.exists():
            return {}
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        faults.append(f"The file {path} cannot be read ({error.strerror}): let this account read it.")
        return {}
    except UnicodeDecodeError:
        faults.append(f"The file {path} is not UTF-8 text: save it as UTF-8.")
        return {}
    # A "$" in a password stands for itself.
    return _ours(dotenv_values(stream=StringIO(text), interpolate=False))


def _unknown_names(names: Iterable[str]) -> list[str]:
    unknown = sorted(name for name in names if name not in NAMES and not KUBERNETES_LINK.fullmatch(name))
    return [f"{name} is not a setting; {_advice(name)}" for name in unknown]


def _advice(name: str) -> str:
    near = get_close_matches(name.removeprefix(PREFIX), [known.removeprefix(PREFIX) for known in NAMES], n=1)
    return f"did you mean {PREFIX}{near[0]}?" if near else "remove it, or mend the name."


def _contradictions(values: Mapping[str, str], given: Iterable[str]) -> list[str]:
    """Return what is wrong between settings; ``given`` tells of secret files too that could not be read."""
    meant = values.keys() | {key.removesuffix("_file") for key in given if key in SECRET_FILES.values()}
    if values.get("managed_identity", "").lower() in OFF:
        meant -= {"managed_identity"}
    credentials = [_setting_name(kind) for kind in CredentialKind if kind in meant]
    faults = []
    if not credentials:
        faults.append(
            f"No credential is set: set one of {', '.join(_setting_name(k) for k in CredentialKind)}."
        )
    if len(credentials) > 1:
        faults.append(f"{' and '.join(credentials)} are set together: keep one of them.")
    return faults + [
        f"{_setting_name(key)} is set without {_setting_name(needed)}: set that too, or remove the former."
        for key, needed in NEEDED_BY.items()
        if key in meant and needed not in meant
    ]


def _check(settings: type[AnySettings], values: Mapping[str, str], faults: list[str]) -> AnySettings | None:
    try:
        return settings(**dict[str, Any](values))
    except ValidationError as error:
        # A default made from another setting is not made while any setting is wrong.
        details = [item for item in error.errors() if item["type"] != "default_factory_not_called"]
        faults += [_sentence(settings, detail) for detail in details]
    return None


def _sentence(settings: type[LocalSettings], detail: ErrorDetails) -> str:
    key = str(detail["loc"][0])
    name = _setting_name(key)
    if detail["type"] == "missing":
        return f"{name} is not set: set it to {settings.model_fields[key].description}."
    if detail["type"] == "bool_parsing":
        return f"{name} is neither 1 nor 0: write 1 for yes, 0 for no."
    if detail["type"] == "literal_error":
        return f"{name} is none of the values it can have: write {detail['ctx']['expected']}."
    return f"{name}: {detail['msg'].removeprefix('Value error, ')}."
