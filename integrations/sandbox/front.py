"""What every request passes: it finds the service, lets the fault that is due happen, keeps the journal."""

from __future__ import annotations

import asyncio

from integrations.sandbox.exchange import JSON_TYPE, Answer, Call, Service
from integrations.sandbox.fault_book import FaultBook
from integrations.sandbox.faults import Fault
from integrations.sandbox.journal import Journal

_HTML = "<html><head><title>Service unavailable</title></head><body>The service is unavailable.</body></html>"


class Front:
    """Answers calls by the service mounted for their path, the first one that fits."""

    def __init__(self, faults: FaultBook, journal: Journal, url: str) -> None:
        self._faults = faults
        self._journal = journal
        self._url = url
        self._services: list[tuple[str, Service]] = []

    def mount(self, prefix: str, service: Service) -> None:
        """Send paths that begin with the prefix to a service."""
        self._services.append((prefix, service))

    async def handle(self, call: Call) -> Answer | None:
        """Answer a request; None says that the connection is to be closed without an answer."""
        service = next(service for prefix, service in self._services if call.path.startswith(prefix))
        person = service.person(call)
        fault = self._faults.take(call, person)
        answer = await (service.answer(call) if fault is None else self._go_wrong(service, call, fault))
        self._journal.log(call, answer, person)
        return answer

    async def _go_wrong(self, service: Service, call: Call, fault: Fault) -> Answer | None:
        await asyncio.sleep(fault.delay)
        if fault.after:
            await service.answer(call)
        if fault.drop:
            return None
        answer = await self._plain(service, call, fault)
        return _spoil(answer, fault, self._url + call.target())

    async def _plain(self, service: Service, call: Call, fault: Fault) -> Answer:
        if fault.status is None:
            return await service.answer(call)
        answer = service.error(fault.status, fault.code, fault.message)
        return answer if fault.retry_after is None else answer.retry_after(str(fault.retry_after))


def _spoil(answer: Answer, fault: Fault, url: str) -> Answer:
    match fault.body:
        case "html":
            return Answer(
                answer.status,
                headers={**answer.headers, "Content-Type": "text/html; charset=utf-8"},
                text=_HTML,
            )
        case "garbage":
            return Answer(answer.status, headers={**answer.headers, "Content-Type": JSON_TYPE}, text="{]")
        case "truncated":
            whole = answer.content().decode()
            return Answer(answer.status, headers=answer.headers, text=whole[: len(whole) // 2])
        case "empty-page":
            return Answer(200, {"value": [], "@odata.nextLink": url})
        case None:
            return answer
