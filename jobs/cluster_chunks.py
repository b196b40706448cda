"""The mailboxes of a pass in chunks, the same ones wherever they are made from the same register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

import msgspec

from bot.model import Register
from jobs.gather import mailboxes

SIZE = 300
"""Mailboxes in a chunk, or a few more: teams stay together."""


def chunks_of(register: Register, size: int = SIZE) -> list[tuple[str, ...]]:
    """Return everybody to read, whole teams together, each leader with the first team they lead."""
    chunks: list[tuple[str, ...]] = []
    gathered: list[str] = []
    for names in _by_team(register):
        gathered += names
        if len(gathered) >= size:
            chunks.append(tuple(gathered))
            gathered = []
    return [*chunks, tuple(gathered)] if gathered else chunks


def digest_of(register: Register) -> str:
    """Return what tells this register from any other; the same after it was kept in the store."""
    return sha256(msgspec.json.encode(register, order="deterministic")).hexdigest()


def _by_team(register: Register) -> Iterator[Sequence[str]]:
    members: dict[str, list[str]] = {team: [] for team in register.teams}
    teams_led: dict[str, str] = {}
    for team in register.teams.values():
        for name in (team.leader, team.deputy):
            if name:
                teams_led.setdefault(name, team.id)
    for name in mailboxes(register):
        person = register.people.get(name)
        members[person.team if person else teams_led[name]].append(name)
    yield from members.values()
