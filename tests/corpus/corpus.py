"""Items of the labelled corpus: entries as colleagues write them, and what they are to be read as.

An item is turned into Graph's own JSON and read through the whole chain, so that decoding is under test too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import yaml

from bot.markings import read_days
from bot.model import Day, Event, Kind, Organisation, Person, Window
from bot.names import Names, Owner
from integrations.graph.events import WireEvent, to_event

DAY = date(2026, 3, 3)
DOMAIN = "lillehavn.example"
ZONE = ZoneInfo("Europe/Copenhagen")
PERSON = Person(f"anna.holm@{DOMAIN}", "Anna Holm", "borgerservice")
LEADER = f"mette.lund@{DOMAIN}"
COLLEAGUES = (
    "Bo Friis, Carla Dam, David Juhl, Eva Skov, Freja Berg, Gustav Lind, Hanne Ravn, Ismail Kaya, "
    "Julie Bach, Karen Møller, Lars Toft, Maja Vest, Mette Lund, Anna Holm"
).split(", ")
NAMES = Names.of([(name, f"{name.lower().replace(' ', '.')}@{DOMAIN}") for name in COLLEAGUES])
OWNER = Owner.of(PERSON, LEADER, NAMES)
ORGANISATION = Organisation("Lillehavn Kommune", "nyborg")
NEAR_ENOUGH = 0.02


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its entries, and the kind, portion and evidence that the day must come to."""

    says: str
    entries: tuple[Mapping[str, Any], ...]
    kind: Kind
    portion: float
    evidence: str

    @property
    def source(self) -> str:
        """The source it is counted under; what must stay silent is counted by itself."""
        return self.evidence if self.kind is not Kind.ON_SITE else "silent"

    def day(self) -> Day:
        """Read the item through the whole chain."""
        wire = (msgspec.convert(graph_json(entry), WireEvent) for entry in self.entries)
        events = [event for one in wire if isinstance(event := to_event(one, ZONE), Event)]
        return read_days(OWNER, ORGANISATION, events, Window(DAY, DAY))[DAY]

    def fits(self, day: Day) -> bool:
        """Whether the day is read as a careful colleague would read it."""
        portion_fits = self.kind is Kind.ON_SITE or abs(day.portion - self.portion) <= NEAR_ENOUGH
        return day.kind is self.kind and portion_fits


def read_corpus(file: Path) -> list[Item]:
    """Return the items of a file."""
    return [_item(raw) for raw in yaml.safe_load(file.read_text(encoding="utf-8"))]


def _item(raw: Mapping[str, Any]) -> Item:
    kind = Kind.ON_SITE if raw["kind"] == "none" else Kind(raw["kind"])
    entries = tuple(raw.get("entries", (raw,)))
    says = " + ".join(str(entry.get("says", "")) for entry in entries)
    return Item(says, entries, kind, float(raw.get("portion", 1)), raw.get("evidence", "subject"))


def graph_json(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry as ``calendarView`` would."""
    start, end = _times(entry.get("at"))
    organizer = _address(entry["from"]) if entry.get("from") else PERSON.id
    own = organizer == PERSON.id
    place = entry.get("place") or ""
    return {
        "subject": str(entry.get("says", "")),
        "isAllDay": "at" not in entry,
        "start": {"dateTime": f"{start.isoformat()}.0000000", "timeZone": "Romance Standard Time"},
        "end": {"dateTime": f"{end.isoformat()}.0000000", "timeZone": "Romance Standard Time"},
        "showAs": entry.get("show_as", "busy" if "at" in entry else "free"),
        "categories": _listed(entry.get("category")),
        "sensitivity": "private" if entry.get("private") else "normal",
        "isCancelled": bool(entry.get("cancelled")),
        "type": "singleInstance",
        "location": {"displayName": place, "locationType": "default"},
        "locations": [{"displayName": place}] if place else [],
        "isOrganizer": own,
        "organizer": {"emailAddress": {"address": organizer}},
        "attendees": [{"emailAddress": {"address": _address(one)}} for one in entry.get("attendees", ())],
        "responseStatus": {"response": entry.get("response", "organizer" if own else "notResponded")},
        "isOnlineMeeting": bool(entry.get("online")),
    }


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _address(name: str) -> str:
    return name if "@" in name else f"{name}@{DOMAIN}"


def _times(at: str | None) -> tuple[datetime, datetime]:
    midnight = datetime.combine(DAY, time())
    if at is None:
        return midnight, midnight + timedelta(days=1)
    start, end = (datetime.combine(DAY, time.fromisoformat(part.strip())) for part in at.split("-"))
    return start, end
