"""The shape of a policy profile and of its guide as they stand in their YAML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.guide import GoodToKnow, Guide, TalkTopic
from bot.model import DocumentSource, LawSource, RegistrationSource, Source
from bot.parameters import DatedValue, Force, OwnChoice, Policy, Terms, Value

LANGUAGES = ("da", "en")


def _in_both_languages(texts: Mapping[str, str]) -> Mapping[str, str]:
    if set(texts) != set(LANGUAGES) or not all(text.strip() for text in texts.values()):
        raise ValueError("give the text in both languages, da and en")
    return {language: " ".join(text.split()) for language, text in texts.items()}


Bilingual = Annotated[Mapping[str, str], AfterValidator(_in_both_languages)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ValueRow(_Strict):
    """A value from a date on, with exactly one place it comes from."""

    since: date | None = None
    value: Value | None
    heading: str | None = None
    law: str | None = None
    reference: str | None = None
    ours: Bilingual | None = None

    @property
    def is_cited(self) -> bool:
        """Whether it names one source, and a law with its reference."""
        named = [one for one in (self.heading, self.law, self.ours) if one]
        return len(named) == 1 and (self.law is None) == (self.reference is None)

    def source(self, document: str) -> Source | OwnChoice:
        """Return where the value comes from."""
        if self.law and self.reference:
            return LawSource(self.law, self.reference)
        return OwnChoice(self.ours) if self.ours else DocumentSource(document, self.heading or "")


class TermsRow(_Strict):
    """One rule: where the document asks for it, what it asks, how we read it, its values."""

    heading: str | None = None
    registration: str | None = None
    force: Force
    since: date | None = None
    asks: Bilingual
    reading: Bilingual
    values: Mapping[str, tuple[ValueRow, ...]] = {}
    settable: frozenset[str] = frozenset()
    at_most: Mapping[str, float] = {}
    shares: Mapping[str, str] = {}

    def source(self, document: str) -> Source:
        """Return where the rule comes from."""
        if self.registration:
            return RegistrationSource(self.registration)
        return DocumentSource(document, self.heading or "")


class ProfileFile(_Strict):
    """A whole profile. Its values hold from ``since`` unless they say otherwise."""

    id: str
    name: str
    document: str
    title: str
    since: date
    rules: Mapping[str, TermsRow]

    def policy(self, guide: Guide) -> Policy:
        """Return the profile as the rules know it."""
        terms = {rule: self._terms(rule, row) for rule, row in self.rules.items()}
        return Policy(self.id, self.name, self.document, self.title, terms, guide)

    def _terms(self, rule: str, row: TermsRow) -> Terms:
        values = {name: self._dated(rows) for name, rows in row.values.items()}
        for name, other in row.shares.items():
            other_rule, _, other_name = other.partition(".")
            values[name] = self._dated(self.rules[other_rule].values[other_name])
        return Terms(
            rule=rule,
            source=row.source(self.document),
            force=row.force,
            since=row.since or self.since,
            asks=row.asks,
            reading=row.reading,
            values=values,
            settable=row.settable,
            at_most=row.at_most,
            shared=row.shares,
        )

    def _dated(self, rows: tuple[ValueRow, ...]) -> tuple[DatedValue, ...]:
        return tuple(
            DatedValue(one.since or self.since, one.value, one.source(self.document)) for one in rows
        )


class KnowRow(_Strict):
    """A line that is good to know."""

    id: str
    heading: str
    rules: frozenset[str] = Field(alias="with", min_length=1)
    text: Bilingual
    voluntary: bool = False
    always: frozenset[str] = frozenset()


class TalkRow(_Strict):
    """A topic for the leader's talk."""

    id: str
    heading: str
    title: Bilingual
    rules: frozenset[str] = Field(alias="with", min_length=1)
    points: tuple[Bilingual, ...] = Field(min_length=1)


class GuideFile(_Strict):
    """All that a document has beside its rules."""

    know: tuple[KnowRow, ...] = ()
    talk: tuple[TalkRow, ...] = ()

    def guide(self) -> Guide:
        """Return the guide as messages know it."""
        return Guide(
            know=tuple(
                GoodToKnow(one.id, one.heading, one.rules, one.text, one.voluntary, one.always)
                for one in self.know
            ),
            talk=tuple(TalkTopic(one.id, one.heading, one.title, one.rules, one.points) for one in self.talk),
        )

    def rows(self) -> Iterator[KnowRow | TalkRow]:
        """Yield everything in it."""
        yield from self.know
        yield from self.talk
