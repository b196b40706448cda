"""A message becomes a valid Adaptive Card 1.5 that fits, reads well and shows plain text as it stands."""

from __future__ import annotations

import html
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft6Validator
from markdown_it import MarkdownIt

from bot.model import Bar, Message, MessageItem, Section
from integrations.teams.cards import CONTENT_TYPE, LARGEST_CARD, adaptive_card, size
from integrations.teams.cards.elements import LONGEST_TEXT, fixed_lines, plain
from tests.integrations.messages_of_any_kind import MESSAGES, SHORT, at_leisure
from tests.integrations.sample_messages import all_kinds, digest, grid, operations, quiet_digest, reminder

TESTS = Path(__file__).parents[2]
VALIDATOR = Draft6Validator(json.loads((TESTS / "data/adaptive-card-1.5.schema.json").read_text("utf-8")))
LIMIT = 28_000
KINDS = {f"{kind}-{language}": one for language in ("da", "en") for kind, one in all_kinds(language).items()}
READ_BY_A_PERSON = [name for name in KINDS if "40" not in name and "three" not in name]
DANISH = reminder("da")
OPEN = replace(DANISH.items[0], questions=("Passer dagen?", "Skal vi bytte?"), know="Godt at vide.")


def blocks(element: Any) -> list[dict[str, Any]]:
    """All text blocks of a card, in reading order."""
    children = element.get("body", []) + element.get("items", [])
    return ([element] if element["type"] == "TextBlock" else []) + [b for c in children for b in blocks(c)]


def texts(message: Message) -> list[str]:
    return [block["text"] for block in blocks(adaptive_card(message))]


def fixed(message: Message) -> list[str]:
    """The lines of equally wide characters."""
    found = [block for block in blocks(adaptive_card(message)) if "fontType" in block]
    return [block["text"].replace("\u00a0", " ") for block in found]


def activity(message: Message) -> dict[str, Any]:
    """The message as it is posted, with as long a summary as there may be."""
    card = adaptive_card(message)
    attachment = {"contentType": CONTENT_TYPE, "content": card}
    return {
        "type": "message",
        "summary": message.title[:200],
        "locale": message.language,
        "attachments": [attachment],
    }


def as_shown(markdown: str, preset: str = "commonmark") -> str:
    """What a Markdown renderer lets the reader see, list numbers, emphasis and tags left out as it does."""
    shown = html.unescape(re.sub("<[^>]+>", "", MarkdownIt(preset).render(markdown)))
    return shown.strip().replace("\u00a0", " ").replace("\u200b", "")


@pytest.mark.parametrize("kind", READ_BY_A_PERSON)
def test_card_is_as_it_was_when_last_read_by_a_person(kind: str) -> None:
    golden = TESTS / "golden/cards" / f"{kind}.json"
    card = adaptive_card(KINDS[kind])
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert card == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_message_is_shown_whole_within_the_limit(kind: str) -> None:
    message = KINDS[kind]
    VALIDATOR.validate(adaptive_card(message))
    assert size(activity(message)) < LIMIT
    shown = "".join(texts(message))
    assert [item.heading for item in message.items if item.heading not in shown] == []
    people = [row.name.split()[0] for part in message.sections if part.grid for row in part.grid.rows]
    assert [name for name in people if name not in "".join(fixed(message))] == []
    assert len(fixed(message)) >= len(people)


@at_leisure
@given(MESSAGES)
def test_whatever_a_message_says_its_card_is_valid_and_within_the_limit(message: Message) -> None:
    VALIDATOR.validate(adaptive_card(message))
    assert size(activity(message)) < LIMIT


def test_schema_refuses_what_it_does_not_know() -> None:
    assert not VALIDATOR.is_valid({**adaptive_card(DANISH), "msteams": {"width": "Full"}})


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_wraps_but_for_lines_in_columns(kind: str) -> None:
    found = blocks(adaptive_card(KINDS[kind]))
    assert all(("wrap" in block) != ("fontType" in block) for block in found)


def test_title_and_headings_are_marked_as_such() -> None:
    message = digest("da", 3)
    marked = [b["text"] for b in blocks(adaptive_card(message)) if b.get("style") == "heading"]
    parts = [[part.heading, *(item.heading for item in part.items)] for part in message.sections]
    assert marked == [message.title, *(heading for part in parts for heading in part)]


