"""Loads the policy profiles: data files beside this module, checked whole against the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import WrongConfiguration
from bot.model import DocumentSource, LawSource, Source
from bot.parameters import DatedValue, Force, Policy, Terms, Value
from bot.rules import all_rules

PROFILES = files("config") / "profiles"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Value(_Strict):
    since: date
    value: Value | None
    heading: str | None = None
    law: str | None = None
    reference: str | None = None


class _Terms(_Strict):
    heading: str
    force: Force
    reading: str = ""
    values: Mapping[str, tuple[_Value, ...]] = {}
    settable: frozenset[str] = frozenset()


class _Profile(_Strict):
    id: str
    name: str
    document: str
    title: str
    rules: Mapping[str, _Terms]


def policy_ids() -> tuple[str, ...]:
    """Return the ids of the profiles that are shipped, in alphabetical order."""
    names = (entry.name for entry in PROFILES.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@lru_cache
def load_policy(policy_id: str) -> Policy:
    """Return a profile.

    Raises: WrongConfiguration where there is no such profile, or with every fault in it.
    """
    if policy_id not in policy_ids():
        known = ", ".join(policy_ids())
        raise WrongConfiguration(f'There is no policy "{policy_id}".', [f"Use one of these: {known}."])
    return parse_policy((PROFILES / f"{policy_id}.yaml").read_text(encoding="utf-8"), policy_id)


def parse_policy(text: str, policy_id: str) -> Policy:
    """Return the profile in a YAML text.

    Raises: WrongConfiguration with every fault: unknown rules and values, missing values, missing citations.
    """
    heading = f"The policy profile {policy_id} is wrong."
    try:
        profile = _Profile.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise WrongConfiguration(heading, [f"It is no YAML: {error}"]) from None
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        raise WrongConfiguration(heading, faults) from None
    if faults := [*_faults(profile, policy_id)]:
        raise WrongConfiguration(heading, faults)
    return _policy(profile)


def settable_values(policy_id: str) -> frozenset[str]:
    """Return what the profile lets a team set for itself, as ``rule.value``."""
    terms = load_policy(policy_id).terms.values()
    return frozenset(f"{one.rule}.{name}" for one in terms for name in one.settable)


def _faults(profile: _Profile, policy_id: str) -> Iterator[str]:
    if profile.id != policy_id:
        yield f'id: "{profile.id}" is not the name of the file.'
    rules = all_rules()
    for rule, terms in profile.rules.items():
        if rule not in rules:
            yield f"rules.{rule}: there is no such rule."
            continue
        for name in sorted(rules[rule].values ^ terms.values.keys()):
            what = "is missing" if name in rules[rule].values else "is no value of this rule"
            yield f"rules.{rule}.values.{name}: {what}."
        for name in sorted(terms.settable - terms.values.keys()):
            yield f"rules.{rule}.settable: {name} is no value of this rule."
        yield from _value_faults(rule, terms)


def _value_faults(rule: str, terms: _Terms) -> Iterator[str]:
    for name, values in terms.values.items():
        dates = [value.since for value in values]
        if dates != sorted(set(dates)):
            yield f"rules.{rule}.values.{name}: the dates must rise, each once."
        for value in values:
            if (value.heading is None) == (value.law is None) or (value.law is None) != (
                value.reference is None
            ):
                yield f"rules.{rule}.values.{name}, {value.since}: give a heading, or a law and a reference."


def _policy(profile: _Profile) -> Policy:
    return Policy(
        id=profile.id,
        name=profile.name,
        document=profile.document,
        title=profile.title,
        terms={rule: _terms(rule, terms, profile.document) for rule, terms in profile.rules.items()},
    )


def _terms(rule: str, terms: _Terms, document: str) -> Terms:
    return Terms(
        rule=rule,
        source=DocumentSource(document, terms.heading),
        force=terms.force,
        reading=terms.reading,
        values={
            name: tuple(DatedValue(one.since, one.value, _source(one, document)) for one in values)
            for name, values in terms.values.items()
        },
        settable=terms.settable,
    )


def _source(value: _Value, document: str) -> Source:
    if value.law and value.reference:
        return LawSource(value.law, value.reference)
    return DocumentSource(document, value.heading or "")
