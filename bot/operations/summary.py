"""How things stand → the neutral message that the operators read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.days import iso_week
from bot.model import Message, MessageItem, MessageRecord, MessageState, Section, Step, UnreadableReason
from bot.operations import da, en
from bot.operations.reasons import Matter, matter_of
from bot.operations.state import Credential, OperationsState
from bot.operations.weekly import CHANNEL
from bot.operations.words import ENTRA_URL, Advice, Counted, Words

LANGUAGES: Mapping[str, Words] = {"da": da.WORDS, "en": en.WORDS}
SOON = timedelta(days=30)
MOST_NAMES = 20  # a matter stays short enough for a card; the report has them all
_ORDER = (MessageState.UNDELIVERABLE, MessageState.FAILED, MessageState.UNCLEAR)


def summary(state: OperationsState, language: str, today: date) -> Message:
    """Return the week's summary: how things stand in a few lines, then each matter with what to do."""
    words = LANGUAGES[language]
    hanging = [one for one in state.unresolved if not _is_this_weeks_summary(one, today)]
    sections = [
        Section(words.access, items=tuple(_access(state.credential, words, today))),
        Section(words.to_read, items=tuple(_calendars(state, words))),
        Section(words.to_deliver, items=tuple(_messages(hanging, words))),
        Section(words.silence, items=tuple(_silenced(state, words))),
    ]
    matters = sum(len(section.items) for section in sections)
    return Message(
        language=language,
        title=_title(matters, words, today),
        greeting=words.greeting,
        items=(),
        closing=words.closing,
        button=words.button,
        button_url=ENTRA_URL,
        sections=(
            Section(words.overview, lines=tuple(_overview(state, len(hanging), words, today))),
            *(section for section in sections if section.items),
        ),
    )


def _is_this_weeks_summary(record: MessageRecord, today: date) -> bool:
    """Whether it is this very message, which did not get through at an earlier try."""
    return record.step is Step.OPERATIONS and record.week == iso_week(today)


def _title(matters: int, words: Words, today: date) -> str:
    week = today.isocalendar().week
    return _counted(words.title, matters, words, week=week) if matters else words.title_well.format(week=week)


def _overview(state: OperationsState, hanging: int, words: Words, today: date) -> Iterator[str]:
    """Yield the lines that are there every week."""
    if not state.people:
        yield words.nobody
    elif state.read == state.people:
        yield _counted(words.all_read, state.people, words)
    else:
        read, people = _number(state.read, words), _number(state.people, words)
        yield words.some_read.format(read=read, people=people)
    yield _counted(words.hanging, hanging, words) if hanging else words.none_hanging
    credential = state.credential
    if credential and credential.expires_on is None:
        yield words.unknown_expiry[credential.proof]
    elif credential and not _ends_soon(credential, today):
        yield _about(words.good_until, credential, words)
    for source in state.sources_off:
        yield words.sources.get(source, words.source_off.format(source=source))


def _calendars(state: OperationsState, words: Words) -> Iterator[MessageItem]:
    """Yield a matter for each reason why calendars could not be read."""
    for reason in UnreadableReason:
        people = sorted(one.person for one in state.unreadable if one.reason is reason)
        if people:
            what = words.unreadable[reason]
            yield _item(what, len(people), f"{_names(people, words)}.", [reason.value], words)


def _messages(hanging: Sequence[MessageRecord], words: Words) -> Iterator[MessageItem]:
    """Yield a matter for each reason why messages hang, what surely did not arrive first."""
    grouped: dict[tuple[MessageState, Matter], list[MessageRecord]] = {}
    for record in hanging:
        grouped.setdefault((record.state, matter_of(record)), []).append(record)
    for (state, matter), records in sorted(grouped.items(), key=lambda one: _ORDER.index(one[0][0])):
        people = sorted({words.channel if one.recipient == CHANNEL else one.recipient for one in records})
        seen = words.to.format(names=_names(people, words), state=words.states[state])
        codes = sorted({one.reason for one in records if one.reason})
        yield _item(words.matters[matter], len(records), seen, codes, words)


def _silenced(state: OperationsState, words: Words) -> Iterator[MessageItem]:
    if state.silenced:
        teams = _names(sorted(team.name for team in state.silenced), words)
        code = words.code.format(codes="team_without_marks")
        yield MessageItem(
            words.silenced.format(teams=teams), words.silenced_seen, code, words.silenced_advice
        )


def _access(credential: Credential | None, words: Words, today: date) -> Iterator[MessageItem]:
    """Yield the credential where it ends within a month, or has ended."""
    if credential is None or credential.expires_on is None or not _ends_soon(credential, today):
        return
    if credential.expires_on < today:
        heading, seen, advice = words.expired, words.expired_seen, words.expired_advice
    else:
        heading, seen, advice = words.expires, words.expires_seen, words.expires_advice
    yield MessageItem(_about(heading, credential, words), seen, "", advice[credential.proof])


def _ends_soon(credential: Credential, today: date) -> bool:
    return credential.expires_on is not None and credential.expires_on - today <= SOON


def _about(sentence: str, credential: Credential, words: Words) -> str:
    day = format_date(credential.expires_on, words.date, locale=words.locale)
    return sentence.format(proof=words.proofs[credential.proof], date=day)


def _item(what: Advice, count: int, seen: str, codes: Sequence[str], words: Words) -> MessageItem:
    rule = words.code.format(codes=", ".join(codes)) if codes else ""
    return MessageItem(f"{what.topic}: {_number(count, words)}", seen, rule, what.advice)


def _names(names: Sequence[str], words: Words) -> str:
    """Return the first of the names, and how many more there are."""
    shown, left_out = list(names[:MOST_NAMES]), len(names) - MOST_NAMES
    if left_out > 0:
        shown.append(_counted(words.others, left_out, words))
    return format_list(shown, locale=words.locale)


def _counted(sentence: Counted, count: int, words: Words, **gaps: object) -> str:
    form = sentence.one if count == 1 else sentence.many
    return form.format(count=_number(count, words), **gaps)


def _number(value: int, words: Words) -> str:
    return format_decimal(value, locale=words.locale)
