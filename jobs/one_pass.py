"""One whole pass: gather, decide, apply. Safe to repeat at any point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.corrections import CHANGEABLE_FOR
from bot.daybook import DayBook
from bot.days import iso_week
from bot.decide import Decision, decide
from bot.errors import ServiceDown
from bot.kept import days_before, window_before
from bot.known import DigestMode, Known
from bot.model import (
    Day,
    Evidence,
    MessageState,
    Reading,
    Register,
    Step,
    Unreadable,
    UnreadableReason,
    Window,
)
from bot.operations import OperationsState
from bot.parameters import Policy
from bot.ports import Cards, DayReader, Directory, Sender, Store
from bot.rules import look_back
from integrations.deadline import Deadline
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
    days: DayReader
    directory: Directory
    sender: Sender
    cards: Cards
    mail: Sender | None
    operators: Operators
    store: Store
    timezone: str
    language: str
    requests_made: Callable[[], int]
    deadline: Deadline = field(default_factory=Deadline)


@dataclass(slots=True)
class Gathered:
    """What was read: the days, who could not be read, whether there are work plans.

    ``leaders`` holds the days of leaders and deputies who are not under people.
    """

    days: DayBook
    leaders: DayBook
    work_plans: bool = False
    unreadable: list[Unreadable] = field(default_factory=list)
    events: int = 0

    def take(self, reading: Reading, *, leads_only: bool) -> None:
        """Take in one person's days. Entries of who leads only are not counted."""
        if leads_only:
            self.leaders.add(reading.person, reading.days)
        else:
            self.days.add(reading.person, reading.days)
            self.events += reading.entries


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
        register=parts.register,
        days=gathered.days,
        unreadable=gathered.unreadable,
        work_plans=gathered.work_plans,
        findings=decision.findings,
        messages=lines,
        silenced_teams=sorted(decision.silenced),
        stats=stats,
        cut_short=parts.deadline.is_cut,
    )


async def gather_days(parts: Parts, window: Window) -> Gathered:
    """Read everybody's days, and say in the log whose could not be read.

    Raises: ``ServiceDown`` when it was stopped meanwhile: half of the calendars are no ground to judge on.
    """
    gathered, register = Gathered(DayBook(window), DayBook(window)), parts.register
    async for answer in parts.days.read(window):
        leads_only = answer.person not in register.people
        _log_of(answer, leads_only=leads_only)
        if isinstance(answer, Reading):
            gathered.take(answer, leads_only=leads_only)
        elif not leads_only:
            gathered.unreadable.append(answer)
    if parts.deadline.is_cut:
        raise ServiceDown(
            "The pass was stopped before it had read the calendars. Nothing was done; run it again."
        )
    gathered.work_plans = parts.days.work_plans
    gathered.days.in_order(register.people)
    _log_whole(gathered)
    return gathered


def _log_of(answer: Reading | Unreadable, *, leads_only: bool) -> None:
    """Say what is odd about one calendar."""
    if isinstance(answer, Reading):
        if answer.left_out and not leads_only:
            get_log().warning("entries_left_out", person=answer.person, entries=answer.left_out)
    elif answer.reason is not UnreadableReason.OUT_OF_TIME:
        event = "leader_calendar_unreadable" if leads_only else "calendar_unreadable"
        get_log().warning(event, person=answer.person, reason=answer.reason.value)


def _log_whole(gathered: Gathered) -> None:
    """Say what is odd about all of them together."""
    late = sum(one.reason is UnreadableReason.OUT_OF_TIME for one in gathered.unreadable)
    if late:
        get_log().error("out_of_time", unread=late, hint="raise HJEMMEDAG_PASS_MINUTES if it happens often")
    if not gathered.work_plans:
        hint = "needs Calendars.Read.All; see docs/operations.md"
        get_log().info("source_off", source="work-plan", hint=hint)


def _known(parts: Parts, gathered: Gathered, now: datetime, window: Window, digest: DigestMode) -> Known:
    store, today = parts.store, now.astimezone(ZoneInfo(parts.timezone)).date()
    cards = store.sent_cards(now - CHANGEABLE_FOR)
    return Known(
        register=parts.register,
        policy=parts.policy,
        days=gathered.days,
        previous=store.findings(),
        tellings=store.tellings(),
        last_notices=store.last_notices(),
        marked_before=store.marked_days(window),
        window=window,
        now=now,
        timezone=parts.timezone,
        language=parts.language,
        earlier=_days_before(parts, window),
        leaders=gathered.leaders.on(today),
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
    store.save_days(known.window, gathered.days.marked())
    store.save_findings([*(placed.finding for placed in decision.findings), *decision.lapsed], now)
    zone = ZoneInfo(parts.timezone)
    post = Post(
        parts.sender, parts.cards, parts.mail, store, parts.register, users, now, zone, parts.deadline
    )
    lines = await post.send_all(to_send)
    close_what_is_over(store, known, decision)
    await post.correct(decision.updates)
    if not parts.deadline.is_over:
        lines += await tell_operators(
            parts.operators.outlets, _state(parts, gathered, decision), known, store
        )
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
