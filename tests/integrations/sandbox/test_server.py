"""The sandbox as a server: its settings, its journal, starting and stopping."""

import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.errors import WrongConfiguration
from integrations.sandbox import Sandbox, Tenant

MARCH = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z"


def test_the_settings_point_at_this_sandbox(sandbox):
    settings = sandbox.settings()
    assert settings["HJEMMEDAG_AUTHORITY"] == settings["HJEMMEDAG_GRAPH_URL"] == sandbox.url
    assert settings["HJEMMEDAG_BOT_SERVICE_URL"] == f"{sandbox.url}/teams/"
    assert Path(settings["HJEMMEDAG_CA_FILE"]).read_text(encoding="ascii").startswith("-----BEGIN CERT")
    assert {name.removeprefix("HJEMMEDAG_") for name in settings} >= {
        "TENANT_ID",
        "CLIENT_ID",
        "CLIENT_SECRET",
        "TEAMS_APP_ID",
    }


def test_the_secret_is_in_no_repr(sandbox):
    assert sandbox.settings()["HJEMMEDAG_CLIENT_SECRET"] not in repr(sandbox) + repr(vars(sandbox).keys())


def test_a_batch_is_logged_with_its_items(api, sandbox):
    url = f"/users/id-of-anna/calendarView?{MARCH}&%24select=subject,start"
    prefer = {"Prefer": 'IdType="ImmutableId"'}
    api.batch({"id": "1", "method": "GET", "url": url, "headers": prefer})
    item, batch = sandbox.requests
    assert (batch.method, batch.path, batch.status, batch.items, batch.inner) == (
        "POST",
        "/v1.0/$batch",
        200,
        1,
        False,
    )
    assert (item.path, item.status, item.items, item.inner) == (
        "/v1.0/users/id-of-anna/calendarView",
        200,
        None,
        True,
    )
    assert item.query["$select"] == "subject,start"
    assert item.headers == {"prefer": 'IdType="ImmutableId"'}


def test_no_token_is_logged(api, sandbox):
    api.get("/users")
    assert api.graph_token not in repr(sandbox.requests)


def test_the_journal_is_shown_and_cleared_over_http(api, sandbox, http):
    recipients = [{"emailAddress": {"address": "bo@proeve.example"}}]
    api.graph("POST", "/users/id-of-anna/sendMail", json={"message": {"toRecipients": recipients}})
    assert [mail["sender"] for mail in http.get("/sandbox/mails").json()] == ["anna@proeve.example"]
    assert http.get("/sandbox/messages").json() == []
    assert [request["status"] for request in http.get("/sandbox/requests").json()] == [202]
    assert http.post("/sandbox/clear").status_code == 204
    assert http.get("/sandbox/requests").json() == sandbox.requests == []


def test_a_calendar_may_change_while_it_is_served(api, sandbox, make_event):
    view = f"/users/id-of-anna/calendarView?{MARCH}"
    before = api.get(view).json()["value"]
    sandbox.tenant.add_event("anna@proeve.example", make_event("2026-03-05T08:00", "2026-03-05T16:00"))
    assert (len(before), len(api.get(view).json()["value"])) == (0, 1)


def test_a_port_that_is_taken_is_told(sandbox, tenant_data):
    port = int(sandbox.url.rpartition(":")[2])
    with (
        pytest.raises(WrongConfiguration, match=f"port {port} can't be used"),
        Sandbox(sandbox.tenant, port=port),
    ):
        pass


def test_a_port_that_is_none_is_told(sandbox):
    with (
        pytest.raises(WrongConfiguration, match="port 70000 can't be used"),
        Sandbox(sandbox.tenant, port=70000),
    ):
        pass


def test_nothing_is_left_when_it_has_stopped(tenant_data):
    threads = threading.active_count()
    with Sandbox(Tenant.from_data(tenant_data)) as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
        ca_file = Path(sandbox.settings()["HJEMMEDAG_CA_FILE"])
        # a client that connects and never says a word
        silent = socket.create_connection(("127.0.0.1", port))
    with silent:
        assert not ca_file.parent.exists()
        assert threading.active_count() == threads
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_it_starts_again_on_the_port_it_left(tenant_data):
    tenant = Tenant.from_data(tenant_data)
    with Sandbox(tenant) as first:
        port = int(first.url.rpartition(":")[2])
    with Sandbox(tenant, port=port) as second:
        assert second.url == first.url


def test_stop_ends_the_wait(tenant_data):
    with Sandbox(Tenant.from_data(tenant_data)) as sandbox:
        threading.Timer(0, sandbox.stop).start()
        sandbox.wait()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2])))


@pytest.mark.parametrize("at_first", ["SIG_IGN", "default_int_handler"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_wait_and_cleans_up(number, at_first):
    # A background job of a shell begins with SIGINT ignored. The program signals itself once wait has
    # taken SIGTERM over from the system.
    program = f"""
import os, signal, threading
from integrations.sandbox import Sandbox, Tenant

signal.signal(signal.SIGINT, signal.{at_first})

def interrupt():
    while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        pass
    os.kill(os.getpid(), {int(number)})

with Sandbox(Tenant([], {{}}, {{}})) as sandbox:
    ca_file = sandbox.settings()["HJEMMEDAG_CA_FILE"]
    threading.Thread(target=interrupt).start()
    sandbox.wait()
print(os.path.exists(ca_file))
print(signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)
print(signal.getsignal(signal.SIGINT) == signal.{at_first})
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "False\nTrue\nTrue\n", "")


def test_a_client_that_leaves_in_the_middle_of_a_request_is_no_error(api, sandbox, trust, caplog):
    port = int(sandbox.url.rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        trust.wrap_socket(plain, server_hostname="localhost") as leaving,
    ):
        leaving.sendall(b"POST /v1.0/$batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
    # By the time that a later client has its answer, the server has noticed.
    assert api.get("/users").status_code == 200
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
