"""What a message tells its recipient of the recipient's own matters, and who else hears of them when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from bot.days import is_scheduled
from bot.ladder import has_gone_by, working_day_before
from bot.letter import Letter
from bot.model import Audience, Finding, MessageItem, Person, Scope
from bot.rules import all_rules
from bot.texts.desk import Desk
from bot.texts.items import Setting, item, items_to_know, merged, settled, without_advice
from bot.texts.languages import all_of, plural


class Hears(StrEnum):
    """When the leader hears of a matter that is still there. CONTRACT, "When messages go"."""

    LATER_TODAY = "later today"
    DAY_BEFORE = "the working day before"
    ON_THE_DAY = "on the day"
    AFTER_FIVE_DAYS = "after five working days"
    IN_DIGEST = "in the digest"
    LATER_OR_IN_DIGEST = "after five working days or in the digest"


NOT_BY_THE_DAY = frozenset({Hears.AFTER_FIVE_DAYS, Hears.IN_DIGEST, Hears.LATER_OR_IN_DIGEST})


def items(letter: Letter, desk: Desk) -> tuple[MessageItem, ...]:
    """Return the recipient's own matters: what is in place first, then the nearest days and what stands, and
    last what nobody else hears of.
    """
    if not letter.own:
        return ()
    setting = desk.setting(_recipient(letter, desk))
    in_place = merged(one for one in letter.own if one.id in letter.settled)
    thanks = [settled(item(one, setting), desk.texts.frame.settled) for one in in_place]
    return (*thanks, *_open_items(letter, setting, desk))


def _open_items(letter: Letter, setting: Setting, desk: Desk) -> Iterator[MessageItem]:
    """Yield what is still open; of what has gone by, in a letter that is rewritten, only what was seen."""
    those = _still_open(letter)
    gone_by = [one for one in those if letter.rewritten and has_gone_by(one, desk.today)]
    yield from items_to_know((one for one in those if one not in gone_by), setting)
    yield from (without_advice(item(one, setting)) for one in gone_by)


def who_hears(letter: Letter, desk: Desk) -> str:
    """Say who else hears of what is still open, and when."""
    frame, person, those = desk.texts.frame, _recipient(letter, desk), _still_open(letter)
    stands_alone = not letter.of_teams and not letter.digest
    kinds = {_when(one, person, desk) for one in those if one.audience is not Audience.NOTICE}
    if letter.rewritten:
        return "" if kinds else frame.only_you
    if not kinds or desk.team(person.team).leader == person.id:
        return frame.only_you if stands_alone else frame.own_only_you
    said = _leader_hears(kinds, desk)
    if notices := sum(one.audience is Audience.NOTICE for one in those):
        said += " " + plural(frame.rest_only_you, notices, desk.language)
    return said if stands_alone else frame.of_own.format(sentence=said)


def _recipient(letter: Letter, desk: Desk) -> Person:
    return desk.person(letter.recipient, letter.own[0].team)


def _still_open(letter: Letter) -> Sequence[Finding]:
    those = (one for one in letter.own if one.id not in letter.settled)
    return merged(sorted(those, key=_place))


def _place(one: Finding) -> tuple[bool, bool, date]:
    is_notice, is_of_a_day = one.audience is Audience.NOTICE, one.scope is Scope.DAY
    return is_notice, not is_of_a_day, one.dates[0] if is_of_a_day else date.max


def _when(finding: Finding, person: Person, desk: Desk) -> Hears:
    if finding.audience is Audience.EMPLOYEE_AND_LEADER:
        return Hears.IN_DIGEST
    if finding.scope is Scope.WEEK:  # once the week is over it is a fact for the digest
        return Hears.LATER_OR_IN_DIGEST
    if finding.scope is not Scope.DAY:
        return Hears.AFTER_FIVE_DAYS
    day, on_the_day = finding.dates[0], all_rules()[finding.rule].leader_on_the_day
    if (day if on_the_day else _working_day_before(day, person, desk)) <= desk.today:
        return Hears.LATER_TODAY
    return Hears.ON_THE_DAY if on_the_day else Hears.DAY_BEFORE


def _working_day_before(day: date, person: Person, desk: Desk) -> date:
    organisation = desk.register.organisation
    return working_day_before(day, lambda one: is_scheduled(person, organisation, one))


def _leader_hears(kinds: set[Hears], desk: Desk) -> str:
    """Say in one sentence when the leader hears of matters of these kinds."""
    frame = desk.texts.frame
    if Hears.LATER_TODAY in kinds:  # "at the earliest" holds for days further ahead, too
        kinds = kinds - {Hears.DAY_BEFORE}
    if len(kinds & NOT_BY_THE_DAY) > 1:
        kinds = kinds - NOT_BY_THE_DAY | {Hears.LATER_OR_IN_DIGEST}
    in_order = [one for one in Hears if one in kinds]
    if len(in_order) == 1:
        return frame.leader_hears[in_order[0]]
    parts = all_of([frame.parts[one] for one in in_order], desk.language)
    return frame.leader_hears_of_several.format(parts=parts)
