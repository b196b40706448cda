"""A pass whose program ends, all at once, while Ada's message is under way.

Run as a program: the moment of the pass, and "before" or "after" the message has left.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime

from bot.model import Delivery, DirectoryUser, Message
from bot.ports import Sender
from config.settings import load_settings
from jobs.one_pass import Parts
from jobs.run import make_pass

STATUS = 9


class Dying:
    """A sender that takes the whole program with it."""

    def __init__(self, sender: Sender, when: str) -> None:
        self._sender, self._when, self.channel = sender, when, sender.channel

    async def prepare(self, recipient: DirectoryUser) -> Delivery | None:
        return await self._sender.prepare(recipient)

    async def send(self, recipient: DirectoryUser, message: Message) -> Delivery:
        if recipient.principal_name.startswith("ada@"):
            if self._when == "after":
                await self._sender.send(recipient, message)
            os._exit(STATUS)
        return await self._sender.send(recipient, message)


def main(moment: str, when: str) -> None:
    def wrap(parts: Parts) -> Parts:
        return replace(parts, sender=Dying(parts.sender, when))

    make_pass(load_settings(env_file=None, secrets_dir=None), datetime.fromisoformat(moment), wrap=wrap)


if __name__ == "__main__":
    main(*sys.argv[1:])
