"""Letters of every kind, for the golden files and the tests of their words.

Today is Monday 2 March 2026. Kirsten leads Borgerservice and Jobcenter and is not under people, nor is Jens,
the deputy in Borgerservice. The policy is Hjørring's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.days import is_scheduled
from bot.letter import Letter, TeamWeek
from bot.model import (
    Agreement,
    Audience,
    Day,
    Finding,
    Kind,
    LocalAgreement,
    Organisation,
    Period,
    Person,
    Register,
    Scope,
    Team,
    TeamDay,
    Weekday,
    Window,
)
from bot.texts.letters import Desk
from config.policies import load_policy
from tests.bot.builders import (
    FRIDAY,
    KIRSTEN,
    MONDAY,
    ORGANISATION,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    finding,
)

JENS = "jens@proeve.example"
POLICY = load_policy("hjoerring")
LAST_TUESDAY, LAST_FRIDAY = date(2026, 2, 24), date(2026, 2, 27)
NEXT_FRIDAY = FRIDAY + timedelta(weeks=1)

BORGERSERVICE = Team(
    id="borgerservice",
    name="Borgerservice",
    leader=KIRSTEN,
    deputy=JENS,
    team_days=(TeamDay(weekday=Weekday.TUESDAY),),
    local_agreements=(LocalAgreement("LA-12", Period(date(2025, 1, 1), date(2026, 3, 31))),),
)
JOBCENTER = Team(id="jobcenter", name="Jobcenter", leader=KIRSTEN)
EIGHT = (
    "Anna Holm",
    "Bo Lund",
    "Carla Dam",
    "Dorte Friis",
    "Anna Krogh",
    "Freja Toft",
    "Gorm Ågård",
    "Hanne Øst",
)
THREE = ("Ida Bach", "Kim Dahl", "Liv Munk")
FORTY = tuple(
    f"{first} {last}"
    for first in "Bent Carl Dina Else Finn Gerda Hans Inger Jonas Karen".split()
    for last in "Bach Dahl Frost Munk".split()
)


def person(name: str, team: Team = BORGERSERVICE, **fields: Any) -> Person:
    """Return somebody of a team, with an address made of the name."""
    return Person(id=f"{name.casefold().replace(' ', '.')}@proeve.example", name=name, team=team.id, **fields)


PEOPLE = (
    *map(person, EIGHT[:6]),
    person(EIGHT[6], work_days=frozenset({Weekday.MONDAY, Weekday.SATURDAY})),
    person(EIGHT[7]),
)
ANNA, BO, CARLA, DORTE, ANNA_KROGH, FREJA, GORM, HANNE = PEOPLE
JOB_PEOPLE = tuple(person(name, JOBCENTER) for name in THREE)
MANY = tuple(map(person, FORTY))
REGISTER = Register(
    organisation=ORGANISATION,
    teams={one.id: one for one in (BORGERSERVICE, JOBCENTER)},
    people={one.id: one for one in (*PEOPLE, *JOB_PEOPLE)},
)
WITH_MANY = replace(REGISTER, people={one.id: one for one in MANY})

WEEKLY = {"kind": "weekly", "weekdays": ["tuesday"], "every": 1}
FACTS: Mapping[str, Mapping[str, Any]] = {
    "agreement-expiring": {"ends": "2026-03-13"},
    "agreement-not-in-force": {
        "ended": "2026-02-20",
        "has_ended": True,
        "starts": None,
        "unsigned_by": [],
    },
    "apv-missing": {"latest": None, "years": 3},
    "med-discussion-missing": {
        "missing": ["med_discussed_on"],
        "discussed_on": None,
        "late": False,
        "days_per_week": 2,
    },
    "never-together": {"met": 1, "others": 7, "weeks": 4},
    "not-agreed-beforehand": {"approved_on": None},
    "recurring-without-agreement": {
        "patterns": [WEEKLY],
        "in_writing": True,
        "condition_of_employment": False,
    },
    "rest-period": {"hours": 9, "limit": 11, "evenings": [WEDNESDAY.isoformat()]},
    "understaffed-day": {"on_site": 2, "wanted": 3},
    "week-limit-agreed": {"days": 3, "limit": 2, "week": "2026-W09", "ad_hoc_free": True},
    "workstation-check-missing": {
        "reasons": ["average"],
        "average": 3,
        "limit": 2,
        "inclusive": True,
        "checked_on": None,
        "law_days_per_week": 2,
    },
}
KINDS: Mapping[str, tuple[Scope, Audience]] = {
    "agreement-expiring": (Scope.REGISTER, Audience.EMPLOYEE_AND_LEADER),
    "agreement-not-in-force": (Scope.REGISTER, Audience.EMPLOYEE),
    "agreement-review-due": (Scope.REGISTER, Audience.LEADER),
    "apv-missing": (Scope.REGISTER, Audience.EMPLOYEE_AND_LEADER),
    "med-discussion-missing": (Scope.REGISTER, Audience.LEADER),
    "never-together": (Scope.PERIOD, Audience.LEADER),
    "recurring-without-agreement": (Scope.PERIOD, Audience.EMPLOYEE),
    "rest-period": (Scope.DAY, Audience.NOTICE),
    "understaffed-day": (Scope.DAY, Audience.LEADER),
    "week-limit-agreed": (Scope.WEEK, Audience.EMPLOYEE),
    "workstation-check-missing": (Scope.REGISTER, Audience.EMPLOYEE_AND_LEADER),
}


def about(rule: str, who: Person | None, *dates: date, **facts: Any) -> Finding:
    """Return a finding as the rule makes it; ``facts`` replace the usual ones."""
    scope, audience = KINDS.get(rule, (Scope.DAY, Audience.EMPLOYEE))
    name = who.id if who else None
    return finding(
        id=f"{rule} {name} {' '.join(map(str, dates))}",
        rule=rule,
        person=name,
        team=who.team if who else BORGERSERVICE.id,
        dates=dates,
        facts={**FACTS.get(rule, {}), **facts},
        source=POLICY.terms[rule].source,
        scope=scope,
        audience=audience,
    )


def days(
    who: Person,
    home: Iterable[int] = (),
    special: Mapping[date, Kind] | None = None,
    organisation: Organisation = ORGANISATION,
    window: Window = WINDOW,
) -> Mapping[date, Day]:
    """Return a person's days in the window: at home on some weekdays, and what is special on some dates."""
    usual = set(home)
    return {
        day: _day(day, usual, special or {})
        if is_scheduled(who, organisation, day)
        else Day(day, scheduled=False)
        for day in window.days()
    }


