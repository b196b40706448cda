"""What the operators are told of: the state of things after a pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.model import MessageRecord, Team, Unreadable


class Proof(StrEnum):
    """What the program signs in with that ends on a date."""

    SECRET = "secret"  # noqa: S105 - a kind of credential, no secret
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Credential:
    """What the program signs in with, and the last date it is good for; None: nobody has said."""

    proof: Proof
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class OperationsState:
    """How things stand after a pass.

    ``people``: how many calendars were to be read, ``read`` of them were. ``unresolved``: what failed, cannot
    be delivered or is unclear. ``sources_off``: optional sources by the name they have in the log.
    ``credential``: None where nothing ends, as with a managed identity.
    """

    people: int
    read: int
    unreadable: tuple[Unreadable, ...] = ()
    unresolved: tuple[MessageRecord, ...] = ()
    sources_off: tuple[str, ...] = ()
    silenced: tuple[Team, ...] = ()
    credential: Credential | None = None
