"""One post of reads: sent, and what came of it as a whole and for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from bot.errors import ServiceDown
from integrations.graph.batch import PATH, Answer, answers_to, outer
from integrations.graph.client import GraphClient
from integrations.graph.line import Turn
from integrations.pace import Clock
from integrations.retry import PASSING_STATUS

OK, DEPENDENCY, THROTTLED, UNAVAILABLE = 200, 424, 429, 503


@dataclass(frozen=True, slots=True)
class Post:
    """A post that was answered or lost; ``began`` and ``ended`` are seconds of the clock.

    ``down`` is what to say of a failed one if none ever gets through; a lost one has the status 503.
    """

    turns: Sequence[Turn]
    began: float
    ended: float
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    down: ServiceDown | None = None
    has_token: bool = True

    @property
    def is_batch(self) -> bool:
        """Whether each read has an answer of its own in it."""
        return self.status in {OK, DEPENDENCY}

    def answers(self) -> list[Answer]:
        """Return the answer to each turn, in order; to each the same where the post was refused."""
        reads = [turn.read for turn in self.turns]
        if self.is_batch:
            return answers_to(reads, self.body)
        return [Answer(read.id, self.status, self.headers, self.body) for read in reads]


async def send(client: GraphClient, turns: Sequence[Turn], clock: Clock) -> Post:
    """Post once; what fails is the caller's to repeat. Raises: ``WrongConfiguration`` on 401."""
    began = clock.now()
    try:
        response = await client.request("POST", PATH, body=outer([turn.read for turn in turns]))
    except httpx.RequestError as error:
        lost = ServiceDown(f"Microsoft Graph at {client.host} cannot be reached ({type(error).__name__}).")
        return Post(turns, began, clock.now(), UNAVAILABLE, down=lost)
    except ServiceDown as error:  # the identity service, after tries of its own
        return Post(turns, began, clock.now(), UNAVAILABLE, down=error, has_token=False)
    status = response.status
    has_failed = status in PASSING_STATUS
    down = ServiceDown(f"Microsoft Graph at {client.host} answers {status}.") if has_failed else None
    return Post(turns, began, clock.now(), status, response.headers, response.body, down)
