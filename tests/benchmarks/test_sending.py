"""The measurement of sending: it runs, and it ends in an error where a message did not go well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from benchmarks.sandbox_process import Seen
from benchmarks.sending import NotSentOnceError, Sending, check, crowd, sending
from benchmarks.tables import sending_text
from bot.model import Delivery, MessageState
from integrations.sandbox import TurnedAway

PEOPLE = crowd(2)
ONE, TWO = (person.principal_name for person in PEOPLE)
SENT = Delivery(MessageState.SENT)
REFUSED = TurnedAway("POST", "/teams/v3/conversations", ONE)


def judge(
    deliveries: Sequence[Delivery] = (SENT, SENT),
    arrived: Mapping[str, int] | None = None,
    turned_away: Sequence[TurnedAway] = (),
) -> None:
    check(PEOPLE, deliveries, Seen(arrived or {ONE: 1, TWO: 1}, turned_away))


def test_a_refusal_or_two_is_no_matter_as_long_as_they_are_of_different_requests() -> None:
    judge(turned_away=[REFUSED, TurnedAway("POST", "/teams/v3/conversations", TWO)])


@pytest.mark.parametrize("arrived", [{ONE: 1}, {ONE: 1, TWO: 2}, {ONE: 1, TWO: 1, "else@x": 1}])
def test_a_message_that_was_lost_or_doubled_is_an_error(arrived: Mapping[str, int]) -> None:
    with pytest.raises(NotSentOnceError, match="lost"):
        judge(arrived=arrived)


def test_a_request_refused_twice_is_an_error() -> None:
    with pytest.raises(NotSentOnceError, match="more than once"):
        judge(turned_away=[REFUSED, REFUSED])


@pytest.mark.parametrize(
    "other", [Delivery(MessageState.FAILED, "throttled"), Delivery(MessageState.UNCLEAR)]
)
def test_a_message_that_was_not_sent_is_an_error(other: Delivery) -> None:
    with pytest.raises(NotSentOnceError, match="not all"):
        judge(deliveries=[SENT, other])


def test_a_few_messages_go_to_a_sandbox_in_a_process_of_its_own() -> None:
    known, new = sending(known=3, new=2)
    assert [(one.messages, one.turned_away) for one in (known, new)] == [(3, 0), (2, 0)]


def test_the_table_sets_the_messages_against_the_limit() -> None:
    text = sending_text([Sending("a post", 90, 2, 4.0, 1)], datetime(2026, 3, 2, tzinfo=UTC))
    assert "| a post | 90 | 2 | 4 | 22.5 | 25 | 90% | 1 |" in text
