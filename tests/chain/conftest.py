"""A Graph of canned answers, as the tests of the Graph client have it; hypothesis without its clock."""

from hypothesis import settings

from tests.integrations.graph.conftest import client, graph, router, tls

__all__ = ["client", "graph", "router", "tls"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
