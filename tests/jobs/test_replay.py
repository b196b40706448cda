"""The command ``replay`` after real passes over the sandbox, as a user calls it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from string import Formatter

import pytest

from config.policies import load_policy
from integrations.register import load_register
from jobs.replay import under
from jobs.replay_words import WORDS

MONDAY = date(2026, 3, 2)


@pytest.fixture
def after_a_pass(office):
    """The office after Monday's pass, with the settings alone that a replay may need."""
    office.run(f"{MONDAY}T08:00:00+01:00")
    return offline(office)


def offline(office):
    needed = ("HJEMMEDAG_DATA_FOLDER", "HJEMMEDAG_REGISTER")
    office.environ = {name: value for name, value in office.environ.items() if name in needed}
    return office


def replay(office, *arguments, start="2026-03-02", end="2026-03-05", **environ):
    return office.command("replay", "--from", start, "--to", end, *arguments, COLUMNS="160", **environ)


def figure(text, line):
    """Return the figures at the end of a line of the output."""
    (found,) = re.findall(rf"^{re.escape(line)}\s+([\d –]+)$", text, re.M)
    return [int(number) if number.isdigit() else number for number in found.split()]


def test_a_replay_tells_what_the_passes_did_and_does_nothing(office):
    for day in range(4):
        for hour in (8, 13):
            office.run(f"{MONDAY + timedelta(days=day)}T{hour:02}:00:00+01:00")
    offline(office)
    before = office.database.read_bytes(), len(office.sandbox.requests), len(office.sandbox.messages)
    done = replay(office)
    assert done.returncode == 0, done.stderr
    for line, step in (
        ("Påmindelser til medarbejdere", "reminder"),
        ("Praj til medarbejdere, sendt for sig", "notice"),
        ("Beskeder til ledere i løbet af ugen", "escalation"),
        ("Ugeoverblik til ledere", "digest"),
    ):
        sent = office.count(f"SELECT count(*) FROM messages WHERE step = '{step}' AND state = 'sent'")
        assert (line, figure(done.stdout, line)) == (line, [sent])
        assert sent
    assert figure(done.stdout, "Hjemmedag på en teamdag") == [
        office.count("SELECT count(*) FROM findings WHERE rule = 'team-day' AND status <> 'excused'")
    ]
    after = office.database.read_bytes(), len(office.sandbox.requests), len(office.sandbox.messages)
    assert after == before


def test_a_replay_says_who_hears_when(after_a_pass):
    done = replay(after_a_pass, end="2026-03-09")
    bo = r"teamdag: tirs\. 3\. mar\. +Bo Friis, Borgerservice +"
    for line in (
        rf"^man\. 2\. mar\..*\n(.*\n)*? .*{bo}påmindelse til Bo Friis",
        rf"^  kl\. 13\.00 .*{bo}besked til lederen",
        rf"^man\. 9\. mar\. .*{bo}i lederens ugeoverblik",
        r"^ +Ugens overblik +til 3 ledere",
    ):
        assert re.search(line, done.stdout, re.M), line


def test_what_is_for_the_employee_alone_is_told_without_name_and_date(after_a_pass):
    done = replay(after_a_pass)
    (line,) = re.findall(r"^.*Flere hjemmedage end aftalt .*alene.*$", done.stdout, re.M)
    assert "en medarbejder" in line
    assert "Gustav" not in line


def test_a_replay_says_what_it_cannot_know(after_a_pass):
    done = " ".join(replay(after_a_pass, start="2025-11-03", end="2026-04-13").stdout.split())
    kept = after_a_pass.count("SELECT count(DISTINCT person) FROM days")
    last = after_a_pass.count("SELECT strftime('%d', max(date)) FROM days")
    for part in (
        f"Af {13 - kept} ud af 13 er der ikke gemt nogen dage",
        "Før 5. januar 2026 er der intet gemt",
        f"Efter {last}. marts 2026 er der intet gemt",
        "Frem til 2. marts 2026 har de regler, der ser otte uger tilbage, haft færre uger",
        "Ikke spillet igennem: Møde med gæster udefra i hjemmet;",
        "sidst kalenderne blev læst",
    ):
        assert part in done