def test_everything_a_matter_says_is_on_the_card_in_reading_order() -> None:
    message = replace(DANISH, items=(OPEN,))
    matter = [OPEN.heading, OPEN.seen, OPEN.advice, "•\u00a0Passer dagen?", "•\u00a0Skal vi bytte?"]
    assert texts(message) == [
        message.title,
        message.greeting,
        *matter,
        OPEN.know,
        OPEN.rule,
        message.closing,
    ]


def test_a_settled_matter_says_so_and_gives_no_advice() -> None:
    message = replace(DANISH, items=(replace(OPEN, seen="Det er på plads – tak.", settled=True),))
    assert texts(message)[2:-1] == [OPEN.heading, "✓ Det er på plads – tak."]


def test_a_heading_that_stands_above_already_is_not_said_twice() -> None:
    message = replace(DANISH, title=OPEN.heading, items=(OPEN,))
    assert texts(message).count(OPEN.heading) == 1


def test_a_section_shows_its_heading_lines_matters_grid_and_trend_in_this_order() -> None:
    part = Section("Holdet", ("To linjer.",), (OPEN,), grid(1, "da"), (Bar("uge 9", 0.38, "38 %"),))
    said = texts(replace(DANISH, items=(), sections=(part,)))[2:-1]
    assert said[:3] == ["Holdet", "To linjer.", OPEN.heading]
    assert said[3:8] == texts(replace(DANISH, items=(OPEN,)))[3:8]
    assert [line.split()[0] for line in said[-5:]] == ["Uge", "M", "•", "Anna", "uge"]
    assert said[-1] == "uge 9\u00a0\u00a038 %\u00a0\u00a0████░░░░░░"


def test_the_signs_that_occur_and_the_team_days_are_explained_above_the_grid() -> None:
    said = texts(quiet_digest("da"))
    first = next(n for n, text in enumerate(said) if "Uge 9" in text)
    assert "H\u00a0=\u00a0hjemme" in said[first - 2]
    assert said[first - 1] == "• teamdag: tirsdag den 24. februar, tirsdag den 3. marts"


def test_there_is_exactly_one_thing_to_do_and_it_opens_the_link() -> None:
    assert adaptive_card(DANISH)["actions"] == [
        {"type": "Action.OpenUrl", "title": DANISH.button, "url": DANISH.button_url}
    ]


def test_card_names_its_language_and_says_aloud_what_it_is() -> None:
    card = adaptive_card(DANISH)
    assert (card["lang"], card["speak"]) == ("da", f"{DANISH.title}. {DANISH.greeting}")
    assert adaptive_card(operations("en"))["speak"] == "Operations in week 9"


@pytest.mark.parametrize("preset", ["commonmark", "js-default"])
@pytest.mark.parametrize(
    "text",
    [
        "*Anna* Holm",
        "Bo_Lund_Team",
        "[Drift](https://example.org)",
        "C:\\Drev * `kode` ~~ikke~~ ]",
        "3. marts er en fælles dag",
        "- Anna",
        "# Anna",
        "2) Anna",
        "5 * 3 = 15",
        "> 3 dage",
        ">3 dage",
        "---",
        "Løn & Personale",
        "R&amp;D <b>team</b> <https://example.org>",
    ],
)
def test_plain_text_with_markdown_signs_is_shown_as_it_stands(text: str, preset: str) -> None:
    greeting = texts(replace(DANISH, greeting=text))[1]
    assert as_shown(greeting, preset) == text


@at_leisure
@given(SHORT)
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    lines = [re.sub("[ \t]+", " ", line).strip() for line in text.replace("\u200b", "").splitlines()]
    shown = "\n".join(line for line in lines if line).replace("\u00a0", " ")
    assert as_shown(plain(text), "js-default") == shown


@at_leisure
@given(st.text("ab *_[]<&;.1-#>", max_size=38))
def test_any_line_in_columns_keeps_its_signs_and_its_spaces(text: str) -> None:
    line = f"A{text}B"
    assert as_shown(fixed_lines([line])[0]["text"]) == line


def test_the_text_for_old_clients_is_plain() -> None:
    card = adaptive_card(replace(DANISH, title="En *dag*", greeting="Hej [x] Bo_Lund. 3. marts"))
    assert card["fallbackText"] == "En *dag*\n\nHej [x] Bo_Lund. 3. marts"


