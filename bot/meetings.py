"""Meetings: when the first begins and the last ends, and who meets where on a day at home.

A meeting is an entry with somebody else in it that its owner has called or accepted. What was cancelled, is
in doubt or unanswered, shows as free, or is private says nothing. Where it cannot be told whose home a place
is or who comes from outside, that is said rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.days import spread
from bot.model import Circumstance, Event, FreeBusy, Organisation, Response, Window
from bot.names import Owner
from bot.reading.places import Place, Places

ONE_S_OWN = frozenset({Response.NONE, Response.ORGANIZER, Response.ACCEPTED})
CALLED_OFF = ("aflyst", "annulleret", "udskudt", "udsat:", "canceled", "cancelled")
MINUTE, ONE_DAY = timedelta(minutes=1), timedelta(days=1)
# Microsoft gives such an address to every tenant, so it does not tell whose it is.
ANYBODY_S_DOMAIN = ".onmicrosoft.com"


@dataclass(frozen=True, slots=True)
class AtHome:
    """A day's time at home in minutes: as ``marked``, and what is ``left`` when absence, a course and the
    like are taken out; and the entries that mark it.
    """

    marked: int
    left: int
    marks: Sequence[Event] = ()


@dataclass(slots=True)
class Meetings:
    """The meetings and car bookings of one person, gathered entry by entry.

    ``times``: for each date the first start and the last end of the meetings that start on it, in minutes
    from midnight; all-day entries and those of a day or more have no such times.
    """

    owner: Owner
    organisation: Organisation
    places: Places
    times: dict[date, tuple[int, int]] = field(default_factory=dict)
    _entries: list[Event] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Take in an entry of the calendar, if it is a meeting or may book a car."""
        if (event.own and not event.attendees) or not _stands(event):
            return
        self._entries.append(event)
        length = event.end - event.start
        if not event.all_day and MINUTE <= length < ONE_DAY and self._is_meeting(event):
            day, start = event.start.date(), event.start.hour * 60 + event.start.minute
            end = start + length // MINUTE
            first, last = self.times.get(day, (start, end))
            self.times[day] = min(first, start), max(last, end)

    def on(self, days: frozenset[date], window: Window) -> Mapping[date, Sequence[tuple[Event, int]]]:
        """Return the entries that touch each of these days, with the minutes they take of it."""
        found: dict[date, list[tuple[Event, int]]] = {}
        for event in self._entries:
            first = event.start.date()
            if first not in days and event.end.date() == first:
                continue
            for day, taken in spread(event, window):
                if day in days:
                    found.setdefault(day, []).append((event, taken))
        return found

    def circumstances(self, entries: Sequence[tuple[Event, int]], at_home: AtHome) -> Iterator[Circumstance]:
        """Yield what these entries say of a day with time at home."""
        for event, taken in entries:
            if taken & at_home.left and self._books_car(event):
                yield Circumstance.CAR
            if not self._is_meeting(event):
                continue
            if found := self._with_outsiders_at_home(event):
                yield found
            # An entry that itself says "at home" and names a place says two things, and so neither.
            if taken & at_home.marked and self._is_on_site(event) and event not in at_home.marks:
                yield Circumstance.ON_SITE_MEETING

    def _is_meeting(self, event: Event) -> bool:
        """Whether somebody else is in an entry that stands, and the time is not shown as free."""
        return event.free_busy is not FreeBusy.FREE and (not event.own or bool(self._others(event)))

    def _others(self, event: Event) -> set[str]:
        """Return the addresses of everybody in it but the owner; a car is nobody."""
        owner = {self.owner.person.id, event.organizer if event.own else ""}
        return {*event.attendees, event.organizer}.difference(owner, self.organisation.car_resources)

    def _books_car(self, event: Event) -> bool:
        return event.own and any(car in event.attendees for car in self.organisation.car_resources)

    def _is_on_site(self, event: Event) -> bool:
        """Whether a place is named that one has to go to; what is online as well needs no trip."""
        return not (event.online or event.home_address) and self.places.are_away(event.locations)

    def _with_outsiders_at_home(self, event: Event) -> Circumstance | None:
        """Say whether people from outside come to the owner's home, or perhaps.

        "Hjemme" on somebody else's invitation may be the sender's home, and a guest of an online meeting may
        be anywhere.
        """
        places, domains = event.locations, self.organisation.domains
        if not self.places.are_home(places, home_address=event.home_address):
            return None
        owner_s = event.own or event.home_address or self.places.name_owner(places)
        guests = self._others(event) if owner_s else {event.organizer}
        if domains and not any(_is_outside(guest, domains) for guest in guests):
            return None
        online = event.online or any(self.places.kind(place) is Place.ONLINE for place in places)
        certain = domains and owner_s and not online
        return Circumstance.EXTERNAL_AT_HOME if certain else Circumstance.EXTERNAL_UNCERTAIN


def _stands(event: Event) -> bool:
    """Whether an entry is neither cancelled nor private nor in doubt."""
    if event.cancelled or event.private or event.free_busy is FreeBusy.TENTATIVE:
        return False
    answered = event.response in ONE_S_OWN if event.own else event.response is Response.ACCEPTED
    return answered and not event.subject.lower().startswith(CALLED_OFF)


def _is_outside(address: str, domains: Sequence[str]) -> bool:
    """Whether an address is of another domain than these and their subdomains."""
    _, at, domain = address.lower().rpartition("@")
    if not at or domain.endswith(ANYBODY_S_DOMAIN):
        return False
    return not any(f".{domain}".endswith(f".{own}") for own in domains)
