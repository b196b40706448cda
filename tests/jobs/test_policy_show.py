"""``policy list`` and ``policy show``, as a user calls them: no account, no register, no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.rules import all_rules
from config.policies import load_policy, policy_ids
from tests.integrations.pages.page import Page

PROJECT = Path(__file__).parents[2]


class Folder:
    """A folder of one's own to call the command in, with no setting but those given."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def policy(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environ = {"PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
        return subprocess.run(
            [sys.executable, "-m", "jobs", "policy", *arguments],
            env=environ | {f"HJEMMEDAG_{name}": value for name, value in settings.items()},
            cwd=self.path,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def shown(self, *arguments: str, **settings: str) -> str:
        """Return what the command printed, its line breaks undone."""
        done = self.policy(*arguments, **settings)
        assert (done.returncode, done.stderr) == (0, "")
        return " ".join(done.stdout.split())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_list_names_every_profile_and_every_rule(folder):
    listed = folder.shown("list")
    assert [name for name in (*policy_ids(), *all_rules()) if name not in listed] == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("policy", policy_ids())
def test_a_profile_is_shown_with_its_rules_lines_and_topics(folder, policy, language):
    shown = folder.shown("show", policy, "--language", language)
    known = load_policy(policy)
    assert known.title in shown
    assert [rule for rule in known.terms if rule not in shown] == []
    assert [one.id for one in known.guide.know if one.text[language] not in shown] == []
    assert [one.id for one in known.guide.talk if one.title[language] not in shown] == []


def test_values_come_with_their_dates_and_citations(folder):
    shown = folder.shown("show", "nyborg", "--language", "en")
    assert "Both signatures are required: yes, from 1 March 2021 “Dato og underskrift”" in shown
    assert "A team may set its own: local-discussion-due.months" in shown


def test_a_rule_is_shown_with_its_own_words_and_every_profile_that_has_it(folder):
    shown = folder.shown("show", "average-limit", "--language", "en")
    assert "Source: Kriminalforsorgen" in shown
    assert "Reading: " in shown
    assert "Kriminalforsorgen kriminalforsorgen Rests on Demand" in shown
    assert "At home a week at most, on average: 2 days, from 1 March 2023" in shown


def test_the_language_is_the_setting_s_and_danish_without_one(folder):
    assert "Hvem hører om det" in folder.shown("show", "team-day")
    assert "Who hears of it" in folder.shown("show", "team-day", LANGUAGE="en")
    assert "Hvem hører om det" in folder.shown("show", "team-day", "--language", "da", LANGUAGE="en")


@pytest.mark.parametrize("name", ["hjoerring", "team-day"])
def test_a_page_for_the_browser_is_written(folder, name):
    assert folder.shown("show", name, "--html", "page.html", "--language", "en") == ""
    page = Page((folder.path / "page.html").read_text(encoding="utf-8"))
    assert page.named("html") == [{"lang": "en"}]
    assert "Hjørring Kommune" in page.text


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("no-such",), 'no profile and no rule called "no-such"'),
        (("nyborg", "--html", "no/such/folder/page.html"), "name a file in a folder that exists"),
        (("nyborg", "--language", "de"), "--language"),
    ],
)
def test_a_wrong_command_says_what_to_do(folder, arguments, part):
    done = folder.policy("show", *arguments)
    assert (done.returncode, part in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
