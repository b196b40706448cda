"""The commands ``policy list`` and ``policy show``."""

from __future__ import annotations

from inspect import getdoc
from sys import modules

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.errors import WrongConfiguration
from bot.model import DocumentSource, LawSource, Source
from bot.parameters import DatedValue, Policy, Terms
from bot.rules import all_rules
from config.policies import load_policy, policy_ids

AS_APPROVED = "E or N"
AUDIENCES = (
    "E: the employee, then the leader. N: a notice to the employee alone. L: the leader's digest.\n"
    "E or N: E in a team that records approvals, else N."
)


def list_policies() -> None:
    """Print the profiles and the rules, one a line."""
    console = Console(highlight=False)
    profiles = _table("Profile", "Organisation", "Document", "Rules")
    for policy in map(load_policy, policy_ids()):
        profiles.add_row(policy.id, escape(policy.name), escape(policy.document), str(len(policy.terms)))
    rules = _table("Rule", "Speaks of", "Audience", "Title")
    for rule_id, rule in all_rules().items():
        audience = rule.audience.value if rule.audience else AS_APPROVED
        rules.add_row(rule_id, rule.scope.value, audience, escape(rule.title))
    console.print(profiles)
    console.print(rules)
    console.print(AUDIENCES)


def show_policy(name: str) -> None:
    """Print a profile or a rule. Raises: WrongConfiguration where there is neither of that name."""
    if name in policy_ids():
        _show_profile(load_policy(name))
    elif name in all_rules():
        _show_rule(name)
    else:
        known = ", ".join((*policy_ids(), *all_rules()))
        fault = f"Use one of these: {known}."
        raise WrongConfiguration(f'There is no profile and no rule called "{name}".', [fault])


def _show_profile(policy: Policy) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]{escape(policy.name)}[/bold]: {escape(policy.title)} ({escape(policy.document)})\n")
    for terms in policy.terms.values():
        _show_terms(console, terms.rule, terms)


def _show_rule(rule_id: str) -> None:
    console = Console(highlight=False)
    module = modules[f"bot.rules.{rule_id.replace('-', '_')}"]
    console.print(f"[bold]{rule_id}[/bold]: {escape(all_rules()[rule_id].title)}\n")
    for paragraph in (getdoc(module) or "").split("\n\n"):
        console.print(escape(" ".join(paragraph.split())), end="\n\n")
    for policy in map(load_policy, policy_ids()):
        if rule_id in policy.terms:
            _show_terms(console, policy.id, policy.terms[rule_id])


def _show_terms(console: Console, heading: str, terms: Terms) -> None:
    console.print(f"[bold]{heading}[/bold] ({terms.force.value}): {escape(where(terms.source))}")
    if terms.reading:
        console.print(f"  {escape(terms.reading)}")
    for name, values in terms.values.items():
        for value in values:
            console.print(f"  {name} = {_value(value)} since {value.since}: {escape(where(value.source))}")
    console.print()


def where(source: Source) -> str:
    """Return a source in one line."""
    if isinstance(source, DocumentSource):
        return f"{source.document}, »{source.heading}«"
    if isinstance(source, LawSource):
        return f"{source.law}, {source.reference}"
    return source.registration


def _value(value: DatedValue) -> str:
    return "no longer in force" if value.value is None else str(value.value)


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == headings[0])
    return table
