"""What all tests share."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

from articles.history import guards
from tests.evidence.web import Web
from tests.factories import EditorFactory

# Playwright's loop runs in the tests' thread; Django would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Two loaded cores make any deadline per example a matter of luck.
hypothesis_settings.register_profile("minusma", deadline=None, max_examples=50)
# For a change to what must never go wrong: pytest --hypothesis-profile thorough
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=2_000)
hypothesis_settings.load_profile("minusma")

PASSWORD = "a password of some length"  # of the editor who is browsing
# The first has no windows to fill, which cost as much again as the pages.
CHROMIUMS = ["chromium-headless-shell", "chromium", "chromium-browser"]
CHROMIUM = next(filter(None, map(shutil.which, CHROMIUMS)), None)
CHROMIUM_WITHOUT = [
    # Two hidden pages of its address bar in every window, which cost more than the page tested.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",  # a process for a next page that mostly never comes
    # Of several such lists Chromium heeds the last, so what Playwright leaves out is said again.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "SkipListAccountsWithoutGaiaCookies",
    "ThirdPartyStoragePartitioning",
]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to run as root with it, as in most containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # It would call its maker's hosts at each start.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=" + ",".join(CHROMIUM_WITHOUT),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a browser; skip it where there is no Chromium."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium: script/test installs it"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards() -> Iterator[None]:
    """Let a transactional test empty its tables: its flush deletes rows that only grow."""
    teardown = TransactionTestCase._fixture_teardown

    def unguarded(test: TransactionTestCase) -> None:
        guards.remove(connection)
        teardown(test)
        guards.install(connection)

    TransactionTestCase._fixture_teardown = unguarded
    yield
    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def web(settings) -> Iterator[Web]:
    """A web on 127.0.0.1 that may be fetched from."""
    with Web() as web:
        settings.FETCH_ALLOW = [web.place]
        yield web


@pytest.fixture
def copies(settings, tmp_path):
    """Where copies lie: a folder of the test's own. What is fetched for them need not wait."""
    settings.FETCH_DELAY = 0
    settings.SNAPSHOTS_DIR = tmp_path / "snapshots"
    return settings.SNAPSHOTS_DIR


@pytest.fixture
def browsing(page, live_server, transactional_db):
    """A page with an editor logged in, and what the browser's console complains about."""
    client = Client()
    editor = EditorFactory(username="editor")
    editor.set_password(PASSWORD)
    editor.save()
    client.force_login(editor)
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
    # The 409 of a conflict, the 403 after log-out and a missing favicon.ico are no faults here.
    assert [said for said in complaints if "Failed to load resource" not in said] == []
