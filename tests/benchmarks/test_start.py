"""The measurement of starting, and what holds a start back."""

from __future__ import annotations

from benchmarks.held_back import name_of, starting
from benchmarks.region_tables import start_text
from benchmarks.start import starts
from benchmarks.targets import of_start
from tests.benchmarks.conftest import NOW


def test_the_help_takes_longer_than_nothing() -> None:
    command, nothing = starts(times=1)
    assert command.seconds > nothing.seconds > 0
    assert "| `hjemmedag --help` |" in start_text((command, nothing), NOW)
    assert of_start(command)[0].what == "cold start, `hjemmedag --help`"


def test_what_holds_a_start_back_is_told_by_function_without_the_place_on_the_machine() -> None:
    lines = starting().splitlines()
    assert len([line for line in lines if line.startswith("| `")]) == 8
    assert not [line for line in lines if "`/" in line]


def test_a_function_is_named_by_its_file_in_the_project_or_its_library() -> None:
    assert name_of(("/usr/lib/python3/json/decoder.py", 3, "decode")) == "json/decoder.py:decode"
    assert name_of((name_of.__code__.co_filename, 3, "name_of")) == "benchmarks/held_back.py:name_of"
    assert name_of(("~", 0, "<built-in method any>")) == "<built-in method any>"
