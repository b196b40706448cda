"""What the summary needs to be said in, language by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model import MessageState, UnreadableReason
from bot.operations.reasons import Matter
from bot.operations.state import Proof

ENTRA_URL = "https://entra.microsoft.com/"


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence about one, and about ``{count}`` of them."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What a matter is called, and what to do about it."""

    topic: str
    advice: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the summary in one language, with named gaps. ``locale``, ``date``: for Babel."""

    locale: str
    date: str
    greeting: str
    title_well: str
    title: Counted
    closing: str
    button: str
    overview: str
    nobody: str
    all_read: Counted
    some_read: str
    none_hanging: str
    hanging: Counted
    good_until: str
    source_off: str
    sources: Mapping[str, str]
    to_read: str
    unreadable: Mapping[UnreadableReason, Advice]
    to_deliver: str
    to: str
    channel: str
    others: Counted
    states: Mapping[MessageState, str]
    matters: Mapping[Matter, Advice]
    silence: str
    silenced: str
    silenced_seen: str
    silenced_advice: str
    access: str
    proofs: Mapping[Proof, str]
    unknown_expiry: Mapping[Proof, str]
    expires: str
    expires_seen: str
    expires_advice: Mapping[Proof, str]
    expired: str
    expired_seen: str
    expired_advice: Mapping[Proof, str]
    code: str
