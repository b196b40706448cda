"""How a policy's page puts things: who hears of a rule, values and dates as people write them, and where
something stands.
"""

from __future__ import annotations

from datetime import date
from inspect import getdoc
from sys import modules

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from bot.model import DATED, DocumentSource, LawSource, Source
from bot.parameters import OwnChoice, Policy, Value
from bot.policy_words import LABELS, ONE_FOR, REGISTERED, TOLD, UNITS, WHAT
from bot.rules import AnyRule, TeamRule
from bot.talk import LOCALE, heading

DATE = {"da": "d. MMMM y", "en": "d MMMM y"}


def about(rule_id: str) -> tuple[str, ...]:
    """Return the paragraphs of the rule's docstring, each in one line."""
    text = getdoc(modules[f"bot.rules.{rule_id.replace('-', '_')}"]) or ""
    return tuple(" ".join(paragraph.split()).replace("``", "`") for paragraph in text.split("\n\n"))


def told(rule: AnyRule, language: str) -> str:
    """Say who hears of a finding, and when it may be brought up again where that is not the usual."""
    key = rule.audience.value if rule.audience else "as approved"
    said = TOLD[language]["at once" if rule.at_once else key]
    if rule.again_after is None:
        return said
    time = format_unit(rule.again_after.days, "duration-day", locale=LOCALE[language])
    return f"{said} {LABELS[language]['again'].format(time=time)}"


def one_for(rule: AnyRule, language: str) -> str:
    """Say what one finding of the rule speaks of."""
    if rule.scope in DATED:
        return ONE_FOR[language][rule.scope.value]
    return ONE_FOR[language]["team" if isinstance(rule, TeamRule) else "person"]


def what(full_name: str, language: str) -> str:
    """Say what a value is, by its full name."""
    known, name = WHAT[language], full_name.rpartition(".")[2]
    return known.get(full_name) or known.get(name) or name.replace("_", " ")


def settable(full_name: str, policy: Policy, language: str) -> str:
    """Say that a team may set the value, where it may; a shared value is settable where it is at home."""
    rule, _, name = full_name.partition(".")
    owner, labels = policy.terms[rule], LABELS[language]
    if name not in owner.settable:
        return ""
    if name not in owner.at_most:
        return labels["settable"].format(name=full_name)
    most = written(name, owner.at_most[name], language)
    return labels["settable at most"].format(name=full_name, most=most)


def written(name: str, value: Value | None, language: str) -> str:
    """Return a value as people write it: 2 dage, 25 %, ja."""
    labels, locale, unit = LABELS[language], LOCALE[language], UNITS.get(name)
    if value is None:
        return labels["over"]
    if isinstance(value, bool):
        return labels["yes" if value else "no"]
    if isinstance(value, str):
        return value
    if unit is None:
        return format_decimal(value, locale=locale)
    if unit == "percent":
        return format_percent(value, locale=locale)
    return format_unit(value, f"duration-{unit}", locale=locale)


def place(source: Source | OwnChoice, language: str) -> str:
    """Say where something stands: a heading, a provision of the law, a registration, or our own choice."""
    if isinstance(source, OwnChoice):
        return f"{LABELS[language]['ours']}: {source.reason[language]}"
    if isinstance(source, DocumentSource):
        return quoted(source.heading, language)
    if isinstance(source, LawSource):
        return source.citation
    known = (words for word, words in REGISTERED[language].items() if word in source.registration)
    return next(known, LABELS[language]["registered"])


def quoted(document_heading: str, language: str) -> str:
    """Return a document's heading in quotation marks."""
    return LABELS[language]["quoted"].format(heading=heading(document_heading))


def written_date(day: date, language: str) -> str:
    """Return a date as people write it: 1. marts 2021."""
    return format_date(day, DATE[language], locale=LOCALE[language])
