"""All that a pass's decision rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.model import Day, Finding, Register, SentCard, Telling, Window
from bot.parameters import Policy


class DigestMode(StrEnum):
    """Whether leaders get their digest in this pass.

    AUTO: who has not had this week's; FORCE: everybody, also who has had it; SKIP: nobody.
    """

    AUTO = "auto"
    FORCE = "force"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Known:
    """What was read, what is registered, and what the store remembers.

    ``days`` holds only the people whose calendars were read; ``leaders`` today's day of those leaders and
    deputies who are not under people. ``marked_before`` counts marked days by person as the last pass left
    them; ``last_notices`` the latest message of notices alone. ``now`` is aware. ``earlier`` holds the days
    that were kept of the eight weeks before the window. ``digests`` names who has had this week's digest.
    ``cards`` can still be changed; ``told_of`` holds the findings that they tell of. ``open_since`` tells
    since when findings of earlier passes have been open without a break, where that is known.
    """

    register: Register
    policy: Policy
    days: Mapping[str, Mapping[date, Day]]
    previous: Sequence[Finding]
    tellings: Sequence[Telling]
    last_notices: Mapping[str, date]
    marked_before: Mapping[str, int]
    window: Window
    now: datetime
    timezone: str
    language: str
    earlier: Mapping[str, Mapping[date, Day]] = field(default_factory=dict)
    leaders: Mapping[str, Day] = field(default_factory=dict)
    digests: frozenset[str] = frozenset()
    digest_mode: DigestMode = DigestMode.AUTO
    cards: Sequence[SentCard] = ()
    told_of: Mapping[str, Finding] = field(default_factory=dict)
    open_since: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def in_zone(self) -> datetime:
        """Now in the organisation's time zone, aware."""
        return self.now.astimezone(ZoneInfo(self.timezone))

    @property
    def local(self) -> datetime:
        """Now in the organisation's time zone, naive."""
        return self.in_zone.replace(tzinfo=None)

    @property
    def today(self) -> date:
        """Today in the organisation's time zone."""
        return self.local.date()
