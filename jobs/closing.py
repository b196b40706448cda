"""What earlier passes left hanging and nobody waits for any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from bot.days import iso_week
from bot.decide import Decision, by_finding
from bot.known import Known
from bot.ladder import has_gone_by
from bot.model import MessageRecord, MessageState, Status, Step, Telling
from bot.plan import TOLD
from bot.ports import Store

WEEKLY = frozenset({Step.DIGEST, Step.OPERATIONS})
NOT_ARRIVED = frozenset({MessageState.FAILED, MessageState.UNDELIVERABLE})


def close_what_is_over(store: Store, known: Known, decision: Decision) -> None:
    """Withdraw the messages that hang and are over, now that everything of this pass has been sent."""
    planned = {message.id for message in decision.messages}
    if hanging := [record for record in store.unresolved() if record.id not in planned]:
        standing = _standing(known, decision)
        told = by_finding(store.tellings_of(_hanging_findings(hanging) & standing))
        for record in over(hanging, standing, told, known, decision):
            store.withdraw(record.id, known.now)


def over(
    hanging: Iterable[MessageRecord],
    standing: Set[str],
    told: Mapping[str, Sequence[Telling]],
    known: Known,
    decision: Decision,
) -> Iterator[MessageRecord]:
    """Yield the hanging messages, none of them planned now, that nobody waits for any more. ``told`` holds
    the tellings of each standing finding, with those of this pass.

    A digest when its week is over, or when it was asked for by hand beside the week's own and failed; any
    other when each finding is settled, has gone by, or is told without it. What could not be looked at now
    stands as it stood.
    """
    planned = {(message.recipient, finding) for message in decision.messages for finding in message.findings}
    for record in hanging:
        if record.step in WEEKLY:
            is_over = record.week != iso_week(known.today) or _is_extra(record, known)
        else:
            open_ = {one for one in record.findings if one in standing} - _told_without(record, told)
            is_over = all((record.recipient, one) in planned for one in open_)
        if is_over:
            yield record


def _hanging_findings(hanging: Iterable[MessageRecord]) -> Set[str]:
    """Return what the messages tell, without those that are over with their week alone."""
    return {finding for record in hanging if record.step not in WEEKLY for finding in record.findings}


def _standing(known: Known, decision: Decision) -> Set[str]:
    """Return the ids of the findings that are open, and not of days gone by."""
    standing = {one.id for one in known.previous if one.status is Status.OPEN}
    for finding in (placed.finding for placed in decision.findings):
        is_open = finding.status is Status.OPEN and not has_gone_by(finding, known.today)
        (standing.add if is_open else standing.discard)(finding.id)
    return standing - {one.id for one in decision.lapsed}


def _is_extra(record: MessageRecord, known: Known) -> bool:
    """Whether it is a digest that surely did not arrive, for somebody who has had the week's."""
    return record.step is Step.DIGEST and record.state in NOT_ARRIVED and record.recipient in known.digests


def _told_without(record: MessageRecord, told: Mapping[str, Sequence[Telling]]) -> set[str]:
    """Return the findings that its recipient, or somebody else at its step, has been told of since."""
    of_its_own = (one for finding in record.findings for one in told.get(finding, ()))
    since = [one for one in of_its_own if one.at >= record.at]
    # Its own tellings: a pass sends one message to each recipient.
    own = {
        (one.finding, one.step) for one in since if (one.recipient, one.at) == (record.recipient, record.at)
    }
    again = {
        one.finding for one in since if one.recipient == record.recipient and one.state is MessageState.SENT
    }
    by_others = {
        one.finding
        for one in since
        if one.recipient != record.recipient and one.state in TOLD and (one.finding, one.step) in own
    }
    return again | by_others
