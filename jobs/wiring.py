"""The only place that builds adapters: settings in, the parts of a pass out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial

from httpx import AsyncClient

from bot.errors import WrongConfiguration
from bot.model import DirectoryUser, Register
from bot.operations import CHANNEL, Proof
from bot.operations import Credential as ExpiringCredential
from bot.parameters import Policy
from bot.ports import CalendarReader, WorkPlans
from config.policies import Check, load_policy, policy_ids, settable_values
from config.settings import CredentialKind, LocalSettings, Settings
from integrations.certificates import expires_on
from integrations.deadline import Deadline
from integrations.graph.calendars import GraphCalendarReader
from integrations.graph.client import GraphClient
from integrations.graph.concurrency import MOST, Concurrency
from integrations.graph.directory import GraphDirectory
from integrations.graph.work_plans import GraphWorkPlans
from integrations.http import RequestCount, new_client, tls_context
from integrations.identity import (
    ClientCertificate,
    ClientSecret,
    Credential,
    FederatedToken,
    ManagedIdentity,
    TokenSource,
)
from integrations.mail.sender import MailSender
from integrations.pace import Clock, within
from integrations.register import load_register
from integrations.store.store import SqlStore, open_store
from integrations.teams.sender import TeamsSender
from integrations.webhook import Webhook
from jobs.gather import CalendarDays
from jobs.one_pass import Parts
from jobs.operators import Operators, Outlet

NO_REGISTER = (
    "There is no register yet. Set HJEMMEDAG_REGISTER to a file or folder, "
    "or run `hjemmedag register import FILE`."
)

READING_SHARE = 2 / 3
"""How much of a pass's time reading may take; what is left is for judging, and for sending to those read."""


@contextmanager
def opened_store(settings: LocalSettings) -> Iterator[SqlStore]:
    """Open the database, brought up to date, and close it afterwards."""
    store = open_store(settings.database_url.get_secret_value())
    try:
        yield store
    finally:
        store.close()


class ShippedPolicies:
    """What a register may refer to in the profiles that are shipped."""

    policies = frozenset(policy_ids())

    def settable(self, policy: str) -> Mapping[str, Check]:
        """Return the values that a team may set under the profile, as ``rule.value``, with a check each."""
        return settable_values(policy)


def current_register(settings: LocalSettings, store: SqlStore) -> Register:
    """Return the register that stands: the one in REGISTER where that is set, else the one in the database.

    Raises: WrongConfiguration with every fault, or where there is no register at all.
    """
    if settings.register_path is not None:
        return load_register(settings.register_path, known=ShippedPolicies(), timezone=settings.timezone)
    register = store.load_register()
    if register is None:
        raise WrongConfiguration("Nothing can be checked.", [NO_REGISTER])
    return register


def policy_of(register: Register) -> Policy:
    """Return the profile that the organisation has chosen."""
    return load_policy(register.organisation.policy)


def timezone_of(settings: LocalSettings, register: Register) -> str:
    """Return the organisation's own time zone, or the setting's."""
    return register.organisation.timezone or settings.timezone


