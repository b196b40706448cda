import httpx
import pytest

from bot.errors import ServiceDown, WrongConfiguration
from bot.model import DirectoryUser
from integrations.graph.directory import GraphDirectory

ANNA = {
    "@odata.context": "https://graph.example/v1.0/$metadata#users/$entity",
    "id": "4b0e1f5e-0000-4000-8000-000000000001",
    "userPrincipalName": "Anna@Proeve.example",
    "displayName": "Anna Holm",
    "mail": "anna.holm@proeve.example",
    "accountEnabled": True,
}


@pytest.fixture
def directory(client, graph) -> GraphDirectory:
    return GraphDirectory(client, clock=graph.clock)


async def test_people_are_found_by_the_name_asked_for_whatever_its_letter_case(directory, graph):
    graph.answer("/users/anna@proeve.example?", {"body": ANNA})

    assert await directory.find(["ANNA@proeve.example"]) == {
        "anna@proeve.example": DirectoryUser(
            id="4b0e1f5e-0000-4000-8000-000000000001",
            principal_name="anna@proeve.example",
            name="Anna Holm",
            mail="anna.holm@proeve.example",
        )
    }


async def test_only_what_is_needed_is_asked_for(directory, graph):
    await directory.find(["anna@proeve.example"])

    assert graph.asked() == [
        "/users/anna@proeve.example?$select=id,userPrincipalName,displayName,mail,accountEnabled"
    ]


async def test_nobody_is_told_apart_from_an_answer_that_never_came(directory, graph):
    graph.answer("/users/anna@", {"body": ANNA})
    graph.answer("/users/odd@", {"body": {"id": 7}})
    graph.answer("/users/busy@", {"status": 503})
    graph.answer("/users/gone@", {"status": 404})

    found = await directory.find([f"{name}@proeve.example" for name in ("anna", "gone", "odd", "busy")])

    assert {name: user is not None for name, user in found.items()} == {
        "anna@proeve.example": True,
        "gone@proeve.example": False,
    }


async def test_a_user_with_little_filled_in_is_still_found(directory, graph):
    few = {**ANNA, "displayName": None, "mail": None, "accountEnabled": False}
    graph.answer("/users/anna@", {"body": few})

    user = (await directory.find(["anna@proeve.example"]))["anna@proeve.example"]

    assert (user.name, user.mail, user.enabled) == ("Anna@Proeve.example", None, False)


async def test_people_are_looked_up_twenty_to_a_request_and_each_once(directory, graph):
    await directory.find([f"person{number % 30}@proeve.example" for number in range(60)])

    assert sorted(len(post) for post in graph.posts) == [10, 20]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("o'neil@proeve.example", "/users/o%27neil@proeve.example?"),
        ("søren å@proeve.example", "/users/s%C3%B8ren%20%C3%A5@proeve.example?"),
        ("guest_firma.dk#ext#@proeve.example", "/users/guest_firma.dk%23ext%23@proeve.example?"),
    ],
)
async def test_odd_names_are_quoted(directory, graph, name, path):
    graph.answer(path, {"body": ANNA})

    assert list(await directory.find([name])) == [name]


async def test_nobody_to_look_up_asks_for_nothing(directory, graph):
    assert await directory.find([]) == {}
    assert graph.posts == []


@pytest.mark.parametrize(
    ("status", "error"), [(401, WrongConfiguration), (403, WrongConfiguration), (503, ServiceDown)]
)
async def test_a_directory_that_answers_nobody_stops_the_pass(directory, graph, status, error):
    graph.answer("/users/", {"status": status})

    with pytest.raises(error):
        await directory.find(["anna@proeve.example", "jens@proeve.example"])


async def test_a_missing_permission_is_named(directory, graph):
    graph.outer = [httpx.Response(403)]

    with pytest.raises(WrongConfiguration, match=r"User\.Read\.All"):
        await directory.find(["anna@proeve.example"])
