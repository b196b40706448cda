"""All rules over the people of a made-up employer, beside each rule by itself and the least they can cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from time import process_time
from typing import TypeVar
from zoneinfo import ZoneInfo

from benchmarks.measure import peak_megabytes
from benchmarks.organisation import TODAY, WINDOW, made_up
from benchmarks.people_days import Days, kept, read
from bot.case import CaseFiles
from bot.evaluate import findings_of, judge_all
from bot.model import Finding, Person, Register, Team
from bot.parameters import Policy
from config.policies import load_policy, policy_ids

GROWING = "nyborg"
"""The profile with most rules, which shows how the cost grows with people."""

SIZES = (500, 2_000, 8_000, 20_000)
SIZE_OF_ALL = 8_000
PEOPLE_RULE_BY_RULE = 1_000
"""Judging rule by rule takes several times as long, and a part of the people tells what one of them takes."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judging:
    """What it took to judge so many people; times are in CPU seconds a person, memory in MB."""

    profile: str
    rules: int
    people: int
    findings: int
    together: float
    rule_by_rule: float
    walked: float
    peak: float | None

    @property
    def seconds(self) -> float:
        """CPU seconds for all of them."""
        return self.together * self.people


@dataclass(slots=True)
class Share:
    """CPU time, and how many people it was spent on."""

    people: int = 0
    seconds: float = 0.0

    def of(self, people: int, work: Callable[[], T]) -> T:
        """Do what is to be done for so many people, and count its time."""
        start = process_time()
        done = work()
        self.seconds += process_time() - start
        self.people += people
        return done

    @property
    def a_person(self) -> float:
        """CPU seconds a person."""
        return self.seconds / self.people


def rules(sizes: Sequence[int] = SIZES, size_of_all: int = SIZE_OF_ALL) -> tuple[Judging, ...]:
    """Measure one profile over more and more people, then the others.

    Each in a process of its own, so that the most memory it took is its own too.
    """
    others = [profile for profile in policy_ids() if profile != GROWING]
    wanted = [*((GROWING, size) for size in sizes), *((profile, size_of_all) for profile in others)]
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
        return tuple(processes.map(judging, *zip(*wanted, strict=True)))


def judging(profile: str, people: int) -> Judging:
    """Judge so many people. The days of one team at a time are held, so the memory is the register's."""
    policy, register = load_policy(profile), made_up(people, profile)
    together, rule_by_rule, walked = Share(), Share(), Share()
    found = 0
    files = together.of(0, partial(CaseFiles, register, WINDOW, TODAY, ZoneInfo("Europe/Copenhagen")))
    for team, size, days, earlier in teams_of(register):
        found += len(together.of(size, partial(judge_together, files, policy, team, days, earlier)))
        walked.of(size, partial(home_days, days))
        if rule_by_rule.people < PEOPLE_RULE_BY_RULE:
            rule_by_rule.of(size, partial(judge_rule_by_rule, files, policy, team, days, earlier))
    return Judging(
        profile=profile,
        rules=len(policy.terms),
        people=people,
        findings=found,
        together=together.a_person,
        rule_by_rule=rule_by_rule.a_person,
        walked=walked.a_person,
        peak=peak_megabytes(),
    )


def judge_together(files: CaseFiles, policy: Policy, team: Team, days: Days, earlier: Days) -> list[Finding]:
    """Judge a team as a pass does: what the rules share is found once a person."""
    return findings_of(judge_all(files.team_case(team, days, earlier), policy))


def judge_rule_by_rule(
    files: CaseFiles, policy: Policy, team: Team, days: Days, earlier: Days
) -> list[Finding]:
    """Judge a team with each rule by itself: what the rules share is found anew by each of them."""
    alone = [replace(policy, terms={rule: terms}) for rule, terms in policy.terms.items()]
    return [finding for one in alone for finding in judge_together(files, one, team, days, earlier)]


def home_days(days: Days) -> int:
    """Look once at each day, and do no more with it than count: the limit."""
    return sum(day.at_home for mine in days.values() for day in mine.values())


def teams_of(register: Register) -> Iterator[tuple[Team, int, Days, Days]]:
    """Yield each team, its size, and its members' days in the window and in the weeks before it."""
    agreed = {one.person: one for one in register.agreements}
    members: dict[str, list[Person]] = {team: [] for team in register.teams}
    for person in register.people.values():
        members[person.team].append(person)
    for team, people in members.items():
        days = read(people, register.organisation, agreed)
        earlier = kept(people, register.organisation, agreed)
        yield register.teams[team], len(people), days, earlier
