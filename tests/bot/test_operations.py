"""The operators' summary: when it goes, to whom, and what it says. UPDATE_GOLDEN=1 writes the texts anew."""

from __future__ import annotations

import os
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from bot.model import (
    Message,
    MessageItem,
    MessageRecord,
    MessageState,
    Organisation,
    PlannedMessage,
    Step,
    Unreadable,
    UnreadableReason,
)
from bot.operations import CHANNEL, LANGUAGES, Credential, OperationsState, Proof, not_due, plan, summary
from bot.operations.reasons import Matter
from bot.operations.words import Counted
from tests.bot.builders import ANNA, BO, ORGANISATION, TEAM, TODAY

GOLDEN = Path(__file__).parents[1] / "golden/operations"
UNDELIVERABLE, FAILED = MessageState.UNDELIVERABLE, MessageState.FAILED
UNCLEAR = MessageState.UNCLEAR
WELL = OperationsState(people=12, read=12, credential=Credential(Proof.SECRET, date(2026, 9, 2)))
MUCH = OperationsState(
    people=1412,
    read=1388,
    unreadable=(
        Unreadable(BO, UnreadableReason.NO_MAILBOX),
        *(Unreadable(f"p{n:02}@proeve.example", UnreadableReason.FORBIDDEN) for n in range(23)),
    ),
    unresolved=(),
    sources_off=("work-plan",),
    silenced=(TEAM, replace(TEAM, id="jura", name="Jura")),
    credential=Credential(Proof.CERTIFICATE, TODAY + timedelta(days=30)),
)


def record(
    state: MessageState, reason: str | None, recipient: str = ANNA, step: Step = Step.REMINDER, **fields: Any
) -> MessageRecord:
    at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    return MessageRecord("id", step, recipient, "teams", state, ("finding",), reason, at, **fields)


HANGING = (
    record(FAILED, "throttled", BO),
    record(FAILED, "teams-unreachable"),
    record(UNCLEAR, "answered-503"),
    record(UNDELIVERABLE, "not-in-directory", BO),
    record(UNDELIVERABLE, "blocked-by-user"),
    record(UNDELIVERABLE, "blocked-by-user"),
    record(FAILED, "webhook-refused: 410", CHANNEL, Step.OPERATIONS, week="2026-W09"),
)


def items(message: Message) -> list[MessageItem]:
    return [item for section in message.sections for item in section.items]


def headings(state: OperationsState, language: str = "da") -> list[str]:
    return [item.heading for item in items(summary(state, language, TODAY))]


def overview(state: OperationsState, language: str = "da") -> tuple[str, ...]:
    return summary(state, language, TODAY).sections[0].lines


def as_text(message: Message) -> str:
    lines = [message.title, "", message.greeting]
    for section in message.sections:
        lines += ["", f"# {section.heading}", *section.lines]
        for item in section.items:
            lines += ["", item.heading, item.seen, item.advice, f"[{item.rule}]"]
    return "\n".join([*lines, "", message.closing, f"({message.button})", ""])


# --- what it says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("well", WELL),
        ("much", replace(MUCH, unresolved=HANGING)),
        ("expired", replace(WELL, credential=Credential(Proof.SECRET, date(2026, 2, 27)))),
        ("every-matter", None),
    ],
)
def test_summaries_are_as_they_were_when_last_read_by_a_person(
    name: str, state: OperationsState | None, language: str
) -> None:
    text = as_text(summary(state or every_matter(), language, TODAY))
    golden = GOLDEN / language / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def every_matter() -> OperationsState:
    """Every reason there is to hang or not to be read."""
    codes = (
        "account-disabled directory-unavailable no-token app-not-in-catalogue app-not-installed "
        "app-disabled-by-admin forbidden conversation-not-found too-large no-mail-address mail-forbidden "
        "mail-sender-unknown refused"
    )
    return OperationsState(
        people=5,
        read=0,
        unreadable=tuple(Unreadable(ANNA, reason) for reason in UnreadableReason),
        unresolved=(*HANGING, *(record(FAILED, code) for code in codes.split())),
    )


def test_the_golden_summaries_hold_every_matter() -> None:
    said = headings(every_matter())
    for what in (*LANGUAGES["da"].matters.values(), *LANGUAGES["da"].unreadable.values()):
        assert any(heading.startswith(what.topic) for heading in said)


def test_when_all_is_well_it_is_three_lines() -> None:
    message = summary(WELL, "da", TODAY)
    assert message.title == "Uge 10: hjemmedag kører, som den plejer"
    assert message.greeting == "Hej"
    assert [section.lines for section in message.sections] == [
        (
            "Alle 12 kalendere er læst.",
            "Ingen beskeder hænger.",
            "Appens hemmelighed gælder til den 2. september 2026.",
        )
    ]
    assert items(message) == []


