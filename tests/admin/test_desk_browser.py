"""The desk in a real browser: a person checks one claim after the other without the mouse."""

import re

import pytest

from articles import editing
from articles.models import Claim, Verdict
from tests.factories import SourceFactory, article, claim_of

PLACES = ["Gao", "Kidal", "Mopti", "Timbuktu", "Ansongo", "Bourem", "Djenné"]
SENTENCES = [f"The town of {place} had {n} wells." for n in (3, 5, 9) for place in PLACES]


@pytest.fixture
def made():
    """An article of 21 sentences; a machine suggests a verdict for every other one."""
    written = article("# Wells\n\n" + " ".join(SENTENCES), slug="wells")
    for sentence in SENTENCES[::2]:
        claim = claim_of(written, sentence)
        editing.judge(claim, read=claim.text, rating="supported", by=None)
    return written


def at_desk(page, live_server, written):
    page.goto(f"{live_server.url}/admin/articles/article/{written.pk}/desk/")
    page.locator("#desk.scripted").wait_for()


def chosen(page):
    return page.locator(".judge .chosen").inner_text()


def saved(page, count):
    """Wait until so many sentences count as judged."""
    page.locator(".progress b", has_text=re.compile(rf"^{count} of")).first.wait_for()


def test_twenty_claims_are_checked_in_a_row_without_the_mouse(made, browsing, live_server):
    page = browsing
    at_desk(page, live_server, made)

    for place, sentence in enumerate(SENTENCES[:20]):
        assert chosen(page) == sentence
        if place % 2 == 0:
            for key in ("y", "Enter"):
                page.keyboard.press(key)
        else:
            page.keyboard.press("4")
            page.keyboard.press("n")
            page.keyboard.type("The wells were counted in 2012.")
            page.keyboard.press("Control+Enter")
        saved(page, place + 1)

    given = Verdict.objects.exclude(editor="")
    assert given.count() == 20
    assert given.filter(rating="outdated", note="The wells were counted in 2012.").count() == 10
    assert given.filter(rating="supported", reaffirms__isnull=False).count() == 10
    assert not given.filter(seconds=None).exists()
    assert chosen(page) == SENTENCES[20]


def test_a_sentence_is_corrected_cited_and_narrowed_by_keys(made, browsing, live_server):
    page, source = browsing, SourceFactory(title="The survey of wells")
    SourceFactory(title="The survey of roads")
    at_desk(page, live_server, made)

    page.keyboard.press("e")
    page.keyboard.press("Control+Home")
    page.keyboard.type("In 2012 ")
    page.keyboard.press("Control+Enter")
    page.locator(".said", has_text="Saved").wait_for()
    assert chosen(page).startswith("In 2012 ")

    page.keyboard.press("c")
    page.keyboard.type("survey wells")
    page.locator(".found", has_text=source.title).wait_for()
    page.locator(".cite-form [name=quote]").focus()
    page.keyboard.type("3 wells")
    page.keyboard.press("Control+Enter")
    page.locator(".evidence", has_text="3 wells").wait_for()

    page.keyboard.press("x")
    page.keyboard.press("Control+A")
    page.keyboard.type("had 3 wells.")
    page.keyboard.press("Control+Enter")
    page.locator(".around").wait_for()

    claim = Claim.objects.get(text="had 3 wells.")
    assert claim.around == "In 2012 The town of Gao had 3 wells."
    assert claim.citations.get().source == source


def test_whose_claim_is_judged_is_said_by_keys(made, browsing, live_server):
    page = browsing
    at_desk(page, live_server, made)

    for key in ("w", "The mayor", "Tab", "There were three", "Escape", "5", "Enter"):
        if " " in key:
            page.keyboard.type(key)
        else:
            page.keyboard.press(key)
    saved(page, 1)

    given = Verdict.objects.get(rating="refuted")
    assert (given.claimant, given.claimed) == ("The mayor", "There were three")
    assert not page.locator("#whose").evaluate("fold => fold.open")


def test_keys_lead_through_the_claims_and_to_the_next_one_to_do(made, browsing, live_server):
    page = browsing
    at_desk(page, live_server, made)
    page.click(".filters a:has-text('Suggestions')")
    page.locator(".filters [aria-current]", has_text="Suggestions").wait_for()

    page.keyboard.press("j")
    page.locator(".chosen", has_text=SENTENCES[2]).wait_for()
    page.keyboard.press("k")
    page.locator(".chosen", has_text=SENTENCES[0]).wait_for()
    page.keyboard.press("u")
    page.locator(".chosen", has_text=SENTENCES[1]).wait_for()
    page.go_back()
    page.locator(".chosen", has_text=SENTENCES[0]).wait_for()

    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Escape")
    page.locator(".sheet .claim", has_text=SENTENCES[4]).click()
    page.locator(".chosen", has_text=SENTENCES[4]).wait_for()


def test_what_is_typed_stands_after_the_sentence_changed_elsewhere(made, browsing, live_server):
    page = browsing
    at_desk(page, live_server, made)
    claim = claim_of(made, SENTENCES[0])
    other = editing.paragraph_of(claim).replace("Gao had 3", "Gao had 4")
    editing.review_claim(claim, read=claim.text, paragraph=other, by=None)

    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.type("Seen in the survey.")
    page.keyboard.press("Control+Enter")

    page.locator(".refusal").wait_for()
    assert page.input_value(".verdict-form [name=note]") == "Seen in the survey."
    assert page.locator(".refusal ins").inner_text() == "4"
