"""What was new at a pass of a replay, in words for HR.

What is for the employee alone is counted and never named, nor is its date told: no leader is to hear of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

from babel.dates import format_date
from babel.lists import format_list

from bot.model import Audience, Finding, Register, Scope, Status, Step
from bot.policy_said import written_date
from bot.replay import HOURS, Pass
from bot.rules import all_rules
from bot.talk import LOCALE
from jobs.replay_words import CLOCK, SHORT_DATE, WORDS

MOST_DATES = 3

Line = tuple[str, str, str]
"""What was found, of whom, and who hears of it."""


class Speech:
    """Puts findings of a register in one language."""

    def __init__(self, register: Register, language: str) -> None:
        self._register = register
        self._language = language
        self.words: Mapping[str, str] = WORDS[language]

    def lines(self, one: Pass) -> Iterator[Line]:
        """Yield what was new at a pass; what employees alone were told comes last, in numbers, and then how
        many leaders had their digest.
        """
        new = {finding.id for finding in (*one.opened, *one.resolved)} | one.told | one.topics
        alone: dict[str, set[str | None]] = {}
        for finding in (finding for key, finding in one.findings.items() if key in new):
            if finding.audience is not Audience.NOTICE:
                yield self._matter(finding), self._about(finding), self._heard(finding, one)
            elif finding.id in one.told:
                alone.setdefault(finding.rule, set()).add(finding.person)
        for rule, people in alone.items():
            word = "one_unnamed" if len(people) == 1 else "unnamed"
            yield self.topic(rule), self.words[word].format(number=len(people)), self.words["notice"]
        if digests := sum(message.step is Step.DIGEST for message in one.messages):
            word = "one_leader" if digests == 1 else "leaders"
            yield self.words["digest"], "", self.words[word].format(number=digests)

    def topic(self, rule: str) -> str:
        """Return what a rule's findings are called."""
        return all_rules()[rule].wording[self._language].topic

    def short_date(self, day: date) -> str:
        """Return a date with its weekday: tirs. 3. mar."""
        return format_date(day, SHORT_DATE[self._language], locale=LOCALE[self._language])

    def moment(self, at: datetime) -> str:
        """Return a date with its weekday; for a later pass of the same day the hour alone: kl. 13.00."""
        if at.time() == HOURS[0]:
            return self.short_date(at.date())
        return self.words["later"].format(hour=self.hour(at.time()))

    def hour(self, at: time) -> str:
        """Return a time of day: 13.00."""
        return at.strftime(CLOCK[self._language])

    def long_date(self, day: date) -> str:
        """Return a date with its year: 3. marts 2026."""
        return written_date(day, self._language)

    def all_of(self, parts: Iterable[str]) -> str:
        """Join with commas and a last "and"."""
        return format_list([*parts], locale=LOCALE[self._language])

    def _heard(self, finding: Finding, one: Pass) -> str:
        if finding.status is Status.RESOLVED:
            return self.words["settled"]
        parts = []
        if finding.id in one.told and finding.person:
            parts.append(self.words["reminder"].format(name=self._register.people[finding.person].name))
        if finding.id in one.told_at(Step.ESCALATION):
            parts.append(self.words["escalation"])
        if finding.id in one.told_at(Step.DIGEST):
            parts.append(self.words["topic"])
        return self.all_of(parts) if parts else self.words["seen"]

    def _matter(self, finding: Finding) -> str:
        topic = self.topic(finding.rule)
        if finding.scope is Scope.WEEK:
            return self.words["of_week"].format(topic=topic, week=finding.dates[0].isocalendar().week)
        if finding.scope is Scope.DAY:
            return self.words["dates"].format(topic=topic, dates=self._dates(finding.dates))
        return topic

    def _about(self, finding: Finding) -> str:
        team = self._register.teams[finding.team].name
        person = self._register.people.get(finding.person or "")
        return f"{person.name}, {team}" if person else team

    def _dates(self, dates: Sequence[date]) -> str:
        shown = [self.short_date(day) for day in dates[:MOST_DATES]]
        if len(dates) <= MOST_DATES:
            return self.all_of(shown)
        more = len(dates) - MOST_DATES
        return self.words["and_more"].format(dates=", ".join(shown), number=more)
