"""A small Microsoft 365 on loopback HTTPS: sign-in, Graph and the Bot Connector, as strict as the real ones.

The demo, ``hjemmedag sandbox`` and the tests run against it.
"""

from integrations.sandbox.counts import Count, Counts
from integrations.sandbox.entries import Entry, calendar_of, plan_of
from integrations.sandbox.fault_book import FaultBook
from integrations.sandbox.faults import Fault, load_faults
from integrations.sandbox.journal import DeliveredMessage, LoggedRequest, SentMail, TurnedAway
from integrations.sandbox.limits import Limits, Window
from integrations.sandbox.server import Sandbox
from integrations.sandbox.tenant import Tenant, load_tenant

__all__ = [
    "Count",
    "Counts",
    "DeliveredMessage",
    "Entry",
    "Fault",
    "FaultBook",
    "Limits",
    "LoggedRequest",
    "Sandbox",
    "SentMail",
    "Tenant",
    "TurnedAway",
    "Window",
    "calendar_of",
    "load_faults",
    "load_tenant",
    "plan_of",
]
