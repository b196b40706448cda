import asyncio
import json

import httpx
import msgspec
import pytest

from bot.errors import ServiceDown, WrongConfiguration
from integrations.graph.batch import UNREADABLE, Batch, Read


def reads(count: int) -> list[Read]:
    return [Read(f"person-{number}", f"/users/{number}", {"Prefer": "x"}) for number in range(count)]


async def fetched(batch: Batch, wanted: list[Read]) -> dict[str, tuple[int, bytes]]:
    answers = [answer async for answer in batch.fetch(wanted)]
    assert len(answers) == len({answer.id for answer in answers}), "an answer came twice"
    return {answer.id: (answer.status, bytes(answer.body)) for answer in answers}


@pytest.fixture
def batch(client, graph) -> Batch:
    return Batch(client, sleep=graph.sleep)


async def test_each_read_gets_its_own_answer_twenty_to_a_post(batch, graph):
    wanted = reads(47)
    for read in wanted:
        graph.answer(f"{read.path}", {"body": {"who": read.path}})
    graph.answer("/users/13", {"status": 404, "body": None})

    answers = await fetched(batch, wanted)

    assert sorted(len(post) for post in graph.posts) == [7, 20, 20]
    assert answers.pop("person-13") == (404, b"null")
    assert answers == {
        read.id: (200, json.dumps({"who": read.path}, separators=(",", ":")).encode())
        for read in wanted
        if read.id != "person-13"
    }
    assert graph.slept == []


async def test_a_read_is_a_get_with_a_relative_address_and_its_headers(batch, graph):
    await fetched(batch, reads(1))

    assert graph.posts == [[{"id": "0", "method": "GET", "url": "/users/0", "headers": {"Prefer": "x"}}]]


async def test_nothing_to_read_asks_for_nothing(batch, graph):
    assert await fetched(batch, []) == {}
    assert graph.posts == []


async def test_throttled_reads_are_asked_again_after_the_longest_wait(batch, graph):
    graph.answer("/users/", {"body": "fine"})
    graph.answer("/users/1", {"status": 429, "headers": {"Retry-After": "2.128"}}, {"body": "late"})
    graph.answer("/users/2", {"status": 429, "headers": {"retry-after": "9"}}, {"body": "later"})

    answers = await fetched(batch, reads(4))

    assert answers["person-1"] == (200, b'"late"')
    assert answers["person-2"] == (200, b'"later"')
    assert [sorted(read["url"] for read in post) for post in graph.posts[1:]] == [["/users/1", "/users/2"]]
    assert graph.slept == [9]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_read_that_stays_unavailable_is_given_back_so_after_a_few_tries(batch, graph, status):
    graph.answer("/users/", {"status": status})

    assert await fetched(batch, reads(1)) == {"person-0": (status, b"")}
    assert len(graph.posts) == 4


async def test_waits_without_a_retry_after_grow(batch, graph):
    graph.answer("/users/", {"status": 429})

    await fetched(batch, reads(1))

    assert graph.slept[0] <= 1 <= graph.slept[2]


@pytest.mark.parametrize(("asked", "tries"), [("50", 3), ("121", 1)])
async def test_the_waits_of_one_fetch_are_bounded_in_all(batch, graph, asked, tries):
    graph.answer("/users/", {"status": 429, "headers": {"Retry-After": asked}})

    assert await fetched(batch, reads(1)) == {"person-0": (429, b"")}
    assert len(graph.posts) == tries


async def test_a_server_that_asks_for_no_wait_is_not_asked_for_ever(batch, graph):
    graph.answer("/users/", {"status": 429, "headers": {"Retry-After": "0"}})

    assert await fetched(batch, reads(1)) == {"person-0": (429, b"")}
    assert 2 < len(graph.posts) <= 10
    assert min(graph.slept) >= 0.5


async def test_a_missing_answer_is_asked_for_again(batch, graph):
    graph.outer = [httpx.Response(200, json={"responses": [{"id": "0", "status": 200, "body": 1}]})]
    graph.answer("/users/1", {"body": 2})

    assert await fetched(batch, reads(2)) == {"person-0": (200, b"1"), "person-1": (200, b"2")}
    assert len(graph.posts[1]) == 1


