"""To whom a digest is due in a pass, and what each of them tells of each team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.case import by_person, people_by_team
from bot.days import is_open, monday_of
from bot.known import DigestMode, Known
from bot.ladder import has_gone_by
from bot.letter import TeamWeek
from bot.model import TO_LEADERS, Audience, Finding, Status, Step, Team, Telling
from bot.plan import FIRST_HOUR, TOLD, Due


def digest_readers(known: Known) -> Collection[str]:
    """Return the leaders to whom a digest is due: of teams that have people, each once, in order."""
    if known.digest_mode is DigestMode.SKIP:
        return ()
    members = people_by_team(known.register)
    leaders = dict.fromkeys(team.leader for team in known.register.teams.values() if members[team.id])
    if known.digest_mode is DigestMode.FORCE:
        return leaders
    if not _week_has_begun(known):
        return ()
    return dict.fromkeys(leader for leader in leaders if leader not in known.digests)


class Digests:
    """What the leaders' digests are made of: each is put together when it is asked for, because the days of
    a region's teams, all made whole at once, take more room than everything else.
    """

    def __init__(
        self,
        known: Known,
        readers: Collection[str],
        findings: Iterable[Finding],
        tellings: Mapping[str, Sequence[Telling]],
        dues: Iterable[Due],
        silenced: frozenset[str],
    ) -> None:
        self.readers = readers
        self._known, self._silenced = known, silenced
        self._tellings = tellings
        to_leaders = [one for one in dues if one.step in TO_LEADERS]
        self._now_told = {one.finding.id for one in to_leaders}
        self._topics = _by_team(one.finding for one in to_leaders if one.step is Step.DIGEST)
        self._findings = _by_team(findings)
        self._teams: defaultdict[str, list[Team]] = defaultdict(list)
        for team in known.register.teams.values():
            self._teams[team.leader].append(team)
        self._members = people_by_team(known.register)
        self._agreements = by_person(known.register.agreements)

    def to(self, reader: str) -> tuple[TeamWeek, ...]:
        """Return a part for each team of the reader's that has people; nothing where no digest is due."""
        if reader not in self.readers:
            return ()
        return tuple(self._week(team) for team in self._teams.get(reader, ()) if self._members[team.id])

    def _week(self, team: Team) -> TeamWeek:
        people, days, silenced = self._members[team.id], self._known.days, team.id in self._silenced
        return TeamWeek(
            team=team,
            people=tuple(people),
            days={one.id: days[one.id] for one in people if one.id in days},
            agreements=tuple(agreement for one in people for agreement in self._agreements.get(one.id, ())),
            topics=tuple(self._topics.get(team.id, ())),
            standing=() if silenced else tuple(self._standing(team)),
            silenced=silenced,
        )

    def _standing(self, team: Team) -> Iterator[Finding]:
        """Yield what the leader has been told of before and is not told now."""
        for one in self._findings.get(team.id, ()):
            if one.id not in self._now_told and _stands(one, self._tellings.get(one.id, ()), self._known):
                yield one


def _by_team(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    by_team: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_team[one.team].append(one)
    return by_team


def _stands(finding: Finding, tellings: Iterable[Telling], known: Known) -> bool:
    """Whether the leader has been told of a matter before, and it is there still."""
    if finding.status is not Status.OPEN or finding.audience is Audience.NOTICE:
        return False
    if has_gone_by(finding, known.today):
        return False
    return any(one.step in TO_LEADERS and one.state in TOLD for one in tellings)


def _week_has_begun(known: Known) -> bool:
    """Whether it is past the first hour of the first day in this week that the organisation works."""
    week = (monday_of(known.today) + timedelta(days=n) for n in range(7))
    first = next((day for day in week if is_open(known.register.organisation, day)), None)
    return first is not None and known.local >= datetime.combine(first, FIRST_HOUR)
