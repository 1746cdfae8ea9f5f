"""Every kind of readers' page in a browser: accessible, as wide as the window, quiet."""

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.models import Source
from tests.accessibility import NONE, violations
from tests.factories import QuoteCheckFactory, SourceFactory, article, claim_of, copy_of

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "home": "/",
    "article": "/articles/two-sections/",
    "history": "/articles/two-sections/history/",
    "comparison": "/articles/two-sections/compare/1..{newest}/",
    "old revision": "/articles/two-sections/revisions/1/",
    "provenance": "/articles/two-sections/provenance/",
    "sentence": "/claims/{claim}/",
    "report": "/claims/{claim}/report/",
    "thanks": "/claims/{claim}/report/thanks/",
    "sources": "/sources/",
    "source": "/sources/{source}/",
    "tags": "/tags/",
    "tag": "/tags/mali/",
    "corrections": "/corrections/",
    "about": "/about/",
    "about in French": "/fr/about/",
    "missing": "/articles/none/",
}
TARGETS = """() => [...document.querySelectorAll('a, button, input, select, summary, textarea')]
  .filter(e => !e.closest('p, li, dd, .vh, .skip') && e.checkVisibility())
  .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.height < 24 || box.width < 24))
  .map(([e]) => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def addresses(live_server) -> dict[str, str]:
    made, source = article(see_also=["Else"], tags={"First": ["Mali"]}), SourceFactory()
    publishing.publish(made, by=None)
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("outdated", note="As the sheet says.")],
        citations=[CitationGiven(source, quote="15,209 uniformed personnel")],
        by=None,
    )
    publishing.publish(made, by=None, note="The count is of June.")
    made.refresh_from_db()
    names = {"claim": claim.uid, "source": source.uid, "newest": made.latest}
    return {name: live_server.url + path.format(**names) for name, path in PAGES.items()}


def test_every_page_is_accessible_in_both_schemes(page, addresses):
    page.emulate_media(reduced_motion="reduce")
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        found[name] = violations(page)

    assert found == dict.fromkeys(addresses, NONE)


@pytest.mark.parametrize("width", [320, 2560])
def test_every_page_fits_and_its_controls_are_large_enough(page, addresses, width):
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        found[name] = (
            page.evaluate("document.documentElement.scrollWidth"),
            page.evaluate(TARGETS),
        )

    assert found == {name: (width, []) for name in addresses}


def test_links_in_a_row_stand_apart(page, addresses):
    page.goto(addresses["thanks"])

    first, second = [link.bounding_box() for link in page.locator("main a").all()]

    assert second["x"] - (first["x"] + first["width"]) >= 8


def test_a_comparison_keeps_its_margin_on_a_phone(page, addresses):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(addresses["comparison"])

    widest = page.locator("main").evaluate(
        "e => Math.max(...[...e.querySelectorAll('*')].map(c => c.getBoundingClientRect().right))"
    )

    assert widest <= 390 - 16


def test_a_page_written_from_right_to_left_fits_as_well(page, addresses):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(addresses["article"])

    page.evaluate("document.documentElement.dir = 'rtl'")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    notice = page.locator("#ai-notice")
    assert notice.evaluate("e => getComputedStyle(e).borderRightWidth") == "4px"


def test_forced_colours_keep_the_marks(page, addresses):
    page.emulate_media(forced_colors="active")
    page.goto(addresses["article"])

    mark = page.locator("button.mark .glyph").first

    seen = mark.evaluate("e => getComputedStyle(e).backgroundColor")
    assert seen == page.evaluate(
        "() => { const p = document.createElement('p'); p.style.color = 'CanvasText';"
        " document.body.append(p); return getComputedStyle(p).color }"
    )


def test_paper_shows_the_evidence_as_numbered_end_notes(page, addresses):
    page.goto(addresses["article"])
    page.emulate_media(media="print")

    assert page.locator(".end-notes .card").first.is_visible()
    assert page.locator(".end-notes h2").is_visible()
    assert not page.locator(".rail").is_visible()
    number = page.locator(".end-notes .top p").first
    assert "counter(note)" in number.evaluate("e => getComputedStyle(e, '::before').content")


def test_the_contents_follow_the_reader(page, addresses):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(addresses["article"])

    page.locator("#second").evaluate("e => e.scrollIntoView({behavior: 'instant'})")

    current = page.locator(".toc [aria-current]")
    current.filter(has_text="Second").wait_for()
    assert current.count() == 1


def test_a_reader_who_comes_back_is_told_what_changed(page, addresses):
    page.goto(addresses["article"])
    first = page.locator(".since-visit").inner_text()
    page.evaluate(
        "localStorage.setItem('visit two-sections',"
        " JSON.stringify({number: 1, at: Date.UTC(2026, 10, 3)}))"
    )

    page.reload()

    told = page.locator(".since-visit", has_text="Since your last visit on 3 November 2026:")
    told.wait_for()
    link = told.locator("a")
    assert "since revision 1" in first
    assert link.get_attribute("href").startswith("/articles/two-sections/compare/1..")
    assert (
        link.inner_text() == "1 verdict suggested by a machine; 1 citation added; 1 source added."
    )
    page.reload()  # on the same day it is told again
    told.wait_for()


def test_an_open_card_shows_the_words_around_its_quote(page, addresses):
    made = copy_of(Source.objects.get())
    QuoteCheckFactory(
        snapshot=made,
        quote="15,209 uniformed personnel",
        before="The force had ",
        after=" in June.",
    )
    page.goto(addresses["article"] + "?fresh")

    page.locator("button.mark").first.click()

    around = page.locator(".card:popover-open .around")
    around.wait_for()
    assert "The force had 15,209 uniformed personnel in June." in around.inner_text()
