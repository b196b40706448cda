"""Which texts a language has beside the rules' own. Names in braces are gaps that the program fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model import Place

Forms = Mapping[str, str]
"""A text by plural category, as Unicode's CLDR names them: one, other. ``{number}`` is the number in figures,
``{word}`` in letters where the language has a word for it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where a rule comes from. ``registered`` is by the register's field; ``{team}`` is the team's name."""

    document: str
    section: str
    registered: Mapping[str, str]
    otherwise_registered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the matters of a message.

    ``leader_hears`` and its ``parts`` are by the moment at which a leader hears of an employee's matter.
    """

    greeting: str
    greeting_without_name: str
    button: str
    title_of_own: str
    title_of_team: str
    title_of_teams: str
    title_of_both: str
    title_settled: str
    of_teams: str
    standing_in: str
    because_away: str
    leader_of: str
    settled: str
    settled_for_leader: str
    closing_settled: str
    only_you: str
    own_only_you: str
    of_own: str
    rest_only_you: Forms
    leader_hears: Mapping[str, str]
    leader_hears_of_several: str
    parts: Mapping[str, str]
    wrong: str
    wrong_without_contact: str
    told_first: Forms
    if_agreed: str
    if_agreed_without_contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The parts of a leader's weekly digest, in their order, without its grid."""

    title: str
    title_of_several: str
    of_team: str
    summary: str
    topics: Forms
    more_topics: Forms
    nothing: str
    nothing_new: str
    nothing_else: str
    fewest: str
    nobody_on_site: str
    every_day: str
    everybody: str
    silenced: str
    nobody_read: str
    topic_of_several: str
    concerns: str
    all_of_team: str
    and_more: str
    also: str
    gone_by: str
    team_day_kept: str
    fact: str
    on: str
    in_week: str
    deadlines: str
    deadline: str
    due: Mapping[str, Forms]
    standing: str
    standing_topic: str
    trend: str
    trend_week: str
    reading: str
    as_before: str
    a_little_more: str
    a_little_less: str
    more: str
    less: str
    closing: str
    heard_first: str
    wrong: str
    wrong_without_contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridWords:
    """The words of the grid; ``signs`` are a letter and a word for each place."""

    heading: str
    unread: Forms
    week: str
    team_day: str
    holiday: str
    closed: str
    signs: Mapping[Place, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """All of a language's texts. ``numbers`` are its words for the numbers from nought."""

    frame: Frame
    digest: Digest
    grid: GridWords
    sources: Sources
    numbers: tuple[str, ...]
