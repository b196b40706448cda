"""The topics of a digest: one finding in its rule's own words, several of a kind as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.digest.topics import Topic
from bot.model import Finding, MessageItem
from bot.talk import capital
from bot.texts.items import merged
from bot.texts.languages import inside, sentence
from bot.texts.team_words import TeamWords

MOST_WITH_QUESTIONS = 3
MOST_QUESTIONS = 1
MOST_LINES = 3
MOST_NAMES = 3
MOST_ADVICE = 2


def in_full(topics: Sequence[Topic], words: TeamWords) -> tuple[MessageItem, ...]:
    """Return the topics as matters, the first few with questions for the talk."""
    questions = _questions([topic.rule for topic in topics], words)
    return tuple(
        replace(_matter(topic, words), questions=asked)
        for topic, asked in zip(topics, questions, strict=True)
    )


def in_short(topic: Topic, words: TeamWords) -> str:
    """Return what the topic is called and whom it is about."""
    who = words.who(topic.findings, MOST_NAMES)
    name = words.topic(topic.rule)
    return sentence(words.texts.fact.format(topic=name, who=who) if who else name)


def _matter(topic: Topic, words: TeamWords) -> MessageItem:
    whole = merged(topic.findings)
    if len(whole) == 1:
        return words.matter(whole[0])
    each = [words.matter(one) for one in whole]
    lines = _lines(whole, each, words)
    few = 1 < len(lines) <= MOST_LINES
    most = MOST_ADVICE if few else 1
    return MessageItem(
        heading=words.texts.topic_of_several.format(topic=words.topic(topic.rule), number=len(each)),
        seen="\n".join(lines) if few else _concerns(whole, each, words),
        rule=" · ".join(_commonest((one.rule for one in each), most)),
        advice=" ".join(_commonest((one.advice for one in each), most)),
    )


def _lines(findings: Sequence[Finding], matters: Sequence[MessageItem], words: TeamWords) -> Sequence[str]:
    """Return a line for each thing said, with all of whom it is said: "Bo og Ida: hjemmedag på en teamdag"."""
    people: dict[str, list[str]] = {}
    for finding, matter in zip(findings, matters, strict=True):
        name = words.name(finding)
        said = people.setdefault(matter.heading.removeprefix(f"{name}: "), [])
        said += [name] if name else []
    return [f"{capital(_who(names, words))}: {said}" if names else said for said, names in people.items()]


def _concerns(findings: Sequence[Finding], matters: Sequence[MessageItem], words: TeamWords) -> str:
    """Name whom it is about, in one line; what is about the team by its heading."""
    both = zip(findings, matters, strict=True)
    names = [words.about(one) or inside(item.heading) for one, item in both]
    return sentence(words.texts.concerns.format(who=_who(names, words)))


def _who(names: Iterable[str], words: TeamWords) -> str:
    """Join the names, each once; all of a team are not named."""
    once = list(dict.fromkeys(names))
    if len(once) > MOST_NAMES and set(once) == set(words.names.values()):
        return words.texts.all_of_team.format(number=len(once))
    return words.all_of(once)


def _commonest(texts: Iterable[str], most: int) -> list[str]:
    """Return the different texts, the commonest first."""
    return [text for text, _ in Counter(texts).most_common(most)]


def _questions(rules: Iterable[str], words: TeamWords) -> Iterator[tuple[str, ...]]:
    """Yield questions for each of the first few rules: others each week, and none of them twice."""
    asked: set[str] = set()
    for number, rule in enumerate(rules):
        most = MOST_QUESTIONS if number < MOST_WITH_QUESTIONS else 0
        offered = [one for one in _offered(rule, words) if one not in asked]
        start = words.desk.week * MOST_QUESTIONS % max(len(offered), 1)
        chosen = tuple((offered[start:] + offered[:start])[:most])
        asked.update(chosen)
        yield chosen


def _offered(rule: str, words: TeamWords) -> Iterator[str]:
    """Yield what the document offers for a talk on the rule, as far as it asks something."""
    for talk in words.desk.policy.guide.talk_on(rule):
        points = (point[words.desk.language] for point in talk.points)
        yield from (point for point in points if "?" in point)
