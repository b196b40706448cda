"""The format of a batch: what is posted, and which answer belongs to whom."""

import json

import httpx
import msgspec
import pytest

from integrations.graph.batch import UNREADABLE
from tests.integrations.graph.reads import fetched, reads


async def test_each_read_gets_its_own_answer_twenty_to_a_post(stream, graph):
    wanted = reads(47)
    for read in wanted:
        graph.answer(f"{read.path}", {"body": {"who": read.path}})
    graph.answer("/users/13", {"status": 404, "body": None})

    answers = await fetched(stream, wanted)

    assert sorted(len(post) for post in graph.posts) == [7, 20, 20]
    assert answers.pop("person-13") == (404, b"null")
    assert answers == {
        read.id: (200, json.dumps({"who": read.path}, separators=(",", ":")).encode())
        for read in wanted
        if read.id != "person-13"
    }
    assert graph.slept == []


async def test_a_read_is_a_get_with_a_relative_address_and_its_headers(stream, graph):
    await fetched(stream, reads(1))

    assert graph.posts == [[{"id": "0", "method": "GET", "url": "/users/0", "headers": {"Prefer": "x"}}]]


async def test_nothing_to_read_asks_for_nothing(stream, graph):
    assert await fetched(stream, []) == {}
    assert graph.posts == []


async def test_a_missing_answer_is_asked_for_again(stream, graph):
    graph.outer = [httpx.Response(200, json={"responses": [{"id": "0", "status": 200, "body": 1}]})]
    graph.answer("/users/1", {"body": 2})

    assert await fetched(stream, reads(2)) == {"person-0": (200, b"1"), "person-1": (200, b"2")}
    assert len(graph.posts[1]) == 1


async def test_an_answer_that_never_comes_is_unavailable(stream, graph):
    graph.outer = [httpx.Response(200, json={"responses": []})] * 4

    assert await fetched(stream, reads(1)) == {"person-0": (503, b"")}


async def test_unknown_and_repeated_answers_are_dropped(stream, graph):
    answers = [
        {"id": "77", "status": 200, "body": "whose?"},
        {"id": 0, "status": 200, "body": "first"},
        {"id": "0", "status": 500, "body": "again"},
    ]
    graph.outer = [httpx.Response(200, json={"responses": answers})]

    assert await fetched(stream, reads(1)) == {"person-0": (200, b'"first"')}


async def test_one_answer_out_of_shape_costs_no_other(stream, graph):
    answers = [{"id": "0", "status": 200, "body": 1}, {"id": "1", "status": "fine"}, None]
    graph.outer = [httpx.Response(200, json={"responses": answers})]
    graph.answer("/users/1", {"body": 2})

    assert await fetched(stream, reads(2)) == {"person-0": (200, b"1"), "person-1": (200, b"2")}


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"responses": 7}', b'{"responses"'])
async def test_a_post_whose_answer_is_no_batch_is_unreadable_after_a_few_tries(stream, graph, body):
    graph.outer = [httpx.Response(200, content=body)] * 4

    assert await fetched(stream, reads(2)) == {"person-0": (UNREADABLE, b""), "person-1": (UNREADABLE, b"")}
    assert len(graph.posts) == 4


async def test_half_an_emoji_in_one_body_costs_no_other(stream, graph):
    body = b'{"responses":[{"id":"0","status":200,"body":"\\ud83d hi"},{"id":"1","status":200,"body":"x"}]}'
    graph.outer = [httpx.Response(200, content=body)]

    answers = await fetched(stream, reads(2))

    assert msgspec.json.decode(answers["person-0"][1]) == "\ufffd hi"
    assert answers["person-1"] == (200, b'"x"')


async def test_a_post_refused_as_a_whole_answers_for_each_of_its_reads(stream, graph):
    graph.outer = [httpx.Response(403, json={"error": {}})]

    answers = await fetched(stream, reads(2))

    assert {status for status, _ in answers.values()} == {403}
    assert len(graph.posts) == 1
