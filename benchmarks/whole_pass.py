"""Whole passes by the command: from the sandbox to the report, for more and more people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from benchmarks.employer import Employer, employer, microsoft_365
from benchmarks.measure import Spent
from benchmarks.sandbox_process import AS_PUBLISHED, Conditions, FarSandbox, Seen
from integrations.sandbox import Fault

SIZES = (500, 2_000, 8_000, 20_000)
SENDING_SIZE = 2_000
EARLY, LATER, IN_THE_MORNING = (f"2026-03-06T{clock}:00+01:00" for clock in ("06:30", "06:50", "08:00"))
THROTTLED = Fault(match="GET /v1.0/users/*/calendarView", status=429, retry_after=2, share=0.05)


class MailboxesLostError(Exception):
    """A pass did not read everybody."""


class _Read(msgspec.Struct):
    person: str | None = None
    read: bool = False


class _Stats(msgspec.Struct):
    http_requests: int
    events: int


class _Report(msgspec.Struct):
    """What is wanted of a report."""

    people: list[_Read]
    findings: list[msgspec.Raw]
    messages: list[msgspec.Raw]
    stats: _Stats


@dataclass(frozen=True, slots=True)
class WholePass:
    """What a pass for so many people took, and what came of it."""

    name: str
    people: int
    spent: Spent
    requests: int
    throttled: int
    sent: int
    read: int
    entries: int
    findings: int
    messages: int
    report: int

    @property
    def cpu_each(self) -> float:
        """CPU seconds a person."""
        return self.spent.cpu / self.people


def whole_passes(sizes: Sequence[int] = SIZES, sending: int = SENDING_SIZE) -> Iterator[WholePass]:
    """Make a pass for each size, another one for the last of them, and one that sends.

    Raises: ``PassFailedError``, ``MailboxesLostError``.
    """
    for size in sizes:
        with employer(size) as there:
            yield one_pass(there, "first pass", EARLY)
            if size == sizes[-1]:
                throttled = Conditions(faults=(THROTTLED,))
                yield one_pass(there, "next pass, 5 % throttled", LATER, throttled)
    with employer(sending) as there:
        yield one_pass(there, "first pass, with sending", IN_THE_MORNING, Conditions(limits=None))


def one_pass(there: Employer, name: str, now: str, conditions: Conditions = AS_PUBLISHED) -> WholePass:
    """Make one pass. Raises: ``PassFailedError``, ``MailboxesLostError``."""
    with microsoft_365(there.people, conditions) as sandbox:
        return _measured(there, name, now, sandbox)


def _measured(there: Employer, name: str, now: str, sandbox: FarSandbox) -> WholePass:
    spent = there.run(sandbox.settings, now)
    return whole_pass_of(name, spent, sandbox.seen(), there.report.read_bytes())


def whole_pass_of(name: str, spent: Spent, seen: Seen, written: bytes) -> WholePass:
    """Return the figures of a pass from its report. Raises: ``MailboxesLostError``."""
    report = msgspec.json.decode(written, type=_Report)
    people, read = len(report.people), sum(one.read for one in report.people)
    if read < people:
        raise MailboxesLostError(f"{name}: {read} of {people} people were read")
    return WholePass(
        name=name,
        people=people,
        spent=spent,
        requests=report.stats.http_requests,
        throttled=seen.throttled,
        sent=sum(seen.arrived.values()),
        read=read,
        entries=report.stats.events,
        findings=len(report.findings),
        messages=len(report.messages),
        report=len(written),
    )
