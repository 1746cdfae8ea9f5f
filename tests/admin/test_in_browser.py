"""One walk through a real browser: edit, cite, judge, publish, read; no word of the CSP."""

from time import monotonic, sleep

import pytest
from django.test import Client

from articles.models import Article, Presence, Verdict
from tests.conftest import PASSWORD
from tests.factories import EditorFactory, SourceFactory, article, claim_of


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


@pytest.fixture
def other(page, browser, live_server, transactional_db):
    """A page in which somebody else is logged in."""
    client = Client()
    client.force_login(EditorFactory(username="other"))
    context = browser.new_context()
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([cookie | {"url": live_server.url}])
    yield context.new_page()
    context.close()


def change_form(live_server, article):
    return f"{live_server.url}/admin/articles/article/{article.pk}/change/"


def put(tab, old, new, section=1):
    body = tab.locator(f"[name=sections-{section}-body]")
    assert old in body.input_value()
    body.fill(body.input_value().replace(old, new))


def choose(page, words):
    page.locator(".choose label", has_text=words).click()


def refused(page):
    with page.expect_navigation() as answer:
        page.click("[name=_save]")
    assert answer.value.status in (403, 409)


def test_two_editors_clash_see_it_choose_and_save(browsing, other, live_server):
    page, written = browsing, article()
    for tab in (page, other):
        tab.goto(change_form(live_server, written))
    put(other, "never left the capital.", "rarely left the capital.")
    put(other, "15,209 members", "15,290 members")
    put(page, "never left the capital.", "once left the capital.")
    put(page, "nine months", "ten months", section=2)
    saved(other)

    refused(page)

    merged = page.locator("[name=sections-1-body]")
    assert "15,290 members in 2017. It once left" in merged.input_value()
    choose(page, "theirs")
    assert "15,290 members in 2017. It rarely left" in merged.input_value()
    choose(page, "before")
    assert "15,290 members in 2017. It never left" in merged.input_value()
    choose(page, "yours")
    merged.press("End")
    merged.press_sequentially(" So it was.")
    choose(page, "theirs")
    assert "It rarely left the capital. So it was." in merged.input_value()
    page.locator(".clash .shown", has_text="So it was.").wait_for()
    page.click("text=2 changes that fit, already joined")
    assert page.locator(".fits ins:visible").all_inner_texts() == ["15,290", "ten"]
    assert "Saved as revision 3" in saved(page)
    bodies = dict(written.sections.values_list("heading", "body"))
    assert bodies["First"].endswith(
        "15,290 members in 2017. It rarely left the capital. So it was."
    )
    assert bodies["Second"].startswith("The ceasefire held for ten months.")


def test_words_that_were_typed_into_the_merged_text_are_not_replaced(browsing, other, live_server):
    page, written = browsing, article()
    for tab in (page, other):
        tab.goto(change_form(live_server, written))
    put(other, "never left", "rarely left")
    put(page, "never left", "once left")
    saved(other)
    refused(page)

    put(page, "once left", "twice left")
    page.locator(".choose input").first.click()

    assert "twice left" in page.input_value("[name=sections-1-body]")
    assert page.locator(".choose output").is_visible()
    assert page.locator(".choose input:checked").count() == 0


def test_a_title_and_a_deletion_are_chosen_by_a_click(browsing, other, live_server):
    page, written = browsing, article()
    for tab in (page, other):
        tab.goto(change_form(live_server, written))
    for tab, title in ((page, "My title"), (other, "Their title")):
        tab.fill("[name=title]", title)
    other.check("[name=sections-1-DELETE]")
    put(page, "never left", "once left")
    saved(other)
    refused(page)

    choose(page.locator(".clash", has_text="Title"), "theirs")
    choose(page.locator(".clash", has_text="First"), "theirs")

    assert page.input_value("[name=title]") == "Their title"
    assert page.is_checked("[name=sections-1-DELETE]")
    assert "Nothing differed" in saved(page)


def test_a_save_after_log_out_goes_through_with_the_password_alone(browsing, live_server):
    page, written = browsing, article()
    page.goto(change_form(live_server, written))
    put(page, "never left", "<i>once</i> left")
    page.context.clear_cookies()

    refused(page)

    assert "once" in page.locator("[name=sections-1-body]").input_value()
    page.fill("[name=again-username]", "editor")
    page.fill("[name=again-password]", PASSWORD)
    with page.expect_navigation():
        page.click("text=Log in and send")
    assert "Saved as revision 2" in page.locator(".messagelist").inner_text()
    assert "<i>once</i> left" in written.sections.get(heading="First").body
    assert written.revisions.get(number=2).author == "editor"


def test_a_form_sees_others_come_and_go_without_being_loaded_again(browsing, other, live_server):
    page, written = browsing, article()
    page.clock.install()
    page.goto(change_form(live_server, written))
    assert page.locator(".presence").inner_text() == ""

    other.goto(change_form(live_server, written))
    page.clock.run_for(31_000)
    page.locator(".presence", has_text="other has had this article open since").wait_for()

    other.goto(f"{live_server.url}/admin/")
    deadline = monotonic() + 10
    while Presence.objects.filter(editor__username="other").exists() and monotonic() < deadline:
        sleep(0.1)  # the page says on leaving that it left, and nobody waits for the answer
    page.clock.run_for(31_000)
    page.locator(".presence:empty").wait_for(state="attached")


def test_a_conflict_is_settled_without_a_script(browser, other, live_server):
    written = article()
    client = Client()
    client.force_login(EditorFactory(username="plain"))
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    for tab in (page, other):
        tab.goto(change_form(live_server, written))
    put(other, "never left", "rarely left")
    put(page, "never left", "once left")
    saved(other)
    refused(page)

    assert not page.locator(".choose").first.is_visible()
    put(page, "once left", "once or twice left")

    assert "Saved as revision 3" in saved(page)
    context.close()
    assert claim_of(written, "once or twice left")
