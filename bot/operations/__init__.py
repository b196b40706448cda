"""The operators' weekly summary: how the passes go, what hangs, and what to do about it."""

from bot.operations.state import Credential, OperationsState, Proof
from bot.operations.summary import LANGUAGES, summary
from bot.operations.weekly import CHANNEL, not_due, plan

__all__ = ["CHANNEL", "LANGUAGES", "Credential", "OperationsState", "Proof", "not_due", "plan", "summary"]
