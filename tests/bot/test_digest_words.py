"""How a digest reads: its parts, their order, and what each of them says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.letter import Letter, TeamWeek
from bot.model import Finding, Grid, Kind, Message, Organisation, Place, Section, TeamDay, Weekday, Window
from bot.texts.letters import Desk, write
from tests.bot.builders import (
    FRIDAY,
    KIRSTEN,
    MONDAY,
    ORGANISATION,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
)
from tests.bot.letter_samples import (
    AGREEMENTS,
    ANNA,
    ANNA_KROGH,
    BO,
    BORGERSERVICE,
    CARLA,
    DAYS,
    DORTE,
    FREJA,
    FULL,
    GORM,
    HANNE,
    JOB_PEOPLE,
    JOBCENTER,
    LAST_FRIDAY,
    LAST_TUESDAY,
    PEOPLE,
    POLICY,
    QUIET,
    REGISTER,
    about,
    days,
)

SUMMARY, ALSO, GRID, GONE_BY = "Kort fortalt", "Også værd at vende", "Hvem er hvor", "Ugen, der gik"
DEADLINES, STANDING = "De næste otte uger", "Stadig åbent fra tidligere uger"
TREND = "Hjemmearbejde uge for uge"
PLAIN = TeamWeek(team=BORGERSERVICE, people=PEOPLE, days=DAYS)
APV = tuple(about("apv-missing", one) for one in PEOPLE)
SIX_KINDS = (
    about("apv-missing", ANNA),
    about("agreement-not-in-force", BO, WEDNESDAY),
    about("recurring-without-agreement", CARLA, TUESDAY),
    about("agreement-expiring", DORTE, date(2026, 3, 13)),
    about("understaffed-day", None, FRIDAY),
    about("never-together", FREJA),
)


def digest(*weeks: TeamWeek, today: date = TODAY, organisation: Organisation = ORGANISATION) -> Message:
    register = replace(REGISTER, organisation=organisation)
    return write(Letter(KIRSTEN, digest=weeks), Desk(register, POLICY, "da", today))


def parts(
    week: TeamWeek, today: date = TODAY, organisation: Organisation = ORGANISATION
) -> Mapping[str, Section]:
    return {part.heading: part for part in digest(week, today=today, organisation=organisation).sections}


def telling(*topics: Finding, standing: Sequence[Finding] = ()) -> Mapping[str, Section]:
    return parts(replace(PLAIN, topics=topics, standing=tuple(standing)))


def grid(week: TeamWeek, **when: Any) -> Grid:
    shown = parts(week, **when)[GRID].grid
    assert shown
    return shown


# --- the parts --------------------------------------------------------------------------------------


def test_the_parts_come_in_the_same_order_every_week() -> None:
    everything = replace(FULL, topics=(*FULL.topics, *SIX_KINDS))
    assert list(parts(everything)) == [SUMMARY, ALSO, GRID, GONE_BY, DEADLINES, STANDING, TREND]


def test_a_part_with_nothing_in_it_is_left_out() -> None:
    assert list(parts(QUIET)) == [SUMMARY, GRID, TREND]


def test_of_several_teams_each_part_says_whose_it_is() -> None:
    headings = [part.heading for part in digest(FULL, QUIET).sections]
    assert headings[0] == "Borgerservice"
    assert headings[headings.index("Jobcenter") :] == [
        "Jobcenter",
        "Jobcenter: hvem er hvor",
        "Jobcenter: hjemmearbejde uge for uge",
    ]


def test_the_title_names_the_week_and_the_team_or_the_teams() -> None:
    assert digest(QUIET).title == "Uge 10: hjemmearbejde i Jobcenter"
    assert digest(FULL, QUIET).title == "Uge 10: hjemmearbejde i dine teams"


# --- the first lines --------------------------------------------------------------------------------


def test_the_first_line_counts_topics_not_people() -> None:
    assert telling(*APV, about("never-together", FREJA))[SUMMARY].lines[0] == "To ting at tale om."
    assert telling(*APV)[SUMMARY].lines[0] == "Én ting at tale om."


def test_a_week_with_nothing_to_talk_about_says_so() -> None:
    assert telling()[SUMMARY].lines[0] == "Ikke noget særligt at tage op lige nu – god uge!"
    standing = telling(standing=APV[:1])
    assert standing[SUMMARY].lines[0] == "Ikke noget nyt at tage op lige nu – god uge!"


def test_what_has_gone_by_is_nothing_to_talk_about() -> None:
    found = telling(about("team-day", BO, LAST_TUESDAY))
    assert found[SUMMARY].lines[0] == "Ikke noget særligt at tage op lige nu – god uge!"


def test_the_second_line_names_the_day_with_the_fewest_at_the_workplace() -> None:
    assert telling()[SUMMARY].lines[1] == "Færrest på arbejdspladsen: fredag, 2 af 6."
    assert parts(QUIET)[SUMMARY].lines[1] == "Ingen på arbejdspladsen: onsdag."


def test_when_every_day_is_alike_no_day_is_named() -> None:
    all_in = replace(QUIET, days={one.id: days(one) for one in JOB_PEOPLE})
    assert parts(all_in)[SUMMARY].lines[1] == "Alle er på arbejdspladsen hele ugen."
    one_away = {**all_in.days, JOB_PEOPLE[0].id: days(JOB_PEOPLE[0], range(5))}
    lines = parts(replace(QUIET, days=one_away))[SUMMARY].lines
    assert lines[1] == "Lige mange på arbejdspladsen hver dag: 2 af 3."


def test_late_in_the_week_only_the_days_left_are_compared() -> None:
    lines = parts(replace(PLAIN, days=DAYS), today=WEDNESDAY)[SUMMARY].lines
    assert lines[1] == "Færrest på arbejdspladsen: fredag, 2 af 6."
    assert len(parts(PLAIN, today=FRIDAY)[SUMMARY].lines) == 1


# --- the topics -------------------------------------------------------------------------------------


def test_one_finding_is_told_in_the_rules_own_words() -> None:
    (item,) = telling(about("agreement-expiring", BO, date(2026, 3, 13)))[SUMMARY].items
    assert item.heading == "Bo: aftalen løber til og med den 13. marts"
    assert item.advice
    assert item.rule


def test_what_is_the_same_of_several_people_is_said_once_with_their_names() -> None:
    (item,) = telling(APV[3], APV[1], APV[0])[SUMMARY].items
    assert item.heading == "Hjemmearbejde uden en gældende APV (3)"
    assert item.seen == "Det gælder Anna H., Bo og Dorte."
    assert item.advice.count("arbejdsmiljøgruppen") == 1


def test_what_differs_has_a_line_each_and_advice_that_is_the_same_is_given_once() -> None:
    old = about("apv-missing", HANNE, latest="2022-11-01")
    (item,) = telling(APV[1], APV[0], old)[SUMMARY].items
    assert item.seen.splitlines() == [
        "Anna H. og Bo: hjemmearbejde uden en APV",
        "Hanne: APV for hjemmearbejde er over 3 år gammel",
    ]
    assert item.advice.count("arbejdsmiljøgruppen") == 1


def test_where_many_things_are_said_only_the_people_are_named() -> None:
    ends = [
        about("agreement-expiring", one, date(2026, 3, 13 + n), ends=f"2026-03-{13 + n}")
        for n, one in enumerate((ANNA, BO, CARLA, DORTE))
    ]
    (item,) = telling(*ends)[SUMMARY].items
    assert item.seen == "Det gælder Anna H., Bo, Carla og Dorte."


def test_a_matter_of_the_whole_team_names_nobody() -> None:
    (item,) = telling(*APV)[SUMMARY].items
    assert item.seen == "Det gælder alle 8 i teamet."


def test_different_advice_is_given_where_few_things_are_said() -> None:
    signed = about("workstation-check-missing", ANNA, reasons=["before-signing"])
    (item,) = telling(signed, about("workstation-check-missing", BO))[SUMMARY].items
    assert "skriv aftalen under igen" in item.advice
    assert "Ingen behøver at besøge hjemmet" in item.advice


def test_days_of_the_team_are_named_by_their_dates() -> None:
    some = [
        about("understaffed-day", None, day, on_site=n) for n, day in enumerate((MONDAY, TUESDAY, FRIDAY))
    ]
    (item,) = telling(*some)[SUMMARY].items
    assert item.seen.splitlines()[0] == "Få på arbejdspladsen mandag den 2. marts"
    thursday = about("understaffed-day", None, THURSDAY, on_site=9)
    (item,) = telling(*some, thursday)[SUMMARY].items
    assert "torsdag den 5. marts og fredag den 6. marts" in item.seen


def test_the_same_matter_on_several_days_of_the_team_is_said_once() -> None:
    both = (about("understaffed-day", None, MONDAY), about("understaffed-day", None, FRIDAY))
    (item,) = telling(*both)[SUMMARY].items
    assert "mandag den 2. marts og fredag den 6. marts" in item.seen


def test_matters_of_the_team_itself_are_named_by_what_they_are() -> None:
    groups = ("AC", "HK", "FOA", "3F")
    reviews = [
        about("agreement-review-due", None, FRIDAY, review_on=f"2026-03-0{n}", overdue=False, reference=group)
        for n, group in enumerate(groups, start=1)
    ]
    (item,) = telling(*reviews, about("agreement-review-due", BO, review_on="2026-03-05"))[SUMMARY].items
    assert item.heading == "En aftale står til opfølgning (5)"
    assert "lokalaftalen står til opfølgning den 4. marts 2026 og Bo" in item.seen


def test_five_topics_are_told_in_full_and_the_least_weighty_in_a_line() -> None:
    found = telling(*SIX_KINDS)
    assert len(found[SUMMARY].items) == 5
    assert found[SUMMARY].lines[0] == "Seks ting at tale om."
    assert found[ALSO].lines == ("Få fælles dage med kollegerne: Freja.",)


def test_the_first_three_topics_bring_a_question_and_none_of_them_twice() -> None:
    items = telling(*SIX_KINDS)[SUMMARY].items
    numbers = [len(item.questions) for item in items]
    assert numbers[0] == 1
    assert max(numbers) == 1
    assert numbers[3:] == [0, 0]
    asked = [question for item in items for question in item.questions]
    assert len(asked) == len(set(asked))
    assert all("?" in question for question in asked)


def test_next_week_brings_other_questions() -> None:
    week = replace(PLAIN, topics=APV[:1])
    (now,) = parts(week)[SUMMARY].items
    (then,) = parts(week, today=TODAY + timedelta(weeks=1))[SUMMARY].items
    assert now.questions != then.questions


# --- the week gone by -------------------------------------------------------------------------------


def test_team_days_and_facts_of_the_week_gone_by_are_told_without_advice() -> None:
    found = telling(
        about("team-day", BO, LAST_TUESDAY),
        about("week-limit-agreed", ANNA, date(2026, 2, 23), LAST_TUESDAY, LAST_FRIDAY),
        about("understaffed-day", None, LAST_FRIDAY),
    )
    assert found[GONE_BY].lines == (
        "Teamdag tirsdag den 24. februar: 5 af 6 på arbejdspladsen.",
        "Få på arbejdspladsen: fredag den 27. februar.",
        "Hjemmedag på en teamdag: Bo (tirsdag den 24. februar).",
        "Flere hjemmedage end aftalt: Anna H. (uge 9).",
    )
    assert found[GONE_BY].items == ()


def test_the_day_that_several_people_share_is_said_once() -> None:
    found = telling(*(about("team-day", one, LAST_TUESDAY) for one in (ANNA, BO)))
    assert found[GONE_BY].lines[1] == "Hjemmedag på en teamdag: Anna H. og Bo (tirsdag den 24. februar)."


def test_many_facts_of_different_days_are_told_with_the_names_alone() -> None:
    days_of = zip((ANNA, BO, CARLA, DORTE), (LAST_TUESDAY, LAST_FRIDAY) * 2, strict=True)
    found = telling(*(about("weekday-not-agreed", one, day) for one, day in days_of))
    assert found[GONE_BY].lines[1] == "Hjemmedag uden for de aftalte dage: Anna H., Bo og 2 andre."


def test_many_facts_of_a_kind_are_told_in_one_line() -> None:
    found = telling(*(about("team-day", one, LAST_TUESDAY) for one in PEOPLE))
    assert found[GONE_BY].lines[1] == (
        "Hjemmedag på en teamdag: Anna H., Anna K. og 6 andre (tirsdag den 24. februar)."
    )


# --- who is where -----------------------------------------------------------------------------------


def test_the_grid_shows_last_week_and_this_with_people_by_name() -> None:
    shown = grid(PLAIN)
    assert [week.caption for week in shown.weeks] == ["Uge 9", "Uge 10"]
    assert [row.name for row in shown.rows] == [
        "Anna H.",
        "Anna K.",
        "Bo L.",
        "Carla D.",
        "Dorte F.",
        "Freja T.",
        "Gorm Å.",
        "Hanne Ø.",
    ]
    assert all(len(row.places) == len(shown.columns) for row in shown.rows)
    assert set(shown.signs) == set(Place)
    assert len({sign.letter for sign in shown.signs.values()}) == len(Place)


def test_a_weekend_is_shown_only_where_somebody_works_then() -> None:
    saturdays = [column.short for week in grid(PLAIN).weeks for column in week.columns].count("lø")
    assert saturdays == 2
    without = replace(PLAIN, people=tuple(one for one in PEOPLE if one != GORM))
    assert [column.short for column in grid(without).weeks[0].columns] == ["ma", "ti", "on", "to", "fr"]


def test_an_absence_is_shown_without_its_kind_and_a_doubt_as_a_doubt() -> None:
    rows = {row.name: row.places for row in grid(PLAIN).rows}
    assert rows["Carla D."][6:8] == (Place.AWAY, Place.AWAY)
    assert rows["Anna K."][8] is Place.TENTATIVE
    assert rows["Dorte F."][9] is Place.ELSEWHERE
    assert rows["Gorm Å."][2] is Place.OFF


def test_a_calendar_that_could_not_be_read_is_shown_as_unknown_and_named() -> None:
    part = parts(PLAIN)[GRID]
    assert part.lines == ("Vi kunne ikke læse kalenderen hos Hanne.",)
    assert part.grid
    assert set(part.grid.rows[-1].places) == {Place.UNKNOWN, Place.OFF}


def test_many_unread_calendars_are_named_in_a_short_line() -> None:
    read = {ANNA.id: DAYS[ANNA.id]}
    (line,) = parts(replace(PLAIN, days=read))[GRID].lines
    assert line == "Vi kunne ikke læse kalenderne hos Anna K., Bo, Carla, Dorte og 3 andre."


def test_team_days_holidays_and_closing_days_are_noted_on_their_columns() -> None:
    easter = date(2026, 4, 7)
    organisation = replace(ORGANISATION, closing_days=frozenset({date(2026, 4, 10)}))
    team = replace(BORGERSERVICE, team_days=(TeamDay(weekday=Weekday.TUESDAY), TeamDay(on=date(2026, 4, 6))))
    week = replace(
        PLAIN,
        team=team,
        days={one.id: days(one, organisation=organisation, window=Window.around(easter)) for one in PEOPLE},
    )
    notes = {
        column.long: column.note
        for column in grid(week, today=easter, organisation=organisation).columns
        if column.note
    }
    assert notes == {
        "tirsdag den 31. marts": "teamdag",
        "torsdag den 2. april": "helligdag",
        "fredag den 3. april": "helligdag",
        "mandag den 6. april": "helligdag",
        "tirsdag den 7. april": "teamdag",
        "fredag den 10. april": "lukket",
    }


# --- due, standing, trend ---------------------------------------------------------------------------


def test_what_is_due_is_told_with_its_date() -> None:
    assessed = replace(BORGERSERVICE, apv_covers_home_on=date(2023, 4, 16))
    part = parts(replace(PLAIN, team=assessed, agreements=AGREEMENTS))[DEADLINES]
    assert part.lines == (
        "Fredag den 20. marts: aftalen med Anna H. står til opfølgning.",
        "Tirsdag den 31. marts: lokalaftalen »LA-12« udløber.",
        "Torsdag den 16. april: teamets APV for hjemmearbejde bliver 3 år gammel.",
        "Fredag den 24. april: aftalerne med Anna H. og Carla udløber.",
    )


def test_what_stands_is_one_line() -> None:
    standing = (about("recurring-without-agreement", ANNA_KROGH, TUESDAY), *APV[1:5])
    (line,) = telling(standing=standing)[STANDING].lines
    assert line == (
        "Hjemmearbejde uden en gældende APV (Anna K., Bo og 2 andre); "
        "faste hjemmedage uden en aftale (Anna K.)."
    )


@pytest.mark.parametrize(
    ("late", "said"),
    [
        ({0}, "omtrent som før"),
        ({0, 1}, "højere end i ugerne før"),
        (set(), "lavere end i ugerne før"),
    ],
)
def test_the_trend_is_read_without_judging(late: set[int], said: str) -> None:
    turn = MONDAY - timedelta(weeks=4)
    calendars = {}
    for one in JOB_PEOPLE:
        before, after = days(one, {0}), days(one, late)
        calendars[one.id] = {day: (before if day < turn else after)[day] for day in before}
    part = parts(replace(QUIET, days=calendars))[TREND]
    assert part.lines == (f"Hjemmearbejdets andel af teamets arbejdstid er {said}.",)
    assert [bar.label for bar in part.bars] == [f"uge {week}" for week in range(2, 10)]
    assert part.bars[0].text == "20\u00a0%"


def test_a_small_change_is_told_as_a_small_one() -> None:
    turn = MONDAY - timedelta(weeks=4)
    calendars = {one.id: days(one, {0}) for one in JOB_PEOPLE}
    more = days(JOB_PEOPLE[0], {0, 1, 2})
    calendars[JOB_PEOPLE[0].id] = {
        day: more[day] if day >= turn else before for day, before in calendars[JOB_PEOPLE[0].id].items()
    }
    (line,) = parts(replace(QUIET, days=calendars))[TREND].lines
    assert line.endswith("er lidt højere end i ugerne før.")


# --- when little is known ---------------------------------------------------------------------------


def test_a_silenced_team_is_told_why_nobody_was_written_to_and_nothing_of_anybody() -> None:
    found = parts(replace(PLAIN, silenced=True))
    assert "forsvundet fra kalenderne" in found[SUMMARY].lines[0]
    assert "ikke skrevet til nogen" in found[SUMMARY].lines[0]
    assert found[SUMMARY].items == ()
    assert found[GRID].grid
    assert not {GONE_BY, TREND} & set(found)


def test_a_team_that_could_not_be_read_at_all_says_so() -> None:
    found = parts(replace(PLAIN, days={}))
    (line,) = found[SUMMARY].lines
    assert line.startswith("Vi kunne ikke læse nogen kalendere i Borgerservice denne gang")
    assert not {GRID, GONE_BY, TREND} & set(found)


def test_namesakes_with_the_same_initial_are_told_apart() -> None:
    people = tuple(
        replace(ANNA, id=f"{account}@proeve.example", name=name, team=JOBCENTER.id)
        for account, name in (("ah1", "Anna Holm"), ("ah2", "Anna Hald"), ("ah3", "Anna Holm"))
    )
    shown = grid(TeamWeek(team=JOBCENTER, people=people, days={one.id: days(one) for one in people}))
    assert [row.name for row in shown.rows] == ["Anna Hald", "Anna Holm (ah1)", "Anna Holm (ah3)"]


def test_home_days_are_shown_as_they_are_marked() -> None:
    calendar = days(ANNA, {0}, {TUESDAY: Kind.ABSENT})
    week = replace(PLAIN, people=(ANNA,), days={ANNA.id: calendar})
    assert grid(week).rows[0].places[5:8] == (Place.HOME, Place.AWAY, Place.ON_SITE)
