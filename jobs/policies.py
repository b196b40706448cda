"""The commands ``policy list`` and ``policy show``."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.errors import WrongConfiguration
from bot.model import DocumentSource, LawSource, Source
from bot.parameters import OwnChoice
from bot.policy_page import PolicyPage, profile_page, rule_page
from bot.rules import all_rules
from config.policies import load_policy, policy_ids
from config.settings import load_local_settings
from integrations.pages import render_policy
from jobs.policy_print import print_page

AS_APPROVED = "E or N"
AUDIENCES = (
    "E: the employee, then the leader. N: a notice to the employee alone. L: the leader's digest.\n"
    "E+L: the employee, and the leader's digest. E or N: E in a team that records approvals, else N."
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


def show_policy(name: str, language: str | None = None, html: Path | None = None) -> None:
    """Print a profile or a rule, or write it as HTML.

    Raises: WrongConfiguration where there is neither of that name, or the file cannot be written.
    """
    page = _page(name.lower(), language or load_local_settings().language)
    if html is None:
        print_page(page)
    else:
        _write(page, html)


def _page(name: str, language: str) -> PolicyPage:
    if name in policy_ids():
        return profile_page(load_policy(name), language)
    if name in all_rules():
        return rule_page(name, map(load_policy, policy_ids()), language)
    known = ", ".join((*policy_ids(), *all_rules()))
    fault = f"Use one of these: {known}."
    raise WrongConfiguration(f'There is no profile and no rule called "{name}".', [fault])


def _write(page: PolicyPage, file: Path) -> None:
    try:
        file.write_text(render_policy(page), encoding="utf-8")
    except OSError:
        fault = f"--html {file}: name a file in a folder that exists and can be written to."
        raise WrongConfiguration("The page could not be written.", [fault]) from None


def where(source: Source | OwnChoice) -> str:
    """Return a source in one line."""
    if isinstance(source, OwnChoice):
        return f"our choice: {source.reason['en']}"
    if isinstance(source, DocumentSource):
        return f"{source.document}, »{source.heading}«"
    if isinstance(source, LawSource):
        return source.citation
    return source.registration


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == headings[0])
    return table
