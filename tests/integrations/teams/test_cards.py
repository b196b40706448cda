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
from jsonschema import Draft6Validator
from markdown_it import MarkdownIt

from bot.model import Message, MessageItem
from integrations.teams.cards import adaptive_card, size

TESTS = Path(__file__).parents[2]
VALIDATOR = Draft6Validator(json.loads((TESTS / "data/adaptive-card-1.5.schema.json").read_text("utf-8")))
LIMIT = 28_000

DANISH = Message(
    language="da",
    title="To hjemmedage, vi lige skal have på plads",
    greeting="Hej Anna. Vi har kigget på ugen og har to ting, du måske vil se på.",
    items=(
        MessageItem(
            heading="Tirsdag den 3. marts er jeres fælles dag",
            seen="Du har markeret hjemmearbejde den dag, hvor Borgerservice mødes på arbejdspladsen.",
            rule="Regel: faste teamdage, som Borgerservice selv har registreret dem.",
            advice="Flyt dagen, eller aftal en undtagelse med Kirsten Lund.",
        ),
        MessageItem(
            heading="Torsdag den 5. marts ligger uden for din aftale",
            seen="Din aftale nævner mandag og onsdag.",
            rule="Kilde: Nyborg Kommune, rammer for hjemmearbejde, afsnittet “Aftalen”.",
            advice="Er det en enkelt dag, er den i orden, når du har aftalt den med Kirsten Lund.",
        ),
    ),
    closing="Er noget forkert, så skriv til hr@proeve.example. Det er kun dig, der har fået denne besked.",
    button="Åbn min kalender",
    button_url="https://outlook.office.com/calendar",
)
ENGLISH = Message(
    language="en",
    title="A home day on your team's day together",
    greeting="Hi Anna. There is one thing in your week that you may want to look at.",
    items=(
        MessageItem(
            heading="Tuesday 3 March is your team's day together",
            seen="You have marked Tuesday 3 March as a home day.",
            rule="Rule: fixed team days, as Citizen Services has registered them.",
            advice="Move the day, or agree on an exception with Kirsten Lund.",
        ),
    ),
    closing="If something is wrong, write to hr@proeve.example.",
    button="Open my calendar",
    button_url="https://outlook.office.com/calendar",
)


def blocks(element: Any) -> list[dict[str, Any]]:
    """All text blocks of a card, in reading order."""
    children = element.get("body", []) + element.get("items", [])
    return ([element] if element["type"] == "TextBlock" else []) + [b for c in children for b in blocks(c)]


def texts(message: Message) -> list[str]:
    return [block["text"] for block in blocks(adaptive_card(message))]


def as_shown(markdown: str) -> str:
    """What a CommonMark renderer lets the reader see, list numbers and emphasis left out as it does."""
    return html.unescape(re.sub("<[^>]+>", "", MarkdownIt().render(markdown))).strip().replace("\u00a0", " ")


@pytest.mark.parametrize("message", [DANISH, ENGLISH], ids=["danish", "english"])
def test_card_is_as_it_was_when_last_read_by_a_person(message: Message) -> None:
    golden = TESTS / "golden/cards" / f"reminder-{message.language}.json"
    card = adaptive_card(message)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert card == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("message", [DANISH, ENGLISH, replace(DANISH, items=DANISH.items * 200)])
def test_card_follows_the_schema(message: Message) -> None:
    VALIDATOR.validate(adaptive_card(message))


def test_schema_refuses_what_it_does_not_know() -> None:
    assert not VALIDATOR.is_valid({**adaptive_card(DANISH), "msteams": {"width": "Full"}})


def test_every_text_wraps_and_the_title_is_a_heading() -> None:
    found = blocks(adaptive_card(DANISH))
    assert all(block["wrap"] is True for block in found)
    assert (found[0]["text"], found[0]["style"]) == (DANISH.title, "heading")


def test_everything_the_message_says_is_on_the_card_in_reading_order() -> None:
    said = [DANISH.title, DANISH.greeting]
    said += [text for item in DANISH.items for text in (item.heading, item.seen, item.advice, item.rule)]
    assert texts(DANISH) == [*said, DANISH.closing]


def test_there_is_exactly_one_thing_to_do_and_it_opens_the_link() -> None:
    assert adaptive_card(DANISH)["actions"] == [
        {"type": "Action.OpenUrl", "title": DANISH.button, "url": DANISH.button_url}
    ]


def test_card_names_its_language() -> None:
    assert [adaptive_card(m)["lang"] for m in (DANISH, ENGLISH)] == ["da", "en"]


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
    ],
)
def test_plain_text_with_markdown_signs_is_shown_as_it_stands(text: str) -> None:
    greeting = texts(replace(DANISH, greeting=text))[1]
    assert as_shown(greeting) == text


def test_the_text_for_old_clients_is_plain() -> None:
    card = adaptive_card(replace(DANISH, title="En *dag*", greeting="Hej [x] Bo_Lund. 3. marts"))
    assert card["fallbackText"] == "En *dag*\n\nHej [x] Bo_Lund. 3. marts"


def test_line_breaks_in_a_text_stay_line_breaks() -> None:
    assert texts(replace(DANISH, greeting="Hej\nAnna"))[1] == "Hej\n\nAnna"


def test_empty_texts_leave_no_empty_line() -> None:
    assert "" not in texts(replace(DANISH, greeting="", closing=""))


@pytest.mark.parametrize(
    ("count", "language", "line"),
    [(300, "da", "punkter mere, som der ikke er plads til"), (300, "en", "more matters than fit here")],
)
def test_a_card_of_many_matters_stays_small_and_says_how_many_it_leaves_out(
    count: int, language: str, line: str
) -> None:
    message = replace(DANISH, language=language, items=DANISH.items[:1] * count)
    card = adaptive_card(message)
    shown = [element for element in card["body"] if element["type"] == "Container"]
    more = next(block["text"] for block in blocks(card) if line in block["text"])
    assert size(card) < LIMIT
    assert 10 < len(shown) < count
    assert str(count - len(shown)) in more
    assert DANISH.button in more


def test_one_matter_left_out_is_spoken_of_as_one() -> None:
    fitting = len([e for e in adaptive_card(many(300))["body"] if e["type"] == "Container"])
    assert any("1 punkt mere" in text for text in texts(many(fitting + 1)))


def many(count: int) -> Message:
    return replace(DANISH, items=DANISH.items[:1] * count)


def test_texts_without_end_are_cut_so_that_the_card_still_fits() -> None:
    endless = "👩‍💻*" * 20_000
    item = MessageItem(heading=endless, seen=endless, rule=endless, advice=endless)
    message = replace(DANISH, title=endless, greeting=endless, closing=endless, button=endless, items=(item,))
    card = adaptive_card(message)
    VALIDATOR.validate(card)
    assert size(card) < LIMIT
    assert card["body"][0]["text"].endswith("…")
