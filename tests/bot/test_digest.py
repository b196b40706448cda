"""What a digest holds of a team's days, findings and register, before it is put in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.days import monday_of
from bot.digest.deadlines import Deadline, DeadlineKind, deadlines
from bot.digest.presence import Presence, fewest, team_days_kept
from bot.digest.topics import BY_IMPORTANCE, by_rule
from bot.digest.trend import WeekShare, change, home_shares
from bot.digest.weeks import Fortnight
from bot.ladder import has_gone_by
from bot.letter import TeamWeek
from bot.model import Agreement, Day, Finding, Kind, LocalAgreement, Period, Person
from bot.rules import all_rules
from bot.team_view import view_of
from config.policies import load_policy
from tests.bot.builders import FRIDAY, MONDAY, ORGANISATION, THURSDAY, TODAY, TUESDAY, WINDOW
from tests.bot.letter_samples import (
    ANNA,
    BO,
    BORGERSERVICE,
    CARLA,
    DORTE,
    FREJA,
    JOBCENTER,
    LAST_FRIDAY,
    LAST_TUESDAY,
    POLICY,
    about,
    days,
)

FOUR = (ANNA, BO, CARLA, DORTE)
THIS_WEEK = tuple(MONDAY + timedelta(days=n) for n in range(7))
LAST_WEEK = tuple(day - timedelta(weeks=1) for day in THIS_WEEK)


# --- the weeks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", THIS_WEEK[:5])
def test_on_a_weekday_the_week_to_come_is_the_current_one(today: date) -> None:
    assert Fortnight.around(today) == Fortnight(LAST_WEEK, THIS_WEEK)


@pytest.mark.parametrize("today", [day - timedelta(weeks=1) for day in THIS_WEEK[5:]])
def test_at_the_weekend_the_week_to_come_is_the_next(today: date) -> None:
    assert Fortnight.around(today) == Fortnight(LAST_WEEK, THIS_WEEK)


# --- who is at the workplace ------------------------------------------------------------------------


def counted(
    calendars: Mapping[str, Mapping[date, Day]], people: tuple[Person, ...] = FOUR
) -> Presence | None:
    return fewest(view_of(people, calendars, ORGANISATION, THIS_WEEK), THIS_WEEK)


def test_the_day_with_the_fewest_at_the_workplace_is_found() -> None:
    calendars = {one.id: days(one, {4}) for one in FOUR[:3]} | {DORTE.id: days(DORTE)}
    assert counted(calendars) == Presence((FRIDAY,), on_site=1, of=4)


def test_absence_counts_as_being_away_from_the_workplace() -> None:
    calendars = {one.id: days(one) for one in FOUR}
    calendars[ANNA.id] = days(ANNA, special={TUESDAY: Kind.ABSENT})
    assert counted(calendars) == Presence((TUESDAY,), on_site=3, of=4)


def test_who_perhaps_works_at_home_counts_as_being_at_the_workplace() -> None:
    calendars = {one.id: days(one, {4}) for one in FOUR}
    calendars[ANNA.id] = days(ANNA, {4}, {TUESDAY: Kind.TENTATIVE})
    assert counted(calendars) == Presence((FRIDAY,), on_site=0, of=4)


def test_days_that_are_alike_are_named_together() -> None:
    calendars = {ANNA.id: days(ANNA, {1, 3}), **{one.id: days(one) for one in FOUR[1:]}}
    assert counted(calendars) == Presence((TUESDAY, THURSDAY), on_site=3, of=4)
    alike = counted({one.id: days(one) for one in FOUR})
    assert alike == Presence(THIS_WEEK[:5], on_site=4, of=4, all_alike=True)


def test_who_was_not_read_is_not_counted() -> None:
    found = counted({one.id: days(one, {4}) for one in FOUR[:3]})
    assert found == Presence((FRIDAY,), on_site=0, of=3)


def test_of_one_person_and_of_nobody_nothing_is_counted() -> None:
    assert counted({ANNA.id: days(ANNA, {4})}, (ANNA,)) is None
    assert counted({}) is None


def test_a_team_day_is_kept_by_those_of_its_workers_who_are_at_the_workplace() -> None:
    calendars = {
        ANNA.id: days(ANNA, {1}),
        BO.id: days(BO, special={LAST_TUESDAY: Kind.ABSENT}),
        CARLA.id: days(CARLA),
        DORTE.id: days(DORTE, special={LAST_TUESDAY: Kind.ELSEWHERE}),
    }
    kept = list(team_days_kept(BORGERSERVICE, calendars, LAST_WEEK))
    assert kept == [Presence((LAST_TUESDAY,), on_site=1, of=3)]


def test_a_team_without_team_days_and_a_day_nobody_worked_give_nothing() -> None:
    calendars = {one.id: days(one) for one in FOUR}
    assert list(team_days_kept(JOBCENTER, calendars, LAST_WEEK)) == []
    away = {one.id: days(one, special={LAST_TUESDAY: Kind.ABSENT}) for one in FOUR}
    assert list(team_days_kept(BORGERSERVICE, away, LAST_WEEK)) == []


# --- topics -----------------------------------------------------------------------------------------


def test_every_rule_that_a_leader_hears_of_has_its_place() -> None:
    heard = {rule for rule, one in all_rules().items() if one.wording["en"].to_leader}
    assert set(BY_IMPORTANCE) == heard
    assert len(BY_IMPORTANCE) == len(heard)


def test_findings_of_one_rule_are_one_topic_and_safety_comes_first() -> None:
    found = [about("never-together", FREJA), about("agreement-expiring", BO), about("apv-missing", BO)]
    topics = by_rule([*found, about("apv-missing", ANNA)])
    assert [topic.rule for topic in topics] == ["apv-missing", "agreement-expiring", "never-together"]
    assert [one.person for one in topics[0].findings] == [BO.id, ANNA.id]


@pytest.mark.parametrize(
    ("finding", "gone"),
    [
        (about("team-day", BO, LAST_TUESDAY), True),
        (about("week-limit-agreed", BO, LAST_TUESDAY, LAST_FRIDAY), True),
        (about("week-limit-agreed", BO, MONDAY, FRIDAY), False),
        (about("team-day", BO, TODAY), False),
        (about("recurring-without-agreement", BO, LAST_TUESDAY), False),
        (about("apv-missing", BO), False),
    ],
)
def test_only_days_and_weeks_go_by(finding: Finding, gone: bool) -> None:
    assert has_gone_by(finding, TODAY) is gone


# --- the trend --------------------------------------------------------------------------------------


def test_the_share_of_home_work_is_of_the_time_worked() -> None:
    calendars = {ANNA.id: days(ANNA, {0}), BO.id: days(BO), CARLA.id: days(CARLA, {0, 1, 2, 3, 4})}
    half_day = Day(MONDAY - timedelta(weeks=1), scheduled=True, kind=Kind.HOME, home=0.5, absent=0.25)
    calendars[BO.id] = {**calendars[BO.id], half_day.date: half_day}
    shares = home_shares(calendars, TODAY)
    assert [one.monday for one in shares] == [MONDAY - timedelta(weeks=n) for n in range(8, 0, -1)]
    assert shares[0].share == pytest.approx(6 / 15)
    assert shares[-1].share == pytest.approx(6.5 / 14.75)


def test_a_week_in_which_fewer_than_three_people_worked_is_left_out() -> None:
    holiday = LAST_WEEK[0] - timedelta(weeks=2)
    away = {holiday + timedelta(days=n): Kind.ABSENT for n in range(5)}
    calendars = {one.id: days(one, {0}, away) for one in FOUR[:2]}
    calendars |= {CARLA.id: days(CARLA, {0, 1, 2}), DORTE.id: days(DORTE)}
    weeks = [one.monday for one in home_shares(calendars, TODAY)]
    assert len(weeks) == 7
    assert holiday not in weeks
    calendars[BO.id] = days(BO, {0}, {day: away[day] for day in list(away)[1:]})  # one day is enough
    assert holiday in [one.monday for one in home_shares(calendars, TODAY)]


def test_a_week_in_which_nobody_worked_is_left_out() -> None:
    christmas = [MONDAY - timedelta(weeks=3) + timedelta(days=n) for n in range(5)]
    closed = dict.fromkeys(christmas, Kind.ABSENT)
    shares = home_shares({one.id: days(one, {0}, closed) for one in FOUR}, TODAY)
    assert len(shares) == 7
    assert christmas[0] not in {one.monday for one in shares}


def test_the_figure_of_one_or_two_people_is_never_given() -> None:
    assert home_shares({one.id: days(one, {0}) for one in FOUR[:2]}, TODAY) == ()
    assert len(home_shares({one.id: days(one, {0}) for one in FOUR[:3]}, TODAY)) == 8


def test_a_team_that_never_works_at_home_has_no_trend() -> None:
    assert home_shares({one.id: days(one) for one in FOUR}, TODAY) == ()


def test_a_few_weeks_make_no_trend() -> None:
    away = {day: Kind.ABSENT for day in WINDOW.days() if day < monday_of(TODAY) - timedelta(weeks=3)}
    assert home_shares({one.id: days(one, {0}, away) for one in FOUR}, TODAY) == ()


def test_the_change_is_between_the_halves_weighed_by_the_time_worked() -> None:
    weeks = [
        WeekShare(MONDAY, share, worked) for share, worked in ((0.2, 10), (0.2, 10), (0.2, 10), (0.8, 30))
    ]
    assert change(weeks) == pytest.approx(0.65 - 0.2)


# --- what is due ------------------------------------------------------------------------------------


def week(**fields: Any) -> TeamWeek:
    plain = TeamWeek(team=JOBCENTER, people=FOUR, days={one.id: days(one, {0}) for one in FOUR})
    return replace(plain, **fields)


def agreed(who: Person, end: date | None, review_on: date | None = None) -> Agreement:
    return Agreement(who.id, Period(date(2025, 3, 1), end), review_on=review_on)


def due(one: TeamWeek) -> list[Deadline]:
    return deadlines(one, POLICY, TODAY)


IN_TWO_WEEKS, IN_EIGHT_WEEKS = date(2026, 3, 16), date(2026, 4, 27)
ENDS, REVIEW = DeadlineKind.AGREEMENT_ENDS, DeadlineKind.AGREEMENT_REVIEW


def test_what_is_due_within_eight_weeks_is_named_by_date() -> None:
    agreements = (
        agreed(ANNA, IN_EIGHT_WEEKS),
        agreed(BO, IN_EIGHT_WEEKS + timedelta(days=1), review_on=IN_TWO_WEEKS),
        agreed(CARLA, None, review_on=TODAY - timedelta(days=1)),
    )
    assert due(week(agreements=agreements)) == [
        Deadline(IN_TWO_WEEKS, REVIEW, (BO.id,)),
        Deadline(IN_EIGHT_WEEKS, ENDS, (ANNA.id,)),
    ]


def test_agreements_that_end_on_the_same_day_are_named_together() -> None:
    agreements = (agreed(ANNA, IN_EIGHT_WEEKS), agreed(BO, IN_EIGHT_WEEKS))
    assert due(week(agreements=agreements)) == [Deadline(IN_EIGHT_WEEKS, ENDS, (ANNA.id, BO.id))]


def test_an_agreement_of_which_its_person_is_yet_to_be_written_to_is_not_named() -> None:
    for end in (TODAY, IN_TWO_WEEKS):
        assert due(week(agreements=(agreed(ANNA, end),))) == []
    day_after = IN_TWO_WEEKS + timedelta(days=1)
    assert due(week(agreements=(agreed(ANNA, day_after),))) == [Deadline(day_after, ENDS, (ANNA.id,))]


def test_how_long_before_an_agreement_ends_its_person_is_written_to_is_the_policys() -> None:
    agreements = (agreed(ANNA, IN_TWO_WEEKS),)
    others = {rule: one for rule, one in POLICY.terms.items() if rule != "agreement-expiring"}
    expected = [Deadline(IN_TWO_WEEKS, ENDS, (ANNA.id,))]
    assert deadlines(week(agreements=agreements), replace(POLICY, terms=others), TODAY) == expected


def test_an_agreement_that_another_follows_is_not_due() -> None:
    following = Agreement(ANNA.id, Period(IN_EIGHT_WEEKS + timedelta(days=1), None))
    assert due(week(agreements=(agreed(ANNA, IN_EIGHT_WEEKS), following))) == []


def test_an_agreement_still_to_come_is_not_due() -> None:
    to_come = Agreement(ANNA.id, Period(TODAY + timedelta(days=1), IN_EIGHT_WEEKS))
    assert due(week(agreements=(to_come,))) == []


def test_what_is_a_topic_already_is_not_repeated() -> None:
    agreements = (agreed(ANNA, IN_TWO_WEEKS, review_on=FRIDAY), agreed(BO, IN_EIGHT_WEEKS))
    review = {"review_on": FRIDAY.isoformat(), "overdue": False}
    told = (
        about("agreement-expiring", ANNA, IN_TWO_WEEKS),
        about("agreement-review-due", ANNA, FRIDAY, **review),
    )
    for part in ("topics", "standing"):
        found = due(week(agreements=agreements, **{part: told}))
        assert found == [Deadline(IN_EIGHT_WEEKS, ENDS, (BO.id,))]


def test_a_local_agreement_is_due_for_its_end_and_its_review_until_it_is_a_topic() -> None:
    local = LocalAgreement("LA-1", Period(None, IN_EIGHT_WEEKS), review_on=FRIDAY)
    team = replace(JOBCENTER, local_agreements=(local,))
    ends = Deadline(IN_EIGHT_WEEKS, DeadlineKind.LOCAL_AGREEMENT_ENDS, name="LA-1")
    review = Deadline(FRIDAY, DeadlineKind.LOCAL_AGREEMENT_REVIEW, name="LA-1")
    assert due(week(team=team)) == [review, ends]
    topic = about("agreement-review-due", None, FRIDAY, reference="LA-1", review_on=FRIDAY.isoformat())
    assert due(week(team=team, topics=(topic,))) == [ends]
    followed = LocalAgreement("LA-2", Period(IN_EIGHT_WEEKS + timedelta(days=1), None))
    assert due(week(team=replace(team, local_agreements=(local, followed)))) == [review]


def assessed(who: Person, on: date) -> Person:
    return replace(who, apv_completed_on=on)


def test_an_assessment_is_due_when_it_gets_as_old_as_the_policy_lets_it() -> None:
    three_years_old = date(2023, 3, 16)
    people = (assessed(ANNA, three_years_old), assessed(BO, date(2024, 3, 16)), CARLA, DORTE)
    expected = [Deadline(IN_TWO_WEEKS, DeadlineKind.APV, (ANNA.id,), years=3)]
    assert due(week(people=people)) == expected


def test_the_teams_assessment_is_named_once_and_the_later_of_the_two_counts() -> None:
    team = replace(JOBCENTER, apv_covers_home_on=date(2023, 3, 16))
    people = (assessed(ANNA, date(2023, 4, 1)), BO, CARLA, DORTE)
    assert due(week(team=team, people=people)) == [
        Deadline(IN_TWO_WEEKS, DeadlineKind.TEAM_APV, years=3),
        Deadline(date(2026, 4, 1), DeadlineKind.APV, (ANNA.id,), years=3),
    ]


def test_an_assessment_is_due_for_those_who_work_at_home_and_under_a_policy_that_asks_for_one() -> None:
    people = (assessed(ANNA, date(2023, 3, 16)),)
    at_work = {ANNA.id: days(ANNA)}
    assert due(week(people=people, days=at_work)) == []
    assert deadlines(week(people=people), load_policy("nyborg"), TODAY) == []
    assert due(week(people=people, topics=(about("apv-missing", ANNA),))) == []


def test_a_team_of_which_nothing_was_read_still_has_its_agreements() -> None:
    found = due(week(days={}, agreements=(agreed(ANNA, IN_EIGHT_WEEKS),)))
    assert found == [Deadline(IN_EIGHT_WEEKS, ENDS, (ANNA.id,))]
