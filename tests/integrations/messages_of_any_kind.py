"""Strategies for messages that nobody would write: odd texts, long ones, many of everything."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.model import Bar, Grid, GridRow, Message, MessageItem, Place, Section
from tests.integrations.sample_messages import SIGNS, grid

at_leisure = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")
SIGNS_OF_MARKDOWN = st.text("*_[]()`~#+-.>|!&;<=\\ \n1a", max_size=30)
SHORT = st.text(CHARACTERS, max_size=40) | SIGNS_OF_MARKDOWN
TEXTS = SHORT | st.builds(lambda text, times: text * times, SHORT, st.integers(2, 200))
ITEMS = st.builds(
    MessageItem,
    heading=TEXTS,
    seen=TEXTS,
    rule=TEXTS,
    advice=TEXTS,
    know=SHORT,
    questions=st.lists(SHORT, max_size=3).map(tuple),
    settled=st.booleans(),
)
BARS = st.builds(Bar, label=SHORT, share=st.floats(-1, 2), text=SHORT)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    whole = grid(0, "da")
    names = draw(st.lists(TEXTS, max_size=80))
    places = st.lists(st.sampled_from(Place), min_size=10, max_size=10).map(tuple)
    return Grid(whole.weeks, tuple(GridRow(name, draw(places)) for name in names), SIGNS["da"])


SECTIONS = st.builds(
    Section,
    heading=TEXTS,
    lines=st.lists(TEXTS, max_size=5).map(tuple),
    items=st.lists(ITEMS, max_size=3).map(tuple),
    grid=st.none() | grids(),
    bars=st.lists(BARS, max_size=8).map(tuple),
)
MESSAGES = st.builds(
    Message,
    language=st.sampled_from(("da", "en")),
    title=TEXTS,
    greeting=TEXTS,
    items=st.lists(ITEMS, max_size=8).map(tuple),
    closing=TEXTS,
    button=TEXTS,
    button_url=st.just("https://outlook.office.com/calendar/"),
    sections=st.lists(SECTIONS, max_size=4).map(tuple),
)
