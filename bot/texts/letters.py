"""A letter → the one message that its recipient gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from sys import intern

from bot.letter import Letter
from bot.model import Message, MessageItem, Section
from bot.texts import digest, of_teams, own
from bot.texts.desk import Desk
from bot.texts.languages import LANGUAGES
from bot.texts.people import first_name
from bot.texts.sources import named_once

__all__ = ["CALENDAR_URL", "Desk", "addressed", "write"]

CALENDAR_URL = "https://outlook.office.com/calendar/"


def write(letter: Letter, desk: Desk) -> Message:
    """Return the letter in words. The recipient's own matters are its items, all else its sections; what
    is told of one team alone stands for itself.
    """
    frame, items, sections = desk.texts.frame, own.items(letter, desk), of_teams.sections(letter, desk)
    person = desk.register.people.get(letter.recipient)
    matters = [*items, *(one for section in sections for one in section.items)]
    if _stands_alone(letter, sections):
        items, sections = sections[0].items, []
    message = Message(
        language=desk.language,
        title=intern(_title(letter, matters, desk)),
        greeting=_greeting(person.name if person else "", desk.language),
        items=items,
        closing=intern(_closing(letter, desk)),
        button=frame.button,
        button_url=CALENDAR_URL,
        sections=(*sections, *digest.sections(letter, desk)),
    )
    return _citing_once(message, desk)


def addressed(message: Message, name: str) -> Message:
    """Return the message with a greeting by name, where it has none yet: of a leader who is not under
    people the name is known just before sending. An empty name changes nothing.
    """
    if message.greeting != _greeting("", message.language):
        return message
    return replace(message, greeting=_greeting(name, message.language))


def _citing_once(message: Message, desk: Desk) -> Message:
    """Return the message with the document named in full by the first matter that cites it."""
    every = [*message.items, *(one for section in message.sections for one in section.items)]
    items = named_once(every, desk.policy, desk.texts.sources)
    return replace(
        message,
        items=tuple(islice(items, len(message.items))),
        sections=tuple(replace(one, items=tuple(islice(items, len(one.items)))) for one in message.sections),
    )


def _greeting(name: str, language: str) -> str:
    frame = LANGUAGES[language].frame
    called = first_name(name)
    return frame.greeting.format(name=called) if called else frame.greeting_without_name


def _stands_alone(letter: Letter, sections: Sequence[Section]) -> bool:
    alone = not letter.own and not letter.digest and len(sections) == 1
    return alone and not sections[0].lines


def _title(letter: Letter, matters: Sequence[MessageItem], desk: Desk) -> str:
    frame = desk.texts.frame
    if letter.digest:
        return digest.title(letter, desk)
    if _is_all_settled(letter):
        return frame.title_settled
    if len(matters) == 1:
        return matters[0].heading
    if letter.own:
        return frame.title_of_both if letter.of_teams else frame.title_of_own
    return of_teams.title(letter, desk)


def _is_all_settled(letter: Letter) -> bool:
    return {one.id for one in (*letter.own, *letter.of_teams)} <= letter.settled


def _closing(letter: Letter, desk: Desk) -> str:
    frame = desk.texts.frame
    if not letter.digest and _is_all_settled(letter):
        return frame.closing_settled
    sentences = [own.who_hears(letter, desk)] if letter.own else []
    if letter.digest:
        sentences.append(digest.closing(letter, desk))
    else:
        sentences += [of_teams.told_first(letter, desk)] if letter.of_teams else []
        sentences.append(_if_wrong(letter, desk))
    return " ".join(sentences)


def _if_wrong(letter: Letter, desk: Desk) -> str:
    frame, contact = desk.texts.frame, desk.contact
    if letter.of_teams:
        return frame.if_agreed.format(contact=contact) if contact else frame.if_agreed_without_contact
    return frame.wrong.format(contact=contact) if contact else frame.wrong_without_contact
