"""The whole path in a browser: pasted, corrected, cited, looked at, read; no word of the CSP."""

import pytest
from django.core.management import call_command

from articles.models import Source
from tests.accessibility import NONE, violations
from tests.evidence.sources import cited
from tests.evidence.web import Page
from tests.factories import article, claim_of

SHEET = Page(
    b"""<!doctype html><html lang="en"><head><title>A sheet</title>
<meta name="citation_title" content="The sheat of June 2017"></head>
<body><p>In June 2017 the force had 15,209 members, of whom few stayed.</p></body></html>"""
)
QUOTE = "the force had 15,209 members"


@pytest.mark.usefixtures("copies")
def test_an_address_becomes_a_citation_that_readers_can_check(browsing, live_server, web):
    web.pages["/sheet"] = SHEET
    page, written = browsing, article()
    claim = claim_of(written, "15,209")

    page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
    with page.expect_popup() as opened:
        page.click("#add_id_citations-0-source")
    popup = opened.value
    popup.fill("#id_pasted", web.url("/sheet?utm_source=letter"))
    popup.click("text=Look it up")
    popup.locator("#id_title_helptext", has_text="citation_title").wait_for()
    assert popup.input_value("#id_title") == "The sheat of June 2017"
    assert popup.input_value("#id_url") == web.url("/sheet")
    popup.fill("#id_title", "The sheet of June 2017")
    with popup.expect_event("close"):
        popup.click("[name=_save]")
    page.locator("#citations-0 .select2-selection", has_text="The sheet of June 2017").wait_for()
    page.fill("[name=citations-0-quote]", QUOTE)
    asked = len(web.asked)
    with page.expect_navigation():
        page.click("[name=_save]")
    assert len(web.asked) == asked  # saving waits for nobody
    source = Source.objects.get()

    evidence = f"{live_server.url}/admin/articles/source/{source.pk}/evidence/"
    page.goto(evidence)
    assert "This source waits to be looked at." in page.locator(".progress").inner_text()
    call_command("db_worker", "--batch", "--no-reload")
    page.locator(".progress", has_text="No source waits").wait_for()  # its script asked again
    page.click("text=Refresh")
    assert "Found word for word" in page.locator(".cited").inner_text()

    page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
    assert "Found word for word" in page.locator(".cited").inner_text()

    page.goto(f"{live_server.url}/admin/articles/article/{written.pk}/publish/")
    with page.expect_navigation():
        page.click("[type=submit][value=Publish]")
    page.goto(f"{live_server.url}/articles/two-sections/")
    listed = page.locator("#references li")
    assert listed.get_attribute("data-quote-check") == "exact"
    page.goto(f"{live_server.url}/claims/{claim.uid}/")
    assert page.locator(".around mark").inner_text() == QUOTE


@pytest.mark.usefixtures("copies")
def test_the_pop_up_takes_a_source_that_is_there_already(browsing, live_server, web):
    there = cited(web.url("/sheet"), title="The sheet")
    page, claim = browsing, claim_of(there.citations.get().claim.article, "ceasefire")
    page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
    with page.expect_popup() as opened:
        page.click("#add_id_citations-0-source")
    popup = opened.value
    popup.fill("#id_pasted", web.url("/sheet"))
    popup.click("text=Look it up")

    with popup.expect_event("close"):
        popup.click("text=Use this one")

    page.locator("#citations-0 .select2-selection", has_text="The sheet").wait_for()
    assert page.input_value("[name=citations-0-source]") == str(there.pk)
    assert Source.objects.count() == 1


@pytest.mark.usefixtures("copies")
def test_the_pages_can_be_used_by_everybody(browsing, live_server, web):
    web.pages["/sheet"] = SHEET
    page, source = browsing, cited(web.url("/sheet"), quote=QUOTE.replace("209", "290"))
    call_command("db_worker", "--batch", "--no-reload")
    copy = source.snapshots.get()
    looking = page.context.new_page()  # axe styles the page, of which the CSP complains
    own = f"{source.pk}/evidence/"
    for path in ("add/", "broken/", "", f"{source.pk}/address/", own, f"{own}{copy.uid}/"):
        address = f"{live_server.url}/admin/articles/source/{path}"
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not page.evaluate(wide), (path, width)
        looking.goto(address)
        assert violations(looking) == NONE, path
