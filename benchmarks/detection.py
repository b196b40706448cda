"""From the bytes of a page to a person's days, beside the least that reading them can cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from msgraph.generated.models.event_collection_response import EventCollectionResponse

from benchmarks.entries import COLLEAGUES, ENTRIES_A_PERSON, WINDOW, address_of, pages
from benchmarks.measure import Rate, measure
from bot.markings import read_days
from bot.model import Day, Event, Organisation, Person
from bot.names import Names, Owner
from integrations.graph.calendars import EVENT_PAGES
from integrations.graph.events import WireEvent, to_event
from integrations.graph.paging import Page

PEOPLE = 200
TO_DAYS = "page → days: decode, translate, detect"
PEOPLE_TYPED = 2
"""The SDK's models take milliseconds an entry, so they get a small part of the same pages."""

_ZONE = ZoneInfo("Europe/Copenhagen")
_ORGANISATION = Organisation("Prøvekommunen", "nyborg")
_OWNER = Owner.of(
    Person(address_of("Anna Holm"), "Anna Holm", "borgerservice"),
    leader=address_of("Bo Friis"),
    known=Names.of([(name, address_of(name)) for name in COLLEAGUES]),
)
_DECODER = msgspec.json.Decoder(Page[WireEvent])


def detection(people: int = PEOPLE) -> tuple[Rate, ...]:
    """Measure each step of the chain, and the SDK's decode, over the same pages; the bare decode first."""
    bodies = list(pages(people))
    few = bodies[:PEOPLE_TYPED]
    return (
        _rate("bare msgspec decode", bodies, _DECODER.decode),
        _rate("page → events: decode, translate", bodies, _events),
        _rate(TO_DAYS, bodies, _days),
        _rate("typed msgraph-sdk decode alone", few, _typed),
    )


def _rate(name: str, bodies: Sequence[bytes], read: Callable[[bytes], object]) -> Rate:
    """Read page by page, keeping none: as a pass does, and what is kept costs the garbage collector time."""

    def read_all() -> None:
        for body in bodies:
            read(body)

    read(bodies[0])  # imports and tables that are made at first use
    return measure(name, len(bodies) * ENTRIES_A_PERSON, read_all)


def _events(body: bytes) -> list[Event]:
    return [event for wire in EVENT_PAGES.decode(body).value if (event := to_event(wire, _ZONE)) is not None]


def _days(body: bytes) -> Mapping[date, Day]:
    return read_days(_OWNER, _ORGANISATION, _events(body), WINDOW)


def _typed(body: bytes) -> EventCollectionResponse | None:
    node = JsonParseNodeFactory().get_root_parse_node("application/json", body)
    return node.get_object_value(EventCollectionResponse)
