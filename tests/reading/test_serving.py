import gzip

import brotli
import pytest
from django.core.cache import cache

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.models import Revision
from articles.reading.serving import matches
from tests.factories import (
    EditorFactory,
    QuoteCheckFactory,
    SourceFactory,
    article,
    claim_of,
    copy_of,
    text_of,
)
from tests.reading.markup import parse

ADDRESS = "/articles/two-sections/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    draft = article(see_also=["Else"])
    claim = claim_of(draft, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported")],
        citations=[CitationGiven(SourceFactory())],
        by=None,
    )
    publishing.publish(draft, by=None)
    return draft


def test_a_page_takes_six_queries_when_cold_and_one_when_warm(
    reader, published, django_assert_num_queries
):
    with django_assert_num_queries(6):
        cold = reader.get(ADDRESS)
    with django_assert_num_queries(1):
        warm = reader.get(ADDRESS)

    assert cold.status_code == warm.status_code == 200
    assert cold.content == warm.content


@pytest.mark.parametrize("sections", [1, 30])
def test_sections_and_evidence_cost_no_query(reader, sections, django_assert_num_queries):
    text = "# Many\n\n" + "".join(f"## Part {n}\n\nOne of {n} stands.\n\n" for n in range(sections))
    many = article(text, slug="many", tags={"Part 0": ["Mali"]}, see_also=["Else", "More"])
    editing.review_claim(
        claim_of(many, "One of 0"),
        read="One of 0 stands.",
        verdicts=[VerdictGiven("supported")],
        citations=[CitationGiven(SourceFactory())],
        by=None,
    )
    publishing.publish(many, by=None)
    for number, title in enumerate(["Else", "More", "Other"]):
        other = article(f"# {title}\n\nIt stands elsewhere.", slug=f"other-{number}")
        publishing.publish(other, by=None)

    with django_assert_num_queries(6):
        page = parse(reader.get("/articles/many/").text)

    links = [a["href"] for a in page.one("section", id="see-also").all("a")]
    assert links == ["/articles/other-0/", "/articles/other-1/"]


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_sources_costs_one_query(reader, count, django_assert_num_queries):
    made = article(slug="many")
    claim = claim_of(made, "15,209")
    citations = []
    for source in SourceFactory.create_batch(count):
        QuoteCheckFactory(snapshot=copy_of(source))
        citations.append(CitationGiven(source, quote="15,209 staff"))
    editing.review_claim(claim, read=claim.text, citations=citations, by=EditorFactory())
    publishing.publish(made, by=None)

    with django_assert_num_queries(6):
        cold = reader.get("/articles/many/")
    with django_assert_num_queries(1):
        reader.get("/articles/many/")

    assert cold.text.count('data-quote-check="exact"') == count


def test_what_the_reader_has_already_is_not_sent_nor_made(
    reader, published, django_assert_num_queries
):
    etag = reader.get(ADDRESS).headers["ETag"]
    cache.clear()

    with django_assert_num_queries(1):
        answer = reader.get(ADDRESS, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", W/"a"', True),
        ("*", True),
        ('"b"', False),
        ('"a-gzip"', False),
    ],
)
def test_tags_are_compared_as_the_standard_says(header, expected):
    assert matches(header, '"a"') is expected


def test_packed_and_plain_bytes_are_the_same_page(reader, published):
    plain = reader.get(ADDRESS)
    squeezed = reader.get(ADDRESS, headers={"Accept-Encoding": "gzip, deflate, br"})
    zipped = reader.get(ADDRESS, headers={"Accept-Encoding": "gzip"})

    answers = (plain, squeezed, zipped)
    codings = [answer.headers.get("Content-Encoding") for answer in answers]
    assert codings == [None, "br", "gzip"]
    assert brotli.decompress(squeezed.content) == plain.content
    assert gzip.decompress(zipped.content) == plain.content
    assert len({answer.headers["ETag"] for answer in answers}) == 3
    for answer in answers:
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Length"] == str(len(answer.content))
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "Set-Cookie" not in answer.headers


def test_head_tells_the_length_and_sends_nothing(reader, published):
    page, head = reader.get(ADDRESS), reader.head(ADDRESS)

    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(page.content))
    assert head.headers["ETag"] == page.headers["ETag"]


def test_an_article_can_only_be_read(reader, published):
    answer = reader.post(ADDRESS)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "Nothing was changed." in answer.text


@pytest.mark.parametrize("slug", ["two-sections", "no-such-article"])
def test_a_draft_and_nothing_answer_alike(reader, slug):
    article(slug="two-sections")

    answer = reader.get(f"/articles/{slug}/")

    assert answer.status_code == 404
    assert "15,209" not in answer.text
    assert parse(answer.text).one("h1").text == "There is nothing at this address"


def test_an_edit_shows_when_it_is_published(reader, published):
    before = reader.get(ADDRESS)
    text = text_of("# Two sections\n\n## First\n\nThe force had 15,290 members.", see_also=["Else"])
    head = Revision.objects.head_of(published)
    editing.save_article(published, text, base=head.hash, by=EditorFactory())
    draft = reader.get(ADDRESS)
    publishing.publish(published, by=None)
    after = reader.get(ADDRESS)

    assert draft.content == before.content
    assert draft.headers["ETag"] == before.headers["ETag"]
    assert "15,290" not in draft.text
    assert "15,290" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]


def test_signing_the_same_revision_makes_another_page(reader, published):
    before = reader.get(ADDRESS)
    publishing.publish(published, by=None, responsible="Anna Example")

    after = reader.get(ADDRESS)

    assert after.headers["ETag"] != before.headers["ETag"]
    assert "Anna Example" in parse(after.text).one("aside", id="ai-notice").text


def test_a_linked_article_becomes_a_link_when_it_is_published(reader, published):
    before = reader.get(ADDRESS)
    other = article("# ELSE\n\nSomething else stands here.", slug="else")
    publishing.publish(other, by=None)
    after = reader.get(ADDRESS)
    publishing.withdraw(other, by=None, reason="Wrong.")
    again = reader.get(ADDRESS)

    links = [
        [a["href"] for a in parse(page.text).one("section", id="see-also").all("a")]
        for page in (before, after, again)
    ]
    assert links == [[], ["/articles/else/"], []]


def test_a_withdrawn_article_says_when_and_why(reader, published):
    entry = publishing.withdraw(published, by=None, reason="It named <b>a source</b>.")

    answer = reader.get(ADDRESS)

    root = parse(answer.text)
    day = f"{entry.created_at:%-d %B %Y}"
    assert answer.status_code == 410
    assert f"This article was withdrawn on {day}." in root.text
    assert "It named <b>a source</b>." in root.text
    assert "15,209" not in answer.text
    assert [a["href"] for a in root.one("main").all("a")] == ["/articles/two-sections/history/"]


def test_a_withdrawn_article_may_come_back(reader, published):
    publishing.withdraw(published, by=None, reason="Wrong.")
    publishing.publish(published, by=None)

    assert reader.get(ADDRESS).status_code == 200


def test_editors_see_what_everybody_sees(client, published):
    anonymous = client.get(ADDRESS)
    client.force_login(EditorFactory())

    answer = client.get(ADDRESS)

    assert answer.content == anonymous.content
    assert answer.headers["Cache-Control"] == anonymous.headers["Cache-Control"]
