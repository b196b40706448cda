"""What every store knows of how a person can be reached in Teams."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=1)))
ANNA, BO = "anna@proeve.example", "bo@proeve.example"


def test_a_conversation_is_remembered_and_replaced(store: SqlStore) -> None:
    assert store.conversation(ANNA) is None
    store.remember_conversation(ANNA, "a:1")
    store.remember_conversation(BO, "a:2")
    store.remember_conversation(ANNA, "a:3")
    assert (store.conversation(ANNA), store.conversation(BO)) == ("a:3", "a:2")


def test_a_refusal_stands_since_the_first_one(store: SqlStore) -> None:
    store.note_refusal(ANNA, NOW)
    store.note_refusal(ANNA, NOW + timedelta(hours=25))
    since = store.refused_since(ANNA)
    assert since == NOW
    assert since.utcoffset() == timedelta(0)


def test_refusals_belong_together_as_long_as_no_more_than_three_days_lie_between_two(store: SqlStore) -> None:
    for days in (0, 3, 6):
        store.note_refusal(ANNA, NOW + timedelta(days=days))
    assert store.refused_since(ANNA) == NOW
    late = NOW + timedelta(days=9, seconds=1)
    store.note_refusal(ANNA, late)
    assert store.refused_since(ANNA) == late


def test_a_refusal_is_that_person_s_alone(store: SqlStore) -> None:
    store.note_refusal(ANNA, NOW)
    store.note_refusal(BO, NOW + timedelta(hours=1))
    store.forget_refusal(BO)
    assert (store.refused_since(ANNA), store.refused_since(BO)) == (NOW, None)


def test_after_a_message_that_arrived_a_refusal_counts_anew(store: SqlStore) -> None:
    store.forget_refusal(ANNA)
    store.note_refusal(ANNA, NOW)
    store.forget_refusal(ANNA)
    assert store.refused_since(ANNA) is None
    store.note_refusal(ANNA, NOW + timedelta(days=3))
    assert store.refused_since(ANNA) == NOW + timedelta(days=3)
