"""Who of a team is where, last week and this, as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.agreements import is_team_day
from bot.days import public_holidays
from bot.digest.weeks import Fortnight
from bot.model import Grid, GridColumn, GridRow, GridWeek, Place, Section, Sign, Weekday
from bot.team_view import TeamView
from bot.texts.languages import plural, sentence, short_weekday
from bot.texts.people import alphabetical, listed
from bot.texts.team_words import TeamWords

MOST_UNREAD = 5


def grid_section(view: TeamView, weeks: Fortnight, words: TeamWords) -> Section:
    """Return the grid, and whose calendar could not be read."""
    not_read = [one.id for one in words.week.people if one.id not in words.week.days]
    return Section(
        words.desk.texts.grid.heading,
        lines=(_unread(not_read, words),) if not_read else (),
        grid=team_grid(view, (weeks.past, weeks.coming), words),
    )


def team_grid(view: TeamView, weeks: Sequence[Sequence[date]], words: TeamWords) -> Grid:
    """Return the grid of the weeks' dates; a weekend is left out unless somebody works then."""
    shown = [[day for day in week if _is_shown(day, view)] for week in weeks]
    people, names = words.week.people, listed(words.week.people)
    return Grid(
        weeks=tuple(_week(days, words) for days in shown),
        rows=tuple(
            GridRow(names[one.id], tuple(view.places[day][one.id] for days in shown for day in days))
            for one in sorted(people, key=lambda one: alphabetical(names[one.id]))
        ),
        signs={place: Sign(*words.desk.texts.grid.signs[place]) for place in Place},
    )


def _unread(people: Sequence[str], words: TeamWords) -> str:
    names = words.people(people, most=MOST_UNREAD)
    return sentence(plural(words.desk.texts.grid.unread, len(people), words.desk.language, names=names))


def _is_shown(day: date, view: TeamView) -> bool:
    return day.weekday() < Weekday.SATURDAY or set(view.places[day].values()) != {Place.OFF}


def _week(days: Sequence[date], words: TeamWords) -> GridWeek:
    caption = words.desk.texts.grid.week.format(week=days[0].isocalendar().week)
    return GridWeek(caption, tuple(_column(day, words) for day in days))


def _column(day: date, words: TeamWords) -> GridColumn:
    return GridColumn(short_weekday(day, words.desk.language), words.date(day), _note(day, words))


def _note(day: date, words: TeamWords) -> str:
    texts, organisation = words.desk.texts.grid, words.desk.register.organisation
    if day in public_holidays(day.year):
        return texts.holiday
    if day in organisation.closing_days:
        return texts.closed
    return texts.team_day if is_team_day(words.week.team, day) else ""
