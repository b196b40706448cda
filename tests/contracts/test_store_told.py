"""What every store knows of who was told what, at which step and in which week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.model import Delivery, Message, MessageState, PlannedMessage, Step, Telling, Told
from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
LATER = NOW + timedelta(hours=2)
ANNA, BO, KIRSTEN = "anna@proeve.example", "bo@proeve.example", "kirsten@proeve.example"
SENT = Delivery(MessageState.SENT)
FAILED = Delivery(MessageState.FAILED, "429 from Teams")
NOTICE = PlannedMessage(
    id="m1",
    step=Step.NOTICE,
    recipient=ANNA,
    tells=(Told("f1", Step.NOTICE),),
    state=MessageState.PLANNED,
    write=lambda: Message("da", "Hjemmedag", "Hej Anna", (), "", "Åbn", "https://proeve.example"),
)
OF_A_LEADER = replace(
    NOTICE,
    id="m2",
    step=Step.DIGEST,
    recipient=KIRSTEN,
    tells=(Told("f3", Step.REMINDER), Told("f2", Step.ESCALATION), Told("f3", Step.DIGEST)),
    week="2026-W10",
)

# --- tellings --------------------------------------------------------------------------------------------


def test_each_finding_of_a_message_is_told_at_its_own_step_with_the_message_s_outcome(
    store: SqlStore,
) -> None:
    store.claim(OF_A_LEADER, "teams", NOW)
    store.record(OF_A_LEADER.id, SENT, LATER)
    assert store.tellings() == [
        Telling("f3", KIRSTEN, Step.REMINDER, MessageState.SENT, LATER),
        Telling("f2", KIRSTEN, Step.ESCALATION, MessageState.SENT, LATER),
        Telling("f3", KIRSTEN, Step.DIGEST, MessageState.SENT, LATER),
    ]


def test_a_message_on_its_way_is_a_telling_too(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    assert store.tellings() == [Telling("f1", ANNA, Step.NOTICE, MessageState.CLAIMED, NOW)]


def test_what_a_withdrawn_message_was_to_tell_is_known_as_suppressed(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    store.record(NOTICE.id, FAILED, NOW)
    store.withdraw(NOTICE.id, LATER)
    assert store.tellings() == [Telling("f1", ANNA, Step.NOTICE, MessageState.SUPPRESSED, LATER)]


def test_what_may_have_arrived_goes_on_counting_as_told_when_it_is_withdrawn(store: SqlStore) -> None:
    store.claim(OF_A_LEADER, "teams", NOW)
    store.record(OF_A_LEADER.id, Delivery(MessageState.UNCLEAR, "no-answer"), NOW)
    store.withdraw(OF_A_LEADER.id, LATER)
    assert {(one.state, one.at) for one in store.tellings()} == {(MessageState.UNCLEAR, NOW)}
    assert store.told_in_week(Step.DIGEST, "2026-W10") == {KIRSTEN}


def test_instants_come_back_aware_and_in_utc(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    [telling] = store.tellings()
    assert telling.at.utcoffset() == timedelta(0)
    assert telling.at == NOW


def test_a_finding_named_twice_at_one_step_is_told_once(store: SqlStore) -> None:
    store.claim(replace(NOTICE, tells=NOTICE.tells * 2), "teams", NOW)
    assert len(store.tellings()) == 1


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.SUPPRESSED])
def test_a_message_claimed_again_tells_what_it_says_now_and_nothing_of_before(
    store: SqlStore, state: MessageState
) -> None:
    bystander = replace(NOTICE, tells=(Told("f2", Step.NOTICE),))
    store.claim(bystander, "teams", NOW)
    store.claim(OF_A_LEADER, "teams", NOW)
    store.record(OF_A_LEADER.id, Delivery(state, "why"), NOW)
    changed = replace(OF_A_LEADER, tells=(Told("f2", Step.DIGEST), Told("f9", Step.ESCALATION)))
    store.claim(changed, "teams", LATER)
    assert store.tellings() == [
        Telling("f2", ANNA, Step.NOTICE, MessageState.CLAIMED, NOW),
        Telling("f2", KIRSTEN, Step.DIGEST, MessageState.CLAIMED, LATER),
        Telling("f9", KIRSTEN, Step.ESCALATION, MessageState.CLAIMED, LATER),
    ]


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNCLEAR])
def test_a_claim_that_is_turned_down_leaves_the_tellings_as_they_are(
    store: SqlStore, state: MessageState
) -> None:
    store.claim(NOTICE, "teams", NOW)
    store.record(NOTICE.id, Delivery(state), NOW)
    store.claim(replace(NOTICE, tells=(Told("f9", Step.REMINDER),)), "teams", LATER)
    assert store.tellings() == [Telling("f1", ANNA, Step.NOTICE, state, NOW)]


def test_who_was_told_of_some_findings_is_known_without_the_others(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", LATER)
    store.claim(replace(NOTICE, id="m3", recipient=BO), "mail", NOW)
    store.claim(OF_A_LEADER, "teams", NOW)
    assert store.tellings_of(["f1", "f1", "f9"]) == [
        Telling("f1", BO, Step.NOTICE, MessageState.CLAIMED, NOW),
        Telling("f1", ANNA, Step.NOTICE, MessageState.CLAIMED, LATER),
    ]
    assert store.tellings_of([]) == []


def test_one_may_ask_about_more_findings_than_fit_into_a_statement(store: SqlStore) -> None:
    store.claim(NOTICE, "teams", NOW)
    [telling] = store.tellings_of([f"f{number}" for number in range(2_500)])
    assert telling.finding == "f1"


# --- the last notices -------------------------------------------------------------------------------------


def test_the_last_notice_of_each_person_is_the_latest_that_may_have_arrived(store: SqlStore) -> None:
    unclear = Delivery(MessageState.UNCLEAR, "no-answer")
    for number, (step, recipient, delivery) in enumerate(
        [
            (Step.NOTICE, ANNA, SENT),
            (Step.NOTICE, ANNA, SENT),
            (Step.NOTICE, ANNA, FAILED),
            (Step.REMINDER, ANNA, SENT),
            (Step.NOTICE, BO, unclear),
            (Step.NOTICE, KIRSTEN, FAILED),
        ]
    ):
        message = replace(NOTICE, id=f"n{number}", step=step, recipient=recipient)
        at = datetime(2026, 3, 2 + number, 9, tzinfo=UTC)
        store.claim(message, "teams", at)
        store.record(message.id, delivery, at)
    assert store.last_notices() == {ANNA: date(2026, 3, 3), BO: date(2026, 3, 6)}


def test_a_notice_on_its_way_is_a_last_one_and_its_date_is_utc_s(store: SqlStore) -> None:
    assert store.last_notices() == {}
    store.claim(NOTICE, "teams", datetime(2026, 3, 3, 0, 30, tzinfo=timezone(timedelta(hours=1))))
    assert store.last_notices() == {ANNA: date(2026, 3, 2)}


# --- the week --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [Step.DIGEST, Step.OPERATIONS])
@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNCLEAR])
def test_who_may_have_had_the_message_of_a_week_counts_as_told(
    store: SqlStore, step: Step, state: MessageState
) -> None:
    store.claim(replace(OF_A_LEADER, step=step, tells=()), "teams", NOW)
    assert store.told_in_week(step, "2026-W10") == {KIRSTEN}
    store.record(OF_A_LEADER.id, Delivery(state), LATER)
    assert store.told_in_week(step, "2026-W10") == {KIRSTEN}


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.SUPPRESSED])
def test_who_did_not_get_the_digest_has_not_been_told(store: SqlStore, state: MessageState) -> None:
    store.claim(OF_A_LEADER, "teams", NOW)
    store.record(OF_A_LEADER.id, Delivery(state), LATER)
    assert store.told_in_week(Step.DIGEST, "2026-W10") == frozenset()


def test_the_digest_of_a_week_counts_for_that_week_and_step_alone(store: SqlStore) -> None:
    everything = [
        replace(OF_A_LEADER, id="d1"),
        replace(OF_A_LEADER, id="d2", recipient=BO),
        replace(OF_A_LEADER, id="d3", recipient=ANNA, week="2026-W11"),
        replace(OF_A_LEADER, id="o1", recipient=ANNA, step=Step.OPERATIONS),
        NOTICE,
    ]
    for message in everything:
        store.claim(message, "teams", NOW)
    assert store.told_in_week(Step.DIGEST, "2026-W10") == {KIRSTEN, BO}


def test_a_message_claimed_again_counts_for_the_step_and_week_that_it_has_now(store: SqlStore) -> None:
    store.claim(OF_A_LEADER, "teams", NOW)
    store.record(OF_A_LEADER.id, FAILED, NOW)
    store.claim(replace(OF_A_LEADER, step=Step.OPERATIONS, week="2026-W11"), "teams", LATER)
    assert store.told_in_week(Step.OPERATIONS, "2026-W11") == {KIRSTEN}
    assert store.told_in_week(Step.DIGEST, "2026-W10") == frozenset()
