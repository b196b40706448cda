"""What every store promises of messages: nothing is sent twice, and nothing unclear is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from subprocess import Popen

import pytest

from bot.model import Delivery, Message, MessageRecord, MessageState, PlannedMessage, Step, Telling
from integrations.store.messages import NO_OUTCOME
from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
LATER = NOW + timedelta(hours=2)
ANNA, BO = "anna@proeve.example", "bo@proeve.example"
SENT = Delivery(MessageState.SENT)
FAILED = Delivery(MessageState.FAILED, "429 from Teams")
REMINDER = PlannedMessage(
    id="m1",
    step=Step.REMINDER,
    recipient=ANNA,
    findings=("f1", "f2"),
    state=MessageState.PLANNED,
    message=Message("da", "Hjemmedag", "Hej Anna", (), "", "Åbn", "https://proeve.example"),
)
NOTICE = replace(REMINDER, id="m2", step=Step.NOTICE, findings=("f3",))

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


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.UNCLEAR])
def test_a_withdrawn_message_is_resolved_and_can_be_claimed_again_once(
    store: SqlStore, state: MessageState
) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, Delivery(state, "why"), NOW)
    store.withdraw(REMINDER.id, LATER)
    assert store.unresolved() == []
    assert {telling.state for telling in store.tellings()} == {MessageState.SUPPRESSED}
    assert store.claim(REMINDER, "teams", LATER)
    assert not store.claim(REMINDER, "teams", LATER)


def test_a_message_that_arrived_cannot_be_withdrawn(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, SENT, NOW)
    with pytest.raises(LookupError, match="m1"):
        store.withdraw(REMINDER.id, LATER)


def test_a_message_without_findings_is_claimed_like_any_other(store: SqlStore) -> None:
    digest = replace(REMINDER, step=Step.DIGEST, findings=())
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
from bot.model import Message, MessageState, PlannedMessage, Step
from integrations.store.store import open_store

store = open_store(sys.argv[1])
text = Message("da", "", "", (), "", "", "")
print("ready", flush=True)
sys.stdin.readline()
for number in range(200):
    key, state = f"m{number}", MessageState.PLANNED
    message = PlannedMessage(key, Step.REMINDER, "anna@proeve.example", ("f",), state, text)
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


# --- tellings ----------------------------------------------------------------------------------------------


def test_each_finding_of_a_message_is_told_with_the_message_s_outcome(store: SqlStore) -> None:
    store.claim(REMINDER, "teams", NOW)
    store.record(REMINDER.id, SENT, LATER)
    assert store.tellings() == [
        Telling("f1", ANNA, Step.REMINDER, MessageState.SENT, LATER),
        Telling("f2", ANNA, Step.REMINDER, MessageState.SENT, LATER),
    ]


def test_a_message_on_its_way_is_a_telling_too(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    assert store.tellings() == [Telling("f3", ANNA, Step.NOTICE, MessageState.CLAIMED, NOW)]


def test_instants_come_back_aware_and_in_utc(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    [telling] = store.tellings()
    assert telling.at.utcoffset() == timedelta(0)
    assert telling.at == NOW


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


# --- notices and conversations ---------------------------------------------------------------------------


def test_the_last_notice_is_the_latest_that_was_sent_to_this_person(store: SqlStore) -> None:
    for number, (step, recipient, delivery) in enumerate(
        [
            (Step.NOTICE, ANNA, SENT),
            (Step.NOTICE, ANNA, SENT),
            (Step.NOTICE, ANNA, FAILED),
            (Step.REMINDER, ANNA, SENT),
            (Step.NOTICE, BO, SENT),
        ]
    ):
        message = replace(NOTICE, id=f"n{number}", step=step, recipient=recipient)
        at = datetime(2026, 3, 2 + number, 9, tzinfo=UTC)
        store.claim(message, "teams", at)
        store.record(message.id, delivery, at)
    assert store.last_notice(ANNA) == date(2026, 3, 3)


def test_who_had_no_notice_has_no_last_one(store: SqlStore) -> None:
    assert store.last_notice(ANNA) is None


def test_a_conversation_is_remembered_and_replaced(store: SqlStore) -> None:
    assert store.conversation(ANNA) is None
    store.remember_conversation(ANNA, "a:1")
    store.remember_conversation(BO, "a:2")
    store.remember_conversation(ANNA, "a:3")
    assert (store.conversation(ANNA), store.conversation(BO)) == ("a:3", "a:2")
