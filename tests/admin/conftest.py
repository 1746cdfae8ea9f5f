import pytest
from django.test import Client

from tests.factories import EditorFactory


@pytest.fixture
def editor(db):
    return EditorFactory()


@pytest.fixture
def client(editor):
    """A browser in which an editor is logged in."""
    browser = Client()
    browser.force_login(editor)
    return browser


@pytest.fixture
def browsing(page, live_server, transactional_db):
    """A page with an editor logged in, and what the browser's console complains about."""
    client = Client()
    client.force_login(EditorFactory(username="editor"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    complaints = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(live_server.url + "/admin/")
    yield page
    # The 409 of a conflict and a missing favicon.ico are no faults of these pages.
    assert [said for said in complaints if "Failed to load resource" not in said] == []
