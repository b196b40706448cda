"""What must hold of who is told what and when, tried on weeks that nobody thought of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta

from hypothesis import given, settings

from bot.days import iso_week
from bot.known import DigestMode
from bot.model import Audience, Finding, MessageState, PlannedMessage, Scope, Step, Told
from bot.plan import TOLD
from bot.rules import all_rules
from tests.bot.histories import REGISTER, History, Played, histories
from tests.bot.passes import Kept

TO_LEADERS = frozenset({Step.ESCALATION, Step.DIGEST})
a_few = settings(max_examples=20)


def reached(kept: Sequence[Kept]) -> list[Kept]:
    """Return what arrived, or may have."""
    return [one for one in kept if one.state in TOLD]


def told(played: Played) -> Iterator[tuple[PlannedMessage, Told, Finding]]:
    """Yield everything that a pass tells anybody, or would."""
    findings = {placed.finding.id: placed.finding for placed in played.decision.findings}
    for message in played.decision.messages:
        for one in message.tells:
            yield message, one, findings[one.finding]


@a_few
@given(histories)
def test_no_message_is_sent_twice(history: History) -> None:
    for played in history.play():
        used_up = {one.message.id for one in reached(played.before)}
        assert not used_up & {one.id for one in played.decision.messages}
        assert len({one.message.id for one in played.sent}) == len(played.sent)


@a_few
@given(histories)
def test_nobody_gets_more_than_one_message_in_a_pass(history: History) -> None:
    for played in history.play():
        going = [one for one in played.decision.messages if one.state is not MessageState.SUPPRESSED]
        assert len({one.recipient for one in going}) == len(going)


@a_few
@given(histories)
def test_messages_go_on_working_days_from_seven_to_five_and_not_on_leave(history: History) -> None:
    for played in history.play():
        for kept in played.sent:
            day = played.day_of(kept.message.recipient)
            assert day.working
            assert 7 <= played.known.in_zone.hour < 17


@a_few
@given(histories)
def test_no_leader_hears_of_an_employee_s_matter_before_the_employee(history: History) -> None:
    for played in history.play():
        written = {
            (one.finding, kept.message.recipient): kept.at
            for kept in reversed(reached(played.before))
            for one in kept.message.tells
            if one.step is Step.REMINDER
        }
        for _, one, finding in told(played):
            if one.step in TO_LEADERS and finding.audience is not Audience.LEADER:
                first = written[finding.id, finding.person or ""]
                assert played.known.now.astimezone(UTC) - first.astimezone(UTC) >= timedelta(hours=2)


@a_few
@given(histories)
def test_every_matter_goes_to_whom_it_concerns_and_to_nobody_else(history: History) -> None:
    for played in history.play():
        for message, one, finding in told(played):
            team = REGISTER.teams[finding.team]
            concerned: dict[Step, set[str | None]] = {
                Step.NOTICE: {finding.person},
                Step.REMINDER: {finding.person},
                Step.ESCALATION: {team.leader, team.deputy} - {finding.person},
                Step.DIGEST: {team.leader},
            }
            assert message.recipient in concerned[one.step]
            if one.step in TO_LEADERS:
                assert finding.audience is not Audience.NOTICE
                assert finding.person != team.leader or finding.audience is Audience.LEADER


@a_few
@given(histories)
def test_nothing_is_told_twice_to_the_same_person_at_the_same_step_before_its_time(history: History) -> None:
    for played in history.play():
        today = played.known.today
        latest = {
            (one.finding, one.step, _circle(kept.message.recipient, one.step)): kept.at.date()
            for kept in reached(played.before)
            for one in kept.message.tells
        }
        for message, one, finding in told(played):
            before = latest.get((one.finding, one.step, _circle(message.recipient, one.step)))
            again = all_rules()[finding.rule].repeated_after(finding.audience)
            assert before is None or (again is not None and today - before >= again)


def _circle(recipient: str, step: Step) -> str:
    """Return whose having been told counts: a leader's is the deputy's, too."""
    return "leaders" if step is Step.ESCALATION else recipient


@a_few
@given(histories)
def test_a_leader_gets_one_digest_a_week_however_often_a_pass_is_made(history: History) -> None:
    weeks: Counter[tuple[str, str | None]] = Counter()
    for played in history.play():
        for kept in reached(played.sent):
            if kept.message.step is Step.DIGEST:
                weeks[kept.message.recipient, kept.message.week] += 1
                by_hand = played.known.digest_mode is DigestMode.FORCE
                assert kept.message.week == iso_week(played.known.today)
                assert by_hand or weeks[kept.message.recipient, kept.message.week] == 1


@a_few
@given(histories)
def test_notices_alone_are_one_message_a_week(history: History) -> None:
    weeks: Counter[tuple[str, str]] = Counter()
    for played in history.play():
        for kept in reached(played.sent):
            if kept.message.step is Step.NOTICE:
                weeks[kept.message.recipient, iso_week(played.known.today)] += 1
    assert max(weeks.values(), default=0) <= 1


@a_few
@given(histories)
def test_no_employee_is_written_to_of_a_day_gone_by(history: History) -> None:
    for played in history.play():
        for _, one, finding in told(played):
            if one.step is not Step.DIGEST and finding.scope in {Scope.DAY, Scope.WEEK}:
                assert finding.dates[-1] >= played.known.today


@a_few
@given(histories)
def test_what_is_held_back_leaves_its_reason_and_what_goes_has_none(history: History) -> None:
    for played in history.play():
        for message in played.decision.messages:
            assert (message.reason is None) == (message.state is MessageState.PLANNED)
