"""The command ``replay``: what a period would have come to, from what the database holds. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.days import monday_of
from bot.errors import WrongConfiguration
from bot.kept import Kept, window_before
from bot.model import Register, Team, Window
from bot.replay import Basis, moments, replayable
from config.policies import load_policy, settable_values
from config.settings import LocalSettings, load_local_settings
from integrations.register import load_register
from integrations.store.store import SqlStore
from jobs.replay_page import Replay, Ruleset, print_replay
from jobs.wiring import ShippedPolicies, current_register, opened_store, policy_of, timezone_of

HEADING = "Nothing can be replayed."


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the period, and the rules where they are not today's."""

    period: Window
    profile: str | None = None
    register_file: Path | None = None


def replay_period(
    start: str, end: str, profile: str | None, register_file: Path | None, language: str | None
) -> None:
    """Print what would have been found and sent. Raises: WrongConfiguration, ServiceDown."""
    settings = load_local_settings()
    question = Question(_period(start, end), profile, register_file)
    if profile:
        load_policy(profile)
    with opened_store(settings) as store:
        today = current_register(settings, store)
        rulesets = [
            *_other_rules(settings, today, question),
            Ruleset(today, policy_of(today), is_todays=True),
        ]
        span = _span(store, question.period)
        period = _covered(question.period, span, timezone_of(settings, today))
        kept = store.kept_days(_looked_at(period))
    spoken = language or today.organisation.language or settings.language
    bases = [_basis(ruleset, settings, kept, spoken) for ruleset in rulesets]
    print_replay(Replay(question.period, period, span, rulesets, bases))


def _period(start: str, end: str) -> Window:
    faults, dates = [], []
    for option, text in (("--from", start), ("--to", end)):
        try:
            dates.append(date.fromisoformat(text))
        except ValueError:
            faults.append(f'{option}: "{text}" is not a date. Write it like 2026-03-02.')
    if len(dates) == 2 and dates[0] > dates[1]:
        faults.append(f"--from {dates[0]} is after --to {dates[1]}. Swap them.")
    if faults:
        raise WrongConfiguration(HEADING, faults)
    return Window(*dates)


def _other_rules(settings: LocalSettings, today: Register, question: Question) -> Iterator[Ruleset]:
    """Yield the rules that are asked about, where they are not today's."""
    file, register = question.register_file, today
    if file:
        register = load_register(file, known=ShippedPolicies(), timezone=settings.timezone)
    if question.profile and question.profile != register.organisation.policy:
        register = under(register, question.profile)
    if register != today:
        yield Ruleset(register, policy_of(register), file=file.name if file else None)


def under(register: Register, profile: str) -> Register:
    """Return the register under another profile; of what teams have set, what that profile lets them set."""
    settable = settable_values(profile)

    def settled(team: Team) -> Team:
        fits = {
            name: value
            for name, value in team.values.items()
            if name in settable and settable[name](value) is None
        }
        return replace(team, values=fits)

    teams = {key: settled(team) for key, team in register.teams.items()}
    return replace(register, teams=teams, organisation=replace(register.organisation, policy=profile))


def _span(store: SqlStore, period: Window) -> Window:
    span = store.kept_span()
    if span is None:
        fault = "No days are kept yet. Run `hjemmedag run` first; its first pass looks eight weeks back."
        raise WrongConfiguration(HEADING, [fault])
    if period.end < monday_of(span.start) or period.start > span.end:
        fault = (
            f"Nothing is kept of {period.start} to {period.end}. "
            f"Days are kept from {span.start} to {span.end}; ask for dates among them."
        )
        raise WrongConfiguration(HEADING, [fault])
    return span


def _covered(period: Window, span: Window, timezone: str) -> Window:
    """Return the part of the period of which anything is kept; the first week of that counts as a whole."""
    covered = Window(max(period.start, monday_of(span.start)), min(period.end, span.end))
    if not any(moments(covered, timezone)):
        fault = f"No pass is made from {covered.start} to {covered.end}: passes are made on weekdays."
        raise WrongConfiguration(HEADING, [fault])
    return covered


def _looked_at(period: Window) -> Window:
    """Return all dates that any pass of the period looks at."""
    first, last = Window.around(period.start), Window.around(period.end)
    return Window(window_before(first).start, last.end)


def _basis(ruleset: Ruleset, settings: LocalSettings, kept: Kept, language: str) -> Basis:
    return Basis(
        register=ruleset.register,
        policy=replayable(ruleset.policy),
        kept=kept,
        timezone=timezone_of(settings, ruleset.register),
        language=language,
    )
