"""What editors see of quotes that were looked for, at the desk and in a sentence's form."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from articles import editing
from articles.editing import CitationGiven
from tests.factories import (
    EditorFactory,
    QuoteCheckFactory,
    SourceFactory,
    article,
    claim_of,
    copy_of,
)
from tests.reading.markup import Node, parse

QUOTE = "15,209 staff"
MISSING = "None of the quotes that should support this sentence was found in its sources."
HOW = "python manage.py check_evidence"


@pytest.fixture
def cited(db):
    """A claim, judged by a person, that one quote supports."""
    claim = claim_of(article(), "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[editing.VerdictGiven("supported")],
        citations=[CitationGiven(SourceFactory(), quote=QUOTE)],
        by=EditorFactory(),
    )
    return claim


def source_of(claim):
    return claim.citations.get().source


def at_desk(client, claim, **asked) -> str:
    address = reverse("admin:articles_article_desk", args=[claim.article_id])
    return client.get(f"{address}?{urlencode(asked or {'claim': claim.uid})}").content.decode()


def in_form(client, claim) -> str:
    return client.get(reverse("admin:articles_claim_change", args=[claim.pk])).content.decode()


def checked(page: str) -> Node:
    """The one check on the page."""
    (box,) = parse(page[page.index('<div class="checked">') :].split("</div>")[0] + "</div>").all(
        "div", class_="checked"
    )
    return box


@pytest.mark.parametrize("page", [at_desk, in_form])
def test_a_near_quote_shows_difference_warning_and_the_way_to_its_source(client, cited, page):
    source = source_of(cited)
    QuoteCheckFactory(snapshot=copy_of(source), quote=QUOTE, result="near", matched="15,290 staff")

    box = checked(page(client, cited))

    assert box.one("p", data_check="near").text.endswith(": another number")
    assert (box.one("del").text, box.one("ins").text) == ("15,209", "15,290")
    assert box.one("a")["href"] == reverse("admin:articles_source_evidence", args=[source.pk])


@pytest.mark.parametrize("page", [at_desk, in_form])
def test_a_quote_that_nobody_looked_for_says_how_that_is_done(client, cited, page):
    shown = page(client, cited)

    assert checked(shown).one("p", data_check="unchecked").text == "Quote not looked for yet"
    assert HOW in shown
    QuoteCheckFactory(snapshot=copy_of(source_of(cited)), quote=QUOTE)
    assert HOW not in page(client, cited)


@pytest.mark.parametrize("page", [at_desk, in_form])
def test_a_claim_none_of_whose_supporting_quotes_was_found_says_so(client, cited, page):
    assert MISSING not in page(client, cited)
    QuoteCheckFactory(snapshot=copy_of(source_of(cited)), quote=QUOTE, result="missing")

    assert MISSING in page(client, cited)


@pytest.mark.parametrize("show", ["quotes", "due", "open"])
def test_a_claim_none_of_whose_supporting_quotes_was_found_waits_for_somebody(client, cited, show):
    mine = f'data-claim-uid="{cited.uid}"'
    QuoteCheckFactory(snapshot=copy_of(source_of(cited)), quote=QUOTE, result="missing")
    other = article(slug="other")

    page = at_desk(client, cited, show=show, after=claim_of(cited.article, "An opening").uid)

    assert mine in page
    assert 'data-quotes="missing"' in page
    assert "none of its quotes was found" in page
    assert 'data-quotes="missing"' not in at_desk(client, claim_of(other, "15,209"))


def test_a_preview_says_what_was_found(client, cited):
    QuoteCheckFactory(snapshot=copy_of(source_of(cited)), quote=QUOTE)

    page = client.get(reverse("admin:articles_article_preview", args=[cited.article_id]))

    assert 'data-quote-check="exact"' in page.content.decode()
