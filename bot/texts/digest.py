"""A leader's weekly digest in words: read in half a minute, the same parts in the same order each week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.digest.deadlines import deadlines
from bot.digest.presence import fewest, team_days_kept
from bot.digest.topics import Topic, by_rule
from bot.digest.trend import home_shares
from bot.digest.weeks import Fortnight
from bot.ladder import has_gone_by
from bot.letter import Letter
from bot.model import Section
from bot.team_view import TeamView, view_of
from bot.texts import digest_lines as lines
from bot.texts.desk import Desk
from bot.texts.languages import inside
from bot.texts.people import called
from bot.texts.team_grid import grid_section
from bot.texts.team_words import TeamWords
from bot.texts.topics import in_full, in_short

MOST_IN_FULL = 5


def title(letter: Letter, desk: Desk) -> str:
    """Return what the digest is called."""
    texts = desk.texts.digest
    if len(letter.digest) > 1:
        return texts.title_of_several.format(week=desk.week)
    return texts.title.format(week=desk.week, team=letter.digest[0].team.name)


def closing(letter: Letter, desk: Desk) -> str:
    """Say where it comes from, who has heard of it first, and how to say that it is wrong."""
    texts, contact = desk.texts.digest, desk.contact
    heard = [texts.heard_first] if any(week.topics or week.standing for week in letter.digest) else []
    wrong = texts.wrong.format(contact=contact) if contact else texts.wrong_without_contact
    return " ".join((texts.closing, *heard, wrong))


def sections(letter: Letter, desk: Desk) -> Iterator[Section]:
    """Yield the parts of the digest, team by team; of several teams each part says whose it is."""
    for week in letter.digest:
        more_above = any(one.team == week.team.id for one in letter.of_teams)
        words = TeamWords(week, desk, called(week.people), more_above)
        parts = [part for part in _parts(words) if part.lines or part.items or part.grid or part.bars]
        if len(letter.digest) == 1:
            yield from parts
            continue
        yield replace(parts[0], heading=week.team.name)
        for part in parts[1:]:
            heading = desk.texts.digest.of_team.format(team=week.team.name, heading=inside(part.heading))
            yield replace(part, heading=heading)


def _parts(words: TeamWords) -> Iterator[Section]:
    week, desk = words.week, words.desk
    weeks = Fortnight.around(desk.today)
    view = view_of(week.people, week.days, desk.register.organisation, weeks.dates)
    told = words.in_order(week.topics)
    topics = by_rule(one for one in told if not has_gone_by(one, desk.today))
    yield _summary(topics, view, weeks, words)
    yield Section(words.texts.also, tuple(in_short(topic, words) for topic in topics[MOST_IN_FULL:]))
    if week.days:
        yield grid_section(view, weeks, words)
    if not week.silenced:
        facts = by_rule(one for one in told if has_gone_by(one, desk.today))
        yield _gone_by(facts, weeks, words)
    due = deadlines(week, desk.policy, desk.today)
    yield Section(words.texts.deadlines, tuple(lines.deadline(one, words) for one in due))
    if standing := by_rule(words.in_order(week.standing)):
        yield Section(words.texts.standing, (lines.standing(standing, words),))
    if not week.silenced:
        yield _trend(words)


def _summary(topics: Sequence[Topic], view: TeamView, weeks: Fortnight, words: TeamWords) -> Section:
    items = in_full(topics[:MOST_IN_FULL], words)
    return Section(words.texts.summary, tuple(_first_lines(len(topics), view, weeks, words)), items)


def _first_lines(topics: int, view: TeamView, weeks: Fortnight, words: TeamWords) -> Iterator[str]:
    texts, team = words.texts, words.week.team.name
    if words.week.silenced or not words.week.days:
        yield (texts.silenced if words.week.silenced else texts.nobody_read).format(team=team)
        return
    yield lines.opening(topics, words)
    to_come = [day for day in weeks.coming if day >= words.desk.today]
    if least := fewest(view, to_come):
        yield lines.fewest_on_site(least, words)


def _gone_by(facts: Sequence[Topic], weeks: Fortnight, words: TeamWords) -> Section:
    kept = team_days_kept(words.week.team, words.week.days, weeks.past)
    return Section(
        words.texts.gone_by,
        (*(lines.team_day(one, words) for one in kept), *(lines.fact(one, words) for one in facts)),
    )


def _trend(words: TeamWords) -> Section:
    shares = home_shares(words.week.days, words.desk.today)
    remarks = (lines.reading(shares, words),) if shares else ()
    return Section(words.texts.trend, remarks, bars=tuple(lines.bars(shares, words)))
