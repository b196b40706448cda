"""A replay comes to what the passes came to, and says nothing of what is not kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib import import_module
from inspect import getsource

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kept import Kept, window_before
from bot.model import (
    Agreement,
    Approval,
    Audience,
    Calendar,
    Day,
    DayException,
    Delivery,
    DirectoryUser,
    Event,
    ExceptionKind,
    Kind,
    Message,
    MessageState,
    Period,
    Placement,
    Receipt,
    Register,
    RemoteWork,
    Status,
    Step,
    Team,
    TeamDay,
    Weekday,
    Window,
)
from bot.parameters import Policy
from bot.replay import Basis, Pass, Totals, moments, not_replayable, replay, replayable
from bot.rules import all_rules
from config.policies import load_policy, policy_ids
from integrations.store.store import SqlStore, open_store
from jobs.gather import CalendarDays
from jobs.one_pass import Parts, run_pass
from jobs.operators import Operators
from tests.bot.builders import (
    ANNA,
    BO,
    FRIDAY,
    KIRSTEN,
    MONDAY,
    PERSON,
    SATURDAY,
    TEAM,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    ZONE,
    all_day,
    home,
    policy,
    register,
    timed,
)

A_WEEK = Window(MONDAY, FRIDAY)
A_FORTNIGHT = Window(MONDAY, FRIDAY + timedelta(days=7))
TUESDAYS_TOGETHER = replace(TEAM, team_days=(TeamDay(weekday=Weekday.TUESDAY),))
NEEDING_ENTRIES = re.compile(r"\.(circumstances|meetings|reachable|absences)\b")


def replayed(
    kept: Kept, period: Window = A_WEEK, rules: Policy | None = None, known: Register | None = None
) -> list[Pass]:
    """Return the passes of a period over what is kept."""
    whose = known or register(team=TUESDAYS_TOGETHER)
    basis = Basis(whose, rules or policy(), kept, "Europe/Copenhagen", "da")
    return [*replay(basis, period)]


# --- as the passes did it ----------------------------------------------------------------------------------

CLARA = "clara@proeve.example"
OFFICE = Register(
    organisation=register().organisation,
    teams={
        TEAM.id: replace(TUESDAYS_TOGETHER, min_on_site=2),
        "plan": Team("plan", "Plan", KIRSTEN, approval=Approval.LEADER),
    },
    people={
        ANNA: PERSON,
        BO: replace(PERSON, id=BO, name="Bo Lund"),
        CLARA: replace(PERSON, id=CLARA, name="Clara Dam", team="plan", tasks_suited=False),
    },
    agreements=(
        Agreement(
            ANNA,
            Period(date(2026, 1, 1), date(2026, 3, 10)),
            days_per_week=1,
            placement=Placement(frozenset({Weekday.THURSDAY})),
            signed_by_employee_on=date(2026, 1, 1),
        ),
    ),
    exceptions=(
        DayException(BO, TUESDAY, ExceptionKind.CANCELLED, by=KIRSTEN, note="Drift"),
        DayException(ANNA, WEDNESDAY, ExceptionKind.APPROVED, by=KIRSTEN),
    ),
)
MARKED_DATES = st.dates(date(2026, 1, 5), date(2026, 3, 27))
SUBJECTS = st.sampled_from(["Hjemme", "Hjemme?", "Ferie", "Kursus i Odense", "Fordybelse"])


@st.composite
def entries(draw: st.DrawFn) -> Event:
    """An entry that takes a whole day, or a morning at home, or a series of days at home."""
    day = draw(MARKED_DATES)
    if draw(st.booleans()):
        return all_day(draw(SUBJECTS), day, series=draw(st.sampled_from([None, "a", "b"])))
    return timed("Hjemme", day, "08:00", "12:00")


@st.composite
def calendars(draw: st.DrawFn) -> Mapping[str, Sequence[Event]]:
    """Everybody's entries. Each has a day of holiday, so that something is kept of everybody."""
    weekly = st.lists(st.sampled_from(range(4)), unique=True)
    holiday = all_day("Ferie", date(2026, 2, 20))
    return {
        person: [
            holiday,
            *draw(st.lists(entries(), max_size=6)),
            *(
                all_day("Hjemme", date(2026, 1, 12) + timedelta(weeks=week, days=weekday))
                for weekday in draw(weekly)
                for week in range(9)
            ),
        ]
        for person in OFFICE.people
    }


