"""Loads the policy profiles and their guides: data files beside this module, checked whole against the
rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import WrongConfiguration
from bot.parameters import DatedValue, Policy, Value
from bot.rules import all_rules
from config.profile_file import GuideFile, ProfileFile, TermsRow

PROFILES = files("config") / "profiles"
GUIDES = files("config") / "guides"

WHOLE = frozenset({"weeks", "at_least", "months", "years", "days_ahead"})
"""The values that are counts of something; all others are figures or a yes or no."""

LONGEST = 120
Check = Callable[[object], str | None]
Shape = TypeVar("Shape", bound=BaseModel)


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
    guide = GUIDES / f"{policy_id}.yaml"
    return parse_policy(
        _text(PROFILES / f"{policy_id}.yaml"), policy_id, _text(guide) if guide.is_file() else ""
    )


def parse_policy(text: str, policy_id: str, guide: str = "") -> Policy:
    """Return the profile in a YAML text, with the guide in another.

    Raises: WrongConfiguration with every fault: unknown rules and values, missing values, missing citations.
    """
    heading = f"The policy profile {policy_id} is wrong."
    profile = _shaped(text, ProfileFile, heading)
    leaflet = _shaped(guide or "{}", GuideFile, f"The guide of the policy {policy_id} is wrong.")
    if faults := [*_faults(profile, policy_id), *_guide_faults(leaflet, profile)]:
        raise WrongConfiguration(heading, faults)
    return profile.policy(leaflet.guide())


def settable_values(policy_id: str) -> Mapping[str, Check]:
    """Return what the profile lets a team set for itself, as ``rule.value``, each with a check that says
    what is wrong with a value, or None.
    """
    return {
        f"{one.rule}.{name}": partial(_complaint, name, _latest(one.values[name]), one.at_most.get(name))
        for one in load_policy(policy_id).terms.values()
        for name in one.settable
    }


def _latest(values: Sequence[DatedValue]) -> Value | None:
    """Return the last value that takes nothing out of force: it tells what kind it is."""
    return next((one.value for one in reversed(values) if one.value is not None), None)


def _complaint(name: str, profile_s: Value | None, most: float | None, value: object) -> str | None:
    """Say what is wrong with a team's value beside the profile's: its kind, or that it is too much."""
    if name in WHOLE and not _is_whole(value):
        return f"this must be a whole number from 1 to {LONGEST}."
    if isinstance(profile_s, bool):
        return None if isinstance(value, bool) else "this must be true or false."
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        return "this must be a number, 0 or more."
    if most is not None and value > most:
        return (
            f"this may be {most:g} at most; the policy's document sets that, and a team may only go below it."
        )
    return None


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _shaped(text: str, shape: type[Shape], heading: str) -> Shape:
    try:
        return shape.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        raise WrongConfiguration(heading, faults) from None
    except (yaml.YAMLError, ValueError) as error:
        raise WrongConfiguration(heading, [f"It is no YAML: {error}"]) from None


def _faults(profile: ProfileFile, policy_id: str) -> Iterator[str]:
    if profile.id != policy_id:
        yield f'id: "{profile.id}" is not the name of the file.'
    for rule, terms in profile.rules.items():
        if rule in all_rules():
            yield from _terms_faults(rule, terms)
            yield from _shared_faults(rule, terms, profile)
            yield from _value_faults(rule, terms, profile)
        else:
            yield f"rules.{rule}: there is no such rule."


def _terms_faults(rule: str, terms: TermsRow) -> Iterator[str]:
    if (terms.heading is None) == (terms.registration is None):
        yield f"rules.{rule}: give a heading, or else a registration."
    wanted, given = all_rules()[rule].values, terms.values.keys() | terms.shares.keys()
    for name in sorted(wanted ^ given):
        what = "is missing" if name in wanted else "is no value of this rule"
        yield f"rules.{rule}.values.{name}: {what}."
    for name in sorted(terms.settable - terms.values.keys()):
        yield f"rules.{rule}.settable: {name} is no value of this rule."
    for name in sorted(terms.at_most.keys() - terms.settable):
        yield f"rules.{rule}.at_most: {name} is nothing that a team may set."


def _shared_faults(rule: str, terms: TermsRow, profile: ProfileFile) -> Iterator[str]:
    for name, other in terms.shares.items():
        other_rule, _, other_name = other.partition(".")
        if other_rule not in profile.rules or other_name not in profile.rules[other_rule].values:
            yield f"rules.{rule}.shares.{name}: there is no value {other} in this profile."


def _value_faults(rule: str, terms: TermsRow, profile: ProfileFile) -> Iterator[str]:
    for name, values in terms.values.items():
        where = f"rules.{rule}.values.{name}"
        dates = [value.since or profile.since for value in values]
        if not values:
            yield f"{where}: it has no value; give one."
        if dates != sorted(set(dates)):
            yield f"{where}: the dates must rise, each once."
        if len({type(value.value) is bool for value in values if value.value is not None}) > 1:
            yield f"{where}: it is yes or no in one line and a number in another."
        for day, value in zip(dates, values, strict=True):
            if value.value is not None and (wrong := _kind_fault(name, value.value)):
                yield f"{where}, {day}: {wrong}"
            if not value.is_cited:
                yield f"{where}, {day}: give a heading, or a law and a reference, or why it is ours."


def _kind_fault(name: str, value: Value) -> str | None:
    if name in WHOLE:
        return None if _is_whole(value) else f"it must be a whole number from 1 to {LONGEST}."
    if isinstance(value, str) or value < 0:
        return "it must be a number, 0 or more, or true or false."
    return None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST


def _guide_faults(guide: GuideFile, profile: ProfileFile) -> Iterator[str]:
    ids = [row.id for row in guide.rows()]
    for name in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"guide: the id {name} stands there twice."
    for row in guide.rows():
        for rule in sorted(row.rules - profile.rules.keys()):
            yield f"guide.{row.id}.with: the rule {rule} is not in the profile."
