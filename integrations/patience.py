"""Trying a request again, for as long as there is sense in it within one run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from http import HTTPStatus

from tenacity import AsyncRetrying, RetryCallState, retry_if_result
from tenacity.retry import retry_base

from integrations.answers import Answer
from integrations.pace import Clock, Pace
from integrations.retry import tried_enough, wait_as_asked

ATTEMPTS = 5
LONGEST_WAIT = 600.0


async def patiently(
    attempt: Callable[[], Awaitable[Answer]], *, again: retry_base, pace: Pace, clock: Clock
) -> Answer:
    """Return the last answer, or raise its error. A refusal for haste holds up everybody in the same pace."""

    def hold(state: RetryCallState) -> None:
        if state.outcome and not state.outcome.failed and _is_throttled(state.outcome.result()):
            pace.hold(state.upcoming_sleep)

    retrying = AsyncRetrying(
        retry=again,
        wait=wait_as_asked,
        stop=tried_enough(attempts=ATTEMPTS, wait=LONGEST_WAIT),
        sleep=clock.sleep,
        before_sleep=hold,
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    answer: Answer = await retrying(attempt)
    return answer


def if_status(statuses: Collection[int]) -> retry_base:
    """Try again where the answer has one of these."""
    return retry_if_result(lambda answer: answer.status in statuses)


def _is_throttled(answer: Answer) -> bool:
    return answer.status == HTTPStatus.TOO_MANY_REQUESTS