class Mailboxes:
    """Calendars that stay as they are."""

    def __init__(self, calendars: Mapping[str, Sequence[Event]]) -> None:
        self._calendars = calendars

    async def read(self, mailboxes: Sequence[str], window: Window) -> AsyncIterator[Calendar]:
        first, last = datetime.combine(window.start, time()), datetime.combine(window.end, time.max)
        for person in mailboxes:
            mine = (one for one in self._calendars.get(person, ()) if one.end > first and one.start <= last)
            yield Calendar(person, tuple(mine))


class NoWorkPlans:
    async def read(self, people: Sequence[str], window: Window) -> Mapping[str, Sequence[RemoteWork]]:
        return {}


class Everybody:
    """A directory that knows all, and a channel to each of them."""

    channel = "teams"

    async def find(self, principal_names: Sequence[str]) -> Mapping[str, DirectoryUser]:
        return {name: DirectoryUser(name, name, name) for name in principal_names}

    async def prepare(self, recipient: DirectoryUser) -> None:
        return None

    async def send(self, recipient: DirectoryUser, message: Message) -> Delivery:
        return Delivery(MessageState.SENT)

    async def update(self, receipt: Receipt, message: Message) -> bool:
        return True


Outcome = tuple[set[str], set[str], set[str]]


def passes_made(
    calendars: Mapping[str, Sequence[Event]], rules: Policy, period: Window, store: SqlStore
) -> Mapping[datetime, Outcome]:
    """Make every pass of a period and return what each sent, what was open and what it resolved."""
    parts = Parts(
        register=OFFICE,
        policy=rules,
        days=CalendarDays(OFFICE, Mailboxes(calendars), NoWorkPlans()),
        directory=Everybody(),
        sender=Everybody(),
        cards=Everybody(),
        mail=None,
        operators=Operators(),
        store=store,
        timezone=str(ZONE),
        language="da",
        requests_made=lambda: 0,
    )
    made = {}
    for now in moments(period, str(ZONE)):
        report = asyncio.run(run_pass(parts, now, Window.around(now.date()), dry_run=False))
        sent = {line.id for line in report.messages if line.state is MessageState.SENT}
        found = [placed.finding for placed in report.findings]
        made[now] = sent, of_status(found, Status.OPEN), of_status(found, Status.RESOLVED)
    return made


def of_status(findings: Iterable[object], status: Status) -> set[str]:
    return {finding.id for finding in findings if finding.status is status}


@settings(max_examples=15)
@given(calendars(), st.sampled_from(policy_ids()))
def test_a_replay_equals_the_passes_when_nothing_changed_in_between(
    calendars: Mapping[str, Sequence[Event]], profile: str
) -> None:
    rules, store = replayable(load_policy(profile)), open_store("sqlite://")
    made = passes_made(calendars, rules, A_FORTNIGHT, store)
    looked_at = Window(window_before(Window.around(MONDAY)).start, Window.around(A_FORTNIGHT.end).end)
    kept = store.kept_days(looked_at)
    store.close()
    again = {
        one.at: (
            {message.id for message in one.messages},
            of_status(one.findings.values(), Status.OPEN),
            of_status(one.findings.values(), Status.RESOLVED),
        )
        for one in replayed(kept, A_FORTNIGHT, rules, OFFICE)
    }
    assert again == {at: outcome for at, outcome in made.items() if at in again}
    assert not any(sent for at, (sent, _, _) in made.items() if at not in again)


# --- what is new -------------------------------------------------------------------------------------------


def sent(passes: Iterable[Pass], *steps: Step) -> list[tuple[datetime, Step, str]]:
    """Return when what went to whom: what employees are sent, where no steps are given."""
    wanted = steps or (Step.NOTICE, Step.REMINDER)
    return [
        (one.at, message.step, message.recipient)
        for one in passes
        for message in one.messages
        if message.step in wanted
    ]


