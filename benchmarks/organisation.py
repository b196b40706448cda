"""A made-up employer, the same one every time: teams of about twelve, their agreements, what they settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from bot.model import (
    MONDAY_TO_FRIDAY,
    Agreement,
    Approval,
    DayException,
    Equipment,
    ExceptionKind,
    ExtraordinaryPeriod,
    LocalAgreement,
    Organisation,
    Period,
    Permission,
    Person,
    Placement,
    Register,
    Team,
    TeamDay,
    Weeks,
    Window,
)
from bot.parameters import Value
from config.policies import load_policy, settable_values

TODAY = date(2026, 3, 6)
WINDOW = Window.around(TODAY)
"""Eleven weeks of the calendar."""

FIRST_NAMES = ("Anna", "Bo", "Carla", "David", "Eva", "Freja", "Gustav", "Hanne", "Ida", "Jens", "Kirsten")
SECOND_NAMES = (
    "",
    "lise",
    "maria",
    "sofie",
    "karl",
    "erik",
    "mette",
    "dorthe",
    "viggo",
    "aksel",
    "rosa",
    "otto",
)
LAST_NAMES = (
    "Holm",
    "Friis",
    "Dam",
    "Juhl",
    "Skov",
    "Berg",
    "Lind",
    "Ravn",
    "Bech",
    "Krogh",
    "Kirke",
    "Øster",
)
ENDINGS = (
    "",
    "sen",
    "gaard",
    "strup",
    "bæk",
    "lund",
    "bjerg",
    "toft",
    "kær",
    "vang",
    "mark",
    "dal",
    "by",
    "høj",
)
T = TypeVar("T")
GROUPS = ("HK Kommunal", "Dansk Socialrådgiverforening", None)
WEEKDAYS = sorted(MONDAY_TO_FRIDAY)


def made_up(people: int, profile: str) -> Register:
    """Return the register of an employer of so many people under a profile."""
    teams: dict[str, Team] = {}
    everybody: dict[str, Person] = {}
    values = _values_a_team_may_set(profile)
    while len(everybody) < people:
        dice = dice_of("team", len(teams))
        size = min(dice.choice((10, 11, 12, 12, 13, 14)), people - len(everybody))
        team = f"team-{len(teams):04}"
        members = [_person(len(everybody) + n, team) for n in range(size)]
        everybody |= {one.id: one for one in members}
        teams[team] = _team(team, members[0].id, dice, values)
    return Register(
        _organisation(profile),
        teams,
        everybody,
        tuple(agreement for person in everybody.values() for agreement in _agreements(person)),
        tuple(exception for person in everybody.values() for exception in _exceptions(person)),
    )


def dice_of(what: str, subject: object) -> Random:
    """Return dice that fall the same way for one subject, whoever else there is."""
    return Random(f"{what} {subject}")


def _organisation(profile: str) -> Organisation:
    return Organisation(
        "Prøvekommunen",
        profile,
        domains=("proeve.example",),
        closing_days=frozenset({date(2026, 1, 2)}),
        extraordinary_periods=(ExtraordinaryPeriod(Period(date(2026, 2, 5), date(2026, 2, 6)), "Sne"),),
    )


def _values_a_team_may_set(profile: str) -> Mapping[str, Value]:
    """Return them with the profile's own figures, and switched on where it has a switch."""
    policy, chosen = load_policy(profile), {}
    for name in settable_values(profile):
        rule, _, value = name.partition(".")
        chosen[name] = policy.terms[rule].values[value][-1].value or True
    return chosen


def _team(team: str, leader: str, dice: Random, values: Mapping[str, Value]) -> Team:
    return Team(
        team,
        f"Afdeling {team}",
        leader,
        representative=leader,
        team_days=(TeamDay(dice.choice(WEEKDAYS)),) if dice.random() < 0.6 else (),
        min_on_site=4 if dice.random() < 0.3 else None,
        approval=Approval.LEADER if dice.random() < 0.4 else Approval.SELF,
        child_sick_day=dice.choice((None, Permission.ALLOWED, Permission.NOT_ALLOWED)),
        replacement_day=dice.choice((None, Permission.ALLOWED, Permission.NOT_ALLOWED)),
        home_work_possible=dice.random() < 0.97,
        med_discussed_on=_perhaps(dice, 0.85, _ago(dice, 900)),
        frames_decided_on=_perhaps(dice, 0.8, _ago(dice, 900)),
        discussed_on=_perhaps(dice, 0.8, _ago(dice, 500)),
        apv_covers_home_on=_perhaps(dice, 0.8, _ago(dice, 1300)),
        local_agreements=tuple(_local_agreements(dice)),
        values=values if dice.random() < 0.1 else {},
    )


