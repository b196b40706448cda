"""One whole pass: gather, decide, apply. Safe to repeat at any point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.case import judged_dates
from bot.corrections import CHANGEABLE_FOR
from bot.days import iso_week
from bot.decide import Decision, decide
from bot.kept import days_before, window_before
from bot.known import DigestMode, Known
from bot.markings import read_days
from bot.model import (
    Calendar,
    Day,
    Evidence,
    Kind,
    MessageState,
    Person,
    Register,
    Step,
    Unreadable,
    Window,
)
from bot.names import Owner, names_by_team
from bot.operations import OperationsState
from bot.parameters import Policy
from bot.ports import CalendarReader, Cards, Directory, Sender, Store, WorkPlans
from bot.rules import look_back
from bot.team_view import views_by_team
from jobs.closing import close_what_is_over
from jobs.delivery import Post, planned_lines
from jobs.logs import get_log
from jobs.operators import Operators, tell_operators
from jobs.report import MessageLine, Report, Stats


@dataclass(frozen=True, slots=True)
class Parts:
    """The adapters and facts a pass works with; wiring makes them."""

    register: Register
    policy: Policy
    calendars: CalendarReader
    work_plans: WorkPlans
    directory: Directory
    sender: Sender
    cards: Cards
    mail: Sender | None
    operators: Operators
    store: Store
    timezone: str
    language: str
    requests_made: Callable[[], int]


@dataclass(slots=True)
class Gathered:
    """What was read: whether there are work plans, the days, who could not be read.

    ``leaders`` holds all days of leaders and deputies who are not under people.
    """

    work_plans: bool = False
    days: dict[str, Mapping[date, Day]] = field(default_factory=dict)
    leaders: dict[str, Mapping[date, Day]] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    events: int = 0


async def run_pass(
    parts: Parts,
    now: datetime,
    window: Window,
    *,
    dry_run: bool,
    digest: DigestMode = DigestMode.AUTO,
) -> Report:
    """Read, judge and tell; return the report. A dry run sends and records nothing.

    Raises: ``ServiceDown`` where nothing could be read, ``WrongConfiguration`` where credentials are refused.
    """
    log, stats = get_log(), Stats()
    started = perf_counter()
    gathered = await gather_days(parts, window)
    stats.events, read_at = gathered.events, perf_counter()
    known = _known(parts, gathered, now, window, digest)
    decision = decide(known)
    for team in sorted(decision.silenced):
        log.warning("team_without_marks", team=team, hint="its marks all vanished: check what was read")
    checked_at = perf_counter()
    lines = _planned(parts, decision) if dry_run else await _apply(parts, gathered, known, decision)
    lines += _earlier(parts.store, {line.id for line in lines})
    stats.seconds = {
        "read": read_at - started,
        "check": checked_at - read_at,
        "send": perf_counter() - checked_at,
    }
    stats.http_requests = parts.requests_made()
    return Report(
        now=now,
        today=known.today,
        window=window,
        people=list(parts.register.people),
        days=gathered.days,
        teams=views_by_team(parts.register, gathered.days, judged_dates(window, known.today)),
        unreadable=gathered.unreadable,
        work_plans=gathered.work_plans,
        findings=decision.findings,
        messages=lines,
        silenced_teams=sorted(decision.silenced),
        stats=stats,
    )


async def gather_days(parts: Parts, window: Window) -> Gathered:
    """Read the calendars of everyone in the register, and reduce each to days as it arrives."""
    log, gathered, register = get_log(), Gathered(), parts.register
    plans = await parts.work_plans.read(list(register.people), window)
    gathered.work_plans = plans is not None
    if plans is None:
        log.info("source_off", source="work-plan", hint="needs Calendars.Read.All; see docs/operations.md")
    names = names_by_team(register)
    async for answer in parts.calendars.read(_mailboxes(register), window):
        person = register.people.get(answer.person)
        if person is None:
            _take_leader(answer, gathered, register, window)
        elif isinstance(answer, Unreadable):
            gathered.unreadable.append(answer)
            log.warning("calendar_unreadable", person=answer.person, reason=answer.reason.value)
        else:
            gathered.events += len(answer.events)
            if answer.left_out:
                log.warning("entries_left_out", person=answer.person, entries=answer.left_out)
            owner = Owner.of(person, register.teams[person.team].leader, names[person.team])
            remote = (plans or {}).get(person.id, ())
            gathered.days[person.id] = read_days(owner, register.organisation, answer.events, window, remote)
    gathered.days = {person: gathered.days[person] for person in register.people if person in gathered.days}
    return gathered


def _take_leader(
    answer: Calendar | Unreadable, gathered: Gathered, register: Register, window: Window
) -> None:
    """Read the calendar of a leader or deputy who is not under people, for their own leave alone."""
    if isinstance(answer, Unreadable):
        get_log().warning("leader_calendar_unreadable", person=answer.person, reason=answer.reason.value)
        return
    name = answer.person.partition("@")[0].replace(".", " ").title()
    owner = Owner.of(Person(answer.person, name, team=""), leader="")
    gathered.leaders[answer.person] = read_days(owner, register.organisation, answer.events, window)


def _mailboxes(register: Register) -> list[str]:
    """Return the people, then leaders and deputies, who are read for their own leave alone."""
    leaders = (name for team in register.teams.values() for name in (team.leader, team.deputy) if name)
    return list(dict.fromkeys([*register.people, *leaders]))


def _known(parts: Parts, gathered: Gathered, now: datetime, window: Window, digest: DigestMode) -> Known:
    store, today = parts.store, now.astimezone(ZoneInfo(parts.timezone)).date()
    notices = {person: store.last_notice(person) for person in gathered.days}
    cards = store.sent_cards(now - CHANGEABLE_FOR)
    return Known(
        register=parts.register,
        policy=parts.policy,
        days=gathered.days,
        previous=store.findings(),
        tellings=store.tellings(),
        last_notices={person: day for person, day in notices.items() if day},
        marked_before=store.marked_days(window),
        window=window,
        now=now,
        timezone=parts.timezone,
        language=parts.language,
        earlier=_days_before(parts, window),
        leaders={name: days[today] for name, days in gathered.leaders.items()},
        digests=store.told_in_week(Step.DIGEST, iso_week(today)),
        open_since=store.open_since(),
        digest_mode=digest,
        cards=cards,
        told_of=store.findings_by_id({one.finding for card in cards for one in card.tells}),
    )


def _days_before(parts: Parts, window: Window) -> Mapping[str, Mapping[date, Day]]:
    """Return what is kept of the weeks before the window, where a rule of the profile looks that far back."""
    if not look_back(parts.policy.terms):
        return {}
    return days_before(parts.register, parts.store.kept_days(window_before(window)), window)


async def _apply(parts: Parts, gathered: Gathered, known: Known, decision: Decision) -> list[MessageLine]:
    """Write down what was seen and decided, and send. Nothing is written where nobody can be looked up."""
    store, now = parts.store, known.now
    to_send = [message for message in decision.messages if message.state is MessageState.PLANNED]
    held = [message for message in decision.messages if message.state is not MessageState.PLANNED]
    corrected = {update.card.recipient for update in decision.updates} - parts.register.people.keys()
    users = await parts.directory.find(sorted({message.recipient for message in to_send} | corrected))
    for person, days in gathered.days.items():
        store.save_days(person, known.window, [day for day in days.values() if day.kind is not Kind.ON_SITE])
    store.save_findings([*(placed.finding for placed in decision.findings), *decision.lapsed], now)
    post = Post(parts.sender, parts.cards, parts.mail, store, parts.register, users, now)
    lines = await post.send_all(to_send)
    close_what_is_over(store, known, decision)
    await post.correct(decision.updates)
    lines += await tell_operators(parts.operators.outlets, _state(parts, gathered, decision), known, store)
    return lines + planned_lines(held, parts.sender.channel)


def _state(parts: Parts, gathered: Gathered, decision: Decision) -> OperationsState:
    """Return how things stand now that everything else is done."""
    return OperationsState(
        people=len(parts.register.people),
        read=len(gathered.days),
        unreadable=tuple(gathered.unreadable),
        unresolved=tuple(parts.store.unresolved()),
        sources_off=() if gathered.work_plans else (Evidence.WORK_PLAN.value,),
        silenced=tuple(parts.register.teams[team] for team in sorted(decision.silenced)),
        credential=parts.operators.credential,
    )


def _earlier(store: Store, mine: set[str]) -> list[MessageLine]:
    """List what earlier passes left hanging, and is hanging still."""
    return [
        MessageLine(one.id, one.step.value, one.recipient, one.channel, one.state, one.findings, one.reason)
        for one in store.unresolved()
        if one.id not in mine
    ]


def _planned(parts: Parts, decision: Decision) -> list[MessageLine]:
    return planned_lines(decision.messages, parts.sender.channel)