def test_a_source_that_is_off_is_told_and_is_no_matter_to_look_at() -> None:
    message = summary(replace(WELL, sources_off=("work-plan",)), "da", TODAY)
    assert message.title == summary(WELL, "da", TODAY).title
    assert "Calendars.Read.All" in message.sections[0].lines[-1]


def test_a_source_without_words_of_its_own_is_named() -> None:
    assert overview(replace(WELL, sources_off=("rooms",)))[-1] == "En kilde er slået fra: rooms."


@pytest.mark.parametrize(
    ("people", "read", "said"),
    [
        (0, 0, "Der er ingen i registret endnu."),
        (1, 1, "Den ene kalender i registret er læst."),
        (1412, 1412, "Alle 1.412 kalendere er læst."),
        (1412, 1400, "1.400 af 1.412 kalendere er læst."),
    ],
)
def test_coverage_is_counted(people: int, read: int, said: str) -> None:
    assert overview(OperationsState(people, read))[0] == said


def test_unread_calendars_are_gathered_by_reason_with_what_to_do() -> None:
    unreadable = (
        Unreadable(BO, UnreadableReason.FORBIDDEN),
        Unreadable(ANNA, UnreadableReason.FORBIDDEN),
        Unreadable("carl@proeve.example", UnreadableReason.NO_MAILBOX),
    )
    mailbox, forbidden = items(summary(replace(WELL, unreadable=unreadable), "da", TODAY))
    assert mailbox.heading == "Ingen postkasse i Exchange Online: 1"
    assert forbidden.heading == "Appen har ikke adgang: 2"
    assert forbidden.seen == f"{ANNA} og {BO}."
    assert "Calendars.ReadBasic.All" in forbidden.advice
    assert forbidden.rule == "I log og rapport: forbidden"


def test_of_very_many_the_first_twenty_are_named_and_the_rest_counted() -> None:
    unreadable = tuple(Unreadable(f"p{n:02}@x.dk", UnreadableReason.FORBIDDEN) for n in range(25))
    (one,) = items(summary(replace(WELL, unreadable=unreadable), "da", TODAY))
    assert "p19@x.dk og 5 til." in one.seen
    assert "p20@x.dk" not in one.seen


def test_messages_are_gathered_by_what_can_be_done_lost_ones_first() -> None:
    state = replace(WELL, unresolved=HANGING)
    assert headings(state) == [
        "Findes ikke i Entra: 1",
        "Modtageren har blokeret botten i Teams: 2",
        "Microsoft svarede ikke, eller bad os vente: 2",
        "Kanalens webhook tog ikke imod: 1",
        "Intet klart svar fra Microsoft: 1",
    ]
    assert overview(state)[1] == "7 beskeder hænger."
    blocked, service = items(summary(state, "da", TODAY))[1:3]
    assert blocked.seen == f"Til {ANNA}. Kan ikke leveres, som det er nu."
    assert service.seen == f"Til {ANNA} og {BO}. Næste kørsel prøver igen."
    assert service.rule == "I log og rapport: teams-unreachable, throttled"


@pytest.mark.parametrize("reason", ["refused: BadSyntax", "SomethingNew", None])
def test_a_reason_nobody_has_heard_of_is_told_with_its_code(reason: str | None) -> None:
    (one,) = items(summary(replace(WELL, unresolved=(record(FAILED, reason),)), "en", TODAY))
    assert one.heading == "Another reason: 1"
    assert one.rule == (f"In log and report: {reason}" if reason else "")


def test_an_unclear_message_is_unclear_whatever_the_reason() -> None:
    said = headings(replace(WELL, unresolved=(record(UNCLEAR, "throttled"),)))
    assert said == ["Intet klart svar fra Microsoft: 1"]


def test_it_does_not_tell_of_its_own_earlier_try() -> None:
    mine = record(FAILED, "webhook-refused: 410", CHANNEL, Step.OPERATIONS, week="2026-W10")
    assert summary(replace(WELL, unresolved=(mine,)), "da", TODAY) == summary(WELL, "da", TODAY)


def test_silenced_teams_are_named() -> None:
    (one,) = items(summary(replace(WELL, silenced=MUCH.silenced), "da", TODAY))
    assert one.heading == "Alle hjemmedage er væk: Borgerservice og Jura"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (31, []),
        (30, ["Appens hemmelighed udløber den 1. april 2026"]),
        (0, ["Appens hemmelighed udløber den 2. marts 2026"]),
        (-1, ["Appens hemmelighed udløb den 1. marts 2026"]),
    ],
)
def test_a_credential_is_a_matter_from_thirty_days_before_it_expires(days: int, said: list[str]) -> None:
    credential = Credential(Proof.SECRET, TODAY + timedelta(days=days))
    assert headings(replace(WELL, credential=credential)) == said