def at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def test_passes_are_made_on_weekdays_at_eight_and_one_where_the_organisation_is() -> None:
    made = [*moments(Window(FRIDAY, FRIDAY + timedelta(days=3)), "Europe/Copenhagen")]
    assert [one.isoformat() for one in made] == [
        "2026-03-06T08:00:00+01:00",
        "2026-03-06T13:00:00+01:00",
        "2026-03-09T08:00:00+01:00",
        "2026-03-09T13:00:00+01:00",
    ]
    assert not [*moments(Window(SATURDAY, SATURDAY), "Europe/Copenhagen")]


def test_the_afternoon_is_played_only_where_something_waits_for_it() -> None:
    nothing = replayed({ANNA: [home(THURSDAY)]}, rules=policy("team-day"))
    assert [one.at for one in nothing] == [at(MONDAY + timedelta(days=day)) for day in range(5)]
    waiting = replayed({ANNA: [home(TUESDAY)]}, rules=policy("team-day"))
    assert [one.at.hour for one in waiting] == [8, 13, 8, 8, 8, 8]


def test_a_finding_is_new_once_and_told_once() -> None:
    monday, *later = replayed({ANNA: [home(TUESDAY)]})
    assert [(one.rule, one.dates) for one in monday.opened] == [("team-day", (TUESDAY,))]
    assert sent([monday]) == [(at(MONDAY), Step.REMINDER, ANNA)]
    assert not [one for one in later if one.opened or one.resolved or one.told]


def test_the_leader_hears_at_noon_of_the_day_before_and_once() -> None:
    passes = replayed({ANNA: [home(TUESDAY)]}, A_FORTNIGHT)
    assert sent(passes, Step.ESCALATION) == [(at(MONDAY, 13), Step.ESCALATION, KIRSTEN)]


def test_each_leader_has_one_digest_a_week_and_what_has_gone_by_is_in_it() -> None:
    passes = replayed({ANNA: [home(TUESDAY)]}, A_FORTNIGHT)
    next_week = MONDAY + timedelta(days=7)
    assert sent(passes, Step.DIGEST) == [(at(monday), Step.DIGEST, KIRSTEN) for monday in (MONDAY, next_week)]
    told = {one.at: one.told_at(Step.DIGEST) for one in passes}
    assert {one.dates for one in passes[0].opened} == {(TUESDAY,)}
    assert (told[at(MONDAY)], told[at(next_week)]) == (set(), {one.id for one in passes[0].opened})


def test_a_leader_among_the_people_has_a_deputy_while_on_leave() -> None:
    people = [PERSON, replace(PERSON, id=KIRSTEN), replace(PERSON, id=BO)]
    team = replace(TUESDAYS_TOGETHER, deputy=BO)
    away = [Day(MONDAY, scheduled=True, kind=Kind.ABSENT, absent=1.0)]
    kept = {ANNA: [home(TUESDAY)], BO: [home(WEDNESDAY)], KIRSTEN: away}
    passes = replayed(kept, rules=policy("team-day"), known=register(people, team=team))
    assert sent(passes, Step.ESCALATION) == [(at(MONDAY, 13), Step.ESCALATION, BO)]
    assert sent(passes, Step.DIGEST) == [(at(TUESDAY), Step.DIGEST, KIRSTEN)]


def test_a_day_still_far_off_is_told_of_when_it_comes_near() -> None:
    passes = replayed({ANNA: [home(TUESDAY + timedelta(days=7))]}, A_FORTNIGHT)
    assert [one.at.date() for one in passes if one.opened] == [MONDAY]
    assert sent(passes) == [(at(TUESDAY), Step.REMINDER, ANNA)]


def test_what_is_held_on_a_day_of_leave_goes_on_the_next() -> None:
    away = Day(MONDAY, scheduled=True, kind=Kind.ABSENT, absent=1.0)
    assert sent(replayed({ANNA: [away, home(TUESDAY)]})) == [(at(TUESDAY), Step.REMINDER, ANNA)]


def test_what_ends_by_itself_is_resolved_and_a_day_long_gone_is_closed_without_a_word() -> None:
    habit = [home(FRIDAY - timedelta(weeks=n)) for n in (7, 8, 9)]
    period = Window(MONDAY - timedelta(weeks=1), FRIDAY)
    passes = replayed({ANNA: [*habit, home(TUESDAY - timedelta(weeks=2))]}, period)
    opened = {finding.rule for one in passes for finding in one.opened}
    resolved = [(finding.rule, one.at.date()) for one in passes for finding in one.resolved]
    assert opened == {"recurring-without-agreement", "team-day"}
    assert resolved == [("recurring-without-agreement", MONDAY)]


