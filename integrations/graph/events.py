"""An event as Graph sends it, and as ``bot.model.Event``: local times, plain words, nothing private.

Shapes: learn.microsoft.com/graph/api/resources/event. Graph's answers vary in the letter case of enum
values, and leave fields out or null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import MINYEAR, datetime, time, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from bot.model import Event, FreeBusy, Response
from integrations.graph.times import DateTimeTimeZone, to_local

LONGEST_TEXT = 1000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

E = TypeVar("E", bound=StrEnum)


class Location(msgspec.Struct, rename="camel", gc=False):
    """A place as written."""

    display_name: str | None = None
    location_type: str | None = None


class EmailAddress(msgspec.Struct, gc=False):
    """An SMTP address, or for some organisers an internal one."""

    address: str | None = None


class Participant(msgspec.Struct, rename="camel", gc=False):
    """An organiser or attendee."""

    email_address: EmailAddress | None = None


class ResponseStatus(msgspec.Struct, gc=False):
    """The owner's answer to the invitation."""

    response: str | None = None


class WireEvent(msgspec.Struct, rename="camel", gc=False):
    """The fields asked for in ``$select``."""

    start: DateTimeTimeZone
    end: DateTimeTimeZone
    subject: str | None = None
    is_all_day: bool | None = None
    show_as: str | None = None
    categories: list[str | None] | None = None
    sensitivity: str | None = None
    is_cancelled: bool | None = None
    type: str | None = None
    series_master_id: str | None = None
    location: Location | None = None
    locations: list[Location | None] | None = None
    is_organizer: bool | None = None
    organizer: Participant | None = None
    attendees: list[Participant | None] | None = None
    response_status: ResponseStatus | None = None
    is_online_meeting: bool | None = None


SELECT = tuple(WireEvent.__struct_encode_fields__)
"""The names for ``$select``."""


def is_series_master(wire: WireEvent) -> bool:
    """Whether it is the head of a series, whose occurrences come by themselves."""
    return _lower(wire.type) == "seriesmaster"


def to_event(wire: WireEvent, zone: ZoneInfo) -> Event | None:
    """Translate one entry to ``zone``; None for what is no entry of a day.

    None are the master of a series, whose occurrences come by themselves, and entries with impossible times.
    A private entry loses its subject and places here, so that nothing further in can see them.
    """
    times = _times(wire, zone)
    if times is None or is_series_master(wire):
        return None
    private = _lower(wire.sensitivity) not in {"", "normal"}
    places = [] if private else [place for place in (*(wire.locations or ()), wire.location) if place]
    return Event(
        subject="" if private else _clean(wire.subject),
        start=times[0],
        end=times[1],
        all_day=bool(wire.is_all_day),
        free_busy=_known(_FREE_BUSY, wire.show_as, FreeBusy.UNKNOWN),
        categories=_texts(wire.categories or ()),
        locations=() if private else _place_names(wire),
        home_address="homeaddress" in [_lower(place.location_type) for place in places],
        private=private,
        cancelled=bool(wire.is_cancelled),
        response=_response(wire),
        organizer=_address(wire.organizer),
        own=wire.is_organizer is not False,
        attendees=tuple([address for one in wire.attendees if (address := _address(one))])
        if wire.attendees
        else (),
        online=bool(wire.is_online_meeting),
        series=_series(wire.series_master_id),
    )


def _times(wire: WireEvent, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    try:
        if wire.is_all_day:
            # Graph gives midnights whatever zone was asked for; converting them would move the day.
            start, end = _midnight(wire.start), _midnight(wire.end)
            end = end if end != start else start + timedelta(days=1)
        else:
            start, end = to_local(wire.start, zone), to_local(wire.end, zone)
    except (ValueError, OverflowError):
        return None
    return (start, end) if start.year > MINYEAR and start <= end else None


def _midnight(wire: DateTimeTimeZone) -> datetime:
    return datetime.combine(datetime.fromisoformat(wire.date_time[:10]), time())


def _lower(value: str | None) -> str:
    return value.lower() if value else ""


def _by_name(values: Iterable[E]) -> Mapping[str | None, E]:
    """By the name as documented, which is what nearly always comes, and in lower case."""
    return {name: value for value in values for name in (value.value, value.lower())}


_FREE_BUSY = _by_name(FreeBusy)
_RESPONSES = _by_name(Response)


def _known(known: Mapping[str | None, E], value: str | None, otherwise: E) -> E:
    return known.get(value) or known.get(_lower(value), otherwise)


def _response(wire: WireEvent) -> Response:
    status = wire.response_status
    return _known(_RESPONSES, status.response if status else None, Response.NONE)


def _clean(text: str | None) -> str:
    if not text:
        return ""
    text = text[:LONGEST_TEXT]
    return (text if text.isprintable() else _CONTROL.sub(" ", text)).strip()


def _texts(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Clean, without empty ones and repetitions, in their order."""
    clean = [one for text in texts if (one := _clean(text))]
    return tuple(dict.fromkeys(clean) if len(clean) > 1 else clean)


def _place_names(wire: WireEvent) -> tuple[str, ...]:
    """The names one by one, or else the one field, in which Outlook runs them together."""
    names = _texts([place.display_name for place in wire.locations or () if place])
    return names or _texts([wire.location.display_name if wire.location else None])


def _address(participant: Participant | None) -> str:
    email = participant.email_address if participant else None
    return _lower(email.address).strip() if email else ""


def _series(master: str | None) -> str | None:
    return blake2b(master.encode(), digest_size=8).hexdigest() if master else None
