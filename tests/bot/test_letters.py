"""Whole letters: what goes where in a message, what stands around it, and how it reads."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.letter import Letter
from bot.model import Audience, Finding, Message, Scope
from bot.texts import LANGUAGES
from bot.texts.letters import CALENDAR_URL, addressed, write
from tests.bot.builders import FRIDAY, KIRSTEN, MONDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY
from tests.bot.letter_samples import (
    ANNA,
    ANNA_KROGH,
    BO,
    BORGERSERVICE,
    FREJA,
    JENS,
    JOB_PEOPLE,
    LARGE,
    LETTERS,
    NO_AGREEMENT,
    POLICY,
    QUIET,
    REST,
    TEAM_DAY,
    about,
    desk,
)
from tests.bot.message_text import as_text

GOLDEN = Path(__file__).parents[1] / "golden/letters"
ACCUSING = (
    r"\b(overtr\w+|brud\w*|fejl\w*|forbudt|ulovlig\w*|du skal|skal straks"
    r"|viol\w+|breach|offence|forbidden|must)\b"
)
UNFINISHED = r"None|\{|\}|\[\]|\.\.| {2}| ,| \."
NEXT_TUESDAY = TUESDAY + timedelta(weeks=1)


def written(letter: Letter, language: str = "da", today: date = TODAY) -> Message:
    return write(letter, desk(letter, language, today))


def own(*findings: Finding, settled: frozenset[str] = frozenset(), today: date = TODAY) -> Message:
    return written(Letter(ANNA.id, own=findings, settled=settled), today=today)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_letters_are_as_they_were_when_last_read_by_a_person(name: str, language: str) -> None:
    text = as_text(addressed(written(LETTERS[name], language), "Kirsten Lind"))
    golden = GOLDEN / language / f"{name.replace(' ', '-')}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_whole_and_accuses_nobody(name: str, language: str) -> None:
    message = written(LETTERS[name], language)
    sections = [replace(one, grid=None, bars=()) for one in message.sections]
    text = as_text(replace(message, sections=tuple(sections)))
    assert not re.search(UNFINISHED, text)
    assert not re.search(ACCUSING, text, re.I)
    assert message.button_url == CALENDAR_URL


# --- the employee -----------------------------------------------------------------------------------


def test_who_is_reminded_of_a_day_ahead_reads_that_the_leader_hears_at_noon_the_working_day_before() -> None:
    assert "kl. 12 arbejdsdagen før" in own(about("team-day", ANNA, WEDNESDAY)).closing


@pytest.mark.parametrize(("day", "today"), [(TUESDAY, MONDAY), (MONDAY, FRIDAY - timedelta(weeks=1))])
def test_who_is_reminded_on_the_working_day_before_reads_later_today(day: date, today: date) -> None:
    assert "tidligst om det senere i dag" in own(about("team-day", ANNA, day), today=today).closing


def test_who_has_no_yes_yet_reads_that_the_leader_hears_when_the_day_comes() -> None:
    asked = about("not-agreed-beforehand", ANNA, TUESDAY)
    assert "når dagen kommer" in own(asked).closing
    assert "tidligst om det senere i dag" in own(asked, today=TUESDAY).closing


def test_what_stands_goes_to_the_leader_after_five_working_days_or_in_the_overview() -> None:
    assert "om fem arbejdsdage" in own(NO_AGREEMENT).closing
    assert "i sit næste ugeoverblik, hvis det stadig er åbent" in own(about("apv-missing", ANNA)).closing
    a_week = about("week-limit-agreed", ANNA, MONDAY, THURSDAY, FRIDAY)
    assert "om fem arbejdsdage eller ved det næste ugeoverblik" in own(a_week).closing


def test_a_notice_alone_is_for_the_employee_alone() -> None:
    closing = own(REST).closing
    assert closing.startswith("Kun du får denne besked.")
    assert "leder" not in closing


def test_a_notice_beside_a_reminder_is_said_to_be_for_the_employee_alone_and_comes_last() -> None:
    message = own(REST, TEAM_DAY)
    assert "Det sidste punkt er kun til dig." in message.closing
    assert [item.heading[:4] for item in message.items] == ["Tirs", "Kort"]


def test_the_nearest_days_come_before_what_stands() -> None:
    headings = [item.heading for item in own(NO_AGREEMENT, about("team-day", ANNA, THURSDAY), TEAM_DAY).items]
    assert headings[0] == "Hjemmedage på jeres teamdage"
    assert "Mangler vi en aftale" in headings[1]
    cancelled = about("day-cancelled", ANNA, WEDNESDAY, reason="", replacement_day=None)
    days_first = [item.heading for item in own(NO_AGREEMENT, cancelled, TEAM_DAY).items]
    assert days_first[0] == "Tirsdag den 3. marts er teamdag"
    assert "Mangler vi en aftale" in days_first[2]


def test_a_leader_is_told_of_nobody_elses_leader() -> None:
    leading = replace(BORGERSERVICE, leader=ANNA.id)
    letter = Letter(ANNA.id, own=(TEAM_DAY,))
    one = desk(letter, "da")
    one = replace(one, register=replace(one.register, teams={leading.id: leading}))
    assert write(letter, one).closing.startswith("Kun du får denne besked.")


def test_what_is_in_place_keeps_its_heading_and_asks_for_nothing() -> None:
    (item,) = own(TEAM_DAY, settled=frozenset({TEAM_DAY.id})).items
    assert item.settled
    assert item.heading == own(TEAM_DAY).items[0].heading
    assert "tak" in item.seen
    assert not item.advice + item.know + item.rule


def test_a_letter_whose_matters_are_all_in_place_says_so_and_little_more() -> None:
    message = own(TEAM_DAY, REST, settled=frozenset({TEAM_DAY.id, REST.id}))
    assert message.title == "Det er på plads nu"
    assert len(message.closing) < 40


def test_of_one_matter_on_two_dates_the_date_in_place_is_told_apart_from_the_other() -> None:
    later = about("team-day", ANNA, NEXT_TUESDAY)
    assert len(own(TEAM_DAY, later).items) == 1
    done, left = own(TEAM_DAY, later, settled=frozenset({TEAM_DAY.id})).items
    assert (done.settled, left.settled) == (True, False)
    assert "3. marts" in done.heading
    assert "10. marts" in left.heading


def test_once_only_a_notice_is_left_nobody_else_hears_of_anything() -> None:
    closing = own(TEAM_DAY, REST, settled=frozenset({TEAM_DAY.id})).closing
    assert closing.startswith("Kun du får denne besked.")


def test_a_card_of_somebody_who_has_left_can_still_be_written() -> None:
    gone = replace(TEAM_DAY, person="gone@proeve.example", team="gone")
    message = written(Letter("gone@proeve.example", own=(gone,), settled=frozenset({gone.id})))
    assert message.greeting == "Hej"
    assert message.items[0].settled


# --- the leader -------------------------------------------------------------------------------------


def test_the_only_matters_of_a_message_are_its_items() -> None:
    message = written(Letter(KIRSTEN, of_teams=(TEAM_DAY,)))
    assert [item.heading for item in message.items] == [message.title]
    assert message.sections == ()


def test_matters_of_a_team_stand_apart_from_ones_own() -> None:
    letter = Letter(FREJA.id, own=(about("apv-missing", FREJA),), of_teams=(TEAM_DAY,))
    message = written(letter)
    assert len(message.items) == 1
    assert [len(section.items) for section in message.sections] == [1]
    assert "Om det, der gælder dig selv" in message.closing


def test_a_leader_reads_the_same_matter_of_one_person_once_and_of_two_people_twice() -> None:
    later = about("team-day", ANNA, NEXT_TUESDAY)
    other = about("team-day", ANNA_KROGH, TUESDAY)
    items = written(Letter(KIRSTEN, of_teams=(later, other, TEAM_DAY))).items
    assert [item.heading for item in items] == [
        "Anna H.: hjemmedage på teamdage",
        "Anna K.: hjemmedag på en teamdag",
    ]


def test_several_people_at_home_on_the_same_team_day_are_one_matter_with_their_names() -> None:
    those = tuple(about("team-day", one, TUESDAY) for one in (FREJA, BO, ANNA))
    (item,) = written(Letter(KIRSTEN, of_teams=those)).items
    assert item.heading == "Anna H., Bo og Freja: hjemmedag på en teamdag"
    assert item.seen.count("3. marts") == 1


def test_who_has_put_the_shared_matter_right_is_shown_apart_from_the_others() -> None:
    those = tuple(about("team-day", one, TUESDAY) for one in (ANNA, BO, FREJA))
    letter = Letter(KIRSTEN, of_teams=those, settled=frozenset({those[1].id}))
    done, left = written(letter).items
    assert (done.heading, done.settled) == ("Bo: hjemmedag på en teamdag", True)
    assert (left.heading, left.settled) == ("Anna H. og Freja: hjemmedag på en teamdag", False)


def test_what_stands_with_several_people_is_told_of_each() -> None:
    those = tuple(about("agreement-not-in-force", one, date(2026, 2, 23)) for one in (ANNA, BO))
    assert len(written(Letter(KIRSTEN, of_teams=those)).items) == 2


def test_the_nearest_day_comes_first_and_what_stands_comes_last() -> None:
    standing = about("agreement-not-in-force", BO, date(2026, 2, 23))
    items = written(Letter(KIRSTEN, of_teams=(standing, about("team-day", BO, THURSDAY), TEAM_DAY))).items
    assert [item.heading.partition(":")[0] for item in items] == ["Anna H.", "Bo", "Bo"]
    assert "aftalens udløb" in items[-1].heading


def test_a_leader_reads_that_the_employee_has_heard_of_it_first() -> None:
    assert "Anna H. har selv fået" in written(Letter(KIRSTEN, of_teams=(TEAM_DAY,))).closing
    both = (TEAM_DAY, about("team-day", BO, TUESDAY))
    assert "Medarbejderne har selv fået" in written(Letter(KIRSTEN, of_teams=both)).closing


def test_several_matters_are_named_after_the_team_or_the_teams() -> None:
    of_one = (TEAM_DAY, about("team-day", BO, WEDNESDAY))
    assert written(Letter(KIRSTEN, of_teams=of_one)).title == "Et par ting om hjemmedage i Borgerservice"
    of_two = (TEAM_DAY, about("team-day", JOB_PEOPLE[0], TUESDAY))
    assert written(Letter(KIRSTEN, of_teams=of_two)).title == "Et par ting om hjemmedage i dine teams"


def test_a_deputy_reads_why_it_comes_to_the_deputy() -> None:
    (section,) = written(Letter(JENS, of_teams=(TEAM_DAY,))).sections
    assert section.lines == ("Du får dette, fordi lederen af Borgerservice er væk.",)
    assert len(section.items) == 1


def test_a_deputy_reads_the_leaders_name_where_the_register_has_it() -> None:
    letter = Letter(JENS, of_teams=(TEAM_DAY,))
    one = desk(letter, "da")
    kirsten = replace(ANNA, id=KIRSTEN, name="Kirsten Lind")
    people = {**one.register.people, KIRSTEN: kirsten}
    (section,) = write(letter, replace(one, register=replace(one.register, people=people))).sections
    assert section.lines == ("Du får dette, fordi Kirsten Lind er væk.",)


def test_what_a_leader_was_told_and_is_in_place_is_shown_so() -> None:
    message = written(Letter(KIRSTEN, of_teams=(TEAM_DAY,), settled=frozenset({TEAM_DAY.id})))
    assert message.title == "Det er på plads nu"
    assert [item.settled for item in message.items] == [True]


# --- the greeting -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Kirsten Lind", "Hej Kirsten"),
        ("Lind, Kirsten", "Hej Kirsten"),
        ("Kirsten", "Hej Kirsten"),
        ("", "Hej"),
    ],
)
def test_a_leader_who_is_not_under_people_is_greeted_by_the_name_that_is_given(
    name: str, greeting: str
) -> None:
    message = written(Letter(KIRSTEN, of_teams=(TEAM_DAY,)))
    assert message.greeting == "Hej"
    assert addressed(message, name).greeting == greeting


def test_who_is_under_people_is_greeted_by_the_registers_name() -> None:
    message = own(TEAM_DAY)
    assert message.greeting == "Hej Anna"
    assert addressed(message, "Somebody Else") == message


# --- the sources ------------------------------------------------------------------------------------


def test_only_the_first_matter_of_a_message_names_the_document_by_its_title() -> None:
    rules = [item.rule for item in own(REST, NO_AGREEMENT, about("apv-missing", ANNA)).items]
    assert [POLICY.title in rule for rule in rules] == [True, False, False]
    assert all(rule.startswith("Hjørring Kommune") for rule in rules)
    assert len(set(rules)) == 3


def test_a_digest_names_the_document_by_its_title_once() -> None:
    message = written(LETTERS["digest with much to report"])
    rules = [item.rule for section in message.sections for item in section.items]
    assert sum(rule.count(POLICY.title) for rule in rules) == 1


# --- with a digest ----------------------------------------------------------------------------------


def test_a_letter_with_a_digest_has_the_digests_title_and_first_what_cannot_wait() -> None:
    message = written(Letter(KIRSTEN, of_teams=(TEAM_DAY,), digest=(QUIET,)))
    assert message.title == "Uge 10: hjemmearbejde i Jobcenter"
    assert message.items == ()
    assert message.sections[0].heading == "Værd at vide nu"
    assert message.sections[1].lines[0] == "Ikke noget særligt at tage op lige nu – god uge!"
    of_the_same_team = written(LETTERS["digest and escalation"])
    assert of_the_same_team.sections[1].lines[0] == "Ellers ikke noget at tage op lige nu – god uge!"


def test_a_leader_with_matters_of_their_own_reads_them_before_the_digest() -> None:
    letter = Letter(FREJA.id, own=(about("apv-missing", FREJA),), digest=(QUIET,))
    message = written(letter)
    assert len(message.items) == 1
    assert message.closing.startswith("Om det, der gælder dig selv: Din leder kan se det i sit næste")


def test_a_digest_that_tells_of_nobody_does_not_say_that_they_have_heard() -> None:
    for quiet in ("nothing to report", "a silenced team", "a team that could not be read"):
        name = next(one for one in LETTERS if one.startswith("digest") and one.endswith(quiet))
        assert "hørt" not in written(LETTERS[name]).closing


def test_after_what_cannot_wait_a_digest_counts_what_comes_on_top() -> None:
    more = replace(QUIET, topics=(about("apv-missing", JOB_PEOPLE[2]),))
    letter = Letter(KIRSTEN, of_teams=(about("team-day", JOB_PEOPLE[0], TUESDAY),), digest=(more,))
    assert written(letter).sections[1].lines[0] == "Og én ting mere at tale om."


def test_a_digest_says_where_it_comes_from_and_how_to_say_that_it_is_wrong() -> None:
    closing = written(Letter(KIRSTEN, digest=(LARGE,))).closing
    assert "har allerede hørt om det, de selv kan rette" in closing
    assert "står her ikke" in closing
    assert "hr@proeve.example" in closing


def test_no_audience_or_scope_is_left_without_a_word_on_who_hears() -> None:
    heard = [Audience.EMPLOYEE, Audience.NOTICE, Audience.EMPLOYEE_AND_LEADER]
    for audience in heard:
        for scope in Scope:
            one = replace(TEAM_DAY, audience=audience, scope=scope)
            assert re.search("leder|Kun du", own(one).closing)
