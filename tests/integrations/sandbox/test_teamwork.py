"""The Teams app in the catalogue and its installation; mail."""

import pytest


@pytest.fixture
def app_id(api, sandbox):
    manifest_id = sandbox.settings()["HJEMMEDAG_TEAMS_APP_ID"]
    found = api.get(f"/appCatalogs/teamsApps?$filter=externalId eq '{manifest_id}'").json()["value"]
    return found[0]["id"]


def _install(api, user, app_id):
    bound = f"https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/{app_id}"
    return api.graph("POST", f"/users/{user}/teamwork/installedApps", json={"teamsApp@odata.bind": bound})


def _installed(api, user, app_id):
    condition = f"$expand=teamsApp&$filter=teamsApp/id eq '{app_id}'"
    return api.get(f"/users/{user}/teamwork/installedApps?{condition}").json()["value"]


def test_another_app_is_not_in_the_catalogue(api):
    assert api.get("/appCatalogs/teamsApps?$filter=externalId eq 'other'").json()["value"] == []


def test_a_filter_that_is_not_served_is_refused(api):
    assert api.get("/appCatalogs/teamsApps?$filter=startswith(displayName,'H')").status_code == 501


def test_an_app_is_installed_once(api, app_id):
    assert _installed(api, "id-of-dora", app_id) == []
    first, second = _install(api, "dora@proeve.example", app_id), _install(api, "id-of-dora", app_id)
    assert (first.status_code, first.content) == (201, b"")
    assert (second.status_code, second.json()["error"]["code"]) == (409, "Conflict")
    assert [entry["teamsApp"]["id"] for entry in _installed(api, "id-of-dora", app_id)] == [app_id]
    assert _installed(api, "id-of-dora", "another app") == []


def test_an_unknown_app_user_or_body_is_refused(api, app_id):
    assert _install(api, "id-of-bo", "other").status_code == 404
    assert _install(api, "nobody", app_id).status_code == 404
    assert api.graph("POST", "/users/id-of-bo/teamwork/installedApps", json={}).status_code == 400


def test_mail_is_accepted_and_kept(api, sandbox):
    message = {
        "subject": "Påmindelse",
        "body": {"contentType": "Text", "content": "Hej"},
        "toRecipients": [{"emailAddress": {"address": "bo@proeve.example"}}],
    }
    answer = api.graph("POST", "/users/id-of-anna/sendMail", json={"message": message})
    assert (answer.status_code, answer.content) == (202, b"")
    assert [(mail.sender, mail.message) for mail in sandbox.mails] == [("anna@proeve.example", message)]


@pytest.mark.parametrize("body", [{}, {"message": {}}, {"message": {"toRecipients": []}}])
def test_mail_to_nobody_is_refused(api, sandbox, body):
    assert api.graph("POST", "/users/id-of-anna/sendMail", json=body).status_code == 400
    assert sandbox.mails == []


def test_mail_from_someone_without_a_mailbox_is_refused(api):
    assert api.graph("POST", "/users/id-of-eva/sendMail", json={"message": {}}).status_code == 404
