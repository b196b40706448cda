"""Calendars read the ways others read them: Microsoft's SDK as it comes, the O365 library, one call each."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from benchmarks.service import Service
from benchmarks.views import END, PREFER, START, view_of
from integrations.http import new_client

AT_ONCE = 8


def typed_sdk(settings: Mapping[str, str], mailboxes: Sequence[str]) -> int:
    """Read by Microsoft's SDK, into its models, one mailbox after the other; return how many entries came."""
    from benchmarks.sdk_reader import read_all  # its models alone take a second and much memory

    return asyncio.run(read_all(Service.of(settings), mailboxes))


def o365_library(settings: Mapping[str, str], mailboxes: Sequence[str]) -> int:
    """Read by the O365 library, one mailbox after the other; return how many entries came."""
    return _o365(Service.of(settings), mailboxes)


def one_call_each(settings: Mapping[str, str], mailboxes: Sequence[str]) -> int:
    """Read by httpx and json, one request a mailbox, a few at once; return how many entries came."""
    return asyncio.run(_one_call_each(Service.of(settings), mailboxes))


def _o365(service: Service, mailboxes: Sequence[str]) -> int:
    library: Any = import_module("O365")  # only there where benchmarks are run, and without types
    here = {"_protocol_url": f"{service.graph_url}/", "_oauth_scope_prefix": f"{service.graph_url}/"}
    protocol = type("SandboxProtocol", (library.MSGraphProtocol,), here)
    account = library.Account(
        (service.client_id, service.client_secret),
        protocol=protocol(timezone="Europe/Copenhagen"),
        auth_flow_type="credentials",
        tenant_id=service.tenant_id,
        token_backend=import_module("O365.utils.token").MemoryTokenBackend(),
        requests_delay=0,
        verify_ssl=str(service.ca_file),
    )
    account.con.session = account.con.get_session()
    account.con.session.trust_env = False  # or the certificates named in the environment would win
    account.con.update_session_auth_header(asyncio.run(service.token()))
    edges = [datetime.fromisoformat(edge) for edge in (START, END)]
    return sum(_o365_mailbox(account, mailbox, *edges) for mailbox in mailboxes)


def _o365_mailbox(account: Any, mailbox: str, start: datetime, end: datetime) -> int:
    schedule = account.schedule(resource=mailbox)
    return len(list(schedule.get_events(limit=999, start_recurring=start, end_recurring=end)))


async def _one_call_each(service: Service, mailboxes: Sequence[str]) -> int:
    headers = {"Authorization": f"Bearer {await service.token()}", "Prefer": PREFER}
    slots = asyncio.Semaphore(AT_ONCE)
    async with new_client(service.tls) as http:

        async def read(mailbox: str) -> int:
            async with slots:
                answer = await http.get(f"{service.graph_url}/v1.0{view_of(mailbox)}", headers=headers)
            return len(answer.raise_for_status().json()["value"])

        return sum(await asyncio.gather(*map(read, mailboxes)))