def test_notices_by_themselves_go_once_a_week() -> None:
    thursdays = Placement(frozenset({Weekday.THURSDAY}))
    agreed = register(agreements=(Agreement(ANNA, Period(), days_per_week=1, placement=thursdays),))
    next_week = [day + timedelta(days=7) for day in (TUESDAY, FRIDAY)]
    kept = {ANNA: [home(day) for day in (TUESDAY, FRIDAY, *next_week)]}
    passes = replayed(kept, A_FORTNIGHT, policy("weekday-not-agreed"), agreed)
    assert sent(passes) == [
        (at(MONDAY), Step.NOTICE, ANNA),
        (at(MONDAY + timedelta(days=7)), Step.NOTICE, ANNA),
    ]
    assert not [one for one in passes if one.topics]


def test_a_rise_is_seen_against_the_weeks_before_the_window() -> None:
    dates = [MONDAY + timedelta(weeks=week, days=day) for week in range(-8, 2) for day in (1, 2, 3)]
    habit = [home(date(2025, 11, 10)), *map(home, dates)]
    people = [replace(PERSON, id=f"{name}@proeve.example") for name in ("anna", "bo", "eva")]
    kept = {one.id: habit for one in people}
    passes = replayed(kept, A_WEEK, policy("rising-home-work"), register(people))
    assert [(one.at.date(), finding.rule) for one in passes for finding in one.opened] == [
        (MONDAY, "rising-home-work")
    ]
    unread_before = {person: days[1:] for person, days in kept.items()}
    assert not any(
        one.opened for one in replayed(unread_before, A_WEEK, policy("rising-home-work"), register(people))
    )


def test_nothing_is_said_of_those_of_whom_nothing_is_kept() -> None:
    passes = replayed({BO: [home(TUESDAY)]})
    assert not [one for one in passes if one.opened or one.told or one.topics]


def test_the_totals_count_messages_findings_and_topics() -> None:
    totals, kept = Totals(), {ANNA: [home(TUESDAY), home(THURSDAY)]}
    for one in replayed(kept, A_FORTNIGHT, replayable(load_policy("nyborg"))):
        totals.add(one)
    counted = {step: totals.messages[step] for step in (Step.REMINDER, Step.ESCALATION, Step.DIGEST)}
    assert counted == {Step.REMINDER: 1, Step.ESCALATION: 1, Step.DIGEST: 2}
    assert totals.by_rule()["team-day"] == 1
    assert totals.by_rule()["med-discussion-missing"] == 1
    assert {totals.findings[key] for key in totals.topics} >= {"med-discussion-missing", "team-day"}


def test_what_is_shared_is_no_topic_before_the_employee_was_told() -> None:
    def shared(kept: Sequence[Day]) -> list[datetime]:
        rules = policy("apv-missing", profile="hjoerring")
        return [one.at for one in replayed({ANNA: kept}, A_FORTNIGHT, rules) if one.topics]

    assert all_rules()["apv-missing"].audience is Audience.EMPLOYEE_AND_LEADER
    assert shared([home(TUESDAY)]) == [at(MONDAY + timedelta(days=7))]
    away = [Day(MONDAY + timedelta(days=n), scheduled=True, kind=Kind.ABSENT, absent=1.0) for n in range(5)]
    assert shared([*away, home(TUESDAY + timedelta(days=7))]) == []


# --- what is left out --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", all_rules())
def test_a_rule_that_asks_for_what_is_never_kept_says_so(rule: str) -> None:
    source = getsource(import_module(f"bot.rules.{rule.replace('-', '_')}"))
    assert all_rules()[rule].needs_entries == bool(NEEDING_ENTRIES.search(source))


@pytest.mark.parametrize("profile", policy_ids())
def test_rules_are_replayed_or_named_as_left_out(profile: str) -> None:
    whole = load_policy(profile)
    left_out, terms = not_replayable(whole), replayable(whole).terms
    assert left_out
    assert {*left_out, *terms} == set(whole.terms)
    assert not {*left_out} & {*terms}
