"""Puts the services of one tenant together behind a front."""

from __future__ import annotations

from integrations.sandbox import batch
from integrations.sandbox.batch import Batch
from integrations.sandbox.calendars import Calendars
from integrations.sandbox.connector import Connector
from integrations.sandbox.delta import Delta
from integrations.sandbox.faults import FaultBook
from integrations.sandbox.front import Front
from integrations.sandbox.graph import Graph
from integrations.sandbox.journal import Journal
from integrations.sandbox.people import People
from integrations.sandbox.signin import SignIn, Tokens
from integrations.sandbox.teamwork import Teamwork
from integrations.sandbox.tenant import Tenant


def build_front(
    tenant: Tenant, faults: FaultBook, journal: Journal, url: str, secret: str, latency: float
) -> Front:
    """Return the front for a tenant served at ``url``; ``latency`` is in seconds per request to a mailbox."""
    tokens = Tokens()
    people = People(tenant, url)
    teamwork = Teamwork(people, journal, url)
    resources = (people, teamwork, Calendars(tenant, people, url), Delta(tenant, people, url))
    routes = [route for resource in resources for route in resource.routes()]
    graph = Graph(tenant, tokens, url, routes, latency)
    front = Front(faults, journal, url)
    front.mount(batch.PATH, Batch(graph.authorise, front.handle))
    front.mount("/v1.0/", graph)
    front.mount("/teams/", Connector(tenant, tokens, teamwork, journal))
    front.mount("/", SignIn(url, secret, tokens))
    return front
