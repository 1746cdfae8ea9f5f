"""The article's page as a browser shows it."""

import pytest
from django.core.management import call_command

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.models import Article
from tests.accessibility import NONE, violations
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.rows import Rows, put, rows_left_by

pytestmark = pytest.mark.django_db(transaction=True)

UNDERLINE = "element => getComputedStyle(element).textDecorationLine"
TOP = "element => Math.round(element.getBoundingClientRect().top)"


@pytest.fixture
def address(live_server) -> str:
    published = article(see_also=["Else"], tags={"First": ["Mali"]})
    for words, rating in (("15,209", "outdated"), ("never left", "supported")):
        claim = claim_of(published, words)
        editing.review_claim(
            claim,
            read=claim.text,
            verdicts=[VerdictGiven(rating, note="As the sheet says.")],
            citations=[CitationGiven(SourceFactory(), quote="15,209 uniformed personnel")],
            by=None,
        )
    publishing.publish(published, by=None, note="The count is of June.")
    return f"{live_server.url}/articles/two-sections/"


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker) -> Rows:
    with django_db_blocker.unblock():
        return rows_left_by(lambda: call_command("load_sample", verbosity=0))


@pytest.fixture
def sample(transactional_db, live_server, rows) -> str:
    """The sample's address."""
    put(rows)
    return f"{live_server.url}/articles/{Article.objects.get().slug}/"


def test_evidence_opens_and_closes_by_keyboard(page, address):
    page.goto(address)
    mark = page.locator("button.mark").first
    card = page.locator(".card").first

    mark.focus()
    page.keyboard.press("Enter")
    opened = card.is_visible()
    page.keyboard.press("Escape")

    assert (opened, card.is_visible()) == (True, False)
    assert mark.evaluate("element => element === document.activeElement")


def test_evidence_opens_without_a_script_and_on_touch(new_context, address):
    touched = new_context(
        java_script_enabled=False, has_touch=True, viewport={"width": 390, "height": 700}
    )
    page = touched.new_page()
    page.goto(address)

    page.locator("button.mark").first.tap()

    assert page.locator(".card:popover-open").count() == 1
    page.get_by_role("button", name="Close").first.tap()
    assert page.locator(".card:popover-open").count() == 0


def test_the_sheet_on_a_phone_leaves_its_sentence_in_sight(page, sample):
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(sample)
    mark = page.locator("button.mark").nth(6)
    mark.scroll_into_view_if_needed()
    page.evaluate(
        "mark => scrollBy({top: mark.getBoundingClientRect().bottom - innerHeight + 40,"
        " behavior: 'instant'})",
        mark.element_handle(),
    )

    mark.click()

    card = page.locator(".card:popover-open")
    page.wait_for_function(
        "([mark, card]) => mark.getBoundingClientRect().bottom < card.getBoundingClientRect().top",
        arg=[mark.element_handle(), card.element_handle()],
    )


def test_the_switch_shows_only_problems(page, address):
    page.goto(address)

    page.get_by_label("Only disputed, outdated, refuted").check()

    visible = page.locator(".mark:visible .glyph")
    assert [glyph.get_attribute("data-verdict") for glyph in visible.all()] == ["outdated"]


def test_the_switch_leaves_no_sign_on_what_a_person_reviewed(page, address):
    published = Article.objects.get()
    claim = claim_of(published, "15,209")
    editing.judge(claim, read=claim.text, rating="refuted", by=EditorFactory())
    publishing.publish(published, by=None)
    page.goto(address)

    page.get_by_label("Only what no person reviewed").check()

    sentences = page.locator(".claim").all()
    plain = [s for s in sentences if s.evaluate(UNDERLINE) == "none"]
    assert [sentence.get_attribute("data-claim") for sentence in plain] == [claim.uid]


def test_a_reference_and_its_sentence_lead_to_each_other_at_once(page, sample):
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(sample)

    page.locator("a.cite[href='#ref-60']").first.click()
    reference = page.locator("#ref-60").evaluate(TOP)
    page.locator("#ref-60 .used a").first.click()
    sentence = page.locator(".claim:has(+ .tail .mark:target)").evaluate(TOP)

    assert 0 <= reference < 100
    assert 0 <= sentence < 350


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_accessible_and_fits_in_both_schemes(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    page.locator("button.mark").first.click()
    in_light = page.evaluate("document.documentElement.scrollWidth")

    assert violations(page) == NONE
    assert [in_light, page.evaluate("document.documentElement.scrollWidth")] == [width, width]
    assert complaints == []


def test_a_click_on_a_mark_opens_its_evidence_wherever_the_lines_break(page, sample):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(sample)
    marks = page.locator("button.mark").all()[:10]

    opened = []
    for mark in marks:
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        # Not mark.click(), which would wait for a mark that moves to come to rest.
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        opened.append(page.locator(".card:popover-open").count())
        page.keyboard.press("Escape")
        page.mouse.move(0, 0)

    assert opened == [1] * len(marks)


def test_contents_that_go_on_below_fade_until_their_end(page, live_server):
    sections = "\n\n".join(f"## Part {n} of the story\n\nIt went on." for n in range(40))
    publishing.publish(article(f"# Long\n\nIt began.\n\n{sections}", slug="long"), by=None)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/articles/long/")
    # How far the last entry ends above where the fade begins.
    below = """() => {
        const switches = document.querySelector(".switch-form");
        const fade = getComputedStyle(switches, "::before");
        const [last] = [...document.querySelectorAll(".toc a")].slice(-1);
        const begins = switches.getBoundingClientRect().top - parseFloat(fade.height);
        return Math.round(begins - last.getBoundingClientRect().bottom);
    }"""

    before = page.evaluate(below)
    page.locator(".rail").evaluate("rail => rail.scrollTo(0, rail.scrollHeight)")

    assert before < -100
    assert page.evaluate(below) >= 0
