"""Whether posts get through at all, and who has to wait when one does not. No I/O, no clock."""

from __future__ import annotations

from bot.errors import ServiceDown
from integrations.graph.post import THROTTLED, Post
from integrations.retry import backoff, retry_after

ATTEMPTS = 4


class Outage:
    """The posts that failed one after another, since one last got through; those under way together count
    as one, for they were lost to the same.
    """

    def __init__(self, longest_wait: float) -> None:
        self._longest_wait = longest_wait
        self._has_answered = False
        self._failures = 0
        self._since = 0.0
        self._counted_at = float("-inf")

    def note_success(self) -> None:
        """A post was answered: whatever was before is over."""
        self._has_answered = True
        self._failures = 0

    def note_failure(self, post: Post, down: ServiceDown) -> float:
        """Return how many seconds to wait, as Graph asks or growing with each failure in a row.

        Raises: ``down`` when Graph has never answered, not even to say that it is too busy.
        """
        self._since = self._since if self._failures else post.ended
        if post.began >= self._counted_at:
            self._failures += 1
            self._counted_at = post.ended
        self._has_answered |= post.status == THROTTLED
        pause = retry_after(post.headers) or backoff(self._failures)
        tried_enough = self._failures >= ATTEMPTS or self.is_too_long(post.ended + pause)
        if not self._has_answered and (tried_enough or not post.has_token):
            raise down
        return pause

    def is_for_all(self, post: Post) -> bool:
        """Whether all have to wait after a failure: Graph says so, or it was not the only one lately."""
        asked = retry_after(post.headers) is not None
        return asked or post.status == THROTTLED or self._failures > 1 or not self._has_answered

    def is_too_long(self, until: float) -> bool:
        """Whether nothing would have got through for longer than we have patience, at that time."""
        return until - self._since > self._longest_wait
