"""Listening in on the passes: every message as it arrived, and every card as it was changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.model import Delivery, DirectoryUser, Message, MessageState, Receipt, Step
from bot.ports import Cards, Change, Sender
from jobs.one_pass import Parts
from jobs.report import Report


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that somebody was sent, or as it was changed later; ``person`` is the principal name."""

    person: str
    name: str
    step: Step
    message: Message
    at: datetime
    changed: bool = False


@dataclass(slots=True)
class Listener:
    """Stands between the passes and Teams, passes everything on, and remembers what came of it."""

    _sent: list[tuple[DirectoryUser, Message, Receipt | None]] = field(default_factory=list)
    _changed: list[tuple[Receipt, Message]] = field(default_factory=list)
    _standing: dict[Receipt, Delivered] = field(default_factory=dict)

    def around(self, parts: Parts) -> Parts:
        """Return a pass's parts with this between them and Teams."""
        ear = _Ear(parts.sender.channel, parts.sender, parts.cards, self._sent, self._changed)
        return replace(parts, sender=ear, cards=ear)

    def heard(self, report: Report) -> list[Delivered]:
        """Return what came of the pass that this is the report of, in the report's order, and forget it."""
        arrived = {
            user.principal_name.lower(): (user, message, receipt) for user, message, receipt in self._sent
        }
        delivered = []
        for line in (line for line in report.messages if line.to in arrived):
            user, message, receipt = arrived[line.to]
            one = Delivered(line.to, user.name, Step(line.kind), message, report.now)
            delivered.append(one)
            if receipt:
                self._standing[receipt] = one
        for receipt, message in self._changed:
            before = self._standing[receipt]
            delivered.append(replace(before, message=message, at=report.now, changed=True))
        self._sent.clear()
        self._changed.clear()
        return delivered


@dataclass(slots=True)
class _Ear:
    """The sender and the cards of one pass."""

    channel: str
    sender: Sender
    cards: Cards
    sent: list[tuple[DirectoryUser, Message, Receipt | None]]
    changed: list[tuple[Receipt, Message]]

    async def prepare(self, recipient: DirectoryUser) -> Delivery | None:
        """Make ready as the real sender does."""
        return await self.sender.prepare(recipient)

    async def send(self, recipient: DirectoryUser, message: Message) -> Delivery:
        """Send, and remember if it was sent."""
        delivery = await self.sender.send(recipient, message)
        if delivery.state is MessageState.SENT:
            self.sent.append((recipient, message, delivery.receipt))
        return delivery

    async def update(self, receipt: Receipt, message: Message) -> Change:
        """Change a card, and remember if it was changed."""
        done = await self.cards.update(receipt, message)
        if done is Change.DONE:
            self.changed.append((receipt, message))
        return done
