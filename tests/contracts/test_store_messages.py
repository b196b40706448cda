"""What every store promises of messages: nothing is sent twice, and nothing unclear is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from subprocess import Popen

import pytest

from bot.model import Delivery, Message, MessageRecord, MessageState, PlannedMessage, Step, Told
from integrations.store.messages import NO_OUTCOME
from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
LATER = NOW + timedelta(hours=2)
ANNA = "anna@proeve.example"
SENT = Delivery(MessageState.SENT)
FAILED = Delivery(MessageState.FAILED, "429 from Teams")
REMINDER = PlannedMessage(
    id="m1",
    step=Step.REMINDER,
    recipient=ANNA,
    tells=(Told("f1", Step.REMINDER), Told("f2", Step.REMINDER)),
    state=MessageState.PLANNED,
    write=lambda: Message("da", "Hjemmedag", "Hej Anna", (), "", "Åbn", "https://proeve.example"),
)
NOTICE = replace(REMINDER, id="m2", step=Step.NOTICE, tells=(Told("f3", Step.NOTICE),))

# --- claims ----------------------------------------------------------------------------------------------


def test_a_new_message_can_be_claimed_once(store: SqlStore) -> None:
    assert store.claim(REMINDER, "teams", NOW)
    assert not store.claim(REMINDER, "teams", NOW)


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNCLEAR])
def test_a_message_that_may_have_arrived_is_not_claimed_again(store: SqlStore, state: MessageState) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, Delivery(state, "why"), NOW)
    assert not store.claim(REMINDER, "teams", LATER)


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNDELIVERABLE])
def test_a_message_that_did_not_arrive_can_be_claimed_again_once(
    store: SqlStore, state: MessageState
) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, Delivery(state, "why"), NOW)
    assert store.claim(REMINDER, "mail", LATER)
    assert not store.claim(REMINDER, "mail", LATER)


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNDELIVERABLE])
def test_a_withdrawn_message_is_resolved_and_can_be_claimed_again_once(
    store: SqlStore, state: MessageState
) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, Delivery(state, "why"), NOW)
    store.withdraw(REMINDER.id, LATER)
    assert store.unresolved() == []
    assert store.claim(REMINDER, "teams", LATER)
    assert not store.claim(REMINDER, "teams", LATER)


@pytest.mark.parametrize("state", [MessageState.CLAIMED, MessageState.UNCLEAR])
def test_a_withdrawn_message_that_may_have_arrived_is_resolved_and_still_is_not_claimed_again(
    store: SqlStore, state: MessageState
) -> None:
    store.claim(REMINDER, "teams", NOW)
    if state is MessageState.UNCLEAR:
        store.record(REMINDER.id, Delivery(state, "no-answer"), NOW)
    store.withdraw(REMINDER.id, LATER)
    assert store.unresolved() == []
    assert not store.claim(REMINDER, "teams", LATER)


def test_a_message_that_nobody_knows_cannot_be_withdrawn(store: SqlStore) -> None:
    with pytest.raises(LookupError, match="m1"):
        store.withdraw(REMINDER.id, LATER)


def test_a_message_that_arrived_cannot_be_withdrawn(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, SENT, NOW)
    with pytest.raises(LookupError, match="m1"):
        store.withdraw(REMINDER.id, LATER)


def test_a_message_without_findings_is_claimed_like_any_other(store: SqlStore) -> None:
    digest = replace(REMINDER, step=Step.DIGEST, tells=())
    assert store.claim(digest, "teams", NOW)
    assert not store.claim(digest, "teams", NOW)


def test_the_outcome_of_an_unclaimed_message_is_refused(store: SqlStore) -> None:
    with pytest.raises(LookupError, match="m1"):
        store.record(REMINDER.id, SENT, NOW)


def test_an_outcome_once_recorded_is_not_written_over(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, SENT, NOW)
    with pytest.raises(LookupError, match="m1"):
        store.record(REMINDER.id, FAILED, LATER)
    assert {telling.state for telling in store.tellings()} == {MessageState.SENT}


CLAIM_ALL = """
import sys
from datetime import UTC, datetime
from bot.model import Message, MessageState, PlannedMessage, Step, Told
from integrations.store.store import open_store

store = open_store(sys.argv[1])
text = Message("da", "", "", (), "", "", "")
print("ready", flush=True)
sys.stdin.readline()
for number in range(200):
    tells, state = (Told("f", Step.REMINDER),), MessageState.PLANNED
    message = PlannedMessage(f"m{number}", Step.REMINDER, "anna@proeve.example", tells, state, lambda: text)
    if store.claim(message, "teams", datetime(2026, 3, 2, tzinfo=UTC)):
        print(message.id)
"""


def test_of_two_processes_exactly_one_gets_each_message(
    store_url: str, spawn: Callable[[str, str], Popen[str]]
) -> None:
    racers = [spawn(CLAIM_ALL, store_url) for _ in range(2)]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n", "ready\n"]
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = [message for racer in racers for message in racer.communicate()[0].split()]
    assert sorted(won) == sorted(f"m{number}" for number in range(200))


# --- what is not resolved --------------------------------------------------------------------------------


def test_what_was_sent_is_resolved(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, SENT, NOW)
    assert store.unresolved() == []


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNCLEAR, MessageState.UNDELIVERABLE])
def test_what_did_not_arrive_for_certain_is_unresolved_with_its_reason(
    store: SqlStore, state: MessageState
) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, Delivery(state, "503 from Teams"), LATER)
    assert store.unresolved() == [
        MessageRecord("m1", Step.REMINDER, ANNA, "teams", state, ("f1", "f2"), "503 from Teams", LATER)
    ]


def test_a_message_left_claimed_by_a_crash_is_unclear(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    assert store.unresolved() == [
        MessageRecord("m2", Step.NOTICE, ANNA, "teams", MessageState.UNCLEAR, ("f3",), NO_OUTCOME, NOW)
    ]


def test_a_message_claimed_again_forgets_why_it_failed(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    store.record(NOTICE.id, FAILED, NOW)
    store.claim(NOTICE, "mail", LATER)
    store.record(NOTICE.id, Delivery(MessageState.UNCLEAR), LATER)
    [unclear] = store.unresolved()
    assert (unclear.channel, unclear.reason) == ("mail", None)


def test_a_message_can_end_in_another_channel_than_it_was_claimed_for(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, Delivery(MessageState.UNCLEAR, "timeout"), LATER, channel="mail")
    [unclear] = store.unresolved()
    assert unclear.channel == "mail"


def test_an_unresolved_digest_says_its_week_and_each_of_its_findings_once(store: SqlStore) -> None:
    tells = (Told("f2", Step.REMINDER), Told("f1", Step.DIGEST), Told("f2", Step.DIGEST))
    store.claim(replace(REMINDER, step=Step.DIGEST, tells=tells, week="2026-W10"), "teams", NOW)
    store.record(REMINDER.id, FAILED, LATER)
    [failed] = store.unresolved()
    assert (failed.step, failed.week, failed.findings) == (Step.DIGEST, "2026-W10", ("f2", "f1"))
