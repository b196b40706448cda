"""Reading the directory."""


def test_a_user_is_read_by_name_and_by_id(api):
    by_name = api.get("/users/ANNA@proeve.example").json()
    by_id = api.get("/users/id-of-anna").json()
    assert by_name == by_id
    assert by_name["displayName"] == "Anna"


def test_without_select_a_user_has_the_eleven_usual_properties(api):
    user = api.get("/users/id-of-anna").json()
    del user["@odata.context"]
    assert len(user) == 11
    assert "accountEnabled" not in user


def test_select_gives_just_what_it_names(api):
    user = api.get("/users/id-of-anna?$select=id,department").json()
    del user["@odata.context"]
    assert user == {"id": "id-of-anna", "department": None}


def test_a_property_that_users_have_not_is_refused(api):
    answer = api.get("/users/id-of-anna?$select=shoeSize")
    assert answer.status_code == 400
    assert "shoeSize" in answer.json()["error"]["message"]


def test_nobody_is_a_404_in_the_shape_of_graph(api):
    answer = api.get("/users/nobody@proeve.example")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "Request_ResourceNotFound"
    assert answer.json()["error"]["innerError"]["request-id"]


def test_all_users_come_page_by_page(api, sandbox):
    link, seen, pages = "/users?$select=id&$top=10", [], 0
    while link:
        page = api.get(link).json()
        seen += [user["id"] for user in page["value"]]
        link = page.get("@odata.nextLink", "").removeprefix(f"{sandbox.url}/v1.0")
        pages += 1
    assert pages == 3
    assert seen == [user["id"] for user in sandbox.tenant.users]


def test_a_page_token_of_ones_own_making_is_refused(api):
    assert api.get("/users?$skiptoken=10").status_code == 400


def test_a_manager_is_read_and_its_absence_is_a_404(api):
    assert api.get("/users/id-of-finn/manager?$select=id").json()["id"] == "id-of-anna"
    assert api.get("/users/id-of-anna/manager").status_code == 404


def test_options_that_are_not_served_are_refused_and_not_ignored(api):
    assert api.get("/users?$filter=startswith(displayName,'A')").status_code == 501


def test_other_addresses_and_methods_are_refused_in_the_shape_of_graph(api):
    nowhere, method = api.get("/planets"), api.graph("DELETE", "/users/id-of-anna")
    assert (nowhere.status_code, method.status_code) == (404, 405)
    assert nowhere.json()["error"]["code"] == "ResourceNotFound"