@dataclass(frozen=True, slots=True)
class Connections:
    """What everything that speaks with Microsoft is built on."""

    tokens: TokenSource
    graph: GraphClient
    teams_http: AsyncClient
    count: RequestCount


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads calendars and work plans."""

    calendars: CalendarReader
    work_plans: WorkPlans


@asynccontextmanager
async def opened_parts(
    settings: Settings, register: Register, store: SqlStore, deadline: Deadline | None = None
) -> AsyncIterator[Parts]:
    """Build the parts of a pass and close their connections afterwards."""
    timezone, deadline = timezone_of(settings, register), deadline or Deadline()
    async with connected(settings) as connections:
        readers = readers_on(connections, timezone, deadline.part(READING_SHARE))
        clock = within(deadline)
        teams = _teams(settings, connections, store, clock)
        yield Parts(
            register=register,
            policy=policy_of(register),
            days=CalendarDays(register, readers.calendars, readers.work_plans),
            directory=GraphDirectory(connections.graph, deadline=deadline),
            sender=teams,
            cards=teams,
            mail=_mail(settings, connections.graph, clock, fallback=True),
            operators=Operators(_outlets(settings, connections, clock), _expiring(settings)),
            store=store,
            timezone=timezone,
            language=register.organisation.language or settings.language,
            requests_made=lambda: connections.count.total,
            deadline=deadline,
        )


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Connections]:
    """Make the connections and close them afterwards; nothing is asked for yet."""
    tls, count = tls_context(settings.ca_file), RequestCount()
    tokens = TokenSource(
        tenant_id=settings.tenant_id,
        client_id=settings.client_id,
        authority=settings.authority,
        credential=_credential(settings),
        tls=tls,
    )
    try:
        async with new_client(tls, count) as graph_http, new_client(tls, count) as teams_http:
            graph = GraphClient(graph_url=settings.graph_url, tokens=tokens, http=graph_http)
            yield Connections(tokens, graph, teams_http, count)
    finally:
        tokens.close()


def readers_on(
    connections: Connections, timezone: str, deadline: Deadline | None = None, most: int = MOST
) -> Readers:
    """Return what reads calendars and work plans in that time zone, until the deadline.

    ``most``: how many posts may be under way at once.
    """
    graph, deadline = connections.graph, deadline or Deadline()
    concurrency = Concurrency(most)  # one: calendars begin with what work plans have learned of Graph
    return Readers(
        GraphCalendarReader(graph, timezone=timezone, deadline=deadline, concurrency=concurrency),
        GraphWorkPlans(graph, timezone=timezone, deadline=deadline, concurrency=concurrency),
    )


def _teams(settings: Settings, connections: Connections, store: SqlStore, clock: Clock) -> TeamsSender:
    return TeamsSender(
        http=connections.teams_http,
        tokens=connections.tokens,
        graph=connections.graph,
        service_url=settings.bot_service_url,
        scope=settings.bot_token_scope,
        tenant_id=settings.tenant_id,
        bot_id=settings.bot_id,
        teams_app_id=settings.teams_app_id,
        conversations=store,
        graph_url=settings.graph_url,
        clock=clock,
    )


def _mail(settings: Settings, graph: GraphClient, clock: Clock, *, fallback: bool) -> MailSender | None:
    """Return the sender of mail where there is a mailbox to send from."""
    if settings.mail_sender is None:
        return None
    return MailSender(
        graph,
        sender=settings.mail_sender,
        text=settings.mail_format == "text",
        fallback=fallback,
        clock=clock,
    )


def _outlets(settings: Settings, connections: Connections, clock: Clock) -> tuple[Outlet, ...]:
    """Return where the operators read their summary."""
    outlets = []
    mailbox, mail = settings.operations_mail, _mail(settings, connections.graph, clock, fallback=False)
    if mailbox and mail:
        address = DirectoryUser(id=mailbox, principal_name=mailbox, name="", mail=mailbox)
        outlets.append(Outlet(mailbox, mail.channel, partial(mail.send, address)))
    if settings.operations_webhook:
        url = settings.operations_webhook.get_secret_value()
        webhook = Webhook(url=url, http=connections.teams_http, sleep=clock.sleep)
        outlets.append(Outlet(CHANNEL, webhook.channel, webhook.send_to_channel))
    return tuple(outlets)


def _expiring(settings: Settings) -> ExpiringCredential | None:
    """Return what the program signs in with, if that ends some day."""
    if settings.credential_kind is CredentialKind.SECRET:
        return ExpiringCredential(Proof.SECRET, settings.client_secret_expires_on)
    if settings.credential_kind is CredentialKind.CERTIFICATE and settings.client_certificate_file:
        ends = expires_on(settings.client_certificate_file, _password(settings))
        return ExpiringCredential(Proof.CERTIFICATE, ends)
    return None


def _password(settings: Settings) -> str | None:
    password = settings.client_certificate_password
    return password.get_secret_value() if password else None


def _credential(settings: Settings) -> Credential:
    kind = settings.credential_kind
    if kind is CredentialKind.SECRET and settings.client_secret:
        return ClientSecret(settings.client_secret.get_secret_value())
    if kind is CredentialKind.CERTIFICATE and settings.client_certificate_file:
        return ClientCertificate(settings.client_certificate_file, _password(settings))
    if kind is CredentialKind.FEDERATED_TOKEN and settings.federated_token_file:
        return FederatedToken(settings.federated_token_file)
    return ManagedIdentity(settings.client_id)
