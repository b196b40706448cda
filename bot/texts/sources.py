"""Where a rule comes from, as a message says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from bot.model import DocumentSource, LawSource, MessageItem, Source
from bot.parameters import Policy
from bot.talk import heading
from bot.texts.catalogue import Sources


def cited(where: Source, policy: Policy, team: str, words: Sources) -> str:
    """Name a document's section, a provision of the law, or what the team of that name has registered."""
    if isinstance(where, DocumentSource):
        return words.section.format(document=_document(policy, words), heading=heading(where.heading))
    if isinstance(where, LawSource):
        return where.citation
    field = where.registration.rpartition(": ")[2]
    return words.registered.get(field, words.otherwise_registered).format(team=team)


def named_once(items: Iterable[MessageItem], policy: Policy, words: Sources) -> Iterator[MessageItem]:
    """Yield a message's matters in reading order: only the first names the document by its title, too."""
    document, is_known = _document(policy, words), False
    for one in items:
        rule = _shortened(one.rule, document, policy.name, is_known)
        is_known = is_known or document in one.rule
        yield one if rule == one.rule else replace(one, rule=rule)


@cache
def _shortened(rule: str, document: str, name: str, is_known: bool) -> str:  # noqa: FBT001
    """Return the words with the document named by its short name, but for the first time it is named."""
    if is_known:
        return rule.replace(document, name)
    before, found, after = rule.partition(document)
    return before + found + after.replace(document, name)


def _document(policy: Policy, words: Sources) -> str:
    return words.document.format(name=policy.name, title=policy.title)