async def test_an_answer_that_never_comes_is_unavailable(batch, graph):
    graph.outer = [httpx.Response(200, json={"responses": []})] * 4

    assert await fetched(batch, reads(1)) == {"person-0": (503, b"")}


async def test_unknown_and_repeated_answers_are_dropped(batch, graph):
    answers = [
        {"id": "77", "status": 200, "body": "whose?"},
        {"id": 0, "status": 200, "body": "first"},
        {"id": "0", "status": 500, "body": "again"},
    ]
    graph.outer = [httpx.Response(200, json={"responses": answers})]

    assert await fetched(batch, reads(1)) == {"person-0": (200, b'"first"')}


async def test_one_answer_out_of_shape_costs_no_other(batch, graph):
    answers = [{"id": "0", "status": 200, "body": 1}, {"id": "1", "status": "fine"}, None]
    graph.outer = [httpx.Response(200, json={"responses": answers})]
    graph.answer("/users/1", {"body": 2})

    assert await fetched(batch, reads(2)) == {"person-0": (200, b"1"), "person-1": (200, b"2")}


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"responses": 7}', b'{"responses"'])
async def test_a_post_whose_answer_is_no_batch_is_unreadable_after_a_few_tries(batch, graph, body):
    graph.outer = [httpx.Response(200, content=body)] * 4

    assert await fetched(batch, reads(2)) == {"person-0": (UNREADABLE, b""), "person-1": (UNREADABLE, b"")}
    assert len(graph.posts) == 4


async def test_half_an_emoji_in_one_body_costs_no_other(batch, graph):
    body = b'{"responses":[{"id":"0","status":200,"body":"\\ud83d hi"},{"id":"1","status":200,"body":"x"}]}'
    graph.outer = [httpx.Response(200, content=body)]

    answers = await fetched(batch, reads(2))

    assert msgspec.json.decode(answers["person-0"][1]) == "\ufffd hi"
    assert answers["person-1"] == (200, b'"x"')


async def test_a_post_refused_as_a_whole_answers_for_each_of_its_reads(batch, graph):
    graph.outer = [httpx.Response(403, json={"error": {}})]

    answers = await fetched(batch, reads(2))

    assert {status for status, _ in answers.values()} == {403}
    assert len(graph.posts) == 1


@pytest.mark.parametrize("fault", [httpx.Response(503), httpx.ConnectError("refused")])
async def test_graph_is_down_when_no_post_gets_through(batch, graph, fault):
    graph.outer = [fault] * 100

    with pytest.raises(ServiceDown):
        await fetched(batch, reads(200))

    assert len(graph.posts) == 4, "others than the first were tried"


async def test_a_post_that_fails_after_others_got_through_is_unavailable_alone(client, graph):
    one_by_one = Batch(client, in_flight=1, sleep=graph.sleep)
    graph.answer("/users/", {"body": 1})
    ok = httpx.Response(
        200, json={"responses": [{"id": str(n), "status": 200, "body": 1} for n in range(20)]}
    )
    graph.outer = [ok, *[httpx.ReadTimeout("late")] * 4]

    answers = await fetched(one_by_one, reads(50))

    assert [answers[f"person-{number}"][0] for number in (0, 20, 39, 40)] == [200, 503, 503, 200]


async def test_a_refused_token_is_a_wrong_configuration(batch, graph):
    graph.outer = [httpx.Response(401)]

    with pytest.raises(WrongConfiguration):
        await fetched(batch, reads(1))


async def test_no_more_posts_are_under_way_than_allowed(client, graph, router):
    under_way, most, full = 0, 0, asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if under_way == 3:
            full.set()
        if graph.posts:  # the first goes alone, to see whether Graph answers at all
            async with asyncio.timeout(30):
                await full.wait()
        under_way -= 1
        return graph._post(request)

    graph.batch.mock(side_effect=slow)
    await fetched(Batch(client, in_flight=3, sleep=graph.sleep), reads(200))

    assert most == 3
    assert len(graph.posts) >= 10


async def test_leaving_off_early_leaves_nothing_running(client, graph):
    before = asyncio.all_tasks()
    graph.answer("/users/", {"body": 1})
    answers = Batch(client, sleep=graph.sleep).fetch(reads(200))
    async for _ in answers:
        break
    await answers.aclose()

    assert asyncio.all_tasks() == before
