from collections.abc import Mapping, Sequence
from datetime import date

import httpx
import pytest

from bot.errors import WrongConfiguration
from bot.model import RemoteWork, Window
from integrations.deadline import Deadline
from integrations.graph.work_plans import GraphWorkPlans

WINDOW = Window(date(2026, 3, 2), date(2026, 3, 6))
PEOPLE = [f"person{number:02}@proeve.example" for number in range(47)]
ANNA, JENS = "anna@proeve.example", "jens@proeve.example"
ANNAS_PLAN = f"/users/{ANNA}/settings/workHoursAndLocations/occurrencesView("
ROMANCE = "Romance Standard Time"
STRETCH = ("2026-03-03 08:00", "2026-03-03 16:00")
REFUSED, UNKNOWN = {"status": 403}, {"status": 404}


def occurrence(
    start: str = "2026-03-03T08:00:00",
    end: str = "2026-03-03T16:00:00",
    place: str | None = "remote",
    zone: str | None = ROMANCE,
    **fields,
) -> dict:
    return {
        "workLocationType": place,
        "start": {"dateTime": f"{start}.0000000", "timeZone": zone},
        "end": {"dateTime": f"{end}.0000000", "timeZone": zone},
        **fields,
    }


def page(*occurrences: object, link: str | None = None) -> dict:
    return {"body": {"value": list(occurrences), **({"@odata.nextLink": link} if link else {})}}


def as_text(stretch: RemoteWork) -> tuple[str, str]:
    assert stretch.start.tzinfo is stretch.end.tzinfo is None
    return f"{stretch.start:%Y-%m-%d %H:%M}", f"{stretch.end:%Y-%m-%d %H:%M}"


def shown(plans: Mapping[str, Sequence[RemoteWork]] | None) -> dict[str, list[tuple[str, str]]]:
    assert plans is not None, "the source is off"
    return {person: [as_text(stretch) for stretch in plan] for person, plan in plans.items()}


@pytest.fixture
def plans(client, graph) -> GraphWorkPlans:
    return GraphWorkPlans(client, timezone="Europe/Copenhagen", clock=graph.clock)


async def read(plans: GraphWorkPlans, *people: str) -> dict[str, list[tuple[str, str]]]:
    return shown(await plans.read(people or (ANNA,), WINDOW))


async def test_the_question_names_the_window_a_day_wider_and_no_more_than_needed(plans, graph):
    graph.answer(ANNAS_PLAN, page())

    await read(plans)

    [[asked]] = graph.posts
    assert asked["url"] == (
        "/users/anna@proeve.example/settings/workHoursAndLocations/"
        "occurrencesView(startDateTime='2026-03-01T00:00:00Z',endDateTime='2026-03-08T00:00:00Z')"
        "?$select=start,end,workLocationType&$top=500"
    )


@pytest.mark.parametrize("place", ["remote", "Remote", "REMOTE"])
async def test_remote_work_is_read_in_any_letter_case(plans, graph, place):
    graph.answer(ANNAS_PLAN, page(occurrence(place=place)))

    assert await read(plans) == {ANNA: [STRETCH]}


@pytest.mark.parametrize("place", ["office", "timeOff", "unspecified", "unknownFutureValue", "", None])
async def test_any_other_place_says_nothing(plans, graph, place):
    graph.answer(ANNAS_PLAN, page(occurrence(place=place)))

    assert await read(plans) == {ANNA: []}


async def test_an_occurrence_without_a_place_says_nothing(plans, graph):
    nowhere = occurrence()
    del nowhere["workLocationType"]
    graph.answer(ANNAS_PLAN, page(nowhere))

    assert await read(plans) == {ANNA: []}


async def test_properties_that_were_not_asked_for_do_no_harm(plans, graph):
    more = {"id": "AAk=", "recurrenceId": None, "placeId": None, "timeOffDetails": {"subject": "x"}}
    graph.answer(ANNAS_PLAN, page(occurrence(**more)))

    assert await read(plans) == {ANNA: [STRETCH]}


@pytest.mark.parametrize(
    ("zone", "start", "local"),
    [
        (ROMANCE, "2026-03-03T08:00:00", "2026-03-03 08:00"),
        ("Europe/Copenhagen", "2026-03-03T08:00:00", "2026-03-03 08:00"),
        ("UTC", "2026-03-03T07:00:00", "2026-03-03 08:00"),
        ("tzone://Microsoft/Utc", "2026-03-03T07:00:00", "2026-03-03 08:00"),
        ("GMT Standard Time", "2026-03-03T07:00:00", "2026-03-03 08:00"),
        ("Pacific Standard Time", "2026-03-02T23:00:00", "2026-03-03 08:00"),
        ("America/Nuuk", "2026-03-03T05:00:00", "2026-03-03 08:00"),
        ("tzone://Microsoft/Custom", "2026-03-03T08:00:00", "2026-03-03 08:00"),
        (None, "2026-03-03T08:00:00", "2026-03-03 08:00"),
    ],
)
async def test_times_become_local_to_the_organisation(plans, graph, zone, start, local):
    until = {"dateTime": "2026-03-03T16:00:00.0000000", "timeZone": ROMANCE}
    graph.answer(ANNAS_PLAN, page(occurrence(start, zone=zone, end=until["dateTime"]) | {"end": until}))

    assert await read(plans) == {ANNA: [(local, "2026-03-03 16:00")]}


