"""A small Microsoft 365 on loopback HTTPS: sign-in, Graph and the Bot Connector, as strict as the real ones.

The demo, ``hjemmedag sandbox`` and the tests run against it.
"""

from integrations.sandbox.faults import Fault, FaultBook, load_faults
from integrations.sandbox.journal import DeliveredMessage, LoggedRequest, SentMail, TurnedAway
from integrations.sandbox.limits import Limits, Window
from integrations.sandbox.server import Sandbox
from integrations.sandbox.tenant import Tenant, load_tenant

__all__ = [
    "DeliveredMessage",
    "Fault",
    "FaultBook",
    "Limits",
    "LoggedRequest",
    "Sandbox",
    "SentMail",
    "Tenant",
    "TurnedAway",
    "Window",
    "load_faults",
    "load_tenant",
]
