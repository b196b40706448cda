"""The demo's municipality: its register and its tenant."""

from __future__ import annotations

from importlib.resources import as_file, files

from bot.model import Register
from integrations.register import load_register
from integrations.sandbox import Tenant
from jobs.demo.calendars import tenant_data
from jobs.wiring import ShippedPolicies

REGISTER = files("jobs.demo") / "register.yaml"


def load_municipality() -> Register:
    """Return the register as the week begins."""
    with as_file(REGISTER) as file:
        return load_register(file, known=ShippedPolicies())


def tenant_of(register: Register) -> Tenant:
    """Return everyone in the register, and their leaders, with their calendars as the week begins."""
    return Tenant.from_data(tenant_data(register))
