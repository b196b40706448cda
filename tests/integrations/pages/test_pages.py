"""The pages say what is in the view, escaped, in its language, and stand alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.model import Kind, Message, MessageItem, Step
from integrations.pages import (
    Cell,
    Figure,
    IndexView,
    Link,
    Section,
    WeekDay,
    WeekRow,
    WeekView,
    render_index,
    render_message,
    render_week,
)
from tests.integrations.pages.page import Page

MESSAGE = Message(
    language="da",
    title="En hjemmedag på jeres fælles dag",
    greeting="Hej Anna.",
    items=(
        MessageItem(
            "Tirsdag den 3. marts", "Du har markeret hjemmearbejde.", "Kilde: teamet.", "Flyt dagen."
        ),
    ),
    closing="Er noget forkert, så skriv til hr@proeve.example.",
    button="Åbn min kalender",
    button_url="https://outlook.office.com/calendar",
)
AT = datetime(2026, 3, 2, 8, 0, tzinfo=timezone(timedelta(hours=1)))
MONDAY = date(2026, 3, 2)
DAYS = tuple(WeekDay(MONDAY + timedelta(days=n), team_day=n == 1, today=n == 0) for n in range(5))
WEEK = WeekView(
    team="Borgerservice",
    days=DAYS,
    rows=(
        WeekRow(
            "Anna Holm",
            (
                Cell(),
                Cell(Kind.HOME, remarks=("Tirsdag er jeres fælles dag",)),
                Cell(Kind.TENTATIVE),
                Cell(Kind.HOME, portion=0.5),
                Cell(None),
            ),
        ),
        WeekRow("Bo Lund", (Cell(Kind.ABSENT), Cell(Kind.ELSEWHERE), Cell(), Cell(), Cell(Kind.HOME))),
        WeekRow("Camilla Friis"),
    ),
)
INDEX = IndexView(
    organisation="Prøvekommunen",
    summary="Vi læste tre kalendere.",
    figures=(Figure("3", "kalendere læst"),),
    sections=(Section("Ugen", (Link("uge.html", "Borgerservice", "uge 10"),)), Section("Beskeder", ())),
)


def message_page(message: Message = MESSAGE, step: Step = Step.REMINDER) -> str:
    return render_message(message, to="Anna Holm", step=step, sent_at=AT, index_href="index.html")


ALL = {
    "message": message_page(),
    "message-en": message_page(replace(MESSAGE, language="en")),
    "week": render_week(WEEK),
    "week-en": render_week(replace(WEEK, language="en")),
    "empty-week": render_week(replace(WEEK, rows=())),
    "index": render_index(INDEX),
}


@pytest.mark.parametrize("html", ALL.values(), ids=ALL.keys())
def test_every_page_is_well_formed_and_has_one_main_heading(html: str) -> None:
    page = Page(html)
    assert page.open == []
    assert [len(page.named(tag)) for tag in ("h1", "main", "title")] == [1, 1, 1]


@pytest.mark.parametrize("html", ALL.values(), ids=ALL.keys())
def test_every_page_stands_alone_without_scripts(html: str) -> None:
    page = Page(html)
    assert page.named("script") == []
    assert page.named("img") == []
    assert [link["href"] for link in page.named("link")] == ["data:,"]
    assert not re.search(r"url\(|@import", html)


@pytest.mark.parametrize(("name", "language"), [("week", "da"), ("week-en", "en"), ("message-en", "en")])
def test_every_page_names_its_language(name: str, language: str) -> None:
    assert Page(ALL[name]).named("html") == [{"lang": language}]


def test_a_message_page_holds_all_that_the_message_says() -> None:
    text = Page(ALL["message"]).text
    item = MESSAGE.items[0]
    for said in (
        MESSAGE.title,
        MESSAGE.greeting,
        item.heading,
        item.seen,
        item.advice,
        item.rule,
        MESSAGE.closing,
    ):
        assert said in text


def test_a_message_page_says_to_whom_what_kind_and_when() -> None:
    text = Page(ALL["message"]).text
    assert "Påmindelse" in text
    assert "Sådan ser Anna Holm beskeden i Teams" in text
    assert "Sendt mandag den 2. marts 2026 kl. 08.00" in text


def test_a_message_page_in_english_writes_the_date_in_english() -> None:
    assert "Sent Monday 2 March 2026, 08:00" in Page(ALL["message-en"]).text


def test_the_message_button_leads_where_the_message_says() -> None:
    links = [link for link in Page(ALL["message"]).named("a") if link.get("class") == "button"]
    assert [link["href"] for link in links] == [MESSAGE.button_url]


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_step_has_a_name(step: Step, language: str) -> None:
    eyebrow = re.search(r'class="eyebrow">([^<]+)<', message_page(replace(MESSAGE, language=language), step))
    assert eyebrow is not None
    assert eyebrow[1].strip()


def test_text_of_a_message_is_escaped() -> None:
    page = Page(message_page(replace(MESSAGE, greeting="<script>alert(1)</script> & Co")))
    assert page.named("script") == []
    assert "<script>alert(1)</script> & Co" in page.text


def test_the_week_is_a_table_with_caption_and_scoped_headings() -> None:
    page = Page(ALL["week"])
    assert "Borgerservice, uge 10: hvor vi arbejder, dag for dag" in page.text
    scopes = [heading["scope"] for heading in page.named("th")]
    assert (scopes.count("col"), scopes.count("row")) == (6, 3)


def test_the_week_marks_today_and_team_days_in_words() -> None:
    text = Page(ALL["week"]).text
    assert "Man 2/3 I dag Tirs 3/3 Fælles dag Ons 4/3" in text


def test_each_day_has_a_word_and_a_picture() -> None:
    table = ALL["week"].partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r"#i-([a-z-]+)", table) == [
        *("on-site", "home", "tentative", "home"),
        *("absent", "elsewhere", "on-site", "on-site", "home"),
    ]
    assert "Anna Holm Kontor Hjemme 1 Måske Hjemme ½ –" in Page(ALL["week"]).text
    assert "Bo Lund Væk Ude Kontor Kontor Hjemme" in Page(ALL["week"]).text


def test_every_picture_in_the_week_is_defined_on_the_page() -> None:
    used = set(re.findall(r'href="#(i-[a-z-]+)"', ALL["week"]))
    assert used == set(re.findall(r'symbol id="(i-[a-z-]+)"', ALL["week"]))


def test_a_calendar_that_was_not_read_is_said_so_and_nothing_is_guessed() -> None:
    assert "Camilla Friis Kalenderen kunne ikke læses" in Page(ALL["week"]).text


def test_what_is_worth_a_talk_is_numbered_and_explained_below() -> None:
    page = Page(ALL["week"])
    [sign] = [link for link in page.named("a") if link.get("class") == "sign"]
    assert (sign["href"], sign["aria-label"]) == ("#remark-1", "Punkt 1")
    assert "Anna Holm , tirsdag den 3. marts Tirsdag er jeres fælles dag" in page.text


def test_two_matters_on_one_day_share_a_sign_and_people_of_one_name_are_kept_apart() -> None:
    twice = Cell(Kind.HOME, remarks=("Det første", "Det andet"))
    rows = tuple(WeekRow("Anna Holm", (twice, *[Cell()] * 4)) for _ in range(2))
    page = Page(render_week(replace(WEEK, rows=rows)))
    signs = [link["aria-label"] for link in page.named("a") if link.get("class") == "sign"]
    assert signs == ["Punkt 1, 2", "Punkt 3, 4"]
    assert [item["id"] for item in page.named("li") if "id" in item] == [f"remark-{n}" for n in range(1, 5)]


def test_a_week_without_matters_says_that_all_is_well() -> None:
    calm = replace(WEEK, rows=(WeekRow("Anna Holm", (Cell(),) * 5),))
    assert "Alt er på plads i denne uge." in Page(render_week(calm)).text


def test_a_row_with_too_few_days_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        render_week(replace(WEEK, rows=(WeekRow("Anna Holm", (Cell(),)),)))


def test_a_week_over_two_months_is_named_by_both() -> None:
    days = tuple(WeekDay(date(2026, 3, 30) + timedelta(days=n)) for n in range(5))
    text = Page(render_week(WeekView("Borgerservice", days, ()))).text
    assert "Uge 14 · 30. marts – 3. april 2026" in text


@pytest.mark.parametrize(("portion", "shown"), [(0.25, "¼"), (0.75, "¾"), (0.4, "40 %"), (1.0, "Kontor")])
def test_a_part_of_a_day_is_shown_beside_the_word(portion: float, shown: str) -> None:
    cells = (Cell(Kind.HOME, portion), *[Cell()] * 4)
    assert f"Hjemme {shown}" in Page(render_week(replace(WEEK, rows=(WeekRow("Anna", cells),)))).text


def test_the_index_links_to_every_page_with_a_summary_and_figures() -> None:
    page = Page(ALL["index"])
    assert "Vi læste tre kalendere. kalendere læst 3" in page.text
    assert [link["href"] for link in page.named("a")] == ["uge.html"]
    assert "Beskeder Her er ikke noget endnu." in page.text


def test_the_way_back_is_there_where_there_is_an_index() -> None:
    assert {"class": "back", "href": "index.html"} in Page(ALL["message"]).named("a")
    assert [link for link in Page(ALL["week"]).named("a") if link.get("class") == "back"] == []