@pytest.mark.parametrize(
    ("proof", "named"), [(Proof.SECRET, "SECRET_EXPIRES_ON"), (Proof.CERTIFICATE, "FILE")]
)
@pytest.mark.parametrize("days", [10, -10])
def test_what_to_do_about_a_credential_names_the_setting(proof: Proof, named: str, days: int) -> None:
    credential = Credential(proof, TODAY + timedelta(days=days))
    (one,) = items(summary(replace(WELL, credential=credential), "da", TODAY))
    assert re.search(rf"HJEMMEDAG_\w*{named}", one.advice)


def test_an_expiry_date_nobody_has_given_is_asked_for() -> None:
    state = replace(WELL, credential=Credential(Proof.SECRET))
    assert "HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON" in overview(state)[-1]
    assert headings(state) == []


def test_of_a_credential_that_never_ends_nothing_is_said() -> None:
    assert len(overview(replace(WELL, credential=None))) == 2


@pytest.mark.parametrize(("number", "said"), [(1, "én ting"), (2, "2 ting")])
def test_the_title_counts_the_matters(number: int, said: str) -> None:
    unreadable = tuple(Unreadable(ANNA, reason) for reason in list(UnreadableReason)[:number])
    title = summary(replace(WELL, unreadable=unreadable), "da", TODAY).title
    assert title == f"Uge 10: {said} at se på i hjemmedag"


def test_the_week_is_the_iso_week() -> None:
    assert summary(WELL, "en", date(2027, 1, 1)).title.startswith("Week 53:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_words_are_whole_and_friendly(language: str) -> None:
    text = as_text(summary(replace(every_matter(), silenced=MUCH.silenced), language, TODAY))
    assert not re.search(r"None|\{|\}|\[\]|\.\.| {2}", text)
    assert not re.search(r"\b(overtr\w+|brud|fejl\w*|forbudt|du skal|viol\w+|must)\b", text, re.I)


def gaps(words: object) -> list[set[str]]:
    """Return the gaps of each sentence, in the order of the fields."""
    found = []
    for field in fields(words):  # type: ignore[arg-type]
        value = getattr(words, field.name)
        texts = [value.one, value.many] if isinstance(value, Counted) else [value]
        found += [
            {gap for _, gap, _, _ in Formatter().parse(text) if gap}
            for text in texts
            if isinstance(text, str)
        ]
    return found


def test_the_languages_fill_the_same_gaps_and_speak_of_the_same_things() -> None:
    danish, english = LANGUAGES["da"], LANGUAGES["en"]
    assert gaps(danish) == gaps(english)
    assert danish.sources.keys() == english.sources.keys()
    for words in (danish, english):
        assert words.matters.keys() == set(Matter)
        assert words.unreadable.keys() == set(UnreadableReason)
        for by_proof in (words.proofs, words.unknown_expiry, words.expires_advice, words.expired_advice):
            assert by_proof.keys() == set(Proof)


# --- when it goes, and to whom ---------------------------------------------------------------------


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - local time


def reason(local: datetime, organisation: Organisation = ORGANISATION, *, sent: bool = False) -> str | None:
    return not_due(local, organisation, sent_this_week=sent)


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(6, 59, "quiet-hours"), (7, 0, None), (16, 59, None), (17, 0, "quiet-hours")]
)
def test_it_goes_from_seven_to_seventeen(hour: int, minute: int, said: str | None) -> None:
    assert reason(at(TODAY, hour, minute)) == said


@pytest.mark.parametrize("days", range(5))
def test_one_missed_goes_on_any_later_working_day_of_the_week_and_only_once(days: int) -> None:
    assert reason(at(TODAY + timedelta(days=days))) is None
    assert reason(at(TODAY + timedelta(days=days)), sent=True) == "sent-this-week"


@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8), date(2026, 4, 6), date(2026, 12, 25)])
def test_it_waits_over_weekends_and_public_holidays(day: date) -> None:
    assert reason(at(day)) == "not-a-working-day"


def test_it_waits_over_closing_days() -> None:
    closed = replace(ORGANISATION, closing_days=frozenset({TODAY}))
    assert reason(at(TODAY), closed) == "not-a-working-day"
    assert reason(at(TODAY + timedelta(days=1)), closed) is None


def test_it_is_planned_for_a_mailbox_or_the_channel_and_tells_of_no_finding() -> None:
    message = summary(WELL, "da", TODAY)
    planned = plan(CHANNEL, message, TODAY)
    assert planned == PlannedMessage(
        planned.id, Step.OPERATIONS, "channel", (), MessageState.PLANNED, lambda: message, None, "2026-W10"
    )
    assert planned.message == message


def test_its_id_depends_on_who_and_which_week_alone() -> None:
    well, much = summary(WELL, "da", TODAY), summary(MUCH, "en", TODAY)
    this_week = {plan("it@x.dk", well, TODAY).id, plan("it@x.dk", much, TODAY + timedelta(days=4)).id}
    others = {plan(CHANNEL, well, TODAY).id, plan("it@x.dk", well, TODAY + timedelta(days=7)).id}
    assert len(this_week) == 1
    assert len(this_week | others) == 3
