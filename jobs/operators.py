"""The operators' weekly summary, sent after everything else of a pass, to a mailbox, a channel or both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.days import iso_week
from bot.errors import HjemmedagError
from bot.known import Known
from bot.model import Delivery, Message, Step
from bot.operations import Credential, OperationsState, not_due, plan, summary
from bot.ports import Store
from jobs.delivery import NO_TOKEN, line_of
from jobs.logs import get_log
from jobs.report import MessageLine


@dataclass(frozen=True, slots=True)
class Outlet:
    """One place where operators read the summary: who it stands for, and how it is sent there."""

    recipient: str
    channel: str
    send: Callable[[Message], Awaitable[Delivery]]


@dataclass(frozen=True, slots=True)
class Operators:
    """Where the operators are reached, if anywhere, and what the program signs in with."""

    outlets: tuple[Outlet, ...] = ()
    credential: Credential | None = None


async def tell_operators(
    outlets: tuple[Outlet, ...], state: OperationsState, known: Known, store: Store
) -> list[MessageLine]:
    """Send the summary where this week's has not been sent. What an outlet raises stops that outlet alone."""
    had_it = store.told_in_week(Step.OPERATIONS, iso_week(known.today))
    lines = []
    for outlet in outlets:
        waits = not_due(known.local, known.register.organisation, sent_this_week=outlet.recipient in had_it)
        if waits is None and (line := await _tell(outlet, state, known, store)):
            lines.append(line)
    return lines


async def _tell(outlet: Outlet, state: OperationsState, known: Known, store: Store) -> MessageLine | None:
    planned = plan(outlet.recipient, summary(state, known.language, known.today), known.today)
    if not store.claim(planned, outlet.channel, known.now):
        return None
    try:
        delivery = await outlet.send(planned.message)
    except HjemmedagError as error:
        get_log().error("operations_not_sent", to=outlet.recipient, error=str(error))
        delivery = NO_TOKEN
    store.record(planned.id, delivery, known.now)
    get_log().info(f"operations_{delivery.state.value}", to=outlet.recipient, reason=delivery.reason)
    return line_of(planned, outlet.channel, delivery)
