"""The command ``explain``: the whole chain from the entries of a day to the messages it led to.

Reads the one calendar anew, because nothing of an entry is kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.days import iso_week
from bot.errors import WrongConfiguration
from bot.known import DigestMode, Known
from bot.markings import read_days
from bot.model import Day, Register, Step, Unreadable, Window
from config.settings import Settings, load_settings
from integrations.store.store import SqlStore
from jobs.clock import read_clock
from jobs.explain_print import print_explanation
from jobs.explain_subject import Seen, Subject, owner_of
from jobs.logs import set_up_logs
from jobs.wiring import connected, current_register, opened_store, policy_of, readers_on, timezone_of

HEADING = "Nothing can be explained."


def explain_day(principal_name: str, day_text: str, now_text: str | None) -> None:
    """Print why a day is judged as it is. Raises: WrongConfiguration, ServiceDown."""
    settings = load_settings()
    set_up_logs(settings.log_format, settings.log_level)
    with opened_store(settings) as store:
        register = current_register(settings, store)
        subject = _subject(settings, register, principal_name, day_text, read_clock(now_text))
        seen = asyncio.run(_seen(settings, subject))
        known = _known(register, subject, _days(register, subject, seen), store)
    print_explanation(known, subject, seen)


def _subject(
    settings: Settings, register: Register, principal_name: str, day_text: str, now: datetime
) -> Subject:
    person = register.people.get(principal_name.lower())
    if person is None:
        fault = f'There is nobody called "{principal_name}" in the register.'
        raise WrongConfiguration(HEADING, [fault])
    try:
        day = date.fromisoformat(day_text)
    except ValueError:
        fault = f'"{day_text}" is not a date. Write it like 2026-03-05.'
        raise WrongConfiguration(HEADING, [fault]) from None
    zone = ZoneInfo(timezone_of(settings, register))
    window = Window.around(now.astimezone(zone).date())
    if not window.start <= day <= window.end:
        fault = f"{day} is outside what is read today, {window.start} to {window.end}. Give another --now."
        raise WrongConfiguration(HEADING, [fault])
    return Subject(person, day, window, now, zone)


async def _seen(settings: Settings, subject: Subject) -> Seen:
    mailbox = [subject.person.id]
    async with connected(settings) as connections:
        readers = readers_on(connections, subject.zone.key)
        plans = await readers.work_plans.read(mailbox, subject.window) or {}
        async for answer in readers.calendars.read(mailbox, subject.window):
            if isinstance(answer, Unreadable):
                fault = f"The calendar of {answer.person} cannot be read: {answer.reason.value}."
                raise WrongConfiguration(HEADING, [fault])
            return Seen(answer.events, plans.get(subject.person.id, ()))
    return Seen((), ())


def _days(register: Register, subject: Subject, seen: Seen) -> Mapping[date, Day]:
    owner = owner_of(subject.person, register)
    return read_days(owner, register.organisation, seen.events, subject.window, seen.remote)


def _known(register: Register, subject: Subject, days: Mapping[date, Day], store: SqlStore) -> Known:
    """Return what a pass that reads the one calendar alone would know. It sends no digests."""
    person = subject.person.id
    return Known(
        register=register,
        policy=policy_of(register),
        days={person: days},
        previous=(),
        tellings=store.tellings(),
        last_notices=store.last_notices(),
        marked_before={},
        window=subject.window,
        now=subject.now,
        timezone=subject.zone.key,
        language="en",
        digests=store.told_in_week(Step.DIGEST, iso_week(subject.today)),
        digest_mode=DigestMode.SKIP,
    )
