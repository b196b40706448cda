"""Findings → the neutral message a person reads. Danish and English, no channel's format, no vendor's
markup.

Every item says what was seen, which rule of which document says so, and what one can do; the closing says
how to tell that it is wrong. A topic, never an offence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from bot.model import Finding, Message, MessageItem, Organisation, Person
from bot.parameters import Policy
from bot.texts import da, en
from bot.texts.talk import Talk

CALENDAR_URL = "https://outlook.office.com/calendar/"
# That an agreement has ended says all there is to say of the days that go on without one.
SPOKEN_FOR_BY: Mapping[str, set[str]] = {"recurring-without-agreement": {"agreement-not-in-force"}}
SAID_OF_SEVERAL_DATES = frozenset({"team-day", "weekday-not-agreed"})
LANGUAGES: Mapping[str, ModuleType] = {"da": da, "en": en}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a message needs beside its findings. ``language`` is da or en."""

    person: Person
    team_name: str
    organisation: Organisation
    policy: Policy
    language: str


def compose(findings: Sequence[Finding], setting: Setting) -> Message:
    """Return the message that tells one person of these findings, in the order given."""
    texts = LANGUAGES[setting.language]
    items = tuple(item(finding, setting) for finding in _merged(spoken(findings)))
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
    """Return what is said of one finding."""
    texts = LANGUAGES[setting.language]
    words: Callable[[Talk], tuple[str, str, str]] = texts.ITEMS[finding.rule]
    talk = Talk(finding, setting.team_name, setting.language)
    heading, seen, advice = words(talk)
    return MessageItem(heading, seen, texts.source(finding.source, setting.policy, setting.team_name), advice)


def spoken(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Leave out what another finding of the same person says better."""
    rules = {finding.rule for finding in findings}
    return [finding for finding in findings if not SPOKEN_FOR_BY.get(finding.rule, set()) & rules]


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
    mergeable = one.rule in SAID_OF_SEVERAL_DATES and not one.facts.get("moved_to")
    return mergeable and (one.rule, one.facts, one.source) == (other.rule, other.facts, other.source)