def _day(day: date, home: set[int], special: Mapping[date, Kind]) -> Day:
    kind = special.get(day, Kind.HOME if day.weekday() in home else Kind.ON_SITE)
    return Day(
        day,
        scheduled=True,
        kind=kind,
        home=float(kind is Kind.HOME),
        tentative=float(kind is Kind.TENTATIVE),
        absent=float(kind is Kind.ABSENT),
        elsewhere=float(kind is Kind.ELSEWHERE),
    )


SINCE_FEBRUARY = [MONDAY - timedelta(weeks=n) + timedelta(days=3) for n in range(4)]
DAYS = {
    ANNA.id: days(ANNA, {0, 3, 4}),
    BO.id: days(BO, {1, 4}),
    CARLA.id: days(CARLA, {4}, {MONDAY: Kind.ABSENT, TUESDAY: Kind.ABSENT}),
    DORTE.id: days(DORTE, {2}, {THURSDAY: Kind.ELSEWHERE}),
    ANNA_KROGH.id: days(ANNA_KROGH, {4}, {WEDNESDAY: Kind.TENTATIVE}),
    FREJA.id: days(FREJA, special=dict.fromkeys(SINCE_FEBRUARY, Kind.HOME)),
    GORM.id: days(GORM, {0}),
}
"""Of Hanne nothing could be read."""

