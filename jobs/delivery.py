"""Getting messages out: Teams first, mail for whom Teams has refused for a day, and cards put right."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.corrections import CardUpdate
from bot.errors import HjemmedagError, OutOfTime
from bot.model import Delivery, DirectoryUser, Message, MessageState, PlannedMessage, Register
from bot.plan import QUIET_HOURS, is_quiet
from bot.ports import Cards, Change, Sender, Store
from bot.reach import is_unreachable
from bot.texts.letters import addressed
from integrations.deadline import Deadline
from jobs.logs import get_log
from jobs.report import LEFT_FOR_LATER, MessageLine
from jobs.side_by_side import side_by_side

SENDS_AT_ONCE = 32
TROUBLE_IN_A_ROW = 10
"""After so many messages in a row that Teams had no answer for it is out of order, and nothing more is tried.

A message that was posted and not answered for may have arrived, so it is never sent again: a whole region's
would be lost in an hour's outage if we went on.
"""
NOBODY = Delivery(MessageState.UNDELIVERABLE, "not-in-directory")
NOT_LOOKED_UP = Delivery(MessageState.FAILED, "directory-unavailable")
NO_TOKEN = Delivery(MessageState.FAILED, "no-token")
OUT_OF_TIME, TEAMS_DOWN = (Delivery(MessageState.HELD, reason) for reason in LEFT_FOR_LATER)
NOT_IN_TIME = Delivery(MessageState.FAILED, OUT_OF_TIME.reason)
"""It waited for its turn at Teams until time was over, and was never posted."""
QUIET = Delivery(MessageState.HELD, QUIET_HOURS)

Users = Mapping[str, DirectoryUser | None]


@dataclass(slots=True)
class Trouble:
    """How many messages in a row Teams has had no answer for."""

    in_a_row: int = 0

    def note(self, delivery: Delivery) -> None:
        """Take note of what became of a message."""
        reason = delivery.reason or ""
        is_trouble = reason in OUT_OF_ORDER or reason.startswith("answered-")
        self.in_a_row = self.in_a_row + 1 if is_trouble else 0

    @property
    def is_too_much(self) -> bool:
        """Whether there is no sense in going on."""
        return self.in_a_row >= TROUBLE_IN_A_ROW


OUT_OF_ORDER = frozenset({"teams-unreachable", "teams-unavailable", "graph-unavailable", "no-answer"})
"""Reasons that speak of the service and not of the one written to."""


@dataclass(frozen=True, slots=True)
class Post:
    """The channels, the store that remembers what went through them, and who is who.

    ``now``: when the pass began; ``zone``: the organisation's.
    """

    teams: Sender
    cards: Cards
    mail: Sender | None
    store: Store
    register: Register
    users: Users
    now: datetime
    zone: ZoneInfo
    deadline: Deadline = field(default_factory=Deadline)
    trouble: Trouble = field(default_factory=Trouble)

    @property
    def moment(self) -> datetime:
        """When something is sent, to the minute: a region's messages take longer than that to go out."""
        return self.now + timedelta(minutes=self.deadline.elapsed // 60)

    async def send_all(self, messages: Sequence[PlannedMessage]) -> list[MessageLine]:
        """Send side by side. When one cannot be sent at all, none that is not under way yet is begun. Nor is
        any when time is over, Teams is out of order, or the quiet hours have begun meanwhile: these are for
        the next pass.

        Raises: what a sender raises.
        """
        lines = await side_by_side(messages, self._send, SENDS_AT_ONCE)
        waiting = Counter(line.reason for line in lines if line and line.reason in LEFT_FOR_LATER)
        for reason, messages_left in waiting.items():
            say = get_log().info if self.deadline.is_cut else get_log().error
            say("messages_left_for_the_next_pass", messages=messages_left, reason=reason)
        return [line for line in lines if line]

    async def correct(self, updates: Iterable[CardUpdate]) -> None:
        """Change the cards that no longer show how things stand, side by side. What cannot be changed now is
        left as it is, and tried again by the next pass; where Teams is out of order no further one is tried.
        """
        halt = asyncio.Event()

        async def change(update: CardUpdate) -> None:
            if self.deadline.is_over or self.trouble.is_too_much or halt.is_set():
                return
            try:
                became = await self._correct(update)
            except OutOfTime:
                became = Change.NOT_NOW
            if became is Change.NOT_NOW:
                halt.set()

        try:
            await side_by_side(updates, change, SENDS_AT_ONCE)
        except HjemmedagError as error:
            get_log().error("cards_not_corrected", error=str(error))

    async def _correct(self, update: CardUpdate) -> Change:
        """Change one card. One that is gone counts as changed, so that nobody tries for ever."""
        card = update.card
        change = await self.cards.update(card.receipt, self._addressed(card.recipient, update.message))
        if change is not Change.NOT_NOW:
            self.store.show_settled(card.message, update.settled)
            event = "card_corrected" if change is Change.DONE else "card_gone"
            get_log().info(event, message=card.message, settled=len(update.settled))
        return change

    async def _send(self, planned: PlannedMessage) -> MessageLine | None:
        """Make ready, claim, send, record. None where another pass has the message already."""
        if left := self._left_for_later():
            return line_of(planned, self.teams.channel, left)
        try:
            obstacle = await self._obstacle(planned.recipient)
        except OutOfTime:
            return line_of(planned, self.teams.channel, OUT_OF_TIME)
        # In words before it is claimed: a fault in the words must not count as a message that may have gone.
        message = self._addressed(planned.recipient, planned.message)
        if not self.store.claim(planned, self.teams.channel, self.moment):
            return None
        channel, delivery = self.teams.channel, NO_TOKEN
        try:
            delivery = await self._by_teams(planned.recipient, message, obstacle)
            self.trouble.note(delivery)
            if delivery.refused and self._has_become_unreachable(planned.recipient):
                channel, delivery = await self._without_teams(planned.recipient, message, delivery)
        except OutOfTime:
            delivery = NOT_IN_TIME
        except HjemmedagError:
            self.store.record(planned.id, delivery, self.moment)
            raise
        self.store.record(planned.id, delivery, self.moment, channel)
        if (channel, delivery.state) == (self.teams.channel, MessageState.SENT):
            self.store.forget_refusal(planned.recipient)
        get_log().info(
            f"{planned.step.value}_{delivery.state.value}",
            message=planned.id,
            to=planned.recipient,
            channel=channel,
            findings=len(planned.findings),
            reason=delivery.reason,
        )
        return line_of(planned, channel, delivery)

    def _left_for_later(self) -> Delivery | None:
        """Return why nothing more is begun, if so."""
        if self.deadline.is_over:
            return OUT_OF_TIME
        if self.trouble.is_too_much:
            return TEAMS_DOWN
        is_late = is_quiet(self.moment.astimezone(self.zone).replace(tzinfo=None))
        return QUIET if is_late else None

    async def _by_teams(self, recipient: str, message: Message, obstacle: Delivery | None) -> Delivery:
        user = self.users.get(recipient)
        if obstacle or user is None:
            return obstacle or NOBODY
        return await self.teams.send(user, message)

    def _has_become_unreachable(self, recipient: str) -> bool:
        """Keep that Teams has refused the person, and return whether it has done so for a day."""
        self.store.note_refusal(recipient, self.moment)
        return is_unreachable(self.store.refused_since(recipient), self.moment)

    async def _without_teams(
        self, recipient: str, message: Message, refusal: Delivery
    ) -> tuple[str, Delivery]:
        """Reach a person whom Teams has refused for a day: by mail, where there is mail."""
        user = self.users.get(recipient)
        if self.mail is None or user is None:
            return self.teams.channel, Delivery(MessageState.UNDELIVERABLE, refusal.reason)
        if obstacle := await self.mail.prepare(user):
            return self.mail.channel, obstacle
        return self.mail.channel, await self.mail.send(user, message)

    async def _obstacle(self, recipient: str) -> Delivery | None:
        """Return why the recipient cannot be written to, after everything short of writing has been
        tried.
        """
        if recipient not in self.users:
            return NOT_LOOKED_UP
        user = self.users[recipient]
        return await self.teams.prepare(user) if user else NOBODY

    def _addressed(self, recipient: str, message: Message) -> Message:
        """Put the name of somebody who is not in the register in the greeting."""
        user = self.users.get(recipient)
        return message if recipient in self.register.people or not user else addressed(message, user.name)


def planned_lines(messages: Iterable[PlannedMessage], channel: str) -> list[MessageLine]:
    """Return the lines of messages that were not sent."""
    return [line_of(message, channel, Delivery(message.state, message.reason)) for message in messages]


def line_of(message: PlannedMessage, channel: str, delivery: Delivery) -> MessageLine:
    """Return the report's line of a message."""
    return MessageLine(
        message.id,
        message.step.value,
        message.recipient,
        channel,
        delivery.state,
        message.findings,
        delivery.reason,
    )
