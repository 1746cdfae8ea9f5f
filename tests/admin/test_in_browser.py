"""One walk through a real browser: edit, cite, judge, publish, read; no word of the CSP."""

from articles.models import Article, Verdict
from tests.factories import SourceFactory, article, claim_of


def saved(page):
    with page.expect_navigation():
        page.click("[name=_save]")
    return page.locator(".messagelist").inner_text()


def test_a_sentence_is_edited_cited_judged_published_and_read(browsing, live_server):
    page, written, source = browsing, article(), SourceFactory(title="The sheet of June 2017")

    page.click("#rooms >> text=Articles")
    page.click("text=Two sections")
    body = page.locator("[name=sections-1-body]")
    body.fill(body.input_value().replace("15,209", "**15,290**"))
    page.locator("#sections-1 .shown strong", has_text="15,290").wait_for()
    assert "Saved as revision 2" in saved(page)

    page.click("text=Sentences")
    page.click("text=15,290 members")
    page.select_option("[name=verdicts-0-rating]", "supported")
    page.fill("[name=verdicts-0-note]", "Read in the sheet.")
    page.click("#citations-0 .select2-selection")
    page.locator(".select2-search__field").fill("June 2017")
    page.locator(".select2-results__option", has_text=source.title).click()
    page.fill("[name=citations-0-quote]", "15,290 members")
    assert "Saved as revision 3" in saved(page)
    assert Verdict.objects.get().judged_text == claim_of(written, "15,290").text

    page.goto(f"{live_server.url}/admin/articles/article/{written.pk}/change/")
    page.click("text=Publish …")
    page.check("[name=sign]")
    with page.expect_navigation():
        page.click("[type=submit][value=Publish]")
    assert "Revision 3 is now what readers see." in page.locator(".messagelist").inner_text()

    page.goto(f"{live_server.url}/articles/two-sections/")
    claim = page.locator(".claim", has_text="15,290").first
    assert (claim.get_attribute("data-verdict"), claim.get_attribute("data-by")) == (
        "supported",
        "human",
    )
    assert page.locator("#references li").count() == 1


def test_sections_are_added_with_a_preview_and_moved_by_key_and_by_drag(browsing, live_server):
    page, written = browsing, article(tags={"First": ["Ménaka"]})
    page.goto(f"{live_server.url}/admin/articles/article/{written.pk}/change/")

    page.click("text=Add another Section")
    page.fill("[name=sections-3-heading]", "Third")
    page.fill("[name=sections-3-body]", "A *new* sentence ends it.")
    page.locator("#sections-3 .shown em", has_text="new").wait_for()
    page.fill("[name=sections-3-tags]", "Mali, mén")
    assert page.locator("#tag-names option").first.get_attribute("value") == "Mali, Ménaka"
    page.focus("[name=sections-3-position]")
    page.keyboard.press("ArrowUp")
    assert page.input_value("[name=sections-3-position]") == "3"
    below = page.locator("#sections-2 .write")  # the middle of a row is in its text
    grip = page.locator("#sections-1 .grip")
    grip.hover()
    page.mouse.down()
    at = grip.bounding_box()
    page.mouse.move(at["x"] + 9, at["y"] + 16)  # starts the drag before the page scrolls
    for _move in range(2):
        below.hover(position={"x": 20, "y": 100})
    page.mouse.up()
    saved(page)

    stored = Article.objects.get().sections.values_list("heading", flat=True)
    assert list(stored) == ["", "Third", "Second", "First"]


def test_a_conflict_is_settled_by_taking_theirs(browsing, live_server):
    page, written = browsing, article()
    address = f"{live_server.url}/admin/articles/article/{written.pk}/change/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "rarely left"), (page, "once left")):
        body = tab.locator("[name=sections-1-body]")
        body.fill(body.input_value().replace("never left", words))
    saved(other)
    with page.expect_navigation():
        page.click("[name=_save]")

    page.click("button:text('theirs')")
    saved(page)

    assert claim_of(written, "rarely left")