AGREEMENTS = (
    Agreement(ANNA.id, Period(date(2025, 3, 1), date(2026, 4, 24)), review_on=date(2026, 3, 20)),
    Agreement(BO.id, Period(date(2025, 3, 1), date(2026, 3, 13))),
    Agreement(CARLA.id, Period(date(2025, 3, 1), date(2026, 4, 24))),
)
FULL = TeamWeek(
    team=BORGERSERVICE,
    people=PEOPLE,
    days=DAYS,
    agreements=AGREEMENTS,
    topics=(
        about("agreement-expiring", BO, date(2026, 3, 13)),
        about("apv-missing", ANNA),
        about("apv-missing", BO, latest="2022-11-01"),
        about("apv-missing", CARLA),
        about("apv-missing", ANNA_KROGH),
        about("med-discussion-missing", None),
        about("never-together", GORM, met=0),
        about("understaffed-day", None, FRIDAY),
        about("workstation-check-missing", BO, average=2),
        about("workstation-check-missing", ANNA),
        about("team-day", BO, LAST_TUESDAY),
        about("week-limit-agreed", ANNA, date(2026, 2, 23), date(2026, 2, 26), LAST_FRIDAY),
        about("understaffed-day", None, LAST_FRIDAY),
    ),
    standing=(
        about("recurring-without-agreement", ANNA_KROGH, FRIDAY),
        about("apv-missing", DORTE),
        about("apv-missing", FREJA),
        about("apv-missing", GORM),
    ),
)
QUIET = TeamWeek(team=JOBCENTER, people=JOB_PEOPLE, days={one.id: days(one, {2}) for one in JOB_PEOPLE})
LARGE = TeamWeek(
    team=BORGERSERVICE,
    people=MANY,
    days={one.id: days(one, {n % 5}) for n, one in enumerate(MANY)},
    topics=(
        *(about("apv-missing", one) for one in MANY),
        *(about("workstation-check-missing", one) for one in MANY[:12]),
        about("agreement-expiring", MANY[7], date(2026, 3, 13)),
        *(about("team-day", one, LAST_TUESDAY) for one in MANY[1:36:5]),
    ),
)
TEAM_DAY = about("team-day", ANNA, TUESDAY)
LATER_TEAM_DAY = about("team-day", ANNA, date(2026, 3, 10))
NO_AGREEMENT = about("recurring-without-agreement", ANNA, LAST_TUESDAY, TUESDAY)
REST = about("rest-period", ANNA, THURSDAY)
OWN = (LATER_TEAM_DAY, NO_AGREEMENT, about("apv-missing", ANNA), REST)
TEAM = (
    about("day-cancelled", BO, WEDNESDAY, reason="", replacement_day=None),
    about("team-day", ANNA, TUESDAY),
    about("team-day", ANNA_KROGH, TUESDAY),
    about("agreement-not-in-force", DORTE, date(2026, 2, 25)),
)
NOT_AGREED = tuple(about("not-agreed-beforehand", one, TODAY) for one in JOB_PEOPLE[:2])
LETTERS: Mapping[str, Letter] = {
    "reminder of one day": Letter(ANNA.id, own=(TEAM_DAY,)),
    "reminder of several matters": Letter(ANNA.id, own=OWN),
    "reminder with some in place": Letter(
        ANNA.id, own=OWN, settled=frozenset({LATER_TEAM_DAY.id, NO_AGREEMENT.id})
    ),
    "reminder all in place": Letter(ANNA.id, own=OWN, settled=frozenset(one.id for one in OWN)),
    "notice": Letter(ANNA.id, own=(REST,)),
    "escalation of one day": Letter(KIRSTEN, of_teams=TEAM[1:2]),
    "escalation of several matters": Letter(KIRSTEN, of_teams=TEAM),
    "escalation with one in place": Letter(KIRSTEN, of_teams=TEAM[:2], settled=frozenset({TEAM[1].id})),
    "escalation all in place": Letter(KIRSTEN, of_teams=TEAM[1:2], settled=frozenset({TEAM[1].id})),
    "escalation to the deputy": Letter(JENS, of_teams=TEAM[1:2]),
    "own matters and escalation to the deputy": Letter(
        FREJA.id, own=(about("apv-missing", FREJA),), of_teams=(about("team-day", JOB_PEOPLE[0], TUESDAY),)
    ),
    "digest with nothing to report": Letter(KIRSTEN, digest=(QUIET,)),
    "digest with much to report": Letter(KIRSTEN, digest=(FULL,)),
    "digest of two teams": Letter(KIRSTEN, digest=(replace(FULL, topics=FULL.topics[:4]), QUIET)),
    "digest of a silenced team": Letter(
        KIRSTEN,
        digest=(
            replace(
                FULL,
                topics=(),
                standing=(),
                silenced=True,
                days={one.id: days(one) for one in PEOPLE},
            ),
        ),
    ),
    "digest of a team that could not be read": Letter(
        KIRSTEN, digest=(TeamWeek(team=BORGERSERVICE, people=PEOPLE, days={}),)
    ),
    "digest of forty people": Letter(KIRSTEN, digest=(LARGE,)),
    "digest and escalation": Letter(KIRSTEN, of_teams=NOT_AGREED, digest=(QUIET,)),
}


def desk(letter: Letter, language: str, today: date = TODAY) -> Desk:
    """Return what the letter is written with."""
    register = WITH_MANY if LARGE in letter.digest else REGISTER
    if letter.recipient == FREJA.id:
        job = replace(JOBCENTER, deputy=FREJA.id)
        register = replace(register, teams={**register.teams, JOBCENTER.id: job})
    return Desk(register, POLICY, language, today)
