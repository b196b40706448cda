"""The lines of a digest: the week in one sentence, days gone by, what is due, what stands, the trend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.digest.deadlines import Deadline
from bot.digest.presence import Presence
from bot.digest.topics import Topic
from bot.digest.trend import WeekShare, change
from bot.model import Bar, Finding, Scope
from bot.talk import capital
from bot.texts.languages import inside, percent, plural, sentence, weekday
from bot.texts.team_words import TeamWords
from bot.texts.topics import MOST_NAMES

A_LITTLE, MUCH = 0.05, 0.15  # of the working time
MOST_PEOPLE = 5


def opening(topics: int, words: TeamWords) -> str:
    """Say the week in one sentence."""
    if topics:
        forms = words.texts.more_topics if words.more_above else words.texts.topics
        return capital(plural(forms, topics, words.desk.language))
    if words.more_above:
        return words.texts.nothing_else
    return words.texts.nothing_new if words.week.standing else words.texts.nothing


def fewest_on_site(least: Presence, words: TeamWords) -> str:
    """Say when the fewest are at the workplace."""
    texts, days = words.texts, words.all_of(weekday(day, words.desk.language) for day in least.dates)
    if not least.on_site:
        return texts.nobody_on_site.format(days=days)
    if least.all_alike:
        everybody = least.on_site == least.of
        return texts.everybody if everybody else texts.every_day.format(number=least.on_site, of=least.of)
    return texts.fewest.format(days=days, number=least.on_site, of=least.of)


def team_day(kept: Presence, words: TeamWords) -> str:
    """Say how many were at the workplace on a team day."""
    (day,) = kept.dates
    return words.texts.team_day_kept.format(day=words.date(day), number=kept.on_site, of=kept.of)


def fact(topic: Topic, words: TeamWords) -> str:
    """Say what was seen on days gone by: with the dates where they are few, else with the names alone."""
    whose = list(dict.fromkeys(words.about(one) for one in topic.findings))
    by_date = _by_date(topic.findings, words)
    few = len(whose) <= MOST_NAMES or len(by_date) == 1
    if any(one.person is None for one in topic.findings) or not few:
        who = words.all_of(whose, most=MOST_NAMES)
    else:
        who = words.all_of(
            words.texts.on.format(name=words.all_of(names, most=MOST_NAMES), when=when)
            for when, names in by_date.items()
        )
    return sentence(words.texts.fact.format(topic=words.topic(topic.rule), who=who))


def _by_date(findings: Sequence[Finding], words: TeamWords) -> Mapping[str, Sequence[str]]:
    """Return who is spoken of, by the days or the weeks of which that is said."""
    of_each: dict[str, list[Finding]] = {}
    for one in findings:
        of_each.setdefault(words.about(one), []).append(one)
    by_date: dict[str, list[str]] = {}
    for name, those in of_each.items():
        by_date.setdefault(_when(those, words), []).append(name)
    return by_date


def _when(findings: Sequence[Finding], words: TeamWords) -> str:
    if findings[0].scope is Scope.WEEK:
        weeks = sorted({one.dates[0].isocalendar().week for one in findings})
        return words.all_of(words.texts.in_week.format(week=week) for week in weeks)
    return words.all_of(words.date(day) for day in sorted({day for one in findings for day in one.dates}))


def deadline(one: Deadline, words: TeamWords) -> str:
    """Say what is due on a date."""
    what = plural(
        words.texts.due[one.kind],
        max(len(one.people), 1),
        words.desk.language,
        people=words.people(one.people, most=MOST_PEOPLE),
        name=one.name,
        years=one.years,
    )
    return sentence(words.texts.deadline.format(day=capital(words.date(one.day)), what=what))


def standing(topics: Sequence[Topic], words: TeamWords) -> str:
    """Say in one line what has been told before and is open still."""
    return sentence(capital("; ".join(_standing(topic, words) for topic in topics)))


def _standing(topic: Topic, words: TeamWords) -> str:
    name, who = inside(words.topic(topic.rule)), words.who(topic.findings, MOST_NAMES)
    return words.texts.standing_topic.format(topic=name, who=who) if who else name


def bars(shares: Sequence[WeekShare], words: TeamWords) -> Iterator[Bar]:
    """Yield a bar for each week."""
    for one in shares:
        label = words.texts.trend_week.format(week=one.monday.isocalendar().week)
        yield Bar(label, one.share, percent(one.share, words.desk.language))


def reading(shares: Sequence[WeekShare], words: TeamWords) -> str:
    """Say how the later weeks compare with the earlier ones."""
    texts, by = words.texts, change(shares)
    if abs(by) < A_LITTLE:
        compared = texts.as_before
    elif by > 0:
        compared = texts.more if by >= MUCH else texts.a_little_more
    else:
        compared = texts.less if by <= -MUCH else texts.a_little_less
    return texts.reading.format(compared=compared)
