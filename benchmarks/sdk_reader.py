"""Calendars read by Microsoft's SDK as it comes, into its models."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import (
    CalendarViewRequestBuilder,
)
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]

from benchmarks.service import Service
from benchmarks.views import END, PREFER, START
from integrations.graph.calendars import PAGE_SIZE
from integrations.graph.events import SELECT

_Query = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters


async def read_all(service: Service, mailboxes: Sequence[str]) -> int:
    """Read one mailbox after the other; return how many entries came."""
    headers = {"Authorization": f"Bearer {await service.token()}"}
    async with httpx.AsyncClient(verify=service.tls, headers=headers, timeout=30) as http:
        adapter = GraphRequestAdapter(
            AnonymousAuthenticationProvider(), GraphClientFactory.create_with_default_middleware(client=http)
        )
        adapter.base_url = f"{service.graph_url}/v1.0"
        graph = GraphServiceClient(request_adapter=adapter)
        return sum([await _mailbox(graph, mailbox) for mailbox in mailboxes])


async def _mailbox(graph: GraphServiceClient, mailbox: str) -> int:
    query = _Query(start_date_time=START, end_date_time=END, select=list(SELECT), top=PAGE_SIZE)
    wanted = RequestConfiguration(query_parameters=query)
    wanted.headers.add("Prefer", PREFER)
    page = await graph.users.by_user_id(mailbox).calendar_view.get(request_configuration=wanted)
    return len(page.value or ()) if page else 0
