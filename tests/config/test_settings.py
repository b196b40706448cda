"""Settings: every fault is found, all at once, and no secret is shown."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.errors import WrongConfiguration
from config.settings import (
    KEYS,
    CredentialKind,
    LocalSettings,
    Settings,
    load_local_settings,
    load_settings,
)

ROOT = Path(__file__).parents[2]
WEBHOOK = "https://prod-1.westeurope.logic.azure.com:443/workflows/1?api-version=1&sp=%2Frun&sig=hemmelig"
ENTRA = {"TENANT_ID": "contoso", "CLIENT_ID": "app", "CLIENT_SECRET": "hemmelig"}


def load(env_file: Path | None = None, secrets: Path | None = None, **given: str) -> Settings:
    return load_settings({f"HJEMMEDAG_{name}": value for name, value in given.items()}, env_file, secrets)


def faults_of(env_file: Path | None = None, secrets: Path | None = None, **given: str) -> tuple[str, ...]:
    with pytest.raises(WrongConfiguration) as caught:
        load(env_file, secrets, **given)
    return caught.value.faults


def one_fault(**given: str) -> str:
    (fault,) = faults_of(**(ENTRA | given))
    return fault


def test_three_settings_are_enough_and_the_rest_has_defaults() -> None:
    settings = load(**ENTRA)
    assert settings.graph_url == "https://graph.microsoft.com"
    assert settings.authority == "https://login.microsoftonline.com"
    assert settings.bot_id == "app"
    assert settings.bot_service_url == "https://smba.trafficmanager.net/teams"
    assert settings.database_url.get_secret_value() == "sqlite:///hjemmedag-data/hjemmedag.sqlite"
    assert (settings.timezone, settings.language) == ("Europe/Copenhagen", "da")
    assert (settings.log_format, settings.log_level) == ("console", "INFO")
    assert settings.register_path is None
    assert (settings.schedule, settings.pass_minutes) == ("0 7-16 * * mon-fri", 50)


def test_the_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = load(**ENTRA, DATA_FOLDER=str(tmp_path))
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/hjemmedag.sqlite"


def test_missing_app_is_reported_with_what_to_set() -> None:
    tenant, client = faults_of(CLIENT_SECRET="x")
    assert tenant.startswith("HJEMMEDAG_TENANT_ID is not set: set it to the directory (tenant) id")
    assert client.startswith("HJEMMEDAG_CLIENT_ID is not set: set it to the application (client) id")


def test_an_empty_value_is_an_absent_one() -> None:
    assert "HJEMMEDAG_TENANT_ID is not set" in one_fault(TENANT_ID=" ")
    assert load(**ENTRA, BOT_ID="").bot_id == "app"


def test_no_credential_is_reported() -> None:
    assert one_fault(CLIENT_SECRET="").startswith("No credential is set: set one of HJEMMEDAG_CLIENT_SECRET,")
    assert one_fault(CLIENT_SECRET="", MANAGED_IDENTITY="0").startswith("No credential is set")


def test_two_credentials_are_reported() -> None:
    assert one_fault(MANAGED_IDENTITY="1") == (
        "HJEMMEDAG_CLIENT_SECRET and HJEMMEDAG_MANAGED_IDENTITY are set together: keep one of them."
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CLIENT_SECRET", CredentialKind.SECRET),
        ("CLIENT_CERTIFICATE_FILE", CredentialKind.CERTIFICATE),
        ("FEDERATED_TOKEN_FILE", CredentialKind.FEDERATED_TOKEN),
        ("MANAGED_IDENTITY", CredentialKind.MANAGED_IDENTITY),
    ],
)
def test_the_kind_of_credential_follows_from_what_is_set(
    name: str, kind: CredentialKind, tmp_path: Path
) -> None:
    file = tmp_path / "credential"
    file.write_text("x")
    value = "1" if name == "MANAGED_IDENTITY" else str(file)
    assert load(TENANT_ID="t", CLIENT_ID="c", **{name: value}).credential_kind is kind


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CLIENT_CERTIFICATE_PASSWORD", "x", "without HJEMMEDAG_CLIENT_CERTIFICATE_FILE"),
        ("CLIENT_SECRET_EXPIRES_ON", "31.1.2027", '"31.1.2027" is not a date; write it like 2027-01-31'),
        ("MAIL_FORMAT", "rtf", "write 'html' or 'text'"),
        ("OPERATIONS_MAIL", "drift@kommune.dk", "set without HJEMMEDAG_MAIL_SENDER"),
        ("AUTHORITY", "http://login.example", "not an https address"),
        ("GRAPH_URL", "graph.microsoft.com", "not an https address"),
        ("GRAPH_URL", "https://graph.microsoft.com/v1.0/", "holds a version"),
        ("BOT_SERVICE_URL", "https://", "not an https address"),
        ("BOT_SERVICE_URL", "https://host:port/", "not an https address"),
        ("CA_FILE", "/not/there.pem", "/not/there.pem cannot be read"),
        ("REGISTER", "/not/there.yaml", "there is no register at /not/there.yaml"),
        ("DATA_FOLDER", __file__, "is a file; name a folder"),
        ("MAIL_SENDER", "hjemmedag", '"hjemmedag" is not a mail address'),
        ("TIMEZONE", "Europe/Copenhagn", "write Europe/Copenhagen"),
        ("TIMEZONE", "../../etc/passwd", "not the name of a time zone"),
        ("LANGUAGE", "sv", "write 'da' or 'en'"),
        ("LOG_FORMAT", "xml", "write 'console' or 'json'"),
        ("LOG_LEVEL", "LOUD", "write 'DEBUG', 'INFO', 'WARNING', 'ERROR' or 'CRITICAL'"),
        ("DATABASE_URL", "mysql://host/db", "it begins with sqlite:/// or postgresql"),
        ("DATABASE_URL", "hjemmedag.sqlite", "it begins with sqlite:/// or postgresql"),
        ("SCHEDULE", "0 7 * * 1-5", '"1-5" can mean different days of the week; write them like mon-fri'),
        ("SCHEDULE", "0 * * * *", "between 02 and 03"),
        ("PASS_MINUTES", "0", '"0" is no whole number of minutes from 1 to 600'),
        ("PASS_MINUTES", "601", "from 1 to 600"),
        ("PASS_MINUTES", "1.5", "from 1 to 600"),
        ("PASS_MINUTES", "an hour", "from 1 to 600"),
        ("TENENT_ID", "x", "did you mean HJEMMEDAG_TENANT_ID?"),
        ("CLIENT_SECRETS_FILE", "x", "did you mean HJEMMEDAG_CLIENT_SECRET_FILE?"),
        ("QQQQ", "x", "HJEMMEDAG_QQQQ is not a setting; remove it"),
    ],
)
def test_a_wrong_value_is_named_and_said_what_to_do(name: str, value: str, said: str) -> None:
    fault = one_fault(**{name: value})
    assert fault.startswith(f"HJEMMEDAG_{name}")
    assert said in fault


@pytest.mark.parametrize("name", ["CLIENT_CERTIFICATE_FILE", "FEDERATED_TOKEN_FILE"])
def test_a_missing_credential_file_is_reported(name: str) -> None:
    assert "/not/there cannot be read" in one_fault(CLIENT_SECRET="", **{name: "/not/there"})


def test_a_secrets_expiry_without_a_secret_is_reported() -> None:
    fault = one_fault(CLIENT_SECRET="", MANAGED_IDENTITY="1", CLIENT_SECRET_EXPIRES_ON="2027-01-31")
    assert fault.startswith("HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON is set without HJEMMEDAG_CLIENT_SECRET:")


def test_a_secrets_expiry_may_stand_beside_a_secret_in_a_file_that_cannot_be_read() -> None:
    given = {
        "CLIENT_SECRET": "",
        "CLIENT_SECRET_FILE": "/not/there",
        "CLIENT_SECRET_EXPIRES_ON": "2027-01-31",
    }
    assert one_fault(**given).startswith("HJEMMEDAG_CLIENT_SECRET_FILE: the file /not/there")


def test_what_operators_and_mail_need_is_read() -> None:
    settings = load(
        **ENTRA,
        CLIENT_SECRET_EXPIRES_ON="2027-01-31",
        MAIL_SENDER="hjemmedag@kommune.dk",
        MAIL_FORMAT="TEXT",
        OPERATIONS_MAIL="drift@kommune.dk",
        OPERATIONS_WEBHOOK=WEBHOOK,
    )
    assert settings.client_secret_expires_on == date(2027, 1, 31)
    assert (settings.mail_format, settings.operations_mail) == ("text", "drift@kommune.dk")
    assert settings.operations_webhook is not None
    assert settings.operations_webhook.get_secret_value() == WEBHOOK
    assert load(**ENTRA).mail_format == "html"


@pytest.mark.parametrize(
    "url",
    [
        "http://prod.example/workflows/1?sig=hemmelig",
        "prod.example/workflows/1?sig=hemmelig",
        "https:///workflows/1?sig=hemmelig",
        "https://prod.example:port/workflows/1?sig=hemmelig",
        "https://prod.example/workflows/ 1?sig=hemmelig",
        "https://prod.example/workflows/1?\nsig=hemmelig",
    ],
)
def test_what_is_no_webhook_is_refused_without_being_shown(url: str) -> None:
    fault = one_fault(OPERATIONS_WEBHOOK=url)
    assert fault.startswith("HJEMMEDAG_OPERATIONS_WEBHOOK: this is not an https address")
    assert "hemmelig" not in fault
    assert "prod.example" not in fault


def test_managed_identity_is_a_yes_or_a_no() -> None:
    assert "neither 1 nor 0" in one_fault(CLIENT_SECRET="", MANAGED_IDENTITY="maybe")


def test_all_faults_come_at_once() -> None:
    faults = faults_of(
        LANGUAGE="sv", TIMEZONE="Mars", MANAGED_IDENTITY="1", CLIENT_SECRET_FILE="/not/there", TENNANT_ID="t"
    )
    named = [re.match(r"(HJEMMEDAG_\w+)", fault)[1] for fault in faults]  # type: ignore[index]
    assert sorted(named) == [
        "HJEMMEDAG_CLIENT_ID",
        "HJEMMEDAG_CLIENT_SECRET",  # together with MANAGED_IDENTITY
        "HJEMMEDAG_CLIENT_SECRET_FILE",
        "HJEMMEDAG_LANGUAGE",
        "HJEMMEDAG_TENANT_ID",
        "HJEMMEDAG_TENNANT_ID",
        "HJEMMEDAG_TIMEZONE",
    ]


def test_addresses_lose_their_trailing_slash() -> None:
    settings = load(**ENTRA, AUTHORITY="https://a.example/", BOT_SERVICE_URL="https://b.example/teams//")
    assert (settings.authority, settings.bot_service_url) == ("https://a.example", "https://b.example/teams")


def test_schedule_and_length_of_a_pass_are_read() -> None:
    settings = load(**ENTRA, SCHEDULE="0 8,13 * * MON-THU", PASS_MINUTES="5")
    assert (settings.schedule, settings.pass_minutes) == ("0 8,13 * * mon-thu", 5)


def test_words_are_read_in_either_case() -> None:
    settings = load(**ENTRA, LANGUAGE="EN", LOG_LEVEL="debug", LOG_FORMAT="JSON")
    assert (settings.language, settings.log_level, settings.log_format) == ("en", "DEBUG", "json")


# --- secrets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CLIENT_SECRET", "håb"),
        ("CLIENT_CERTIFICATE_PASSWORD", "håb"),
        ("DATABASE_URL", "sqlite:///håb.sqlite"),
        ("OPERATIONS_WEBHOOK", WEBHOOK),
    ],
)
def test_every_secret_can_be_given_as_a_file(name: str, value: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{value}\n", encoding="utf-8")
    certificate = {"CLIENT_CERTIFICATE_FILE": str(file), "CLIENT_SECRET": ""}
    given = ENTRA | (certificate if name == "CLIENT_CERTIFICATE_PASSWORD" else {})
    given = {key: other for key, other in given.items() if key != name} | {f"{name}_FILE": str(file)}
    assert getattr(load(**given), name.lower()).get_secret_value() == value


def test_a_secret_given_twice_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("x")
    assert "HJEMMEDAG_CLIENT_SECRET_FILE are both set" in one_fault(CLIENT_SECRET_FILE=str(file))


@pytest.mark.parametrize(
    ("content", "said"), [(b" \n", "is empty"), (b"\xff\xfe", "not UTF-8"), (None, "cannot be read")]
)
def test_a_secret_file_that_is_no_use_is_reported_once(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    fault = one_fault(CLIENT_SECRET="", CLIENT_SECRET_FILE=str(file))
    assert fault.startswith("HJEMMEDAG_CLIENT_SECRET_FILE: ")
    assert said in fault


def test_settings_are_read_from_the_secrets_folder(tmp_path: Path) -> None:
    (tmp_path / "hjemmedag_client_secret").write_text("fra mappen\n")
    (tmp_path / "HJEMMEDAG_TENANT_ID").write_text("contoso")
    (tmp_path / "something_else").write_text("x")
    settings = load(secrets=tmp_path, CLIENT_ID="app")
    assert settings.client_secret is not None
    assert settings.client_secret.get_secret_value() == "fra mappen"


def test_an_unreadable_secrets_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "hjemmedag_client_secret").write_bytes(b"\xff\xfe")
    (fault,) = faults_of(secrets=tmp_path, **ENTRA)
    assert str(tmp_path) in fault


def test_an_absent_secrets_folder_is_no_fault(tmp_path: Path) -> None:
    assert load(secrets=tmp_path / "absent", **ENTRA).client_id == "app"


def test_no_secret_is_shown_by_the_settings_or_by_a_fault() -> None:
    url = "postgresql+psycopg://bot:hemmelig@db/hjemmedag"
    settings = load(**ENTRA, DATABASE_URL=url, OPERATIONS_WEBHOOK=WEBHOOK)
    shown = repr(settings) + str(settings)
    shown += "\n".join(
        faults_of(**ENTRA | {"DATABASE_URL": "oracle://bot:hemmelig@db", "MANAGED_IDENTITY": "1"})
    )
    assert "hemmelig" not in shown


# --- where values come from ------------------------------------------------------------------------


def test_environment_wins_over_env_file_over_secrets_folder_over_default(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("HJEMMEDAG_BOT_ID=file\nHJEMMEDAG_TEAMS_APP_ID=file\nOTHER=x\n")
    for name in ("bot_id", "teams_app_id", "mail_sender"):
        (tmp_path / f"hjemmedag_{name}").write_text("folder@example.dk")
    settings = load(env_file, tmp_path, **ENTRA, BOT_ID="environment")
    assert settings.bot_id == "environment"
    assert settings.teams_app_id == "file"
    assert settings.mail_sender == "folder@example.dk"
    assert settings.timezone == "Europe/Copenhagen"


def test_a_typing_error_in_the_env_file_is_reported(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("HJEMMEDAG_CLIENTID=x\n")
    (fault,) = faults_of(env_file, **ENTRA)
    assert "did you mean HJEMMEDAG_CLIENT_ID?" in fault


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_an_unreadable_env_file_is_reported(content: bytes | None, tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_bytes(content) if content else env_file.mkdir()
    (fault,) = faults_of(env_file, **ENTRA)
    assert str(env_file) in fault


def test_a_dollar_sign_in_the_env_file_stands_for_itself(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("HJEMMEDAG_CLIENT_SECRET=a${HOME}b\n")
    settings = load(env_file, TENANT_ID="t", CLIENT_ID="c")
    assert settings.client_secret is not None
    assert settings.client_secret.get_secret_value() == "a${HOME}b"


def test_the_environment_of_the_process_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENTRA.items():
        monkeypatch.setenv(f"HJEMMEDAG_{name}", value)
    assert load_settings(env_file=None, secrets_dir=None).tenant_id == "contoso"


def test_what_kubernetes_plants_for_a_service_is_no_setting() -> None:
    planted = {"SERVICE_HOST": "10.0.0.1", "PORT": "tcp://10.0.0.1:80", "PORT_80_TCP_ADDR": "10.0.0.1"}
    assert load(**ENTRA, **planted).client_id == "app"


# --- commands that stay on the machine -------------------------------------------------------------


def test_local_settings_need_nothing_of_entra() -> None:
    settings = load_local_settings({"HJEMMEDAG_LANGUAGE": "en", "HJEMMEDAG_CLIENT_SECRET": "x"}, None, None)
    assert type(settings) is LocalSettings
    assert settings.language == "en"


def test_local_settings_report_their_own_faults_and_typing_errors() -> None:
    environ = {"HJEMMEDAG_REGISTER": "/not/there", "HJEMMEDAG_REGISTRE": "x"}
    with pytest.raises(WrongConfiguration) as caught:
        load_local_settings(environ, None, None)
    typo, missing = caught.value.faults
    assert "did you mean HJEMMEDAG_REGISTER?" in typo
    assert "there is no register at /not/there" in missing


# --- documentation ---------------------------------------------------------------------------------


def test_the_documentation_has_a_row_for_every_setting_and_no_other() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(HJEMMEDAG_\w+)` \|", text, re.MULTILINE)) == sorted(KEYS)


def test_the_example_env_file_names_settings_only_and_every_one() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#? ?(HJEMMEDAG_\w+)=", text, re.MULTILINE))
    assert named == set(KEYS)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///?timeout=1"])
def test_a_database_without_a_file_is_refused(url: str) -> None:
    assert "names no file" in one_fault(DATABASE_URL=url)
