"""The smallest place there is: one team of three with its leader. Tuesdays are team days.

All three have Tuesday 3 March 2026 marked as a home day; Dorte leads them and is not under people.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

from integrations.sandbox import Sandbox, Tenant
from jobs.demo.calendars import DOMAIN, entry
from tests.jobs.conftest import Office, office_in

STAFF, LEADER = ("ada", "bo", "cai"), "dorte"
TUESDAY = date(2026, 3, 3)
REGISTER = f"""\
organisation: {{name: Lilleby, policy: nyborg, domains: [{DOMAIN}]}}
teams:
  - id: kontor
    name: Kontor
    leader: {LEADER}@{DOMAIN}
    team_days: [{{weekday: tuesday}}]
    med_discussed_on: 2025-11-01
    frames_decided_on: 2025-11-01
    discussed_on: 2025-11-01
people:
{"".join(f"  - {{id: {name}@{DOMAIN}, name: {name.title()} Holm, team: kontor}}" + chr(10) for name in STAFF)}
"""


def village_tenant() -> Tenant:
    """Return everybody with a calendar."""
    users = [user(name) for name in (*STAFF, LEADER)]
    events = {f"{name}@{DOMAIN}": [at_home(name)] for name in STAFF}
    return Tenant.from_data({"users": users, "events": events | {f"{LEADER}@{DOMAIN}": []}})


def village_in(folder: Path, sandbox: Sandbox, tenant: Tenant) -> Office:
    """Return the village with a database of its own, with everything in the sandbox as it was."""
    sandbox.faults.clear()
    sandbox.clear()
    for name in STAFF:
        tenant.set_events(f"{name}@{DOMAIN}", [at_home(name)])
    return office_in(folder, sandbox, tenant, REGISTER)


def at_home(name: str, day: date = TUESDAY) -> dict[str, object]:
    """Return a mark of a home day."""
    return entry(name, day, "Hjemme")


def states(office: Office) -> dict[str, str]:
    """Return what the database says became of each message, by id."""
    with closing(sqlite3.connect(office.database)) as connection:
        return dict(connection.execute("SELECT id, state FROM messages").fetchall())


def receipts(office: Office) -> list[str]:
    """Return the ids of the Teams activities that the database takes for sent."""
    with closing(sqlite3.connect(office.database)) as connection:
        found = connection.execute("SELECT activity FROM messages WHERE state = 'sent'").fetchall()
    return [activity for (activity,) in found]


def user(name: str) -> dict[str, object]:
    """Return somebody as they stand in the tenant."""
    address = f"{name}@{DOMAIN}"
    return {
        "id": str(uuid5(NAMESPACE_DNS, address)),
        "userPrincipalName": address,
        "displayName": f"{name.title()} Holm",
        "mail": address,
        "accountEnabled": True,
    }
