"""What a faults file may hold, and what is said of one that is wrong."""

import pytest

from bot.errors import WrongConfiguration
from integrations.sandbox import Fault, load_faults


@pytest.fixture
def load(tmp_path):
    def load(text):
        file = tmp_path / "faults.yaml"
        file.write_text(text, encoding="utf-8")
        return load_faults(file)

    return load


def test_faults_are_read(load):
    text = '- {match: "GET /v1.0/users/anna@x/calendarView", status: 429, retry_after: 2.5, times: 3}'
    expected = Fault(match="GET /v1.0/users/anna@x/calendarView", status=429, retry_after=2.5, times=3)
    assert load(text) == [expected]


def test_an_empty_file_has_no_faults(load):
    assert load("") == []


def test_every_mistake_is_told_at_once_with_its_place(load):
    text = """
    - {match: "calendarView", status: 200, times: 0}
    - {match: "GET /v1.0/users", body: pdf, colour: red}
    - {match: "GET /v1.0/users"}
    - {match: "GET /v1.0/users", body: empty-page}
    - {match: "GET /v1.0/users", body: html, after: true}
    - {match: "GET /v1.0/users", status: 503, share: 0}
    - {match: "GET /v1.0/users", status: 503, share: 1.01, seed: blå}
    """
    with pytest.raises(WrongConfiguration) as error:
        load(text)
    assert [fault.partition(": ")[0] for fault in error.value.faults] == [
        "[0].match",
        "[0].times",
        "[0].status",
        "[1].body",
        "[1].colour",
        "[2]",
        "[3]",
        "[4]",
        "[5].share",
        "[6].share",
        "[6].seed",
    ]


@pytest.mark.parametrize(("text", "said"), [("- {", "not YAML"), ("status: 429", "valid list")])
def test_what_is_no_list_is_said_to_be_none(load, text, said):
    with pytest.raises(WrongConfiguration, match=said):
        load(text)


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(WrongConfiguration, match=r"nowhere\.yaml: No such file"):
        load_faults(tmp_path / "nowhere.yaml")
