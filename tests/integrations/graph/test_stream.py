"""Many reads as one stream of posts, on a clock that only sleeping moves on."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import httpx
import pytest

from bot.errors import ServiceDown, WrongConfiguration
from integrations.deadline import Deadline
from integrations.graph.batch import OUT_OF_TIME, SIZE, Answer, Read
from integrations.graph.concurrency import MOST, Concurrency
from tests.integrations.graph.conftest import LOGIN
from tests.integrations.graph.reads import fetched, reads

FINE = {"body": "fine"}


def throttled(seconds: object) -> dict:
    return {"status": 429, "headers": {"Retry-After": str(seconds)}}


def refused(status: int, seconds: object = None) -> httpx.Response:
    return httpx.Response(status, headers={} if seconds is None else {"Retry-After": str(seconds)})


def answered(count: int = SIZE) -> httpx.Response:
    return httpx.Response(200, json={"responses": [{"id": str(n), "status": 200} for n in range(count)]})


async def turns_of_the_loop(count: int = 100) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def slow(graph, hold: Callable[[list[dict]], bool]) -> asyncio.Event:
    """Let posts that ``hold`` says so of hang until the event is set."""
    go_on = asyncio.Event()

    async def post(request: httpx.Request) -> httpx.Response:
        if hold(json.loads(request.content)["requests"]):
            graph.hanging += 1
            await go_on.wait()
        return graph._post(request)

    graph.hanging = 0
    graph.batch.mock(side_effect=post)
    return go_on


# --- tries -----------------------------------------------------------------------------------------


async def test_a_throttled_read_is_asked_again_in_its_own_time(stream, graph):
    graph.answer("/users/", FINE)
    graph.answer("/users/1", throttled("2.128"), {"body": "late"})
    graph.answer("/users/2", {"status": 429, "headers": {"retry-after": "9"}}, {"body": "later"})

    answers = await fetched(stream, reads(4))

    assert answers["person-1"] == (200, b'"late"')
    assert answers["person-2"] == (200, b'"later"')
    assert [[read["url"] for read in post] for post in graph.posts[1:]] == [["/users/1"], ["/users/2"]]
    assert graph.times == [0, 2.128, 9]


async def test_those_who_come_due_close_together_go_in_one_post(stream, graph):
    graph.answer("/users/", FINE)
    graph.answer("/users/1", throttled(5), FINE)
    graph.answer("/users/2", throttled(6.5), FINE)

    await fetched(stream, reads(4))

    assert graph.times == [0, 6.5]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_read_that_stays_unavailable_is_given_back_so_after_a_few_tries(stream, graph, status):
    graph.answer("/users/", {"status": status})

    assert await fetched(stream, reads(1)) == {"person-0": (status, b"")}
    assert len(graph.posts) == 4


async def test_waits_without_a_retry_after_grow(stream, graph):
    graph.answer("/users/", {"status": 429})

    await fetched(stream, reads(1))

    assert graph.slept[0] <= 1 <= graph.slept[2]


@pytest.mark.parametrize(("asked", "tries"), [("50", 3), ("121", 1)])
async def test_the_waits_of_one_read_are_bounded_in_all(stream, graph, asked, tries):
    graph.answer("/users/", throttled(asked))

    assert await fetched(stream, reads(1)) == {"person-0": (429, b"")}
    assert len(graph.posts) == tries


async def test_a_server_that_asks_for_no_wait_is_not_asked_for_ever(stream, graph):
    graph.answer("/users/", throttled(0))

    assert await fetched(stream, reads(1)) == {"person-0": (429, b"")}
    assert 2 < len(graph.posts) <= 10
    assert min(graph.slept) >= 0.5


# --- a stream --------------------------------------------------------------------------------------


async def test_a_read_that_waits_long_holds_up_no_other(stream, graph):
    graph.answer("/users/", FINE)
    graph.answer("/users/3", throttled(100), FINE)

    order = [answer.id async for answer in stream.fetch(reads(10), lambda answer: answer)]
    early = [at for at, post in zip(graph.times, graph.posts, strict=True) if len(post) > 1]

    assert order[-1] == "person-3"
    assert early == [0]
    assert graph.now == 100


async def test_answers_come_as_they_arrive_though_a_post_hangs(stream, graph):
    graph.answer("/users/", FINE)
    go_on = slow(graph, lambda post: any(read["url"] == "/users/25" for read in post))
    seen = []
    async for answer in stream.fetch(reads(400), lambda answer: answer):
        seen.append(answer.id)
        if len(seen) == 380:
            go_on.set()

    assert len(seen) == 400
    assert {f"person-{number}" for number in range(20, 40)} == set(seen[380:])


@pytest.mark.parametrize("count", [47, 400, 1000])
async def test_the_posts_are_full_and_few_with_a_twentieth_throttled(stream, graph, count):
    dice = Random(count)
    for read in reads(count):
        waits = [throttled(round(dice.uniform(1, 10), 2))] if dice.random() < 0.05 else []
        graph.answer(read.path, *waits, FINE)

    answers = await fetched(stream, reads(count))

    assert {status for status, _ in answers.values()} == {200}
    assert len(answers) == count
    assert len(graph.posts) <= max(5, count / 15)
    assert graph.now <= 12.1


async def test_reads_are_made_no_sooner_than_they_are_asked(stream, graph):
    graph.answer("/users/", FINE)
    ahead, made, seen = 0, 0, 0

    def source() -> Iterator[Read]:
        nonlocal made
        for read in reads(2000):
            made += 1
            yield read

    async for _ in stream.fetch(source(), lambda answer: answer):
        seen += 1
        ahead = max(ahead, made - seen)

    assert seen == 2000
    assert ahead <= (MOST + 3) * SIZE


async def test_nothing_more_is_begun_while_nobody_takes_the_results(stream, graph):
    graph.answer("/users/", FINE)
    results = stream.fetch(reads(2000), lambda answer: answer)
    for _ in range(400):
        await anext(results)
    begun = len(graph.posts)

    await turns_of_the_loop(1000)

    assert len(graph.posts) - begun <= MOST
    await results.aclose()


async def test_no_more_posts_are_under_way_than_the_limiter_allows(stream, graph):
    graph.answer("/users/", FINE)
    most = 0
    limiter = Concurrency(most=3)

    async def post(request: httpx.Request) -> httpx.Response:
        nonlocal most
        under_way.append(request)
        most = max(most, len(under_way))
        assert len(under_way) <= limiter.limit
        await turns_of_the_loop()
        under_way.remove(request)
        return graph._post(request)

    under_way: list[httpx.Request] = []
    graph.batch.mock(side_effect=post)
    await fetched(replace(stream, concurrency=limiter), reads(400))

    assert most == 3
    assert len(graph.posts) == 20


async def test_what_one_stream_learned_the_next_one_knows(stream, graph):
    graph.answer("/users/", FINE)
    await fetched(stream, reads(800))
    learned = stream.concurrency.limit

    go_on = slow(graph, lambda _: True)
    next_one = asyncio.ensure_future(fetched(stream, reads(400)))
    while graph.hanging < learned:
        await asyncio.sleep(0)
    go_on.set()
    await next_one

    assert learned > 3


# --- further reads ---------------------------------------------------------------------------------


def pages(count: int) -> Callable[[Answer], Answer | Read]:
    """Ask for so many further pages of those whose id is long."""
    left: dict[str, int] = {}

    def take(answer: Answer) -> Answer | Read:
        left[answer.id] = left.get(answer.id, count if "many" in answer.id else 0) - 1
        return Read(answer.id, f"/users/{answer.id}") if left[answer.id] >= 0 else answer

    return take


async def test_a_collection_of_many_pages_gets_its_turn_and_no_more(stream, graph):
    graph.answer("/users/", FINE)
    one = Read("many-pages", "/users/many-pages")

    order = [answer.id async for answer in stream.fetch([one, *reads(399)], pages(50))]

    assert order[-1] == "many-pages"
    assert len(order) == 400
    assert graph.asked().count(one.path) == 51
    assert max(sum(read["url"] == one.path for read in post) for post in graph.posts) == 1
    assert len(graph.posts) <= 20 + 51


async def test_many_collections_of_many_pages_go_side_by_side_with_others_and_in_full_posts(stream, graph):
    graph.answer("/users/", FINE)
    wanted = [Read(f"many-{n}", f"/users/many-{n}") for n in range(200)] + reads(200)
    order = [answer.id async for answer in stream.fetch(wanted, pages(9))]

    assert sorted(order) == sorted(read.id for read in wanted)
    assert len(graph.posts) <= (200 * 10 + 200) / SIZE * 1.15
    assert max(map(len, graph.posts)) == SIZE


# --- posts that fail as a whole --------------------------------------------------------------------


@pytest.mark.parametrize("fault", [httpx.Response(503), httpx.ConnectError("refused")])
async def test_graph_is_down_when_no_post_gets_through(stream, graph, fault):
    graph.outer = [fault] * 100

    with pytest.raises(ServiceDown):
        await fetched(stream, reads(200))

    assert len(graph.posts) == 4, "others than the first were tried"


async def test_graph_is_down_when_it_asks_for_more_patience_than_there_is_at_first(stream, graph):
    graph.outer = [refused(503, 121)]

    with pytest.raises(ServiceDown):
        await fetched(stream, reads(200))

    assert graph.slept == []


@pytest.mark.parametrize("status", [429, 503])
async def test_a_post_refused_with_a_retry_after_holds_all_posts(stream, graph, status):
    graph.answer("/users/", FINE)
    graph.outer = [answered(), refused(status, 30)]

    answers = await fetched(stream, reads(400))

    assert {code for code, _ in answers.values()} == {200}
    assert graph.times[:2] == [0, 0]
    assert sum(at < 30 for at in graph.times) <= 3, "what was under way already"


async def test_refused_posts_shrink_what_is_under_way(stream, graph):
    graph.answer("/users/", FINE)
    await fetched(stream, reads(1000))
    learned = stream.concurrency.limit
    graph.outer = [refused(429, 3)]

    await fetched(stream, reads(20))

    assert stream.concurrency.limit == learned // 2


async def test_a_post_that_fails_alone_holds_up_no_other_and_is_tried_again(stream, graph):
    graph.answer("/users/", FINE)
    graph.outer = [answered(), httpx.ReadTimeout("late")]

    order = [answer.id async for answer in stream.fetch(reads(200), lambda answer: answer)]

    assert len(order) == len(set(order)) == 200
    assert set(order[-SIZE:]) == {f"person-{number}" for number in range(20, 40)}


async def test_an_outage_in_the_middle_ends_in_a_bounded_time_and_loses_nobody(stream, graph):
    graph.answer("/users/", FINE)
    graph.outer = [answered(), answered(), *[httpx.ConnectError("refused")] * 1000]

    answers = await fetched(stream, reads(2000))

    assert len(answers) == 2000
    assert [status for status, _ in answers.values()].count(503) == 1960
    assert graph.now <= stream.longest_wait
    assert len(graph.posts) < 50


async def test_a_graph_that_is_only_ever_too_busy_is_given_up_in_a_bounded_time(stream, graph):
    graph.outer = [refused(429)] * 1000

    answers = await fetched(stream, reads(2000))

    assert {status for status, _ in answers.values()} == {429}
    assert len(answers) == 2000
    assert graph.now <= stream.longest_wait


async def test_a_hold_beyond_all_patience_ends_this_stream_and_does_not_hold_the_next(stream, graph):
    graph.answer("/users/", FINE)
    graph.outer = [answered(), refused(429, 300), refused(429, 300)]

    given_up = await fetched(stream, reads(400))
    next_one = await fetched(stream, reads(400))

    assert [status for status, _ in given_up.values()].count(429) == 380
    assert {status for status, _ in next_one.values()} == {200}
    assert graph.slept == []


async def test_an_identity_service_that_is_down_is_not_asked_over_and_over(stream, graph):
    login = graph.router.post(f"{LOGIN}/token").respond(503)

    with pytest.raises(ServiceDown):
        await fetched(stream, reads(45))

    assert graph.posts == []
    assert graph.now == 0, "the identity service has its own tries"
    assert login.called


async def test_a_service_that_is_down_is_named(stream, graph):
    graph.outer = [httpx.ConnectError("refused")] * 4

    with pytest.raises(ServiceDown, match=r"graph\.example"):
        await fetched(stream, reads(1))


async def test_a_refused_token_is_a_wrong_configuration(stream, graph):
    graph.outer = [httpx.Response(401)]

    with pytest.raises(WrongConfiguration):
        await fetched(stream, reads(1))


# --- the deadline ----------------------------------------------------------------------------------


async def test_who_is_not_answered_in_time_is_given_back_so_at_once(stream, graph):
    graph.answer("/users/", FINE)
    deadline = Deadline(50, graph.clock.now)
    slow(graph, lambda post: any(read["url"] == "/users/25" for read in post))
    answers: dict[str, int] = {}

    async for answer in replace(stream, deadline=deadline).fetch(reads(400), lambda answer: answer):
        answers[answer.id] = answer.status
        if len(answers) == 200:
            graph.now = 50

    assert len(answers) == 400
    assert all(answers[f"person-{number}"] == OUT_OF_TIME for number in [*range(20, 40), 399])
    assert 200 <= list(answers.values()).count(200) <= 200 + MOST * SIZE, "what had arrived is still taken"


async def test_a_deadline_that_is_cut_short_ends_the_wait_for_a_post(stream, graph):
    deadline = Deadline()
    slow(graph, lambda _: True)
    reading = asyncio.ensure_future(fetched(replace(stream, deadline=deadline), reads(45)))
    while not graph.hanging:
        await asyncio.sleep(0)

    deadline.cut()

    assert {status for status, _ in (await reading).values()} == {OUT_OF_TIME}


async def test_a_deadline_that_is_cut_short_ends_the_wait_for_a_retry(stream, graph):
    graph.answer("/users/", throttled(100))
    deadline, asleep = Deadline(), asyncio.Event()

    async def for_ever(_: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    clock = replace(graph.clock, sleep=for_ever)
    reading = asyncio.ensure_future(fetched(replace(stream, deadline=deadline, clock=clock), reads(3)))
    await asleep.wait()

    deadline.cut()

    assert {status for status, _ in (await reading).values()} == {OUT_OF_TIME}


async def test_a_deadline_that_is_over_asks_nobody(stream, graph):
    answers = await fetched(replace(stream, deadline=Deadline(0)), reads(45))

    assert list(answers.values()) == [(OUT_OF_TIME, b"")] * 45
    assert graph.posts == []


async def test_a_wait_that_goes_beyond_the_deadline_is_not_begun(stream, graph):
    graph.answer("/users/", FINE)
    graph.answer("/users/1", throttled(60))
    deadline = Deadline(50, graph.clock.now)

    answers = await fetched(replace(stream, deadline=deadline), reads(3))

    assert answers["person-1"] == (429, b"")
    assert graph.slept == []


async def test_a_hold_that_goes_beyond_the_deadline_is_not_begun(stream, graph):
    graph.answer("/users/", FINE)
    graph.outer = [answered(), refused(429, 60), refused(429, 60)]
    deadline = Deadline(50, graph.clock.now)

    answers = await fetched(replace(stream, deadline=deadline), reads(2000))

    assert len(answers) == 2000
    assert {status for status, _ in answers.values()} == {200, 429}
    assert graph.slept == []


# --- leaving off -----------------------------------------------------------------------------------


async def test_leaving_off_early_leaves_nothing_running(stream, graph):
    graph.answer("/users/", FINE)
    before = asyncio.all_tasks()
    answers = stream.fetch(reads(2000), lambda answer: answer)
    for _ in range(200):
        await anext(answers)
    await answers.aclose()

    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("hangs", [True, False], ids=["in a post", "in a pause"])
async def test_being_cancelled_leaves_nothing_running(stream, graph, hangs):
    asleep = asyncio.Event()

    async def for_ever(_: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    graph.answer("/users/", throttled(7))
    slow(graph, lambda _: hangs)
    before = asyncio.all_tasks()
    patient = replace(stream, clock=replace(graph.clock, sleep=for_ever))
    reading = asyncio.ensure_future(fetched(patient, reads(45)))
    while not (graph.hanging or asleep.is_set()):
        await asyncio.sleep(0)

    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert asyncio.all_tasks() == before


async def test_an_error_while_an_answer_is_taken_comes_through_and_leaves_nothing_running(stream, graph):
    graph.answer("/users/", FINE)
    before = asyncio.all_tasks()
    seen = []

    def take(answer: Answer) -> Answer:
        seen.append(answer)
        if len(seen) == 150:
            raise KeyError(answer.id)
        return answer

    with pytest.raises(KeyError):
        async for _ in stream.fetch(reads(2000), take):
            pass

    assert asyncio.all_tasks() == before


async def test_an_error_in_a_post_comes_through_though_others_fail_too(stream, graph):
    graph.answer("/users/", FINE)
    before = asyncio.all_tasks()
    graph.outer = [*[answered()] * 10, *[httpx.Response(401)] * 10]

    with pytest.raises(WrongConfiguration):
        await fetched(stream, reads(2000))

    assert asyncio.all_tasks() == before
