"""How a caller wants entries shown: the zone of ``Prefer`` and the properties of ``$select``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from integrations.sandbox.entries import Entry
from integrations.sandbox.exchange import Call
from integrations.sandbox.moments import preferable, written
from integrations.sandbox.odata import refuse

_PREFERRED_ZONE = re.compile(r'outlook\.timezone="([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PreferredZone:
    """The zone in which the caller wants times shown."""

    name: str
    zone: ZoneInfo

    @classmethod
    def of(cls, call: Call) -> PreferredZone:
        """Read the Prefer header; UTC without it. Refuses names that Graph doesn't know."""
        found = _PREFERRED_ZONE.search(call.headers.get("prefer", ""))
        name = found[1] if found else "UTC"
        zone = preferable(name)
        if zone is None:
            message = (
                f"A valid TimeZone value must be specified. The following TimeZone is not supported: {name}."
            )
            raise refuse(400, "TimeZoneNotSupportedException", message)
        return cls(name, zone)

    def shown(self, entry: Entry) -> dict[str, Any]:
        """Return the event with its times in this zone; whole days stay midnight to midnight in any zone."""
        if entry.data["isAllDay"]:
            times = {edge: entry.data[edge] | {"timeZone": self.name} for edge in ("start", "end")}
        else:
            times = {
                "start": written(entry.start, self.name, self.zone),
                "end": written(entry.end, self.name, self.zone),
            }
        return entry.data | times


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Some properties of an entry, all without ``names``, its times in a zone, as they stand without one.

    Made by ``selection``, which gives the same one for the same wishes.
    """

    zone: PreferredZone | None
    names: tuple[str, ...] | None

    def shown(self, entry: Entry) -> dict[str, Any]:
        """Return the entry so; id and etag come along, as they do from Graph."""
        item = entry.data if self.zone is None else self.zone.shown(entry)
        if self.names is None:
            return item
        wanted = {"@odata.etag", "id", *self.names}
        return {name: value for name, value in item.items() if name in wanted}


@lru_cache(maxsize=64)
def selection(zone: PreferredZone | None, names: tuple[str, ...] | None) -> Selection:
    """Return the one selection for these wishes."""
    return Selection(zone, names)
