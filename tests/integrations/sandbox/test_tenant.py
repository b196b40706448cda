"""What a tenant file may hold, and what is said of one that is wrong."""

import copy
import json

import pytest

from bot.errors import WrongConfiguration
from integrations.sandbox import Tenant, load_tenant


@pytest.fixture
def data(tenant_data, make_event):
    return copy.deepcopy(tenant_data) | {
        "events": {"anna@proeve.example": [make_event("2026-03-05T08:00", "2026-03-05T16:00")]}
    }


def test_a_tenant_file_is_loaded(tmp_path, data):
    file = tmp_path / "tenant.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    tenant = load_tenant(file)
    assert len(tenant.users) == len(data["users"])
    assert len(tenant.events("Anna@Proeve.example")) == 1


def test_people_are_found_by_id_and_by_name_in_any_case(data):
    tenant = Tenant.from_data(data)
    assert tenant.find("ANNA@proeve.example") is tenant.find("ID-of-anna") is not None
    assert tenant.find("nobody@proeve.example") is None


def test_an_event_gets_what_it_leaves_out_from_a_plain_appointment(data):
    event = Tenant.from_data(data).events("anna@proeve.example")[0]
    assert event["id"]
    assert (event["showAs"], event["isAllDay"], event["type"]) == ("busy", False, "singleInstance")


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(WrongConfiguration, match=r"nowhere\.json: No such file"):
        load_tenant(tmp_path / "nowhere.json")


def test_a_file_that_is_not_json_is_said_to_be_none(tmp_path):
    file = tmp_path / "tenant.json"
    file.write_text("{users", encoding="utf-8")
    with pytest.raises(WrongConfiguration, match="not JSON"):
        load_tenant(file)


def test_every_fault_is_told_at_once_with_its_place(data, make_event):
    del data["users"][1]["id"]
    data["events"]["anna@proeve.example"] += [
        {"end": {"dateTime": "2026-03-05T16:00:00", "timeZone": "UTC"}},
        make_event("2026-03-05T16:00", "2026-03-05T08:00"),
        make_event("2026-03-05T08:00", "2026-03-05T16:00", isAllDay=True),
        {
            "start": {"dateTime": "soon", "timeZone": "UTC"},
            "end": {"dateTime": "2026-03-05", "timeZone": "Mars"},
        },
    ]
    data["work_plan"]["anna@proeve.example"].append({})
    with pytest.raises(WrongConfiguration) as error:
        Tenant.from_data(data)
    places = [fault.partition(": ")[0] for fault in error.value.faults]
    assert places == [
        "users[1].id",
        "events.anna@proeve.example[1].start",
        "events.anna@proeve.example[2]",
        "events.anna@proeve.example[3]",
        "events.anna@proeve.example[4].start",
        "events.anna@proeve.example[4].end",
        "work_plan.anna@proeve.example[1].start",
        "work_plan.anna@proeve.example[1].end",
    ]


@pytest.mark.parametrize("part", ["users", "events"])
def test_a_part_that_is_missing_is_told(data, part):
    del data[part]
    with pytest.raises(WrongConfiguration, match=f"{part}: Field required"):
        Tenant.from_data(data)


def test_calendars_of_strangers_are_told(data):
    data["events"]["stranger@proeve.example"] = []
    with pytest.raises(WrongConfiguration, match=r"stranger@proeve\.example is not among the users"):
        Tenant.from_data(data)


def test_two_people_with_one_name_are_told(data):
    data["users"].append(data["users"][0])
    with pytest.raises(WrongConfiguration, match=r"twice: anna@proeve\.example, id-of-anna"):
        Tenant.from_data(data)


def test_no_subject_is_told_with_a_fault(data, make_event):
    bad = make_event("2026-03-05T16:00", "2026-03-05T08:00", subject="Kardiologisk samtale")
    data["events"]["anna@proeve.example"].append(bad)
    with pytest.raises(WrongConfiguration) as error:
        Tenant.from_data(data)
    assert "Kardiologisk" not in str(error.value)


def test_events_are_added_and_removed(data, make_event):
    tenant = Tenant.from_data(data)
    tenant.add_event("anna@proeve.example", make_event("2026-03-06T08:00", "2026-03-06T16:00", subject="Ny"))
    assert [event["subject"] for event in tenant.events("anna@proeve.example")] == ["", "Ny"]
    tenant.remove_events("anna@proeve.example", lambda event: event["subject"] == "")
    assert [event["subject"] for event in tenant.events("anna@proeve.example")] == ["Ny"]


def test_a_wrong_event_or_a_stranger_is_refused_while_running(data):
    tenant = Tenant.from_data(data)
    with pytest.raises(WrongConfiguration) as error:
        tenant.add_event("stranger@proeve.example", {"subject": "Ny"})
    assert len(error.value.faults) == 3


@pytest.mark.parametrize("name", ["tzone://Microsoft/Custom", "Europe/Copenhagen", "UTC"])
def test_zones_that_exchange_writes_are_taken(data, name):
    point = {"dateTime": "2026-03-05T08:00:00.0000000", "timeZone": name}
    data["events"]["anna@proeve.example"] = [{"start": point, "end": point}]
    assert Tenant.from_data(data).calendar("anna@proeve.example")[0].start.month == 3
