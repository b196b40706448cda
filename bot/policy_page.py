"""A policy profile, or one rule in every profile, as a page for people who know the law and no code.

The page is neutral: texts in one language and their order. How it looks is for whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.parameters import DatedValue, Force, Policy, Terms
from bot.policy_said import about, one_for, place, quoted, settable, told, what, written, written_date
from bot.policy_words import LABELS
from bot.rules import all_rules


@dataclass(frozen=True, slots=True)
class ValueLine:
    """What a value is from a date on, and where that stands."""

    value: str
    since: str
    source: str


@dataclass(frozen=True, slots=True)
class ValuePart:
    """A value with what it means; ``team`` says whether and under which name a team may set it."""

    what: str
    team: str
    lines: tuple[ValueLine, ...]


@dataclass(frozen=True, slots=True)
class TermsPart:
    """One rule in one profile. ``id`` and ``title`` are the rule's on a profile's page, the profile's on a
    rule's page; what the page has said already is left empty.
    """

    id: str
    title: str
    force: str
    since: str
    place: str
    asks: str
    reading: str
    told: str
    values: tuple[ValuePart, ...]


@dataclass(frozen=True, slots=True)
class KnowPart:
    """A line that is good to know, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class TalkPart:
    """A topic for the leader's talk with its points, and where it stands."""

    title: str
    place: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The whole page. ``facts``: labels with what they say; ``about``: the rule's own words, in English."""

    language: str
    labels: Mapping[str, str]
    eyebrow: str
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    parts_title: str
    parts: tuple[TermsPart, ...]
    about: tuple[str, ...] = ()
    know: tuple[KnowPart, ...] = ()
    talk: tuple[TalkPart, ...] = ()


def profile_page(policy: Policy, language: str) -> PolicyPage:
    """Return a profile: its rules, what is good to know and what leaders may talk about."""
    labels, guide = LABELS[language], policy.guide
    since = written_date(min(one.since for one in policy.terms.values()), language)
    parts = [_part(policy, rule_id, language) for rule_id in policy.terms]
    return PolicyPage(
        language=language,
        labels=labels,
        eyebrow=f"{labels['policy']} · {policy.id}",
        title=policy.name,
        lead=policy.title,
        facts=(
            (labels["file"], policy.document),
            (labels["since"], since),
            (labels["rules"], _counted(policy, language)),
        ),
        parts_title=labels["rules"],
        parts=tuple(replace(one, since="") if one.since == since else one for one in parts),
        know=tuple(KnowPart(one.text[language], quoted(one.heading, language)) for one in guide.know),
        talk=tuple(
            TalkPart(
                one.title[language],
                quoted(one.heading, language),
                tuple(point[language] for point in one.points),
            )
            for one in guide.talk
        ),
    )


def rule_page(rule_id: str, policies: Iterable[Policy], language: str) -> PolicyPage:
    """Return a rule: what it does in its own words, and how each profile that has it puts it."""
    labels, rule = LABELS[language], all_rules()[rule_id]
    parts = [(one, _part(one, rule_id, language)) for one in policies if rule_id in one.terms]
    return PolicyPage(
        language=language,
        labels=labels,
        eyebrow=f"{labels['rule']} · {rule_id}",
        title=rule.wording[language].topic,
        lead="",
        facts=((labels["one for"], one_for(rule, language)), (labels["told"], told(rule, language))),
        parts_title=labels["in profiles"],
        parts=tuple(replace(part, id=one.id, title=one.name, told="") for one, part in parts),
        about=about(rule_id),
    )


def _counted(policy: Policy, language: str) -> str:
    rules, demands = len(policy.terms), sum(one.force is Force.DEMAND for one in policy.terms.values())
    return LABELS[language]["counted"].format(rules=rules, demands=demands, advices=rules - demands)


def _part(policy: Policy, rule_id: str, language: str) -> TermsPart:
    terms, rule = policy.terms[rule_id], all_rules()[rule_id]
    return TermsPart(
        id=rule_id,
        title=rule.wording[language].topic,
        force=LABELS[language][terms.force.value],
        since=written_date(terms.since, language),
        place=place(terms.source, language),
        asks=terms.asks[language],
        reading=terms.reading[language],
        told=told(rule, language),
        values=tuple(_values(terms, policy, language)),
    )


def _values(terms: Terms, policy: Policy, language: str) -> Iterator[ValuePart]:
    for name, rows in terms.values.items():
        full_name = terms.full_name(name)
        lines = tuple(_line(name, row, language) for row in rows)
        yield ValuePart(what(full_name, language), settable(full_name, policy, language), lines)


def _line(name: str, row: DatedValue, language: str) -> ValueLine:
    return ValueLine(
        written(name, row.value, language), written_date(row.since, language), place(row.source, language)
    )
