"""What a message tells a leader, or the deputy, of the people of a team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.ladder import has_gone_by
from bot.letter import Letter
from bot.model import Finding, MessageItem, Scope, Section, Team
from bot.texts.desk import Desk
from bot.texts.items import merged, settled, without_advice
from bot.texts.languages import all_of, plural
from bot.texts.people import alphabetical


def sections(letter: Letter, desk: Desk) -> list[Section]:
    """Return a part for the teams that the recipient leads, and one for each where the leader is away."""
    by_team: dict[str, list[Finding]] = {}
    for finding in letter.of_teams:
        by_team.setdefault(finding.team, []).append(finding)
    led = [one for one in letter.of_teams if not _stands_in(letter, desk.team(one.team))]
    parts = [Section(desk.texts.frame.of_teams, items=_items(led, letter, desk))] if led else []
    return parts + [
        _as_deputy(desk.team(team), findings, letter, desk)
        for team, findings in by_team.items()
        if _stands_in(letter, desk.team(team))
    ]


def title(letter: Letter, desk: Desk) -> str:
    """Return what several matters are called together."""
    frame, teams = desk.texts.frame, {one.team for one in letter.of_teams}
    if len(teams) > 1:
        return frame.title_of_teams
    return frame.title_of_team.format(team=desk.team(min(teams)).name)


def told_first(letter: Letter, desk: Desk) -> str:
    """Say that those whom it is about have been told the same first."""
    people = {one.person or "" for one in letter.of_teams}
    name = desk.names_in({one.team for one in letter.of_teams}).get(min(people), min(people))
    return plural(desk.texts.frame.told_first, len(people), desk.language, name=name)


def _stands_in(letter: Letter, team: Team) -> bool:
    return letter.recipient == team.deputy and letter.recipient != team.leader


def _as_deputy(team: Team, findings: Sequence[Finding], letter: Letter, desk: Desk) -> Section:
    frame = desk.texts.frame
    leader = desk.person(team.leader, team.id).name or frame.leader_of.format(team=team.name)
    return Section(
        frame.standing_in.format(team=team.name),
        lines=(frame.because_away.format(leader=leader),),
        items=_items(findings, letter, desk),
    )


def _items(findings: Sequence[Finding], letter: Letter, desk: Desk) -> tuple[MessageItem, ...]:
    """Return the matters, the nearest days before all that stands; what is in place comes first."""
    names = desk.names_in({one.team for one in letter.of_teams})
    in_place = (one for one in findings if one.id in letter.settled)
    still_open = [one for one in findings if one.id not in letter.settled]
    gone_by = [one for one in still_open if letter.rewritten and has_gone_by(one, desk.today)]
    to_come = (one for one in still_open if one not in gone_by)
    words = desk.texts.frame.settled_for_leader
    return (
        *(settled(one, words) for one in _told(in_place, names, desk)),
        *_told(to_come, names, desk),
        *(without_advice(one) for one in _told(gone_by, names, desk)),
    )


def _told(findings: Iterable[Finding], names: Mapping[str, str], desk: Desk) -> Iterator[MessageItem]:
    """Yield a matter for each thing that is said; several people at home on one team day are one matter."""
    for those in _alike(_sorted(merged(findings), names)):
        people = [names.get(one.person or "", one.person or "") for one in those]
        together = {those[0].person or "": all_of(people, desk.language)}
        yield desk.to_leader(those[0], together)


def _alike(findings: Iterable[Finding]) -> Sequence[Sequence[Finding]]:
    """Put together what says the same of the same days of different people."""
    together: list[list[Finding]] = []
    for one in findings:
        those = next((those for those in together if _says_the_same(those[0], one)), None)
        if those is None:
            together.append([one])
        else:
            those.append(one)
    return together


def _says_the_same(one: Finding, other: Finding) -> bool:
    return one.scope is Scope.DAY and _matter(one) == _matter(other)


def _matter(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.team, finding.dates, finding.facts, finding.source


def _sorted(findings: Iterable[Finding], names: Mapping[str, str]) -> Sequence[Finding]:
    def place(one: Finding) -> tuple[bool, date, str]:
        name = alphabetical(names.get(one.person or "", ""))
        return one.scope is not Scope.DAY, min(one.dates, default=date.max), name

    return sorted(findings, key=place)
