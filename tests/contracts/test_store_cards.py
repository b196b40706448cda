"""What every store knows of cards that stand in Teams and can be changed there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.model import Delivery, Message, MessageState, PlannedMessage, Receipt, SentCard, Step, Told
from integrations.store.store import SqlStore

NOW = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=1)))
BEFORE, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
ANNA = "anna@proeve.example"
RECEIPT = Receipt("a:1", "1741000000000")
SENT = Delivery(MessageState.SENT, receipt=RECEIPT)
REMINDER = PlannedMessage(
    id="m1",
    step=Step.REMINDER,
    recipient=ANNA,
    tells=(Told("f2", Step.REMINDER), Told("f1", Step.NOTICE)),
    state=MessageState.PLANNED,
    write=lambda: Message("da", "Hjemmedag", "Hej Anna", (), "", "Åbn", "https://proeve.example"),
)
CARD = SentCard("m1", ANNA, RECEIPT, REMINDER.tells)


def deliver(
    store: SqlStore,
    message: PlannedMessage = REMINDER,
    delivery: Delivery = SENT,
    at: datetime = NOW,
    channel: str | None = None,
) -> None:
    store.claim(message, "teams", at)
    store.record(message.id, delivery, at, channel)


@pytest.mark.parametrize("step", [Step.NOTICE, Step.REMINDER, Step.ESCALATION])
def test_a_card_that_arrived_is_known_with_its_place_and_what_it_tells_in_order(
    store: SqlStore, step: Step
) -> None:
    deliver(store, replace(REMINDER, step=step))
    assert store.sent_cards(BEFORE) == [CARD]


@pytest.mark.parametrize("step", [Step.DIGEST, Step.OPERATIONS])
def test_digests_and_summaries_are_no_cards_to_change(store: SqlStore, step: Step) -> None:
    deliver(store, replace(REMINDER, step=step, week="2026-W10"))
    assert store.sent_cards(BEFORE) == []


def test_cards_come_oldest_first_and_only_those_since_then(store: SqlStore) -> None:
    for number, at in enumerate([LATER, BEFORE, NOW]):
        deliver(store, replace(REMINDER, id=f"m{number}"), at=at)
    assert [card.message for card in store.sent_cards(NOW)] == ["m2", "m0"]


def test_a_card_whose_place_is_not_known_cannot_be_changed(store: SqlStore) -> None:
    deliver(store, delivery=Delivery(MessageState.SENT))
    assert store.sent_cards(BEFORE) == []


def test_what_went_by_mail_is_no_card(store: SqlStore) -> None:
    deliver(store, channel="mail")
    assert store.sent_cards(BEFORE) == []


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNDELIVERABLE, MessageState.UNCLEAR])
def test_what_did_not_arrive_for_certain_is_no_card(store: SqlStore, state: MessageState) -> None:
    deliver(store, delivery=Delivery(state, "why", RECEIPT))
    assert store.sent_cards(BEFORE) == []


def test_a_card_sent_at_the_second_try_stands_where_that_one_put_it(store: SqlStore) -> None:
    deliver(store, delivery=Delivery(MessageState.FAILED, "why", Receipt("a:0", "0")))
    changed = replace(REMINDER, tells=(Told("f3", Step.REMINDER),))
    deliver(store, changed, at=LATER)
    assert store.sent_cards(BEFORE) == [replace(CARD, tells=changed.tells)]


def test_what_a_card_shows_as_settled_is_kept_and_can_be_taken_back(store: SqlStore) -> None:
    deliver(store)
    store.show_settled(REMINDER.id, frozenset({"f2", "f1"}))
    assert store.sent_cards(NOW) == [replace(CARD, settled=frozenset({"f1", "f2"}))]
    store.show_settled(REMINDER.id, frozenset())
    assert store.sent_cards(NOW) == [CARD]


def test_only_what_was_sent_can_show_anything(store: SqlStore) -> None:
    with pytest.raises(LookupError, match="m1"):
        store.show_settled(REMINDER.id, frozenset({"f1"}))
    store.claim(REMINDER, "teams", NOW)
    with pytest.raises(LookupError, match="m1"):
        store.show_settled(REMINDER.id, frozenset({"f1"}))
