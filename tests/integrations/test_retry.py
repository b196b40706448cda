import pytest

from integrations.retry import LONGEST_BACKOFF, backoff, retry_after

DATE = {"Date": "Mon, 02 Mar 2026 08:00:00 GMT"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"retry-after": "2.128"}, 2.128),
        ({"RETRY-AFTER": " 0 "}, 0),
        ({"Retry-After": "Mon, 02 Mar 2026 08:00:09 GMT", **DATE}, 9),
        ({"Retry-After": "Mon, 02 Mar 2026 07:59:00 GMT", **DATE}, 0),
    ],
)
def test_the_wait_asked_for_is_read_in_each_form(headers, seconds):
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Retry-After": ""},
        {"Retry-After": "soon"},
        {"Retry-After": "-3"},
        {"Retry-After": "nan"},
        {"Retry-After": "inf"},
        {"Retry-After": "Mon, 02 Mar 2026 08:00:09 GMT"},
        {"Retry-After": "Mon, 02 Mar 2026 08:00:09 GMT", "Date": "yesterday"},
    ],
)
def test_a_wait_that_is_absent_or_makes_no_sense_is_none(headers):
    assert retry_after(headers) is None


@pytest.mark.parametrize(("attempt", "longest"), [(1, 1), (2, 2), (3, 4), (5, 16), (99, LONGEST_BACKOFF)])
def test_the_backoff_doubles_up_to_a_bound_and_is_never_none(attempt, longest):
    assert longest / 2 <= backoff(attempt) <= longest
