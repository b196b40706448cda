"""One finding → one matter of a message, for the employee or for the leader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern

from bot.guide import GoodToKnow
from bot.model import Finding, MessageItem, Organisation, Person
from bot.parameters import Policy
from bot.rules import all_rules
from bot.talk import Talk
from bot.texts.languages import LANGUAGES
from bot.texts.sources import cited
from bot.wording import Say


@dataclass(frozen=True, slots=True)
class Setting:
    """What a matter needs beside its finding.

    ``language`` is da or en; ``week`` the ISO week it goes in; ``called`` what the leader knows the person
    by, where the first name alone is not enough.
    """

    person: Person
    team_name: str
    organisation: Organisation
    policy: Policy
    language: str
    week: int = 0
    called: str = ""


def item(finding: Finding, setting: Setting) -> MessageItem:
    """Return what the employee is told of one finding."""
    say = all_rules()[finding.rule].wording[setting.language].to_employee
    return _item(finding, setting, say)


def item_for_leader(finding: Finding, setting: Setting) -> MessageItem:
    """Return what the leader is told of one finding, on the person in the setting or on the team."""
    say = all_rules()[finding.rule].wording[setting.language].to_leader
    return _item(finding, setting, say)


def items_to_know(findings: Iterable[Finding], setting: Setting) -> Iterator[MessageItem]:
    """Yield what the employee is told of each, with one line that is good to know and has not been said in
    this message.
    """
    said: set[str] = set()
    for finding in findings:
        fresh = [one for one in _worth_knowing(finding, setting) if one.id not in said]
        lines = [one for one in fresh if finding.rule in one.always] or fresh
        # Another line each week, so that whoever is written to again does not read the same.
        line = lines[setting.week % len(lines)] if lines else None
        said |= {line.id} if line else set()
        yield replace(item(finding, setting), know=line.text[setting.language] if line else "")


def settled(one: MessageItem, words: str) -> MessageItem:
    """Return a matter that is in place now: what it was called, and nothing more to do."""
    return MessageItem(one.heading, words, rule="", advice="", settled=True)


def without_advice(one: MessageItem) -> MessageItem:
    """Return a matter of which nothing can be changed any more."""
    return replace(one, advice="", know="")


def merged(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Make one of those that say the same of different dates of one person, or of one team."""
    together: list[Finding] = []
    for finding in findings:
        twin = next((one for one in together if _says_the_same(one, finding)), None)
        if twin is None:
            together.append(finding)
        else:
            dates = tuple(sorted({*twin.dates, *finding.dates}))
            together[together.index(twin)] = replace(twin, dates=dates)
    return together


def _item(finding: Finding, setting: Setting, say: Say | None) -> MessageItem:
    if say is None:
        raise LookupError(f"{finding.rule} has no words for this reader")
    words = LANGUAGES[setting.language].sources
    source = cited(finding.source, setting.policy, setting.team_name, words)
    heading, seen, advice = say(
        Talk(finding, setting.team_name, setting.language, setting.person.name, setting.called)
    )
    # Many are told the same: a region's messages hold it once.
    return MessageItem(intern(heading), seen, intern(source), intern(advice))


def _worth_knowing(finding: Finding, setting: Setting) -> Iterator[GoodToKnow]:
    """Yield the document's lines on the rule; that home work is voluntary is not said to those employed on
    the condition of it.
    """
    for one in setting.policy.guide.known_with(finding.rule):
        if not (one.voluntary and setting.person.home_work_condition_of_employment):
            yield one


def _says_the_same(one: Finding, other: Finding) -> bool:
    mergeable = all_rules()[one.rule].says_several and not one.facts.get("moved_to")
    return mergeable and _matter(one) == _matter(other)


def _matter(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.person, finding.team, finding.facts, finding.source