def test_line_breaks_in_a_text_stay_line_breaks() -> None:
    assert texts(replace(DANISH, greeting="Hej\nAnna"))[1] == "Hej\n\nAnna"


def test_empty_texts_leave_no_empty_line() -> None:
    bare = MessageItem("", "Set.", "", "")
    assert texts(replace(DANISH, greeting="", closing=" \n", items=(bare,))) == [DANISH.title, "Set."]


# --- what gives way when there is too much -----------------------------------------------------------


def crowded(people: int, matters: int = 3) -> Message:
    """A digest that grows with both."""
    topics = Section("Værd at tale om", items=(OPEN,) * matters)
    trend = Section("Udviklingen", bars=(Bar("uge 9", 0.38, "38 %"),) * 20)
    return replace(
        DANISH, items=(), sections=(Section("Hvem er hvor", grid=grid(people, "da")), topics, trend)
    )


def largest_team(wanted: str) -> int:
    """How many people a team may have, in tens, for its card still to say what is wanted."""
    return max(people for people in range(100, 300, 10) if wanted in "\n".join(texts(crowded(people))))


def test_when_room_runs_out_the_bars_go_first_then_the_past_week_then_the_grid() -> None:
    bars, past, anybody = (largest_team(word) for word in ("████", "Uge 9", "Jens-Chr"))
    assert 100 < bars < past < anybody < 290


def test_of_several_grids_the_last_give_way_first() -> None:
    message = replace(DANISH, items=(), sections=crowded(45).sections * 3)
    too_big = "Overblikket dag for dag fylder for meget til at kunne vises i Teams."
    said = texts(message)
    assert said.count(too_big) == 1
    assert sum("Uge 10" in text for text in said[: said.index(too_big)]) == 2


def test_bars_that_do_not_fit_leave_their_figures() -> None:
    trend = Section("Udviklingen", bars=(Bar("uge 9", 0.38, "38 %"), Bar("uge 10", 0.4, "40 %")))
    assert "uge 9: 38 % · uge 10: 40 %" in texts(
        replace(crowded(400), sections=(*crowded(400).sections, trend))
    )


def test_a_grid_that_does_not_fit_leaves_a_line_in_its_place() -> None:
    assert "Overblikket dag for dag fylder for meget til at kunne vises i Teams." in texts(crowded(400))
    english = replace(crowded(400), language="en")
    assert "The overview day by day is too big to be shown in Teams." in texts(english)


@pytest.mark.parametrize(
    ("language", "line"),
    [("da", "punkter mere, som der ikke er plads til her"), ("en", "more matters than fit here")],
)
def test_a_card_of_many_matters_stays_small_and_says_how_many_it_leaves_out(language: str, line: str) -> None:
    message = replace(many(150), language=language, sections=crowded(40, 150).sections)
    card = adaptive_card(message)
    shown = [element for element in card["body"] if element["type"] == "Container"]
    more = next(block["text"] for block in blocks(card) if line in block["text"])
    assert LARGEST_CARD - 2_000 < size(card) <= LARGEST_CARD
    assert 10 < len(shown) < 150
    assert str(300 - len(shown)) in more


def test_one_matter_left_out_is_spoken_of_as_one() -> None:
    fitting = len([e for e in adaptive_card(many(300))["body"] if e["type"] == "Container"])
    assert any("ét punkt mere" in text for text in texts(many(fitting + 1)))


def test_lines_that_do_not_fit_are_counted_with_the_matters() -> None:
    message = replace(DANISH, items=(), sections=(Section("Kom ikke frem", ("anna@proeve.example",) * 900),))
    lines = texts(message).count("anna@proeve.example")
    assert f"{900 - lines} punkter mere" in texts(message)[-2]


def many(count: int) -> Message:
    return replace(DANISH, items=DANISH.items[:1] * count)


def test_texts_without_end_are_cut_so_that_the_card_still_fits() -> None:
    endless = "👩‍💻*" * 20_000
    item = MessageItem(heading=endless, seen=endless, rule=endless, advice=endless)
    message = replace(DANISH, title=endless, greeting=endless, closing=endless, button=endless, items=(item,))
    card = adaptive_card(message)
    VALIDATOR.validate(card)
    assert size(activity(message)) < LIMIT
    assert card["body"][0]["text"].endswith("…")
    assert card["fallbackText"] == f"{endless}"[: LONGEST_TEXT - 1] + "…"
