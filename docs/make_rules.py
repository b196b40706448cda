"""Writes docs/rules.md from the rules, the profiles and the case files: ``make docs``."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.model import Audience, Finding, MessageItem, Organisation, Person, Status
from bot.parameters import Policy
from bot.policy_page import PolicyPage, TermsPart, ValuePart, rule_page
from bot.policy_said import one_for, told
from bot.rules import all_rules
from bot.texts import Setting, item, item_for_leader
from config.policies import load_policy, policy_ids
from tests.cases.case_file import ANNA, ORGANISATION, TEAM, Case, read_cases, rules_with_cases

FOLDER = Path(__file__).parent
PAGE = FOLDER / "rules.md"
ENGLISH = "en"
TELLS = {
    Audience.EMPLOYEE: "the employee",
    Audience.NOTICE: "a notice",
    Audience.LEADER: "the leader alone",
    Audience.EMPLOYEE_AND_LEADER: "both",
    None: "the employee or a notice",
}
Say = Callable[[Finding, Setting], MessageItem]
TO_EMPLOYEE = {Audience.EMPLOYEE, Audience.NOTICE, Audience.EMPLOYEE_AND_LEADER}
TO_LEADER = {Audience.EMPLOYEE, Audience.LEADER, Audience.EMPLOYEE_AND_LEADER}


def rules_markdown() -> str:
    """Return the whole page."""
    policies = [load_policy(policy_id) for policy_id in policy_ids()]
    sections = (_section(rule_page(rule_id, policies, ENGLISH), rule_id) for rule_id in all_rules())
    parts = [
        _text("rules_head.md"),
        _table(policies),
        "## The rules one by one",
        *sections,
        _text("rules_foot.md"),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _table(policies: Sequence[Policy]) -> str:
    """Return all rules at a glance, with a column for each profile."""
    heads = ["rule", "one finding for", "tells", *(policy.id for policy in policies)]
    rows = [
        [
            f"[`{rule_id}`](#{rule_id})",
            one_for(rule, ENGLISH),
            TELLS[rule.audience] + (", at once" if rule.at_once else ""),
            *(_force(policy, rule_id) for policy in policies),
        ]
        for rule_id, rule in all_rules().items()
    ]
    return _rows([heads, ["---"] * len(heads), *rows])


def _force(policy: Policy, rule_id: str) -> str:
    return policy.terms[rule_id].force.value if rule_id in policy.terms else ""


def _section(page: PolicyPage, rule_id: str) -> str:
    """Return all there is to say of one rule."""
    parts = [
        f"### `{rule_id}`",
        f"*{page.title}.*",
        *(_paragraph(one) for one in page.about),
        f"**Tells.** {told(all_rules()[rule_id], ENGLISH)}",
        "**In the profiles.**\n\n" + "\n".join(line for part in page.parts for line in _terms(part)),
    ]
    if examples := list(_examples(rule_id)):
        parts.append("**For example.**\n\n" + _rows([["", "Danish", "English"], ["---"] * 3, *examples]))
    return "\n\n".join(parts)


def _paragraph(text: str) -> str:
    for name in ("Source", "Reading"):
        if text.startswith(f"{name}: "):
            first = text.removeprefix(f"{name}: ")
            return f"**{name}.** {first[:1].upper()}{first[1:]}"
    return text


def _terms(part: TermsPart) -> Iterator[str]:
    yield f"- **{part.title}** (`{part.id}`), {part.force.lower()} from {part.since}. Rests on: {part.place}"
    for value in part.values:
        yield from _value(value)


def _value(value: ValuePart) -> Iterator[str]:
    for line in value.lines:
        yield f"  - {value.what}: **{line.value}** from {line.since} ({line.source})"
    if value.team:
        yield f"  - {value.team}"


def _examples(rule_id: str) -> Iterator[list[str]]:
    """Yield what the first case that speaks to a reader has them told, in both languages."""
    words = all_rules()[rule_id].wording[ENGLISH]
    if words.to_employee:
        yield from _example("the employee", _found(rule_id, TO_EMPLOYEE), item)
    if words.to_leader:
        yield from _example("the leader", _found(rule_id, TO_LEADER), item_for_leader)


def _example(reader: str, found: Iterator[tuple[Case, Finding]], say: Say) -> Iterator[list[str]]:
    for case, finding in islice(found, 1):
        yield [reader, *(_said(say(finding, _setting(case, finding, one))) for one in ("da", ENGLISH))]


def _found(rule_id: str, audiences: Container[Audience]) -> Iterator[tuple[Case, Finding]]:
    """Yield what the rule's cases come to and one of the audiences hears of."""
    if rule_id not in rules_with_cases():
        return
    with TemporaryDirectory() as folder:
        for case in read_cases(rule_id):
            for finding in case.findings(rule_id, Path(folder)):
                if finding.status is Status.OPEN and finding.audience in audiences:
                    yield case, finding


def _setting(case: Case, finding: Finding, language: str) -> Setting:
    person = finding.person or ANNA
    name = person.partition("@")[0].title()
    return Setting(
        person=Person(id=person, name=name, team=TEAM["id"]),
        team_name=TEAM["name"],
        organisation=Organisation(name=str(ORGANISATION["name"]), policy=case.policy),
        policy=load_policy(case.policy),
        language=language,
    )


def _said(said: MessageItem) -> str:
    return f"**{said.heading}**<br>{said.seen}<br>{said.advice}".replace("\n", "<br>")


def _rows(rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(rules_markdown(), encoding="utf-8")