@pytest.mark.parametrize(
    ("timezone", "local"),
    [
        ("Atlantic/Faroe", ("2026-03-30 08:00", "2026-03-30 15:00")),
        ("America/Nuuk", ("2026-03-30 06:00", "2026-03-30 13:00")),
    ],
)
async def test_an_organisation_elsewhere_reads_its_own_time(client, graph, timezone, local):
    graph.answer(ANNAS_PLAN, page(occurrence("2026-03-30T09:00:00", "2026-03-30T16:00:00")))
    plans = GraphWorkPlans(client, timezone=timezone, clock=graph.clock)

    window = Window(date(2026, 3, 30), date(2026, 3, 30))
    assert shown(await plans.read([ANNA], window)) == {ANNA: [local]}


async def test_only_what_touches_the_windows_local_dates_is_kept(plans, graph):
    kept = [
        occurrence("2026-03-01T23:30:00", "2026-03-02T00:30:00"),
        occurrence("2026-03-01T23:30:00", "2026-03-02T07:00:00", zone="UTC"),
        occurrence("2026-03-06T08:00:00", "2026-03-06T16:00:00"),
        occurrence("2026-03-06T22:30:00", "2026-03-07T06:00:00", zone="UTC"),
    ]
    cut = [
        occurrence("2026-03-01T08:00:00", "2026-03-02T00:00:00"),
        occurrence("2026-03-06T23:00:00", "2026-03-07T06:00:00", zone="UTC"),
        occurrence("2026-03-07T00:00:00", "2026-03-07T16:00:00"),
    ]
    graph.answer(ANNAS_PLAN, page(*cut, *kept))

    assert await read(plans) == {
        ANNA: [
            ("2026-03-01 23:30", "2026-03-02 00:30"),
            ("2026-03-02 00:30", "2026-03-02 08:00"),
            ("2026-03-06 08:00", "2026-03-06 16:00"),
            ("2026-03-06 23:30", "2026-03-07 07:00"),
        ]
    }


async def test_plans_are_read_twenty_people_to_a_request(plans, graph):
    for person in PEOPLE:
        graph.answer(f"/users/{person}/settings/", page(occurrence()))

    assert await read(plans, *PEOPLE) == {person: [STRETCH] for person in PEOPLE}
    assert sorted(len(post) for post in graph.posts) == [7, 20, 20]
    assert [one["url"].split("/")[2] for one in graph.posts[0]] == PEOPLE[:20]


async def test_a_person_named_twice_is_asked_about_once(plans, graph):
    graph.answer(ANNAS_PLAN, page(occurrence()))

    assert await read(plans, ANNA, ANNA) == {ANNA: [STRETCH]}
    assert len(graph.asked()) == 1


async def test_odd_names_are_quoted(plans, graph):
    graph.answer("/users/o%27neil@proeve.example/settings/", page(occurrence()))

    assert await read(plans, "o'neil@proeve.example") == {"o'neil@proeve.example": [STRETCH]}


async def test_nobody_is_no_request(plans, graph):
    assert await plans.read([], WINDOW) == {}
    assert graph.posts == []


async def test_pages_are_followed_past_an_empty_one(plans, graph):
    later = f"{ANNAS_PLAN})?$skip="
    graph.answer(ANNAS_PLAN, page(occurrence(), link=f"https://graph.example/v1.0{later}1"))
    graph.answer(f"{later}1", page(link=f"https://graph.example/v1.0{later}2"))
    graph.answer(f"{later}2", page(occurrence("2026-03-04T08:00:00", "2026-03-04T16:00:00")))

    assert await read(plans) == {ANNA: [STRETCH, ("2026-03-04 08:00", "2026-03-04 16:00")]}


@pytest.mark.parametrize("answers", [[REFUSED], [UNKNOWN], [REFUSED, UNKNOWN]])
async def test_the_source_is_off_when_the_first_batch_is_refused_or_unknown(plans, graph, answers):
    for number, person in enumerate(PEOPLE):
        graph.answer(f"/users/{person}/", answers[number % len(answers)])

    assert await plans.read(PEOPLE, WINDOW) is None
    assert [len(post) for post in graph.posts] == [20]


async def test_the_source_is_off_when_the_whole_first_post_is_refused(plans, graph):
    graph.outer = [httpx.Response(403)]

    assert await plans.read(PEOPLE, WINDOW) is None
    assert len(graph.posts) == 1


@pytest.mark.parametrize(
    "told",
    [page(), {"status": 409}, {"status": 429}, {"status": 503}, {"body": "<html>"}],
    ids=["nothing-planned", "conflict", "throttled", "unavailable", "undecodable"],
)
async def test_one_other_answer_in_the_first_batch_keeps_the_source_on(plans, graph, told):
    for person in PEOPLE[:20]:
        graph.answer(f"/users/{person}/", REFUSED)
    graph.answer(f"/users/{PEOPLE[7]}/", told)
    graph.answer(f"/users/{PEOPLE[30]}/", page(occurrence()))

    found = await read(plans, *PEOPLE)

    assert found[PEOPLE[30]] == [STRETCH]
    assert PEOPLE[0] not in found


