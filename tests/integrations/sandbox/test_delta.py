"""calendarView/delta: why it can't be used to find home days."""

import pytest

ANNA = "anna@proeve.example"
DELTA = f"/users/{ANNA}/calendarView/delta"
WINDOW = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z"


@pytest.mark.parametrize("option", ["$select=subject", "$expand=x", "$filter=x", "$orderby=x", "$search=x"])
def test_delta_refuses_what_it_does_not_support(api, option):
    assert api.get(f"{DELTA}?{WINDOW}&{option}").status_code == 400


def test_delta_wants_a_window(api):
    assert api.get(DELTA).status_code == 400


def test_occurrences_are_stubs_and_single_events_are_whole(api, sandbox, make_event):
    times = ("2026-03-05T08:00", "2026-03-05T16:00")
    series = make_event(*times, subject="Hjemme", type="occurrence", seriesMasterId="m")
    sandbox.tenant.set_events(ANNA, [series, make_event(*times, subject="Kontor")])
    stub, whole = api.get(f"{DELTA}?{WINDOW}").json()["value"]
    assert set(stub) == {"@odata.type", "id", "type", "seriesMasterId", "start", "end"}
    assert (whole["subject"], whole["showAs"]) == ("Kontor", "busy")


def test_the_next_round_tells_what_changed(api, sandbox, make_event):
    times = ("2026-03-05T08:00", "2026-03-05T16:00")
    sandbox.tenant.set_events(ANNA, [make_event(*times, id=name) for name in ("stays", "goes")])
    link = api.get(f"{DELTA}?{WINDOW}").json()["@odata.deltaLink"]
    sandbox.tenant.remove_events(ANNA, lambda event: event["id"] == "goes")
    sandbox.tenant.add_event(ANNA, make_event(*times, id="comes"))
    changes = api.get(link.removeprefix(f"{sandbox.url}/v1.0")).json()["value"]
    assert [(change["id"], change.get("@removed")) for change in changes] == [
        ("comes", None),
        ("goes", {"reason": "deleted"}),
    ]


def test_a_link_that_is_not_known_means_a_full_sync(api):
    answer = api.get(f"{DELTA}?$deltatoken=old")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "syncStateNotFound")
