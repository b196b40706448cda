"""Findings → the neutral message a person reads. Danish and English, no channel's format, no vendor's
markup.

Every item says what was seen, which rule of which document says so, and what one can do; the closing says
how to tell that it is wrong. A topic, never an offence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from bot.guide import GoodToKnow
from bot.model import Finding, Message, MessageItem, Organisation, Person
from bot.parameters import Policy
from bot.rules import all_rules
from bot.talk import Talk
from bot.texts import da, en
from bot.wording import Say

CALENDAR_URL = "https://outlook.office.com/calendar/"
# "Fine as a single home day" and "move it" are not to stand in one message on the same date.
OUTSPOKEN_BY: Mapping[str, set[str]] = {"weekday-not-agreed": {"team-day", "tasks-not-suited"}}
# That an agreement has ended says all there is to say of the days that go on without one.
SPOKEN_FOR_BY: Mapping[str, set[str]] = {"recurring-without-agreement": {"agreement-not-in-force"}}
LANGUAGES: Mapping[str, ModuleType] = {"da": da, "en": en}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a message needs beside its findings. ``language`` is da or en; ``week`` the ISO week it goes in."""

    person: Person
    team_name: str
    organisation: Organisation
    policy: Policy
    language: str
    week: int = 0


def compose(findings: Sequence[Finding], setting: Setting) -> Message:
    """Return the message that tells one person of these findings, in the order given."""
    texts = LANGUAGES[setting.language]
    items = tuple(_items(_merged(spoken(findings)), setting))
    contact = setting.organisation.hr_contact
    return Message(
        language=setting.language,
        title=items[0].heading if len(items) == 1 else texts.TITLE_OF_SEVERAL,
        greeting=texts.GREETING.format(name=setting.person.name.split()[0]),
        items=items,
        closing=texts.CLOSING.format(contact=contact) if contact else texts.CLOSING_WITHOUT_CONTACT,
        button=texts.BUTTON,
        button_url=CALENDAR_URL,
    )


def item(finding: Finding, setting: Setting) -> MessageItem:
    """Return what the employee is told of one finding."""
    say = all_rules()[finding.rule].wording[setting.language].to_employee
    return _item(finding, setting, say)


def item_for_leader(finding: Finding, setting: Setting) -> MessageItem:
    """Return what the leader is told of one finding, on the person in the setting or on the team."""
    say = all_rules()[finding.rule].wording[setting.language].to_leader
    return _item(finding, setting, say)


def _item(finding: Finding, setting: Setting, say: Say | None) -> MessageItem:
    if say is None:
        raise LookupError(f"{finding.rule} has no words for this reader")
    texts, language = LANGUAGES[setting.language], setting.language
    heading, seen, advice = say(Talk(finding, setting.team_name, language, setting.person.name))
    return MessageItem(heading, seen, texts.source(finding.source, setting.policy, setting.team_name), advice)


def _items(findings: Iterable[Finding], setting: Setting) -> Iterator[MessageItem]:
    """Yield each matter, with one line that is good to know and has not been said in this message."""
    said: set[str] = set()
    for finding in findings:
        fresh = [one for one in _worth_knowing(finding, setting) if one.id not in said]
        lines = [one for one in fresh if finding.rule in one.always] or fresh
        # Another line each week, so that whoever is written to again does not read the same.
        line = lines[setting.week % len(lines)] if lines else None
        said |= {line.id} if line else set()
        yield replace(item(finding, setting), know=line.text[setting.language] if line else "")


def _worth_knowing(finding: Finding, setting: Setting) -> Iterator[GoodToKnow]:
    """Yield the document's lines on the rule; that home work is voluntary is not said to those employed on
    the condition of it.
    """
    for one in setting.policy.guide.known_with(finding.rule):
        if not (one.voluntary and setting.person.home_work_condition_of_employment):
            yield one


def spoken(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Leave out what another finding of the same person says better."""
    rules = {finding.rule for finding in findings}
    on_dates = {(finding.rule, finding.dates) for finding in findings}
    return [
        finding
        for finding in findings
        if not SPOKEN_FOR_BY.get(finding.rule, set()) & rules
        and not any((rule, finding.dates) in on_dates for rule in OUTSPOKEN_BY.get(finding.rule, set()))
    ]


def _merged(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Make one of those that say the same of different dates."""
    merged: list[Finding] = []
    for finding in findings:
        twin = next((one for one in merged if _says_the_same(one, finding)), None)
        if twin is None:
            merged.append(finding)
        else:
            dates = tuple(sorted({*twin.dates, *finding.dates}))
            merged[merged.index(twin)] = replace(twin, dates=dates)
    return merged


def _says_the_same(one: Finding, other: Finding) -> bool:
    mergeable = all_rules()[one.rule].says_several and not one.facts.get("moved_to")
    return mergeable and (one.rule, one.facts, one.source) == (other.rule, other.facts, other.source)