def test_other_rules_stand_beside_today_s(after_a_pass):
    done = replay(after_a_pass, "--profile", "kriminalforsorgen", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert re.search(r"Messages +Rules: Kriminalforsorgen +Rules: Nyborg Kommune, as today", done.stdout)
    dash, number = figure(done.stdout, "Advice on the workstation at home")
    assert (dash, number > 0) == ("–", True)
    others, todays = figure(done.stdout, "Reminders to employees")
    assert (others, todays) == (figure_of(after_a_pass, "kriminalforsorgen"), figure_of(after_a_pass))


def figure_of(office, profile="nyborg"):
    """Return how many reminders go where the profile is today's."""
    register = office.folder / "other.yaml"
    text = office.register.read_text(encoding="utf-8")
    register.write_text(text.replace("policy: nyborg", f"policy: {profile}"), encoding="utf-8")
    done = replay(office, HJEMMEDAG_REGISTER=str(register))
    return figure(done.stdout, "Påmindelser til medarbejdere")[0]


def test_another_register_stands_beside_today_s(after_a_pass):
    text = after_a_pass.register.read_text(encoding="utf-8")
    other = after_a_pass.folder / "uden-teamdage.yaml"
    other.write_text(re.sub(r"team_days: .*", "team_days: []", text), encoding="utf-8")
    done = replay(after_a_pass, "--register", str(other))
    assert re.search(
        r"Regler: Nyborg Kommune og uden-teamdage\.yaml +Regler: Nyborg Kommune, som i dag", done.stdout
    )
    without, today = figure(done.stdout, "Hjemmedag på en teamdag")
    assert (without, today > 0) == (0, True)


def test_today_s_own_rules_asked_for_by_name_are_not_compared_with_themselves(after_a_pass):
    done = replay(after_a_pass, "--profile", "nyborg")
    assert len(figure(done.stdout, "Påmindelser til medarbejdere")) == 1


@pytest.mark.parametrize(
    ("dates", "parts"),
    [
        (("3/3", "2026-02-30"), ('--from: "3/3" is not a date', '--to: "2026-02-30" is not a date')),
        (("2026-03-06", "2026-03-02"), ("--from 2026-03-06 is after --to 2026-03-02",)),
        (("2026-03-02", "2026-03-06"), ("No days are kept yet",)),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_do(office, dates, parts):
    start, end = dates
    done = replay(office, start=start, end=end)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert not [part for part in parts if part not in done.stderr]


def test_dates_of_which_nothing_is_kept_are_refused_and_those_that_are_kept_named(after_a_pass):
    for start, end, part in (
        ("2027-01-04", "2027-01-08", "Days are kept from 2026-01-0"),
        ("0001-01-01", "0001-01-08", "Days are kept from 2026-01-0"),
        ("2026-03-07", "2026-03-08", "passes are made on weekdays"),
    ):
        done = replay(after_a_pass, start=start, end=end)
        assert (done.returncode, part in done.stderr) == (2, True), done.stderr


def test_rules_that_are_not_there_or_faulty_are_refused(after_a_pass):
    faulty = after_a_pass.folder / "faulty.yaml"
    faulty.write_text("organisation: {name: X, policy: nowhere}\nteams: []\npeople: []\n", encoding="utf-8")
    for option, value, part in (
        ("--profile", "nowhere", "Use one of these"),
        ("--register", str(faulty), "nowhere"),
        ("--register", "missing.yaml", "missing.yaml"),
    ):
        done = replay(after_a_pass, option, value)
        assert (done.returncode, part in done.stderr) == (2, True), done.stderr


def test_under_another_profile_a_team_keeps_what_that_profile_lets_it_set(office):
    register = load_register(office.register)
    terms = load_policy("kriminalforsorgen").terms["average-limit"]
    assert "days_per_week" in terms.settable
    values = {"average-limit.days_per_week": 1, "week-limit-agreed.of_another_profile": True}
    team = replace(register.teams["borgerservice"], values=values)
    other = under(replace(register, teams={**register.teams, team.id: team}), "kriminalforsorgen")
    assert other.organisation.policy == "kriminalforsorgen"
    assert other.teams[team.id].values == {"average-limit.days_per_week": 1}


def test_the_languages_say_the_same_with_the_same_gaps():
    def gaps(text):
        return {gap for _, gap, _, _ in Formatter().parse(text) if gap}

    danish, english = WORDS["da"], WORDS["en"]
    assert danish.keys() == english.keys()
    assert [name for name in danish if gaps(danish[name]) != gaps(english[name])] == []
