"""Where a rule comes from, as a message says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

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
        before, found, after = one.rule.partition(document)
        first = policy.name if is_known else found
        is_known = is_known or bool(found)
        yield replace(one, rule=before + first + after.replace(document, policy.name)) if found else one


def _document(policy: Policy, words: Sources) -> str:
    return words.document.format(name=policy.name, title=policy.title)
