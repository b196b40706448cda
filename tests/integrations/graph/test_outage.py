"""How long is waited where posts fail: what was lost together is one failure, what follows is one more."""

from __future__ import annotations

from bot.errors import ServiceDown
from integrations.graph.outage import Outage
from integrations.graph.post import Post

DOWN = ServiceDown("Graph answers 503.")


def lost(began: float, ended: float) -> Post:
    return Post((), began, ended, 503, down=DOWN)


def waited(*posts: Post) -> list[float]:
    """Return the seconds to wait after each of these, when one has got through before them."""
    outage = Outage(longest_wait=120)
    outage.note_success()
    return [outage.note_failure(post, DOWN) for post in posts]


def test_posts_that_were_lost_together_wait_as_after_one_failure() -> None:
    assert max(waited(*(lost(number / 10, 30 + number / 10) for number in range(8)))) <= 1


def test_posts_that_are_lost_one_after_another_wait_ever_longer() -> None:
    first, second, third = waited(lost(0, 1), lost(2, 3), lost(5, 6))
    assert first <= 1 <= second <= 2 <= third <= 4
