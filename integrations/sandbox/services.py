"""Puts the services of one tenant together behind a front."""

from __future__ import annotations

from dataclasses import dataclass

from integrations.sandbox import batch
from integrations.sandbox.batch import Batch
from integrations.sandbox.calendars import Calendars
from integrations.sandbox.connector import Connector
from integrations.sandbox.delta import Delta
from integrations.sandbox.faults import FaultBook
from integrations.sandbox.front import Front
from integrations.sandbox.graph import Graph
from integrations.sandbox.journal import Journal
from integrations.sandbox.limits import Limits, Throttle
from integrations.sandbox.people import People
from integrations.sandbox.signin import SignIn, Tokens
from integrations.sandbox.teamwork import Teamwork
from integrations.sandbox.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Load:
    """How long a mailbox and the Bot Connector take over each request, and how many requests are too many."""

    mailbox_seconds: float
    teams_seconds: float
    limits: Limits | None


def build_front(
    tenant: Tenant, faults: FaultBook, journal: Journal, url: str, secret: str, load: Load
) -> Front:
    """Return the front for a tenant served at ``url``."""
    tokens = Tokens()
    throttle = Throttle(load.limits, journal)
    people = People(tenant, url)
    teamwork = Teamwork(people, journal, url, throttle)
    resources = (people, teamwork, Calendars(tenant, people, url), Delta(tenant, people, url))
    routes = [route for resource in resources for route in resource.routes()]
    graph = Graph(tenant, tokens, url, routes, load.mailbox_seconds)
    front = Front(faults, journal, url)
    front.mount(batch.PATH, Batch(graph.authorise, front.handle))
    front.mount("/v1.0/", graph)
    connector = Connector(tenant, tokens, teamwork, journal, throttle, load.teams_seconds)
    front.mount("/teams/", connector)
    front.mount("/", SignIn(url, secret, tokens))
    return front
