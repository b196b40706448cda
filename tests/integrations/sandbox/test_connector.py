"""The Bot Connector: conversations and activities."""

import pytest

CARD = {"type": "message", "text": "Hej Anna"}


@pytest.fixture
def start(api, sandbox):
    """Start a conversation with the member, as the bot of the settings."""
    settings = sandbox.settings()

    def start(member, **change):
        body = {
            "bot": {"id": settings["HJEMMEDAG_CLIENT_ID"]},
            "members": [{"id": member}],
            "channelData": {"tenant": {"id": settings["HJEMMEDAG_TENANT_ID"]}},
        }
        return api.bot("POST", "", body | change)

    return start


@pytest.fixture
def conversation(api, start):
    """Open Anna's conversation, with the app installed for her."""
    (app,) = api.get("/appCatalogs/teamsApps").json()["value"]
    bound = {"teamsApp@odata.bind": f"https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/{app['id']}"}
    assert api.graph("POST", "/users/id-of-anna/teamwork/installedApps", json=bound).status_code in (201, 409)
    return start("id-of-anna").json()["id"]


def test_a_person_has_one_conversation_however_they_are_named(start, conversation):
    again = start("29:id-of-anna")
    assert (again.status_code, again.json()["id"]) == (201, conversation)
    assert conversation.startswith("a:")


@pytest.mark.parametrize("resource", ["https://api.botframework.us", "https://graph.microsoft.com"])
def test_a_token_for_something_else_is_refused(api, http, token_form, sandbox, conversation, resource):
    address = f"/{sandbox.settings()['HJEMMEDAG_TENANT_ID']}/oauth2/v2.0/token"
    form = token_form | {"scope": f"{resource}/.default"}
    token = http.post(address, data=form).json()["access_token"]
    assert api.bot("POST", f"/{conversation}/activities", CARD, token=token).status_code == 401
    assert sandbox.messages == []


def test_a_bot_that_is_not_installed_is_refused(start):
    answer = start("id-of-carl")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "ForbiddenOperationException"


@pytest.mark.parametrize("member", ["nobody", "anna@proeve.example"])
def test_a_member_is_named_by_the_object_id_of_a_user(start, member):
    assert start(member).status_code == 404


def test_two_members_are_no_personal_conversation(start, conversation):
    assert start("x", members=[{"id": "id-of-anna"}, {"id": "id-of-bo"}]).status_code == 404


@pytest.mark.parametrize("change", [{"bot": {"id": "other"}}, {"channelData": {"tenant": {"id": "other"}}}])
def test_another_bot_or_tenant_is_refused(start, conversation, change):
    assert start("id-of-anna", **change).status_code == 403


def test_an_activity_is_delivered_to_the_person(api, sandbox, conversation):
    answer = api.bot("POST", f"/{conversation}/activities", CARD)
    assert answer.status_code == 201
    (message,) = sandbox.messages
    assert message.activity_id == answer.json()["id"]
    assert (message.recipient, message.conversation) == ("anna@proeve.example", conversation)
    assert message.activity == CARD


def test_an_activity_is_updated_in_its_place(api, sandbox, conversation):
    sent = api.bot("POST", f"/{conversation}/activities", CARD).json()["id"]
    answer = api.bot("PUT", f"/{conversation}/activities/{sent}", CARD | {"text": "Ny"})
    assert answer.status_code == 200
    assert [message.activity["text"] for message in sandbox.messages] == ["Ny"]


def test_what_is_not_there_is_a_404(api, conversation):
    assert api.bot("POST", "/a:other/activities", CARD).json()["error"]["code"] == "ConversationNotFound"
    assert api.bot("PUT", f"/{conversation}/activities/other", CARD).status_code == 404
    assert api.bot("POST", "/a:other/members", CARD).status_code == 404


def test_other_methods_are_refused(api, conversation):
    assert api.bot("GET", f"/{conversation}/activities", CARD).status_code == 405


@pytest.mark.parametrize("activity", [{}, {"text": "Hej"}, ["message"]])
def test_an_activity_without_a_type_is_refused(api, sandbox, conversation, activity):
    assert api.bot("POST", f"/{conversation}/activities", activity).status_code == 400
    assert sandbox.messages == []


def test_an_activity_over_the_limit_in_utf_16_is_refused(api, sandbox, conversation):
    fits, too_large = CARD | {"text": "x" * 49_000}, CARD | {"text": "x" * 50_000}
    assert api.bot("POST", f"/{conversation}/activities", too_large).status_code == 413
    assert api.bot("POST", f"/{conversation}/activities", fits).status_code == 201
    assert len(sandbox.messages) == 1
