"""The search page as a browser shows it."""

import pytest
from playwright.sync_api import expect

from articles import publishing
from tests.accessibility import NONE, violations
from tests.factories import article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(live_server) -> str:
    publishing.publish(article(tags={"First": ["Mali"]}), by=None)
    return f"{live_server.url}/"


def test_a_reader_searches_narrows_and_reads_without_a_script(new_context, home):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(home)

    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox", name="Search the articles").fill("ceasefires")
    page.keyboard.press("Enter")
    page.get_by_label("Verdict").select_option("Not checked")
    page.get_by_role("button", name="Narrow the results").click()
    page.get_by_role("link", name="The ceasefire held").click()

    # Sections out of sight are laid out when they come into it.
    expect(page.locator(".claim:target")).to_have_text("The ceasefire held for nine months.")


@pytest.mark.parametrize("query", ["", "?q=ceasefire&verdict=none", "?q=zebra", "?q=" + "x" * 300])
def test_the_page_is_accessible_and_fits(page, home, query):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{home}search/{query}")

    in_light = page.evaluate("document.documentElement.scrollWidth")

    assert violations(page) == NONE
    assert max(in_light, page.evaluate("document.documentElement.scrollWidth")) <= 320