def _local_agreements(dice: Random) -> Iterator[LocalAgreement]:
    for group in GROUPS:
        if dice.random() < 0.5:
            yield LocalAgreement("2024-17", Period(_ago(dice, 900)), _ahead(dice, 400), group)


def _name(dice: Random) -> str:
    """Return one of 132 given names and one of 168 family names."""
    given = dice.choice(FIRST_NAMES) + dice.choice(SECOND_NAMES)
    return f"{given} {dice.choice(LAST_NAMES)}{dice.choice(ENDINGS)}"


def _person(number: int, team: str) -> Person:
    person = f"person-{number:05}@proeve.example"
    dice = dice_of("person", person)
    safe = None if dice.random() < 0.25 else dice.random() < 0.98
    return Person(
        person,
        _name(dice_of("name", person)),
        team,
        work_days=MONDAY_TO_FRIDAY - set(WEEKDAYS[: dice.choice((0, 0, 0, 0, 0, 0, 1, 2))]),
        tasks_suited=dice.random() < 0.97,
        apv_completed_on=_perhaps(dice, 0.7, _ago(dice, 1300)),
        workstation_checked_on=None if safe is None else _ago(dice, 900),
        workstation_safe=safe,
        personnel_group=dice.choice(GROUPS),
        employment_ends_on=_perhaps(dice, 0.01, _ahead(dice, 30)),
        home_work_condition_of_employment=dice.random() < 0.01,
    )


def _agreements(person: Person) -> Iterator[Agreement]:
    """Yield none for a third of the people, else one; for one in twenty of these another one before it."""
    dice = dice_of("agreements", person.id)
    if dice.random() < 0.35:
        return
    start = _ago(dice, 1200)
    if dice.random() < 0.05:
        yield _agreement(person, Period(start - timedelta(days=400), start - timedelta(days=1)), dice)
    yield _agreement(person, Period(start, _perhaps(dice, 0.3, _ahead(dice, 700))), dice)


def _agreement(person: Person, period: Period, dice: Random) -> Agreement:
    days = dice.choice((1, 2, 2, 2, 3))
    return Agreement(
        person.id,
        period,
        days_per_week=_perhaps(dice, 0.7, days),
        placement=Placement() if dice.random() < 0.25 else _placement(days, dice),
        availability_hours=_perhaps(dice, 0.4, "8.30-15"),
        phone=_perhaps(dice, 0.5, "12345678"),
        equipment=(Equipment("Skærm", period.start),) if dice.random() < 0.5 else (),
        filed_on=_perhaps(dice, 0.8, period.start),
        signed_by_employee_on=_perhaps(dice, 0.97, period.start),
        signed_by_leader_on=_perhaps(dice, 0.95, period.start),
        review_on=_perhaps(dice, 0.3, _ahead(dice, 400)),
    )


def _placement(days: int, dice: Random) -> Placement:
    weekdays = frozenset(dice.sample(WEEKDAYS, days))
    kind = dice.random()
    if kind < 0.05:
        return Placement(weekdays, nth=2)
    if kind < 0.1:
        return Placement(weekdays, every_weeks=3, first_date=date(2025, 1, 6))
    return Placement(weekdays, dice.choice((*[Weeks.ALL] * 8, Weeks.ODD, Weeks.EVEN)))


def _exceptions(person: Person) -> Iterator[DayException]:
    """Yield something settled for a single date of three people in ten."""
    dice = dice_of("exceptions", person.id)
    if dice.random() < 0.3:
        day = WINDOW.start + timedelta(weeks=dice.randrange(11), days=dice.choice(WEEKDAYS))
        kind = dice.choice(list(ExceptionKind))
        to = day + timedelta(days=7) if kind is ExceptionKind.SWAPPED else None
        yield DayException(person.id, day, kind, to)


def _perhaps(dice: Random, chance: float, value: T) -> T | None:
    return value if dice.random() < chance else None


def _ago(dice: Random, days: int) -> date:
    return TODAY - timedelta(days=dice.randrange(days))


def _ahead(dice: Random, days: int) -> date:
    return TODAY + timedelta(days=dice.randrange(days))
