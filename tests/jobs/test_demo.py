"""The demo tells its story to the end: who hears what, when, and what is held; and its pages link."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

REMINDED = "sent     bo.friis         reminder: »Et par ting om dine hjemmedage«"


class Demo(NamedTuple):
    """What the command printed, by the moment of each pass, and where its pages are."""

    text: str
    scenes: dict[str, str]
    pages: Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HJEMMEDAG_")}
    done = subprocess.run(
        [sys.executable, "-m", "jobs", "demo", "--out", "pages"],
        env=inherited | {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "160"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    scenes = re.split(r"\n(?=[A-Z][a-z]+day \d)", done.stdout)
    return Demo(done.stdout, {" ".join(one.split()[:4]): one for one in scenes}, folder / "pages")


def test_before_seven_everything_waits(demo: Demo) -> None:
    early = demo.scenes["Monday 02 March, 06:30"]
    assert "quiet-hours: anna.holm" in early
    assert " sent " not in early


def test_the_employee_hears_first_and_the_leader_at_noon_of_the_day_before(demo: Demo) -> None:
    assert REMINDED in demo.scenes["Monday 02 March, 08:00"]
    assert "sent     mette.lund       escalation: »Bo:" in demo.scenes["Monday 02 March, 12:30"]


def test_cards_change_when_something_falls_into_place(demo: Demo) -> None:
    tuesday = demo.scenes["Tuesday 03 March, 08:00"]
    assert "resolved bo.friis" in tuesday
    assert "changed  bo.friis         reminder: »Et par ting" in tuesday
    assert "changed  mette.lund       escalation: »Det er på plads nu«" in tuesday


def test_a_leader_never_hears_of_what_was_put_right_in_time(demo: Demo) -> None:
    assert "sent     eva.skov         reminder:" in demo.scenes["Tuesday 03 March, 08:00"]
    assert "changed  eva.skov         reminder:" in demo.scenes["Wednesday 04 March, 08:00"]
    assert "»Eva:" not in demo.text


def test_the_deputy_hears_while_the_leader_is_on_leave(demo: Demo) -> None:
    assert "sent     freja.berg       reminder:" in demo.scenes["Thursday 05 March, 08:00"]
    afternoon = demo.scenes["Thursday 05 March, 12:30"]
    assert "sent     ismail.kaya      escalation: »Freja:" in afternoon
    assert "jakob.winther" not in afternoon


def test_every_leader_has_a_digest_on_both_mondays(demo: Demo) -> None:
    for monday in ("Monday 02 March, 08:00", "Monday 09 March, 08:00"):
        readers = re.findall(r"sent +([a-z.]+) +digest:", demo.scenes[monday])
        assert sorted(readers) == ["jakob.winther", "mette.lund", "sofie.krag"]


def test_whoever_is_on_leave_is_left_alone(demo: Demo) -> None:
    for day in ("Monday 02 March, 08:00", "Tuesday 03 March, 08:00", "Wednesday 04 March, 08:00"):
        assert "on-leave: freja.berg" in demo.scenes[day]


def test_the_pages_link_to_each_other(demo: Demo) -> None:
    links = re.findall(r'href="([^"]+\.html)"', (demo.pages / "index.html").read_text(encoding="utf-8"))
    assert len(links) == len(set(links)) >= 25
    assert not [link for link in links if not (demo.pages / link).is_file()]
    assert {page.name for page in demo.pages.iterdir()} == {*links, "index.html"}


def test_the_pages_show_the_digests_whole_and_the_cards_as_they_were_changed(demo: Demo) -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in demo.pages.glob("besked-*.html")}
    digests = [page for page in pages.values() if "<title>Uge " in page]
    assert len(digests) == 6
    assert not [page for page in digests if '<table class="grid"' not in page or 'class="bars"' not in page]
    assert sum("god uge!" in page for page in digests) >= 1
    assert sum("Du får dette, fordi Jakob" in page or "Jakob" in page for page in pages.values()) >= 1
    assert sum(">✓</span>" in page for page in pages.values()) >= 2


def test_a_team_s_page_marks_only_what_its_leader_has_heard_of(demo: Demo) -> None:
    last_week = (demo.pages / "plan-og-miljoe-uge-10.html").read_text(encoding="utf-8")
    this_week = (demo.pages / "borgerservice-uge-11.html").read_text(encoding="utf-8")
    assert "Hjemmedag på en teamdag" in last_week
    assert "Hjemmedag på en teamdag" not in this_week
