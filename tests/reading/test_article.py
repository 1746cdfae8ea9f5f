"""The published page, from the doors to the bytes."""

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.models import Claim
from articles.reading import visible
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.reading.markup import Node, parse

pytestmark = pytest.mark.django_db


def page(reader, slug: str = "two-sections") -> Node:
    return parse(reader.get(f"/articles/{slug}/").text)


def test_every_sentence_is_a_claim_under_its_uid(reader):
    published = article()
    publishing.publish(published, by=None)

    spans = page(reader).all("span", class_="claim")

    assert {span["data-claim"]: span.raw for span in spans} == dict(
        Claim.objects.filter(article=published).values_list("uid", "text")
    )


def test_evidence_reaches_the_reader(reader):
    published, source = article(), SourceFactory(url="https://example.org/sheet")
    claim = claim_of(published, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported", note="As the sheet says.", as_of="2017-06")],
        citations=[CitationGiven(source, quote="15,209 uniformed personnel", locator="p. 1")],
        by=EditorFactory(),
    )
    publishing.publish(published, by=None)

    root = page(reader)

    (span,) = root.all("span", data_claim=claim.uid)
    assert (span["data-verdict"], span["data-by"]) == ("supported", "human")
    assert "As the sheet says." in root.one("div", class_="card").text
    assert root.one("li", id="ref-1")["data-source"] == source.uid
    assert root.one("p", id="coverage")["data-checked"] == "1"


def test_a_verdict_on_a_draft_stays_with_the_editors(reader):
    published = article()
    publishing.publish(published, by=None)
    claim = claim_of(published, "15,209")
    editing.judge(claim, read=claim.text, rating="refuted", by=EditorFactory())

    assert not page(reader).all("span", data_verdict="refuted")


def test_only_published_revisions_are_visible():
    shown = article()
    publishing.publish(shown, by=None)
    claim = claim_of(shown, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    bystander = article(slug="other")
    publishing.publish(bystander, by=None)

    numbers = [revision.number for revision in visible.revisions(shown.pk)]

    assert numbers == [1]
