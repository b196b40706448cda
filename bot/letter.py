"""What one recipient's message is made of, before it is put in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.model import Agreement, Day, Finding, Person, Team


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """All that a leader's digest tells of one team.

    ``people`` are all of it, ``days`` those who were read. ``topics`` are told now, open or gone by;
    ``standing`` has been told before and is open still. ``silenced``: the team's marks have all vanished, so
    nothing is said of anybody.
    """

    team: Team
    people: tuple[Person, ...]
    days: Mapping[str, Mapping[date, Day]]
    agreements: tuple[Agreement, ...] = ()
    topics: tuple[Finding, ...] = ()
    standing: tuple[Finding, ...] = ()
    silenced: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one recipient.

    ``own``: the recipient's own matters; ``of_teams``: matters of people whom the recipient leads, or stands
    in for the leader of; ``digest``: a part for each of the leader's teams, empty where none is due.
    ``settled`` names the findings that have been put right since the letter was first sent; ``rewritten``: it
    takes the place of the first, so what has gone by needs no advice, and who hears when has been said.
    """

    recipient: str
    own: tuple[Finding, ...] = ()
    of_teams: tuple[Finding, ...] = ()
    digest: tuple[TeamWeek, ...] = ()
    settled: frozenset[str] = frozenset()
    rewritten: bool = False
