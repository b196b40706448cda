"""A message, and the part of the store that the sender uses."""

from __future__ import annotations

from bot.model import Message, MessageItem

MESSAGE = Message(
    language="da",
    title="En hjemmedag på jeres fælles dag",
    greeting="Hej Anna.",
    items=(MessageItem("Tirsdag den 3. marts", "Du har markeret hjemmearbejde.", "Kilde", "Flyt dagen."),),
    closing="Er noget forkert, så skriv til hr@proeve.example.",
    button="Åbn min kalender",
    button_url="https://outlook.office.com/calendar",
)


class Conversations(dict[str, str]):
    """The conversation with each person, by principal name."""

    def conversation(self, recipient: str) -> str | None:
        return self.get(recipient)

    def remember_conversation(self, recipient: str, conversation: str) -> None:
        self[recipient] = conversation
