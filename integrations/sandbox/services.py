"""Puts the services of one tenant together behind a front."""

from __future__ import annotations

from dataclasses import dataclass

from integrations.sandbox import batch
from integrations.sandbox.batch import Batch
from integrations.sandbox.calendars import Calendars
from integrations.sandbox.connector import Connector
from integrations.sandbox.delta import Delta
from integrations.sandbox.fault_book import FaultBook
from integrations.sandbox.front import Front
from integrations.sandbox.graph import Graph
from integrations.sandbox.journal import Journal
from integrations.sandbox.latency import Latency
from integrations.sandbox.limits import Limits
from integrations.sandbox.people import People
from integrations.sandbox.signin import SignIn, Tokens
from integrations.sandbox.teamwork import Teamwork
from integrations.sandbox.tenant import Tenant
from integrations.sandbox.throttle import Throttle


@dataclass(frozen=True, slots=True)
class Load:
    """How long things take, in seconds, and how many requests are too many.

    A mailbox takes ``mailbox_seconds`` over each request, up to the share ``mailbox_spread`` more or less;
    the Bot Connector ``teams_seconds``, up to half as much more or less; a $batch ``batch_seconds`` beside
    its items.
    """

    mailbox_seconds: float
    teams_seconds: float
    limits: Limits | None
    mailbox_spread: float = 0.0
    batch_seconds: float = 0.0


def build_front(
    tenant: Tenant, faults: FaultBook, journal: Journal, url: str, secret: str, load: Load
) -> Front:
    """Return the front for a tenant served at ``url``."""
    tokens = Tokens()
    throttle = Throttle(load.limits, journal, len(tenant.users))
    people = People(tenant, url)
    teamwork = Teamwork(people, journal, url, throttle)
    resources = (people, teamwork, Calendars(tenant, people, url), Delta(tenant, people, url))
    routes = [route for resource in resources for route in resource.routes()]
    in_mailbox = Latency(load.mailbox_seconds, load.mailbox_spread)
    graph = Graph(tenant, tokens, url, routes, throttle, in_mailbox)
    front = Front(faults, journal, url)
    front.mount(batch.PATH, Batch(graph.authorise, front.handle, Latency(load.batch_seconds)))
    front.mount("/v1.0/", graph)
    there_or_back = Latency(load.teams_seconds / 2, 0.5)
    front.mount("/teams/", Connector(tenant, tokens, teamwork, journal, throttle, there_or_back))
    front.mount("/", SignIn(url, secret, tokens))
    return front
