"""The made-up calendars: sixty entries for everybody, the same every time, that say what the days say."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from benchmarks.calendars import Mailboxes
from benchmarks.entries import ENTRIES_A_PERSON
from benchmarks.organisation import WINDOW, made_up
from bot.markings import read_days
from bot.model import Kind, RemoteWork
from bot.names import Owner
from integrations.graph.events import WireEvent, to_event
from integrations.sandbox import Entry

PEOPLE = 60
ZONE = ZoneInfo("Europe/Copenhagen")
REGISTER = made_up(PEOPLE, "nyborg")


def test_everybody_has_as_many_entries_none_of_them_twice() -> None:
    mailboxes = Mailboxes(REGISTER)
    for person in REGISTER.people:
        entries = mailboxes.events(person)
        assert len(entries) == len({one.data["id"] for one in entries}) == ENTRIES_A_PERSON
        assert all(WINDOW.start <= one.start.astimezone(ZONE).date() <= WINDOW.end for one in entries)


def test_people_share_a_few_calendars() -> None:
    first, again = Mailboxes(REGISTER), Mailboxes(REGISTER)
    assert all(first.events(person) is again.events(person) for person in REGISTER.people)


def test_people_work_at_home_a_day_and_a_half_a_week_or_so_as_detection_reads_it() -> None:
    mailboxes, home = Mailboxes(REGISTER), 0
    for person in REGISTER.people.values():
        events = [event for one in mailboxes.events(person.id) if (event := to_event(_wire(one), ZONE))]
        plan = [_remote(one) for one in mailboxes.plan(person.id)]
        days = read_days(Owner.of(person, leader=""), REGISTER.organisation, events, WINDOW, plan)
        home += sum(day.kind is Kind.HOME for day in days.values())
    assert 1.2 < home / PEOPLE / (len(WINDOW.days()) / 7) < 1.8


def _wire(entry: Entry) -> WireEvent:
    return msgspec.convert(entry.data, WireEvent)


def _remote(entry: Entry) -> RemoteWork:
    start, end = (edge.astimezone(ZONE).replace(tzinfo=None) for edge in (entry.start, entry.end))
    return RemoteWork(start, end)
