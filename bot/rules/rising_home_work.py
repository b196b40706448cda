"""The team's home work has risen markedly against the weeks before.

Source: Nyborg, "Til lederen: Vigtige overvejelser og mulige faldgruber": a growing wish for home work may come
from tasks that are too many or too complex at once.

Reading: wishes we cannot see, so it is home days per person and week, over whole weeks and against as many weeks
before them, parts of days added up; the figures are ours. A single week or person does not decide. Medians are
compared; three quarters of the weeks must be usable in both halves, that is with at least half of the members at
work, and three quarters of the recent ones must lie above the former median; and it must still hold whoever of
the members is left out. Only members count who worked in both halves, and it takes three. Earlier days are those
that passes have kept; without enough of them nothing is said. Days in exceptional periods are left out, since
everybody is sent home then. No person is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from statistics import fmean, median

from bot.averages import TOLERANCE
from bot.case import PersonCase, TeamCase
from bot.days import monday_of
from bot.model import Audience, Day, Outcome, Scope, Verdict
from bot.parameters import Terms
from bot.rules import TeamRule
from bot.talk import Talk
from bot.wording import Wording, Words

FEWEST_MEMBERS = 3
MOST_WEEKS = 0.75

Row = Sequence[float | None]
"""One member's home days in each week, oldest first; None where no day was worked."""


@dataclass(frozen=True, slots=True)
class _Change:
    """The team's home days per person in the usable weeks of both halves."""

    before: Sequence[float]
    now: Sequence[float]

    @property
    def rise(self) -> float:
        return median(self.now) - median(self.before)

    def is_marked(self, share: float, days: float) -> bool:
        former = median(self.before)
        above = sum(week > former for week in self.now)
        is_large = self.rise >= max(share * former, days) - TOLERANCE
        return is_large and above >= MOST_WEEKS * len(self.now)


def _check(case: TeamCase, terms: Terms) -> Sequence[Verdict]:
    if len(case.people) < FEWEST_MEMBERS:
        return [Verdict(Outcome.NOT_APPLICABLE)]
    end, weeks = case.window.end, terms.whole("weeks", case.window.end)
    rows = [row for one in case.members if _in_both_halves(row := _row(case, one, weeks), weeks)]
    change = _change(rows, weeks)
    if change is None or len(rows) < FEWEST_MEMBERS:
        return [Verdict(Outcome.UNKNOWN)]
    share, days = terms.number("share", end), terms.number("days", end)
    # Only where it has risen is it asked whether one member alone makes it so.
    stands = change.is_marked(share, days) and all(
        one and one.is_marked(share, days) for one in _without_one(rows, weeks)
    )
    if not stands:
        return [Verdict(Outcome.OK)]
    facts = {
        "before": round(median(change.before), 2),
        "now": round(median(change.now), 2),
        "weeks": weeks,
        "people": len(rows),
    }
    return [Verdict(Outcome.VIOLATED, facts=facts)]


def _row(case: TeamCase, member: PersonCase, weeks: int) -> Row:
    days = {**case.earlier.get(member.person.id, {}), **member.days}
    this_week = monday_of(case.today)
    mondays = [this_week - timedelta(weeks=n) for n in range(2 * weeks, 0, -1)]
    return [_home_days(case, days, monday) for monday in mondays]


def _home_days(case: TeamCase, days: Mapping[date, Day], monday: date) -> float | None:
    week = (days.get(monday + timedelta(days=n)) for n in range(7))
    worked = [day for day in week if day and day.working and not case.exceptional(day.date)]
    return sum(day.home for day in worked if day.at_home) if worked else None


def _in_both_halves(row: Row, weeks: int) -> bool:
    return any(week is not None for week in row[:weeks]) and any(week is not None for week in row[weeks:])


def _change(rows: Sequence[Row], weeks: int) -> _Change | None:
    """Return both halves, or None where too few weeks can be used."""
    averages = [_average(week) for week in zip(*rows, strict=True)]
    before = [week for week in averages[:weeks] if week is not None]
    now = [week for week in averages[weeks:] if week is not None]
    enough = min(len(before), len(now)) >= ceil(MOST_WEEKS * weeks)
    return _Change(before, now) if enough else None


def _without_one(rows: Sequence[Row], weeks: int) -> Iterator[_Change | None]:
    """Yield the change without each member in turn."""
    for n in range(len(rows)):
        yield _change([*rows[:n], *rows[n + 1 :]], weeks)


def _average(week: Row) -> float | None:
    """Return the home days per person, or None where less than half of the members had a working day."""
    worked = [days for days in week if days is not None]
    return fmean(worked) if worked and len(worked) * 2 >= len(week) else None


def _da_leader(talk: Talk) -> Words:
    days = "dag" if round(talk.fact("now"), 1) <= 1 else "dage"
    return (
        "Mere hjemmearbejde i teamet end før",
        f"I {talk.team} er hjemmearbejdet gået fra {_figure(talk, 'before')} til {_figure(talk, 'now')} {days} om ugen pr. person, når de seneste {talk.number(talk.fact('weeks'))} uger sammenlignes med de {talk.number(talk.fact('weeks'))} før.",
        "Måske et emne til en snak: Passer det jer godt, eller er der for mange eller for svære opgaver på én gang?",
    )


def _en_leader(talk: Talk) -> Words:
    days = "day" if _figure(talk, "now") == "1" else "days"
    return (
        "More home working in the team than before",
        f"In {talk.team} home working has gone from {_figure(talk, 'before')} to {_figure(talk, 'now')} {days} a week per person, when the last {talk.number(talk.fact('weeks'))} weeks are compared with the {talk.number(talk.fact('weeks'))} before.",
        "Perhaps a topic for a talk: does it suit you well, or are there too many or too difficult tasks at once?",
    )


def _figure(talk: Talk, name: str) -> str:
    return talk.number(round(talk.fact(name), 1))


RULE = TeamRule(
    scope=Scope.PERIOD,
    audience=Audience.LEADER,
    looks_back=True,
    values=frozenset({"weeks", "share", "days"}),
    wording={
        "da": Wording("Mere hjemmearbejde i teamet", None, _da_leader),
        "en": Wording("More home working in the team", None, _en_leader),
    },
    check=_check,
)