@pytest.mark.parametrize(
    "answer",
    [
        REFUSED,
        UNKNOWN,
        {"status": 400},
        {"status": 429},
        {"status": 500, "body": "<html>"},
        {"status": 503},
        {"body": None},
        {"body": "plans"},
        {"body": {"value": "plans"}},
        {"body": {"error": {}}},
        {},
        page(occurrence(), link="https://foreign.example/v1.0/x"),
        page(occurrence(), link=f"https://graph.example/v1.0{ANNAS_PLAN})?$skip=1"),
    ],
)
async def test_who_is_not_answered_for_is_left_out_and_costs_no_other(plans, graph, answer):
    graph.answer(ANNAS_PLAN, answer)
    graph.answer(f"{ANNAS_PLAN})?$skip=1", {"status": 503})
    graph.answer(f"/users/{JENS}/", page(occurrence()))

    assert await read(plans, ANNA, JENS) == {JENS: [STRETCH]}


@pytest.mark.parametrize(
    "bad",
    [
        7,
        None,
        {"workLocationType": "remote"},
        occurrence(place=["remote"]),
        occurrence("2026-02-31T08:00:00"),
        occurrence("0001-01-01T00:00:00", zone="Tokyo Standard Time"),
        occurrence("noon"),
        occurrence("2026-03-03T16:00:00", "2026-03-03T08:00:00"),
        occurrence("2026-03-03T08:00:00", "2026-03-03T08:00:00"),
    ],
)
async def test_a_bad_occurrence_is_left_out_and_the_others_are_kept(plans, graph, bad):
    graph.answer(ANNAS_PLAN, page(bad, occurrence(), bad))

    assert await read(plans) == {ANNA: [STRETCH]}


async def test_a_throttled_plan_is_read_when_its_time_has_come(plans, graph):
    graph.answer(ANNAS_PLAN, {"status": 429, "headers": {"Retry-After": "2.5"}}, page(occurrence()))

    assert await read(plans) == {ANNA: [STRETCH]}
    assert graph.slept == [2.5]


@pytest.mark.parametrize("outer", [httpx.Response(503), httpx.Response(429), httpx.ConnectError("refused")])
async def test_a_graph_that_does_not_answer_leaves_everyone_out(plans, graph, outer):
    graph.outer = [outer] * 50

    assert await read(plans, *PEOPLE) == {}


@pytest.mark.parametrize("inside", [True, False])
async def test_a_refused_token_is_a_wrong_configuration(plans, graph, inside):
    if inside:
        graph.answer(ANNAS_PLAN, {"status": 401})
    else:
        graph.outer = [httpx.Response(401)]

    with pytest.raises(WrongConfiguration):
        await read(plans)


async def test_stretches_that_are_alike_are_held_once(plans, graph):
    for person in PEOPLE:
        graph.answer(
            f"/users/{person}/", page(occurrence(), occurrence("2026-03-04T08:00:00", "2026-03-04T16:00:00"))
        )

    found = await plans.read(PEOPLE, WINDOW)

    assert found is not None
    assert len({id(stretch) for plan in found.values() for stretch in plan}) == 2


async def test_one_of_the_first_people_who_has_to_wait_holds_up_nobody(plans, graph):
    graph.answer("/users/", page(occurrence()))
    graph.answer(f"/users/{PEOPLE[3]}/", {"status": 429, "headers": {"Retry-After": "100"}}, page())

    assert len(await read(plans, *PEOPLE)) == len(PEOPLE)
    assert graph.times == [0, 0, 0, 100]


async def test_people_come_in_the_order_they_were_asked_about(plans, graph):
    graph.answer("/users/", page(occurrence()))
    graph.answer(f"/users/{PEOPLE[3]}/", {"status": 429, "headers": {"Retry-After": "5"}}, page())

    assert list(await read(plans, *PEOPLE)) == PEOPLE


async def test_who_is_not_read_in_time_is_left_out(client, graph):
    deadline = Deadline(30, graph.clock.now)
    graph.answer("/users/", page(occurrence()))
    graph.answer(f"/users/{JENS}/", {"status": 429, "headers": {"Retry-After": "31"}})
    plans = GraphWorkPlans(client, timezone="Europe/Copenhagen", deadline=deadline, clock=graph.clock)

    assert await read(plans, ANNA, JENS) == {ANNA: [STRETCH]}
    deadline.cut()
    assert await read(plans, ANNA, JENS) == {}


async def test_a_graph_that_goes_down_after_the_first_batch_leaves_only_the_others_out(plans, graph):
    graph.answer("/users/", page(occurrence()))
    first = {"responses": [{"id": str(n), "status": 200, **page(occurrence())} for n in range(20)]}
    graph.outer = [httpx.Response(200, json=first), *[httpx.ConnectError("refused")] * 50]

    assert list(await read(plans, *PEOPLE)) == PEOPLE[:20]
